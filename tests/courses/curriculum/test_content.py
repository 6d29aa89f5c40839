"""Content files: ours hold what the course promises, and a malformed one is named with line and reason."""

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from courses.curriculum import content

OUTLINE = {
    "TensorFlow basics": 4,
    "TensorFlow mechanics": 12,
    "The perceptron": 8,
    "Support vector machines": 3,
    "Artificial neural networks": 4,
    "Convolutional networks": 6,
}
FILES = {
    "instructors.toml": '[[instructor]]\nslug = "ada"\nname = "Ada"\n',
    "lectures/one.md": '+++\ntitle = "One"\nsummary = "First."\n+++\n\nText with $x^2$.\n',
    "lectures/two.md": '+++\ntitle = "Two"\nsummary = "Second."\n+++\n',
    "small/course.toml": (
        'title = "Small"\n'
        'skill_level = "beginner"\n'
        'language = "English"\n'
        'assessments = "self"\n'
        "price_in_class = 149.50\n"
        'instructors = ["ada"]\n'
        "\n"
        "[[section]]\n"
        'slug = "start"\n'
        'title = "Start"\n'
        "lectures = [\n"
        '  "one",\n'
        '  "two",\n'
        "]\n"
    ),
    "small/faq.toml": '[[question]]\nslug = "why"\nquestion = "Why?"\nanswer = """\nBecause\nso = 1\n"""\n',
    "small/sessions.toml": (
        "[[session]]\n"
        'slug = "london-2027"\n'
        'modality = "in_class"\n'
        'place = "London"\n'
        'time_zone = "Europe/London"\n'
        "starts_on = 2027-01-11\n"
        "ends_on = 2027-02-12\n"
        "seats = 8\n"
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small curriculum without a mistake."""
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return tmp_path


@pytest.fixture(scope="module")
def own() -> content.Curriculum:
    return content.read([content.OWN_FOLDER])


@pytest.fixture(scope="module")
def fundamentals(own: content.Curriculum) -> content.Course:
    return next(course for course in own.courses if course.slug == "neural-networks-fundamentals")


def test_small_curriculum_is_read(folder: Path) -> None:
    curriculum = content.read([folder])
    [course] = curriculum.courses
    assert [lecture.body for lecture in curriculum.lectures] == ["Text with $x^2$.", ""]
    assert course.price_in_class == Decimal("149.50")
    assert course.price(course.sessions[0].offer) == Decimal("149.50")
    assert course.sections[0].lectures == ("one", "two")
    assert course.questions[0].answer == "Because\nso = 1"
    assert course.sessions[0].starts_on == datetime.date(2027, 1, 11)


def change(name: str, old: str, new: str) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        text = (folder / name).read_text()
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1))

    return apply


def write(name: str, content_bytes: bytes) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        (folder / name).write_bytes(content_bytes)

    return apply


COURSE, SESSIONS, FAQ, ONE = "small/course.toml", "small/sessions.toml", "small/faq.toml", "lectures/one.md"


@pytest.mark.parametrize(
    ("harm", "file", "line", "reason"),
    [
        (change(COURSE, '"English"', '"English'), COURSE, 3, "no TOML"),
        (change(COURSE, '["ada"]', "[ada]"), COURSE, 6, "no TOML"),
        (change(COURSE, 'language = "English"\n', ""), COURSE, 1, "“language” is missing"),
        (change(COURSE, 'slug = "start"\n', ""), COURSE, 8, "“slug” is missing"),
        (change(COURSE, "language", "langage"), COURSE, 1, "“language” is missing"),
        (change(COURSE, "instructors =", "instructor ="), COURSE, 6, "“instructor” is no key known here"),
        (change(COURSE, "[[section]]", "[[chapter]]"), COURSE, 8, "“chapter” is no key known here"),
        (change(COURSE, "[[section]]", "[section]"), COURSE, 8, "begin each with [[section]]"),
        (change(COURSE, '"Small"', "7"), COURSE, 1, "“title” is 7, expected a text in quotes"),
        (change(COURSE, '"Small"', '" "'), COURSE, 1, "“title” is empty"),
        (change(COURSE, "149.50", '"149.50"'), COURSE, 5, "“price_in_class” is '149.50'"),
        (change(COURSE, "149.50", "-1"), COURSE, 5, "expected an amount"),
        (change(COURSE, "149.50", "nan"), COURSE, 5, "expected an amount"),
        (change(COURSE, "149.50", "9.999"), COURSE, 5, "expected an amount"),
        (change(COURSE, "149.50", "true"), COURSE, 5, "expected an amount"),
        (change(COURSE, "price_in_class = 149.50\n", ""), SESSIONS, 1, "no price"),
        (change(COURSE, '"beginner"', '"novice"'), COURSE, 2, "expected one of beginner, intermediate"),
        (change(COURSE, '["ada"]', '["adda"]'), COURSE, 6, "which is not there; did you mean “ada”?"),
        (change(COURSE, '["ada"]', '["ada"]\nrelated = ["other"]'), COURSE, 7, "names “other”"),
        (change(COURSE, '  "two"', '  "twoo"'), COURSE, 11, "names “twoo”, which is not there"),
        (change(COURSE, '  "two"', '  "one"'), COURSE, 11, "“one” stands twice"),
        (change(COURSE, '  "two"', '  "Two!"'), COURSE, 11, "is no slug"),
        (
            change(COURSE, "]\n\n", ']\n\n[[section]]\nslug = "zero"\ntitle = "0"\nlectures = ["one"]\n\n'),
            COURSE,
            16,
            "“one” stands in the section “zero” already",
        ),
        (
            change(COURSE, "]\n\n", ']\n\n[[section]]\nslug = "start"\ntitle = "0"\nlectures = []\n\n'),
            COURSE,
            14,
            "“start” is taken by",
        ),
        (change(SESSIONS, "Europe/London", "Europe/Londn"), SESSIONS, 5, "no IANA time zone"),
        (change(SESSIONS, "2027-01-11", '"2027-01-11"'), SESSIONS, 6, "expected a date"),
        (change(SESSIONS, "2027-01-11", "2027-01-11T10:00:00"), SESSIONS, 6, "has a time of day"),
        (change(SESSIONS, "2027-01-11", "2027-02-30"), SESSIONS, 6, "no TOML"),
        (change(SESSIONS, "2027-02-12", "2027-01-10"), SESSIONS, 7, "ends before it starts"),
        (change(SESSIONS, "seats = 8", "seats = 0"), SESSIONS, 8, "from 1 on"),
        (change(SESSIONS, "seats = 8", "seats = true"), SESSIONS, 8, "from 1 on"),
        (change(SESSIONS, 'place = "London"\n', ""), SESSIONS, 1, "“place” is missing"),
        (change(SESSIONS, '"in_class"', '"in class"'), SESSIONS, 3, "expected one of in_class, online"),
        (change(FAQ, "so = 1", "so $\\\\nope$"), FAQ, 4, r"unknown command \nope"),
        (change(ONE, "+++\n", ""), ONE, 1, "begin the file with a line of +++"),
        (change(ONE, "\n+++\n", "\n"), ONE, 1, "no closing line of +++"),
        (change(ONE, '"One"', "One"), ONE, 2, "no TOML"),
        (change(ONE, 'title = "One"\n', ""), ONE, 2, "“title” is missing"),
        (change(ONE, "summary", "sumary"), ONE, 2, "“summary” is missing"),
        (change(ONE, '"First."\n', '"First."\nfree = true\n'), ONE, 4, "“free” is no key known here"),
        (change(ONE, '"First."\n', '"First."\nsample = "yes"\n'), ONE, 4, "expected true or false"),
        (change(ONE, "x^2", "x^2^2"), ONE, 6, "cannot be read"),
        (write(ONE, b""), ONE, 1, "begin the file with a line of +++"),
        (write(ONE, b'+++\ntitle = "\xff"\n+++\n'), ONE, 2, "not UTF-8"),
        (write("lectures/Not a slug.md", b"+++\n+++\n"), "lectures/Not a slug.md", 1, "is no slug"),
    ],
)
def test_malformed_file_is_named_with_line_and_reason(
    folder: Path, harm: Callable[[Path], None], file: str, line: int, reason: str
) -> None:
    harm(folder)
    with pytest.raises(content.CurriculumError) as caught:
        content.read([folder])
    [error] = caught.value.errors
    assert (error.file, error.line) == (folder / file, line)
    assert reason in error.reason
    assert str(error) == f"{folder / file}, line {line}: {error.reason}"


def test_lines_are_right_after_a_text_that_looks_like_toml(folder: Path) -> None:
    change(FAQ, "so = 1", "so = 1\n[[question]]\nanswer = 2")(folder)
    with (folder / FAQ).open("a") as file:
        file.write('\n[[question]]\nslug = "how"\nquestion = 3\nanswer = "So."\n')
    with pytest.raises(content.CurriculumError) as caught:
        content.read([folder])
    assert [error.line for error in caught.value.errors] == [13]


def test_every_malformed_file_is_named_at_once(folder: Path) -> None:
    change(COURSE, '"Small"', "7")(folder)
    change(ONE, '"One"', "One")(folder)
    with pytest.raises(content.CurriculumError) as caught:
        content.read([folder])
    assert {error.file.name for error in caught.value.errors} == {"course.toml", "one.md"}


def test_slug_of_another_folder_is_refused_with_both_places(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "lectures").mkdir()
    (other / ONE).write_text(FILES[ONE])
    with pytest.raises(content.CurriculumError, match=re.escape(str(folder / ONE))) as caught:
        content.read([folder, other])
    assert [error.file for error in caught.value.errors] == [other / ONE]


def test_folder_that_is_missing_or_holds_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(content.CurriculumError, match="no such folder; correct CURRICULUM_PATHS"):
        content.read([tmp_path / "gone"])
    with pytest.raises(content.CurriculumError, match=r"no instructors\.toml"):
        content.read([tmp_path])


def test_relation_holds_both_ways(own: content.Curriculum) -> None:
    related = {course.slug: set(course.related) for course in own.courses}
    assert len(related) == 3
    for slug, others in related.items():
        assert others == set(related) - {slug}


@pytest.mark.parametrize("day", range(7))
def test_upcoming_session_begins_on_a_monday_at_least_two_weeks_ahead(fundamentals: content.Course, day: int) -> None:
    today = datetime.date(2026, 12, 28) + datetime.timedelta(days=day)
    assert len(fundamentals.upcoming) == 4
    for upcoming in fundamentals.upcoming:
        session = upcoming.session(today)
        assert session.starts_on.weekday() == 0
        assert session.ends_on.weekday() == 4
        assert today + datetime.timedelta(weeks=2) <= session.starts_on
        assert session.starts_on < today + datetime.timedelta(weeks=upcoming.weeks_ahead + 1)
        assert (session.ends_on - session.starts_on).days == 7 * upcoming.weeks - 3
        assert session.offer.slug == f"{upcoming.offer.slug}-{session.starts_on:%Y-%m-%d}"


def test_our_outline_has_a_primer_six_sections_two_chapters_and_37_numbered_lectures(
    fundamentals: content.Course,
) -> None:
    numbered = [section for section in fundamentals.sections if not section.chapter]
    assert {section.title: len(section.lectures) for section in numbered} == OUTLINE
    assert sum(OUTLINE.values()) == 37
    assert [section.slug for section in fundamentals.sections if section.chapter] == [
        "primer",
        "universality",
        "deep-networks",
    ]
    assert [section.chapter for section in fundamentals.sections] == [True] + [False] * 6 + [True] * 2


def test_our_facts_are_those_of_the_course_page(own: content.Curriculum, fundamentals: content.Course) -> None:
    assert fundamentals.title == "Neural Networks Fundamentals using TensorFlow"
    assert fundamentals.price_in_class == 9999
    assert fundamentals.price_online == 3999
    assert fundamentals.currency == "USD"
    assert (fundamentals.skill_level, fundamentals.language) == ("intermediate", "English")
    assert (fundamentals.certificate, fundamentals.assessments) == (False, "self")
    assert fundamentals.prerequisites == "Basic Python programming"
    assert len(fundamentals.questions) == 7
    assert {(i.name, i.title) for i in own.instructors} == {
        ("John Doe", "Learning Scientist & Master Trainer"),
        ("Lamar George", "Learning Scientist & Master Trainer"),
    }
    for course in own.courses:
        assert (course.advertised_hours, course.advertised_lectures) == (50, 25)
        assert course.instructors == ("john-doe", "lamar-george")
    first_days = {(s.offer.modality, s.offer.place, str(s.starts_on)) for s in fundamentals.sessions}
    assert first_days == {
        (modality, place, day)
        for day in ("2017-07-15", "2017-07-17")
        for modality, place in (
            ("online", ""),
            ("in_class", "New York City"),
            ("in_class", "Washington, D.C."),
            ("in_class", "Bay Area"),
        )
    }
