"""Brings the curriculum's files into the database, and keeps what people entered there.

Each row remembers in `loaded` what was last read for each of its fields. A field that still holds
that value is ours, and follows the files; a field that holds another was edited by a person, and is
left alone (the summary names it). What hangs on a course works the same way:

- The outline (which sections, which lectures in them, in which order) is one value: once a person
  has rearranged it, the files no longer do. Texts of sections and lectures still follow.
- A question or a dated session that a person deleted is not brought back.
- A question that has left the files is removed, unless a person edited it. Sessions, lectures and
  instructors that have left the files stay: people's work hangs on them.
- An upcoming session is offered again only when the one offered before has begun, and not where the
  course already has one of that kind in that place.
"""

import datetime
import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from courses.catalog.models import Content, Course, Faq, Instructor, Lecture, Section, SectionLecture
from courses.curriculum import content
from courses.curriculum.tables import Source
from courses.sessions.models import Session

OUT_OF_THE_WAY = 10_000

Row = TypeVar("Row", bound=Content)


@dataclass
class Changes:
    """What a load did: rows created, updated and removed, and what it left as people edited it."""

    created: int = 0
    updated: int = 0
    removed: int = 0
    kept: list[str] = field(default_factory=list)

    def keep(self, row: Content, what: str) -> None:
        self.kept.append(f"{row._meta.verbose_name} “{row}”: {what}")


@transaction.atomic
def load(curriculum: content.Curriculum) -> Changes:
    """Bring a curriculum into the database, all of it or nothing.

    Raises content.CurriculumError where a row would break a rule of the database, such as a title's length.
    """
    changes = Changes()
    for instructor in curriculum.instructors:
        _bring(
            Instructor,
            {"slug": instructor.slug},
            {"name": instructor.name, "title": instructor.title, "biography": instructor.biography},
            instructor.source,
            changes,
        )
    for lecture in curriculum.lectures:
        _bring(
            Lecture,
            {"slug": lecture.slug},
            {
                "title": lecture.title,
                "summary": lecture.summary,
                "body": lecture.body,
                "sample": lecture.sample,
                "objectives": list(lecture.objectives),
                "symbols": dict(lecture.symbols),
            },
            lecture.source,
            changes,
        )
    rows = [(_bring_facts(course, changes), course) for course in curriculum.courses]
    for row, course in rows:
        _bring_links(row, "related", course.related, changes)
        _bring_outline(row, course, changes)
        _bring_questions(row, course, changes)
        _bring_sessions(row, course, changes)
        _bring_upcoming(row, course, changes)
        row.save(update_fields=["loaded"])
    return changes


def _bring_facts(course: content.Course, changes: Changes) -> Course:
    names = (
        *("title", "tagline", "description", "skill_level", "language", "certificate", "assessments"),
        *("prerequisites", "advertised_hours", "advertised_lectures", "price_in_class", "price_online"),
        *("currency", "position"),
    )
    values = {name: getattr(course, name) for name in names} | {"path": list(course.path)}
    row = _bring(Course, {"slug": course.slug}, values, course.source, changes)
    _bring_links(row, "instructors", course.instructors, changes)
    return row


def _bring_outline(row: Course, course: content.Course, changes: Changes) -> None:
    """Sections with their lectures: the files' outline, or else a person's with our texts."""
    wanted = [[section.slug, list(section.lectures)] for section in course.sections]
    current = [
        [section.slug, [place.lecture.slug for place in section.places.all()]]
        for section in row.sections.prefetch_related("places__lecture")
    ]
    edited = current != row.loaded.get("outline", [])
    row.loaded["outline"] = wanted
    if current == wanted or edited:
        if current != wanted:
            changes.keep(row, "outline")
        for section in course.sections:
            if row.sections.filter(slug=section.slug).exists():
                _bring_section(row, section, changes)
        return
    SectionLecture.objects.filter(course=row).delete()
    row.sections.exclude(slug__in=[section.slug for section in course.sections]).delete()
    # A position is taken once in a course: make room before they are given anew.
    row.sections.update(position=F("position") + OUT_OF_THE_WAY)
    for position, section in enumerate(course.sections, start=_first_position(course)):
        section_row = _bring_section(row, section, changes, position=position)
        SectionLecture.objects.bulk_create(
            SectionLecture(course=row, section=section_row, lecture=Lecture.objects.get(slug=slug), position=place)
            for place, slug in enumerate(section.lectures, start=1)
        )


def _first_position(course: content.Course) -> int:
    """A chapter that comes before all else takes no number: the section after it is the first."""
    return 0 if course.sections and course.sections[0].chapter else 1


def _bring_section(row: Course, section: content.Section, changes: Changes, **placed: int) -> Section:
    return _bring(
        Section,
        {"course": row, "slug": section.slug},
        {"title": section.title, "summary": section.summary, "chapter": section.chapter},
        section.source,
        changes,
        **placed,
    )


