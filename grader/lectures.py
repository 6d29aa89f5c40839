"""What an author has yet to mend in a lecture, beyond what loading refuses: each with its file and line."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from courses import markdown
from courses.classroom.laboratories import LABORATORIES
from courses.curriculum.content import Lecture
from courses.curriculum.tables import ContentError
from grader.examples import CODE, build, differs

LINK = re.compile(r"\.\./(?P<lecture>[^/#]+)/|/exercises/(?P<exercise>[^/]+)/|/laboratories/(?P<laboratory>[^/]+)/")
# What every lecture has, by what its text holds.
PARTS = {
    "## What goes wrong": "what goes wrong: a section of the usual mistakes",
    "::: question": "questions to think about, as ::: question What …? with the answer inside",
    "## Sources": "sources: a section of that name",
    f"```{CODE}": f"a worked example, as ```{CODE}",
}


@dataclass(frozen=True)
class Known:
    """The slugs that a link may name."""

    lectures: Collection[str]
    exercises: Collection[str]


def problems(lecture: Lecture, known: Known) -> list[ContentError]:
    """Of one lecture that is written. Its example is run. Raises OurError where the sandbox fails."""
    return [*_parts(lecture), *_symbols(lecture), *_links(lecture, known), *_pictures(lecture), *_example(lecture)]


def _at(lecture: Lecture, line: int, reason: str) -> ContentError:
    return ContentError(lecture.source.file, lecture.first_line + line - 1, reason)


def _parts(lecture: Lecture) -> Iterator[ContentError]:
    if not lecture.objectives:
        yield lecture.source.error('it has no objectives; write objectives = ["…"] into the front matter')
    for mark, part in PARTS.items():
        if mark not in lecture.body:
            yield _at(lecture, 1, f"it lacks {part}")


def _symbols(lecture: Lecture) -> Iterator[ContentError]:
    for flaw in markdown.flaws(lecture.body, lecture.symbols):
        yield _at(lecture, flaw.line, f"{flaw.reason}; say it under [symbols] in the front matter")


def _links(lecture: Lecture, known: Known) -> Iterator[ContentError]:
    names = {"lecture": known.lectures, "exercise": known.exercises, "laboratory": LABORATORIES}
    for link in markdown.links(lecture.body):
        if link.name.startswith(("https://", "http://", "mailto:")):
            continue
        found = LINK.match(link.name)
        kind, slug = next(((k, s) for k, s in found.groupdict().items() if s), ("", "")) if found else ("", "")
        if not found:
            reason = f"the link {link.name} leads nowhere; write ../lecture/, /exercises/slug/, /laboratories/slug/ or https://…"
            yield _at(lecture, link.line, reason)
        elif slug not in names[kind]:
            yield _at(lecture, link.line, f"the link {link.name} leads nowhere: there is no {kind} “{slug}”")


def _pictures(lecture: Lecture) -> Iterator[ContentError]:
    for picture in markdown.pictures(lecture.body):
        if not picture.text:
            yield _at(
                lecture, picture.line, f"{picture.name} has no words for those who cannot see it: ![what it shows]"
            )


def _example(lecture: Lecture) -> Iterator[ContentError]:
    """A failing example, and one whose output or figures are not as they stand."""
    try:
        built = build(lecture.source.file)
    except ContentError as error:
        yield error
        return
    if built is not None and (changed := differs(built, lecture.source.file)):
        yield lecture.source.error(f"{', '.join(changed)}: not as the example makes it; run manage.py build_examples")
