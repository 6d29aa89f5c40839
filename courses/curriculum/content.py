"""The curriculum as files: what a content folder holds, read and checked, without the database.

A folder holds any of

    instructors.toml            [[instructor]] slug, name, title, biography
    symbols.toml                what the symbols of formulas mean: a letter or sign, and a text
    lectures/SLUG.md            front matter between lines of +++ (title, summary, objectives, sample, and [symbols]
                                that mean something else here), then the text; one without a text is not yet written
    lectures/SLUG/NAME.svg      its figures
    COURSE-SLUG/course.toml     facts, and the outline as [[section]]s that name lectures
    COURSE-SLUG/description.md  what the course page says
    COURSE-SLUG/faq.toml        [[question]] slug, question, answer
    COURSE-SLUG/sessions.toml   [[session]]s with dates, and [[upcoming]] ones that begin on a coming Monday

Several folders make one curriculum: a course may use lectures and instructors of another folder.
"""

import datetime
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from courses import markdown
from courses.catalog import models as catalog
from courses.classroom.laboratories import LABORATORIES
from courses.curriculum.tables import ContentError, Source, Table, check_slug, meaning, parse, read_text
from courses.sessions.models import Session as SessionRow

OWN_FOLDER = Path(__file__).parent
FRONT_MATTER = "+++"


class CurriculumError(Exception):
    """Everything that is wrong with a curriculum, file by file."""

    def __init__(self, errors: Sequence[ContentError]) -> None:
        super().__init__("\n".join(str(error) for error in errors))
        self.errors = tuple(errors)


class Named(Protocol):
    """What has a slug and stands in a file."""

    @property
    def slug(self) -> str: ...
    @property
    def source(self) -> Source: ...


@dataclass(frozen=True, kw_only=True)
class Instructor:
    source: Source
    slug: str
    name: str
    title: str
    biography: str


@dataclass(frozen=True, kw_only=True)
class Lecture:
    """A text, which begins on `first_line` of its file; an empty body is not yet written.

    symbols : what those in its formulas mean, where anything says so.
    """

    source: Source
    slug: str
    title: str
    summary: str
    body: str
    first_line: int
    sample: bool
    objectives: tuple[str, ...]
    symbols: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the outline; `lectures` are slugs in order, those of a chapter bear no numbers."""

    source: Source
    slug: str
    title: str
    summary: str
    chapter: bool
    lectures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    source: Source
    slug: str
    question: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What dated and upcoming sessions have in common; a price of None is the course's."""

    source: Source
    slug: str
    modality: str
    place: str
    time_zone: str
    seats: int
    price: Decimal | None
    instructors: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Session:
    offer: Offer
    starts_on: datetime.date
    ends_on: datetime.date


@dataclass(frozen=True, kw_only=True)
class Upcoming:
    """Begins on a Monday at least `weeks_ahead` weeks after the day it is loaded, and lasts `weeks`."""

    offer: Offer
    weeks_ahead: int
    weeks: int

    def session(self, today: datetime.date) -> Session:
        """The session when loaded today, from a Monday to a Friday; its slug ends with its first day."""
        earliest = today + datetime.timedelta(weeks=self.weeks_ahead)
        starts_on = earliest + datetime.timedelta(days=-earliest.weekday() % 7)
        return Session(
            offer=replace(self.offer, slug=f"{self.offer.slug}-{starts_on}"),
            starts_on=starts_on,
            ends_on=starts_on + datetime.timedelta(weeks=self.weeks, days=-3),
        )