def _bring_questions(row: Course, course: content.Course, changes: Changes) -> None:
    before = set(row.loaded.get("questions", []))
    present = set(row.faqs.values_list("slug", flat=True))
    for position, question in enumerate(course.questions, start=1):
        if question.slug in before - present:
            changes.keep(row, f"without the question “{question.slug}”")
            continue
        _bring(
            Faq,
            {"course": row, "slug": question.slug},
            {"question": question.question, "answer": question.answer, "position": position},
            question.source,
            changes,
        )
    slugs = [question.slug for question in course.questions]
    row.loaded["questions"] = slugs
    for faq in row.faqs.filter(slug__in=before.difference(slugs)):
        if any(_edited(faq, name) for name in faq.loaded):
            changes.keep(faq, "the whole question, which has left the files")
        else:
            faq.delete()
            changes.removed += 1


def _bring_sessions(row: Course, course: content.Course, changes: Changes) -> None:
    before = set(row.loaded.get("sessions", []))
    present = set(row.sessions.values_list("slug", flat=True))
    for session in course.sessions:
        if session.offer.slug in before - present:
            changes.keep(row, f"without the session “{session.offer.slug}”")
        else:
            _bring_session(row, course, session, changes)
    row.loaded["sessions"] = sorted(before.union(session.offer.slug for session in course.sessions))


def _bring_upcoming(row: Course, course: content.Course, changes: Changes) -> None:
    """A session of each upcoming kind, unless one was offered that has not begun, or people made one."""
    offered = row.loaded.setdefault("upcoming", {})
    for upcoming in course.upcoming:
        offer = upcoming.offer
        today = timezone.now().astimezone(zoneinfo.ZoneInfo(offer.time_zone)).date()
        last = offered.get(offer.slug)
        if last is not None and datetime.date.fromisoformat(last) > today:
            continue
        if row.sessions.filter(modality=offer.modality, place=offer.place, starts_on__gt=today).exists():
            continue
        session = upcoming.session(today)
        _bring_session(row, course, session, changes)
        offered[offer.slug] = session.starts_on.isoformat()


def _bring_session(row: Course, course: content.Course, session: content.Session, changes: Changes) -> None:
    offer = session.offer
    session_row = _bring(
        Session,
        {"course": row, "slug": offer.slug},
        {
            "modality": offer.modality,
            "place": offer.place,
            "time_zone": offer.time_zone,
            "starts_on": session.starts_on,
            "ends_on": session.ends_on,
            "seats": offer.seats,
            "price": course.price(offer),
            "currency": course.currency,
            "published": True,
        },
        offer.source,
        changes,
    )
    _bring_links(session_row, "instructors", offer.instructors or course.instructors, changes)
    session_row.save(update_fields=["loaded"])


def _bring(
    model: type[Row],
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    source: Source,
    changes: Changes,
    **placed: int,
) -> Row:
    """The row with this key, with these values except where a person edited them.

    `placed` are values that follow from the whole and that a person's edit does not hold up.
    Raises content.CurriculumError where a value breaks a rule of the database.
    """
    row = model._default_manager.filter(**key).first() or model(**key)
    new = row.pk is None
    differing = [name for name, value in values.items() if getattr(row, name) != value]
    kept = [name for name in differing if not new and _edited(row, name)]
    changed = {name: values[name] for name in differing if name not in kept} | placed
    loaded = row.loaded | {name: _plain(value) for name, value in values.items()}
    if kept:
        changes.keep(row, ", ".join(kept))
    if not new and not changed and loaded == row.loaded:
        return row
    for name, value in changed.items():
        setattr(row, name, value)
    row.loaded = loaded
    try:
        row.full_clean(exclude=kept)
    except ValidationError as error:
        raise content.CurriculumError(
            [source.error(f"“{name}”: {' '.join(said)}", name) for name, said in error.message_dict.items()]
        ) from error
    row.save(update_fields=None if new else [*changed, "loaded"])
    changes.created += new
    changes.updated += not new and bool(changed)
    return row


def _bring_links(row: Course | Session, name: str, slugs: Iterable[str], changes: Changes) -> None:
    """The row's links to what has these slugs, unless a person changed them. The caller saves `loaded`."""
    links = getattr(row, name)
    current, wanted = set(links.values_list("slug", flat=True)), set(slugs)
    last = set(row.loaded.get(name, []))
    row.loaded[name] = sorted(wanted)
    if (current ^ last) & (current ^ wanted):
        changes.keep(row, name)
    elif current != wanted:
        links.set(links.model.objects.filter(slug__in=wanted))


def _edited(row: Content, name: str) -> bool:
    """Whether a person gave the field another value than was last loaded."""
    model_field: Any = row._meta.get_field(name)
    last = model_field.to_python(row.loaded[name]) if name in row.loaded else model_field.get_default()
    return bool(getattr(row, name) != last)


def _plain(value: object) -> object:
    """The value as JSON holds it; a field's `to_python` reads it back."""
    return value if value is None or isinstance(value, str | int | list | dict) else str(value)
