"""load_curriculum: all or nothing, again and again, and never over what people entered."""

import datetime
import io
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from pytest_django import Settings

from courses.curriculum import content
from courses.management.commands.load_curriculum import Command
from courses.models import Course, Faq, Instructor, Lecture, Section, SectionLecture, Session

pytestmark = pytest.mark.django_db

SLUG = "neural-networks-fundamentals"
LOAD_DAY = datetime.datetime(2026, 11, 25, 15, tzinfo=datetime.UTC)

TINY = (
    'title = "Tiny"\nskill_level = "beginner"\nlanguage = "English"\nassessments = "self"\n'
    '[[section]]\nslug = "start"\ntitle = "Start"\nlectures = ["one", "two"]\n'
    '[[section]]\nslug = "end"\ntitle = "End"\nlectures = ["three"]\n'
)
TINY_FAQ = (
    '[[question]]\nslug = "why"\nquestion = "Why?"\nanswer = "So."\n'
    '[[question]]\nslug = "how"\nquestion = "How?"\nanswer = "Thus."\n'
)


@pytest.fixture
def school(tmp_path: Path, settings: Settings) -> Path:
    """A school's own folder beside ours."""
    (tmp_path / "tiny").mkdir()
    (tmp_path / "lectures").mkdir()
    (tmp_path / "tiny/course.toml").write_text(TINY)
    (tmp_path / "tiny/faq.toml").write_text(TINY_FAQ)
    for slug in ("one", "two", "three"):
        (tmp_path / f"lectures/{slug}.md").write_text(f'+++\ntitle = "{slug}"\nsummary = "About {slug}."\n+++\n')
    settings.CURRICULUM_PATHS = [tmp_path]
    return tmp_path


def load() -> str:
    output = io.StringIO()
    call_command("load_curriculum", stdout=output)
    return output.getvalue()


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def outline(slug: str) -> list[tuple[str, list[str]]]:
    return [
        (section.slug, [place.lecture.slug for place in section.places.all()])
        for section in Section.objects.filter(course__slug=slug)
    ]