@dataclass(frozen=True, kw_only=True)
class Course:
    source: Source
    slug: str
    title: str
    tagline: str
    description: str
    skill_level: str
    language: str
    certificate: bool
    assessments: str
    prerequisites: str
    advertised_hours: int | None
    advertised_lectures: int | None
    price_in_class: Decimal | None
    price_online: Decimal | None
    currency: str
    position: int
    instructors: tuple[str, ...]
    related: tuple[str, ...]
    path: tuple[str, ...]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    sessions: tuple[Session, ...]
    upcoming: tuple[Upcoming, ...]

    @property
    def offers(self) -> list[Offer]:
        """Of its sessions, dated and upcoming."""
        return [session.offer for session in self.sessions] + [coming.offer for coming in self.upcoming]

    def price(self, offer: Offer) -> Decimal | None:
        """What a session costs: its own price, else the course's for its modality."""
        if offer.price is not None:
            return offer.price
        return self.price_online if offer.modality == SessionRow.Modality.ONLINE else self.price_in_class


@dataclass(frozen=True, kw_only=True)
class Curriculum:
    instructors: tuple[Instructor, ...]
    lectures: tuple[Lecture, ...]
    courses: tuple[Course, ...]


def read(folders: Iterable[Path]) -> Curriculum:
    """The curriculum of all folders together.

    Raises CurriculumError naming each file that cannot be used, with line and reason.
    """
    curriculum, errors = gather(folders)
    if errors:
        raise CurriculumError(errors)
    return curriculum


def gather(folders: Iterable[Path]) -> tuple[Curriculum, list[ContentError]]:
    """What can be used of the folders' files, and what is wrong with the others."""
    errors: list[ContentError] = []
    instructors: list[Instructor] = []
    lectures: list[Lecture] = []
    courses: list[Course] = []
    meanings: dict[str, str] = {}
    for folder in folders:
        with _noting(errors):
            meanings |= read_symbols(folder / "symbols.toml")
        files = _content_files(folder)
        if not files:
            errors.append(_nothing_in(folder))
        for file in files:
            with _noting(errors):
                if file.name == "instructors.toml":
                    instructors.extend(read_instructors(file))
                elif file.name == "course.toml":
                    courses.append(read_course(file))
                else:
                    lectures.append(read_lecture(file, meanings))
    if not errors:
        errors.extend(_duplicates(instructors))
        errors.extend(_duplicates(lectures))
        errors.extend(_duplicates(courses))
        errors.extend(_misnamed(instructors, lectures, courses))
    relations = tuple(_with_relations(courses))
    return Curriculum(instructors=tuple(instructors), lectures=tuple(lectures), courses=relations), errors


def read_instructors(file: Path) -> list[Instructor]:
    """Those of an instructors.toml. Raises ContentError."""
    return [_instructor(table) for table in _arrays(file, ["instructor"])["instructor"]]


def read_symbols(file: Path) -> dict[str, str]:
    """What symbols mean, in Markdown; nothing when there is no such file. Raises ContentError."""
    if not file.exists():
        return {}
    table, _ = parse(file, read_text(file))
    return {symbol: meaning(symbol, text, table.source) for symbol, text in table.values.items()}


def read_lecture(file: Path, meanings: Mapping[str, str]) -> Lecture:
    """A Markdown file with front matter; its name is the lecture's slug. Raises ContentError.

    meanings : what symbols mean where the lecture does not say it itself.
    """
    lines = read_text(file).splitlines()
    check_slug(file.stem, Source(file, 1, {}))
    if not lines or lines[0].strip() != FRONT_MATTER:
        raise ContentError(file, 1, f"begin the file with a line of {FRONT_MATTER}, then title and summary")
    ends = [number for number, line in enumerate(lines) if line.strip() == FRONT_MATTER and number > 0]
    if not ends:
        raise ContentError(file, 1, f"the front matter has no closing line of {FRONT_MATTER}")
    table, _ = parse(file, "\n".join(lines[1 : ends[0]]), first_line=2)
    known = {**meanings, **table.meanings("symbols")}
    first = next((number for number, line in enumerate(lines) if number > ends[0] and line.strip()), len(lines))
    body = _checked_markdown(file, "\n".join(lines[first:]), first_line=first + 1)
    _check_places(file, body, first_line=first + 1)
    lecture = Lecture(
        source=table.source,
        slug=file.stem,
        title=table.text("title"),
        summary=table.text("summary"),
        body=body,
        first_line=first + 1,
        sample=table.flag("sample", False),
        objectives=table.texts("objectives"),
        symbols={symbol: known[symbol] for symbol in markdown.symbols_in(body) if symbol in known},
    )
    table.close()
    return lecture


