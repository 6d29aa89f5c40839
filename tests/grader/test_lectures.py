"""Every lecture of ours is whole, and its worked example gives what stands beside it; broken ones are named."""

import shutil
from pathlib import Path

import pytest

from courses.curriculum import content
from grader.errors import OurError
from grader.examples import Built, differs
from grader.exercises import folders
from grader.lectures import Known, problems

CURRICULUM = content.read([content.OWN_FOLDER])
KNOWN = Known({lecture.slug for lecture in CURRICULUM.lectures}, set(folders()))
WRITTEN = [lecture for lecture in CURRICULUM.lectures if lecture.body]
# Those of the sections and chapters that are to be learned alone.
PARTS = {
    "primer": 2,
    "the-perceptron": 8,
    "artificial-neural-networks": 4,
    "universality": 9,
    "deep-networks": 6,
}
GOOD = content.OWN_FOLDER / "lectures" / "two-steps-make-a-bump.md"


def said(lecture):
    return [str(problem) for problem in problems(lecture, KNOWN)]


@pytest.mark.parametrize("lecture", WRITTEN, ids=lambda lecture: lecture.slug)
def test_a_lecture_is_whole_and_its_example_gives_what_it_shows(lecture):
    assert said(lecture) == []


def test_every_lecture_of_the_parts_that_can_be_learned_alone_is_written():
    course = next(course for course in CURRICULUM.courses if course.slug == "neural-networks-fundamentals")
    sections = {section.slug: section.lectures for section in course.sections}
    assert {slug: len(sections[slug]) for slug in PARTS} == PARTS
    written = {lecture.slug for lecture in WRITTEN}
    assert [slug for part in PARTS for slug in sections[part] if slug not in written] == []


@pytest.fixture
def broken(tmp_path):
    """A copy of a good lecture with changes made; gives what is said of it, without the folder's path."""

    def changed(*changes: tuple[str, str], figures: tuple[str, str] | None = None) -> list[str]:
        file = tmp_path / GOOD.name
        text = GOOD.read_text()
        for right, wrong in changes:
            assert right in text
            text = text.replace(right, wrong)
        file.write_text(text)
        shutil.copytree(GOOD.with_suffix(""), file.with_suffix(""))
        if figures:
            drawing = file.with_suffix("") / "figures.py"
            assert figures[0] in drawing.read_text()
            drawing.write_text(drawing.read_text().replace(*figures))
        meanings = content.read_symbols(content.OWN_FOLDER / "symbols.toml")
        return [line.replace(f"{tmp_path}/", "") for line in said(content.read_lecture(file, meanings))]

    return changed


def line_of(text: str, file: Path = GOOD) -> int:
    return next(number for number, line in enumerate(file.read_text().splitlines(), 1) if text in line)


def test_a_symbol_that_nothing_explains_is_named_with_its_line(broken):
    place = "Call the first one $h$:"
    assert broken((place, place.replace("$h$", r"$\zeta$"))) == [
        f"two-steps-make-a-bump.md, line {line_of(place)}: nothing says what the symbol “ζ” means; "
        "say it under [symbols] in the front matter"
    ]


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("[x](../two-cavaets/)", "there is no lecture “two-cavaets”"),
        ("[x](/exercises/bumpp/)", "there is no exercise “bumpp”"),
        ("[x](/laboratories/lump/)", "there is no laboratory “lump”"),
        ("[x](two-caveats.md)", "leads nowhere; write ../lecture/"),
    ],
)
def test_a_dead_link_is_named_with_its_line(broken, link, reason):
    [told] = broken(("There is no need to trust the picture.", link))
    assert told.startswith(f"two-steps-make-a-bump.md, line {line_of('There is no need to trust')}: the link ")
    assert reason in told


def test_a_failing_example_is_named_with_the_line_in_the_lecture(broken):
    [told] = broken(("width = 0.2\n", "width = 1 / 0\n"))
    assert told.startswith(f"two-steps-make-a-bump.md, line {line_of('width = 0.2')}: the example fails: ")
    assert "ZeroDivisionError" in told


def test_a_failing_figure_is_named_with_its_line(broken):
    [told] = broken(figures=("axes.legend()", "axes.legendd()"))
    line = line_of("axes.legend()", GOOD.with_suffix("") / "figures.py")
    assert told.startswith(f"two-steps-make-a-bump/figures.py, line {line}: AttributeError: ")


def test_an_example_that_gives_something_else_is_told(broken):
    [told] = broken(("width = 0.2\n", "width = 0.4\n"))
    assert "two-steps-make-a-bump.md: not as the example makes it; run manage.py build_examples" in told


def test_a_figure_that_shows_something_else_is_told(broken):
    [told] = broken(figures=("(1000, 100, 20, 5)", "(1000, 100, 20, 6)"))
    assert "two-steps-make-a-bump/sharpness.svg: not as the example makes it" in told


def test_code_whose_output_nobody_would_see_is_told(broken):
    [told] = broken(("```text output\nw =    5", "```text\nw =    5"))
    assert f"line {line_of('width = 0.2') - 1}: the example prints here; put ```text output" in told


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("objectives = [", "[kept]\nobjectives = ["), "“kept” is no key known here"),
        (("## Sources", "## Further"), "it lacks sources"),
        (("::: question", "::: answer"), "it lacks questions to think about"),
        (("](sums.svg", "](summs.svg"), "there is no figure two-steps-make-a-bump/summs.svg"),
        (("::: laboratory bump", "::: laboratory lump"), "there is no laboratory “lump”"),
        (("![Four bumps", "![](sharpness.svg)\n\n![Four bumps"), "has no words for those who cannot see it"),
        (("$\\sigma(0) = \\tfrac12$", "$\\sgima(0)$"), "has an unknown command \\sgima"),
    ],
)
def test_what_is_missing_or_wrong_is_told(broken, change, reason):
    try:
        told = broken(change)
    except content.ContentError as error:
        told = [str(error)]
    assert any(reason in line and ", line " in line for line in told)


def test_the_sandbox_failing_is_no_fault_of_the_lecture(broken, monkeypatch):
    def unable(*_args, **_options):
        raise OurError("no sandbox")

    monkeypatch.setattr("grader.examples.open_student", unable)
    with pytest.raises(OurError):
        broken()


def test_drawings_are_alike_whatever_the_last_digits_and_the_ids_of_shapes(tmp_path):
    file = tmp_path / "l.md"
    (tmp_path / "l").mkdir()
    file.write_text("Text.\n")
    svg = '<svg><path id="ma032b9e358" d="M 10.123456 2"/><use href="#ma032b9e358" x="-3e-05"/></svg>'
    (tmp_path / "l" / "a.svg").write_text(svg)
    same = svg.replace("ma032b9e358", "m0123456789").replace("10.123456", "10.123459")
    assert differs(Built("Text.\n", {"a.svg": same}), file) == []
    for other in (svg.replace("10.1", "11.1"), svg.replace("path", "line"), svg.replace("M 10", "M 1 10")):
        assert differs(Built("Text.\n", {"a.svg": other}), file) == ["l/a.svg"]
    assert differs(Built("Another.\n", {}), file) == ["l.md", "l/a.svg"]