def table() -> dict[str, list[object]]:
    """Everything in the school's tables."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("courses").get_models(include_auto_created=True)
    }


def test_our_course_has_37_numbered_lectures_and_a_primer_and_two_chapters_without_numbers() -> None:
    load()
    course = Course.objects.get(slug=SLUG)
    numbers = [place.number for place in SectionLecture.objects.filter(course=course)]
    expected = [
        f"{section}.{lecture}"
        for section, count in enumerate((4, 12, 8, 3, 4, 6), start=1)
        for lecture in range(1, count + 1)
    ]
    assert [number for number in numbers if number] == expected
    assert len(expected) == 37
    assert course.sections.filter(chapter=False).count() == 6
    assert list(course.sections.filter(chapter=True).values_list("title", flat=True)) == [
        "Primer",
        "Universality",
        "Why deep networks are hard to train",
    ]
    written = {place.number for place in SectionLecture.objects.filter(course=course) if place.lecture.written}
    assert written >= {"1.1", "3.1", "3.2", "3.8", "5.3"}
    assert course.path[:2] == ["primer", "the-perceptron"]


def test_our_course_comes_with_instructors_questions_and_related_courses() -> None:
    load()
    course = Course.objects.get(slug=SLUG)
    assert list(course.instructors.values_list("name", flat=True)) == ["John Doe", "Lamar George"]
    assert course.faqs.count() == 7
    assert set(course.related.values_list("slug", flat=True)) == {
        "deep-learning-with-tensorflow",
        "tensorflow-for-image-recognition",
    }


@time_machine.travel(LOAD_DAY, tick=False)
def test_one_can_enroll_in_each_city_and_online_from_the_day_of_loading() -> None:
    load()
    upcoming = Session.objects.published().upcoming()
    assert {(s.where, s.time_zone, str(s.starts_on), int(s.price)) for s in upcoming} == {
        ("Online", "America/New_York", "2026-12-14", 3999),
        ("New York City", "America/New_York", "2026-12-21", 9999),
        ("Washington, D.C.", "America/New_York", "2026-12-28", 9999),
        ("Bay Area", "America/Los_Angeles", "2027-01-04", 9999),
    }
    assert Session.objects.filter(starts_on__year=2017).count() == 8
    for session in upcoming:
        assert session.instructors.count() == 2
        assert session.seats_left == session.seats > 0


def test_loading_twice_changes_nothing(school: Path) -> None:
    load()
    before = table()
    assert "0 rows created, 0 updated, 0 removed" in load()
    assert table() == before


def test_upcoming_session_is_offered_anew_only_when_the_last_has_begun() -> None:
    with time_machine.travel(LOAD_DAY, tick=False):
        load()
    first = Session.objects.get(slug="online-2026-12-14")
    with time_machine.travel(LOAD_DAY + datetime.timedelta(days=10), tick=False):
        load()
        assert Session.objects.filter(starts_on__gt="2026-11-25").count() == 4
    with time_machine.travel(LOAD_DAY + datetime.timedelta(days=20), tick=False):
        load()
        assert set(
            Session.objects.filter(modality="online", starts_on__gt="2026-11-25").values_list("slug", flat=True)
        ) == {first.slug, "online-2027-01-04"}


@time_machine.travel(LOAD_DAY, tick=False)
def test_upcoming_session_that_a_person_moved_or_deleted_is_not_offered_beside_it() -> None:
    load()
    Session.objects.filter(slug="online-2026-12-14").update(slug="winter", starts_on="2026-12-16")
    Session.objects.filter(place="Bay Area", starts_on__gt="2026-11-25").delete()
    load()
    assert set(Session.objects.filter(starts_on__gt="2026-11-25").values_list("slug", flat=True)) == {
        "winter",
        "new-york-city-2026-12-21",
        "washington-dc-2026-12-28",
    }


@time_machine.travel(LOAD_DAY, tick=False)
def test_school_that_has_a_coming_session_in_a_place_is_not_offered_another() -> None:
    with time_machine.travel(LOAD_DAY - datetime.timedelta(days=100), tick=False):
        load()
    course = Course.objects.get(slug=SLUG)
    Session.objects.create(
        course=course,
        slug="our-own",
        modality="in_class",
        place="Bay Area",
        time_zone="America/Los_Angeles",
        starts_on="2026-12-02",
        ends_on="2026-12-20",
        seats=3,
        price=1,
    )
    load()
    coming = Session.objects.filter(place="Bay Area", starts_on__gt=LOAD_DAY.date())
    assert [session.slug for session in coming] == ["our-own"]
    assert Session.objects.filter(modality="online", starts_on__gt=LOAD_DAY.date()).count() == 1


def test_field_that_a_person_edited_is_kept_and_the_others_follow_the_files(school: Path) -> None:
    load()
    Course.objects.filter(slug="tiny").update(title="Our title")
    Lecture.objects.filter(slug="one").update(body="Written in the admin.")
    edit(school / "tiny/course.toml", '"Tiny"', '"Tiny, second edition"')
    edit(school / "tiny/course.toml", '"beginner"', '"advanced"')
    edit(school / "lectures/one.md", "About one.", "About the first.")
    output = load()
    course, lecture = Course.objects.get(slug="tiny"), Lecture.objects.get(slug="one")
    assert (course.title, course.skill_level) == ("Our title", "advanced")
    assert (lecture.body, lecture.summary) == ("Written in the admin.", "About the first.")
    assert "Kept as people left it: course “Our title”: title" in output
    assert "lecture “one”: body" in output


def test_price_that_a_person_edited_is_kept() -> None:
    load()
    Course.objects.filter(slug=SLUG).update(price_online="2999.50")
    load()
    assert str(Course.objects.get(slug=SLUG).price_online) == "2999.50"
    assert Course.objects.get(slug=SLUG).price_in_class == 9999


def test_row_that_a_person_made_first_keeps_its_values(school: Path) -> None:
    Lecture.objects.create(slug="one", title="My own")
    load()
    lecture = Lecture.objects.get(slug="one")
    assert (lecture.title, lecture.summary) == ("My own", "About one.")


def test_outline_follows_the_files(school: Path) -> None:
    load()
    assert outline("tiny") == [("start", ["one", "two"]), ("end", ["three"])]
    kept = Section.objects.get(course__slug="tiny", slug="end").pk
    (school / "tiny/course.toml").write_text(
        TINY.split("[[section]]")[0]
        + '[[section]]\nslug = "end"\ntitle = "End"\nlectures = ["three", "one"]\n'
        + '[[section]]\nslug = "more"\ntitle = "More"\nlectures = ["two", "back-propagation"]\n'
    )
    load()
    assert outline("tiny") == [("end", ["three", "one"]), ("more", ["two", "back-propagation"])]
    assert Section.objects.get(course__slug="tiny", slug="end").pk == kept
    numbers = [place.number for place in SectionLecture.objects.filter(course__slug="tiny")]
    assert numbers == ["1.1", "1.2", "2.1", "2.2"]


def test_sections_can_change_places(school: Path) -> None:
    load()
    facts, start, end = TINY.split("[[section]]")
    (school / "tiny/course.toml").write_text(f"{facts}[[section]]{end}[[section]]{start}")
    load()
    assert outline("tiny") == [("end", ["three"]), ("start", ["one", "two"])]
    assert list(Section.objects.filter(course__slug="tiny").values_list("position", flat=True)) == [1, 2]


def test_outline_that_a_person_rearranged_is_kept_while_its_texts_follow(school: Path) -> None:
    load()
    SectionLecture.objects.get(course__slug="tiny", lecture__slug="one").delete()
    edit(school / "tiny/course.toml", '["three"]', '["three", "back-propagation"]')
    edit(school / "tiny/course.toml", '"End"', '"The end"')
    output = load()
    assert outline("tiny") == [("start", ["two"]), ("end", ["three"])]
    assert Section.objects.get(course__slug="tiny", slug="end").title == "The end"
    assert "course “Tiny”: outline" in output


def test_links_that_a_person_changed_are_kept(school: Path) -> None:
    load()
    course = Course.objects.get(slug=SLUG)
    course.instructors.set(Instructor.objects.filter(slug="john-doe"))
    course.related.add(Course.objects.get(slug="tiny"))
    load()
    assert [instructor.slug for instructor in course.instructors.all()] == ["john-doe"]
    assert course.related.count() == 3


def test_dated_session_that_a_person_deleted_stays_deleted() -> None:
    load()
    Session.objects.get(slug="online-2017-07-15").delete()
    load()
    load()
    assert Session.objects.filter(starts_on__year=2017).count() == 7


def test_question_that_a_person_deleted_stays_deleted(school: Path) -> None:
    load()
    Faq.objects.get(course__slug="tiny", slug="why").delete()
    load()
    load()
    assert [faq.slug for faq in Faq.objects.filter(course__slug="tiny")] == ["how"]


def test_question_that_left_the_files_goes_unless_a_person_edited_it(school: Path) -> None:
    load()
    Faq.objects.filter(course__slug="tiny", slug="why").update(answer="Because we say so.")
    (school / "tiny/faq.toml").unlink()
    output = load()
    assert [faq.slug for faq in Faq.objects.filter(course__slug="tiny")] == ["why"]
    assert "1 removed" in output
    assert "FAQ “Why?”" in output


def test_malformed_file_leaves_the_database_as_it_was(school: Path) -> None:
    load()
    before = table()
    edit(school / "tiny/course.toml", '"Tiny"', '"Changed"')
    edit(school / "lectures/three.md", "+++\n", "")
    with pytest.raises(CommandError) as caught:
        load()
    assert f"{school}/lectures/three.md, line 1: begin the file" in str(caught.value)
    assert caught.value.returncode == 1
    assert table() == before


def test_text_too_long_for_the_database_is_named_and_nothing_is_half_loaded(school: Path) -> None:
    edit(school / "tiny/faq.toml", '"Why?"', f'"{"Why" * 150}?"')
    with pytest.raises(CommandError) as caught:
        load()
    assert f"{school}/tiny/faq.toml, line 3: “question”: Ensure this value has at most 300" in str(caught.value)
    assert not any(table().values())


def test_command_ends_with_status_1_and_without_a_traceback(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(school / "tiny/course.toml", '"one", "two"', '"one", "tow"')
    with pytest.raises(SystemExit) as caught:
        Command().run_from_argv(["manage.py", "load_curriculum"])
    errors = capsys.readouterr().err
    assert caught.value.code == 1
    assert f"{school}/tiny/course.toml, line 8: “lectures” names “tow”" in errors
    assert "did you mean “two”?" in errors
    assert "Traceback" not in errors


def test_summary_counts_what_was_loaded() -> None:
    curriculum = content.read([content.OWN_FOLDER])
    output = load()
    written = sum(bool(lecture.body) for lecture in curriculum.lectures)
    assert f"3 courses, {len(curriculum.lectures)} lectures ({written} written), 2 instructors" in output
    assert Lecture.objects.count() == len(curriculum.lectures) == 54