def read_course(file: Path) -> Course:
    """A course's folder, by its course.toml; the folder's name is its slug. Raises ContentError."""
    folder = file.parent
    top, arrays = parse(file, read_text(file), arrays=["section"])
    arrays |= _arrays(folder / "faq.toml", ["question"])
    arrays |= _arrays(folder / "sessions.toml", ["session", "upcoming"])
    description = folder / "description.md"
    check_slug(folder.name, top.source)
    course = Course(
        source=top.source,
        slug=folder.name,
        title=top.text("title"),
        tagline=top.text("tagline", ""),
        description=_checked_markdown(description, read_text(description)) if description.exists() else "",
        skill_level=top.choice("skill_level", catalog.Course.SkillLevel.values),
        language=top.text("language"),
        certificate=top.flag("certificate", False),
        assessments=top.choice("assessments", catalog.Course.Assessments.values),
        prerequisites=top.text("prerequisites", ""),
        advertised_hours=top.optional_count("advertised_hours"),
        advertised_lectures=top.optional_count("advertised_lectures"),
        price_in_class=top.price("price_in_class"),
        price_online=top.price("price_online"),
        currency=top.text("currency", "USD"),
        position=top.count("position", 100),
        instructors=top.slugs("instructors", ()),
        related=top.slugs("related", ()),
        path=top.slugs("path", ()),
        sections=tuple(_section(table) for table in arrays["section"]),
        questions=tuple(_question(table) for table in arrays["question"]),
        sessions=tuple(_session(table) for table in arrays["session"]),
        upcoming=tuple(_upcoming(table) for table in arrays["upcoming"]),
    )
    top.close()
    for error in (
        *_duplicates(course.sections),
        *_duplicates(course.questions),
        *_duplicates(course.offers),
        *_unpriced(course),
    ):
        raise error
    return course


def _instructor(table: Table) -> Instructor:
    instructor = Instructor(
        source=table.source,
        slug=table.slug("slug"),
        name=table.text("name"),
        title=table.text("title", ""),
        biography=table.markdown("biography", ""),
    )
    table.close()
    return instructor


def _section(table: Table) -> Section:
    section = Section(
        source=table.source,
        slug=table.slug("slug"),
        title=table.text("title"),
        summary=table.markdown("summary", ""),
        chapter=table.flag("chapter", False),
        lectures=table.slugs("lectures"),
    )
    table.close()
    return section


def _question(table: Table) -> Question:
    question = Question(
        source=table.source,
        slug=table.slug("slug"),
        question=table.text("question"),
        answer=table.markdown("answer"),
    )
    table.close()
    return question


def _session(table: Table) -> Session:
    session = Session(offer=_offer(table), starts_on=table.date("starts_on"), ends_on=table.date("ends_on"))
    table.close()
    if session.ends_on < session.starts_on:
        raise table.source.error("the session ends before it starts", "ends_on")
    return session


def _upcoming(table: Table) -> Upcoming:
    upcoming = Upcoming(offer=_offer(table), weeks_ahead=table.count("weeks_ahead", 2), weeks=table.count("weeks"))
    table.close()
    return upcoming


def _offer(table: Table) -> Offer:
    modality = table.choice("modality", SessionRow.Modality.values)
    return Offer(
        source=table.source,
        slug=table.slug("slug"),
        modality=modality,
        place=table.text("place", "" if modality == SessionRow.Modality.ONLINE else None),
        time_zone=table.time_zone("time_zone"),
        seats=table.count("seats"),
        price=table.price("price"),
        instructors=table.slugs("instructors", ()),
    )


def _content_files(folder: Path) -> list[Path]:
    patterns = ("instructors.toml", "lectures/*.md", "*/course.toml")
    return [file for pattern in patterns for file in sorted(folder.glob(pattern))]


def _nothing_in(folder: Path) -> ContentError:
    if not folder.is_dir():
        return ContentError(folder, 0, "there is no such folder; correct CURRICULUM_PATHS")
    return ContentError(folder, 0, "no instructors.toml, lectures/SLUG.md or COURSE-SLUG/course.toml in it")


def _arrays(file: Path, names: list[str]) -> dict[str, list[Table]]:
    """The tables of a file that holds nothing else; none when there is no such file."""
    if not file.exists():
        return {name: [] for name in names}
    top, arrays = parse(file, read_text(file), arrays=names)
    top.close()
    return arrays


def _checked_markdown(file: Path, text: str, *, first_line: int = 1) -> str:
    for flaw in markdown.flaws(text):
        raise ContentError(file, first_line + flaw.line - 1, flaw.reason)
    return text.strip()


def _check_places(file: Path, text: str, first_line: int) -> None:
    """Refuse a figure or a laboratory that is not there."""
    for picture in markdown.pictures(text):
        if not (file.parent / file.stem / picture.name).is_file():
            reason = f"there is no figure {file.stem}/{picture.name}; manage.py build_examples draws figures"
            raise ContentError(file, first_line + picture.line - 1, reason)
    for laboratory in markdown.laboratories(text):
        if laboratory.name not in LABORATORIES:
            reason = f"there is no laboratory “{laboratory.name}”; there are: {', '.join(sorted(LABORATORIES))}"
            raise ContentError(file, first_line + laboratory.line - 1, reason)


@contextmanager
def _noting(errors: list[ContentError]) -> Iterator[None]:
    try:
        yield
    except ContentError as error:
        errors.append(error)


def _duplicates(items: Iterable[Named]) -> Iterator[ContentError]:
    """Slugs that stand twice; the second is told where the first is."""
    first: dict[str, Source] = {}
    for item in items:
        before = first.setdefault(item.slug, item.source)
        if before is not item.source:
            yield item.source.error(f"the slug “{item.slug}” is taken by {before.file}, line {before.line}", "slug")


def _unpriced(course: Course) -> Iterator[ContentError]:
    for offer in course.offers:
        if course.price(offer) is None:
            yield offer.source.error(f"the session has no price, and the course none for {offer.modality}")


def _misnamed(instructors: list[Instructor], lectures: list[Lecture], courses: list[Course]) -> Iterator[ContentError]:
    """Names that nothing bears, and lectures that stand twice in a course."""
    teachers = {instructor.slug for instructor in instructors}
    texts = {lecture.slug for lecture in lectures}
    for course in courses:
        yield from _unknown(course, "instructors", course.instructors, teachers)
        yield from _unknown(course, "path", course.path, {section.slug for section in course.sections})
        yield from _unknown(course, "related", course.related, {other.slug for other in courses} - {course.slug})
        for offer in course.offers:
            yield from _unknown(offer, "instructors", offer.instructors, teachers)
        section_of: dict[str, str] = {}
        for section in course.sections:
            yield from _unknown(section, "lectures", section.lectures, texts)
            for slug in section.lectures:
                if section_of.setdefault(slug, section.slug) != section.slug:
                    yield section.source.error(
                        f"the lecture “{slug}” stands in the section “{section_of[slug]}” already", "lectures"
                    )


def _unknown(item: Named, key: str, slugs: Iterable[str], known: set[str]) -> Iterator[ContentError]:
    for slug in slugs:
        if slug not in known:
            near = difflib.get_close_matches(slug, known, n=1)
            hint = f"; did you mean “{near[0]}”?" if near else ""
            yield item.source.error(f"“{key}” names “{slug}”, which is not there{hint}", key)


def _with_relations(courses: list[Course]) -> Iterator[Course]:
    """The courses, each related to those that name it as well: a relation holds both ways."""
    for course in courses:
        naming = {other.slug for other in courses if course.slug in other.related}
        yield replace(course, related=tuple(sorted(naming.union(course.related))))
