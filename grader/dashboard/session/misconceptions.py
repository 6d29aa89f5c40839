"""Which mistakes a session's students make, beside earlier sessions of the course; and where to teach them again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse

from courses.catalog.models import Course, Lecture
from courses.classroom.recordings.models import Recording
from courses.classroom.recordings.parts import Chapter
from courses.dashboard.charts import percent
from courses.enrollment.access import Person
from courses.sessions.models import Session
from grader.assignments.models import Exercise
from grader.errors import ExerciseError
from grader.exercises import folders, known_mistakes
from grader.submissions.models import Finding, Submission

# With so many sessions before it a session is compared: those of last year are no longer its like.
EARLIER = 3
SUBMISSION = "result__submission"
STUDENT, EXERCISE = f"{SUBMISSION}__student", f"{SUBMISSION}__exercise"


@dataclass(frozen=True)
class Share:
    """So many students of so many who had the exercise graded."""

    students: int
    of: int

    @property
    def percent(self) -> int | None:
        return percent(self.students, self.of)


@dataclass(frozen=True)
class Misconception:
    """A mistake in an exercise: who makes it now, who ever did, and who did in earlier sessions.

    told : what its students are told. lecture_link : to the lecture, within the session's course.
    chapter : where a recording speaks about the lecture.
    """

    exercise: Exercise
    code: str
    now: int
    ever: Share
    earlier: Share
    told: str
    lecture_link: str
    chapter: Chapter | None = None

    @property
    def lecture(self) -> Lecture:
        """The one to teach again."""
        return self.exercise.lecture

    @property
    def name(self) -> str:
        """The mistake as its file is called, in words."""
        return self.code.replace("_", " ").replace("-", " ").capitalize()


@dataclass(frozen=True)
class Cohort:
    """Some people, by their keys, and what they made of every exercise: all that they handed in is sooner read than
    only what is of a few exercises, of which a large school has millions.
    """

    people: Collection[int]

    def students(self) -> dict[int, int]:
        """By exercise, who has had something graded."""
        graded = Submission.objects.filter(student__in=self.people, result__isnull=False).order_by()
        return dict(graded.values_list("exercise").annotate(n=Count("student", distinct=True)))

    def mistakes(self) -> dict[tuple[int, str], int]:
        """By exercise and mistake, who ever made it.

        A submission that was graded again tells by its latest result alone.
        """
        counted = self._findings().annotate(ever=Count(STUDENT, distinct=True))
        return {(exercise, code): ever for exercise, code, ever in counted}

    def mistakes_now(self) -> dict[tuple[int, str], tuple[int, int]]:
        """By exercise and mistake, who ever made it, and who makes it in what they handed in last."""
        later = Submission.objects.filter(
            student=OuterRef(STUDENT), exercise=OuterRef(EXERCISE), result__isnull=False,
            queued_at__gt=OuterRef(f"{SUBMISSION}__queued_at"),
        )  # fmt: skip
        counted = self._findings(is_past=Exists(later)).annotate(
            ever=Count(STUDENT, distinct=True), now=Count(STUDENT, distinct=True, filter=Q(is_past=False))
        )
        return {(exercise, code): (ever, now) for exercise, code, ever, now in counted}

    def _findings(self, **annotations: Any) -> Any:
        """By exercise and mistake, what the latest results of these people's submissions named."""
        found = Finding.objects.filter(result=F(f"{SUBMISSION}__result"), **{f"{STUDENT}__in": self.people})
        return found.annotate(**annotations).order_by().values_list(EXERCISE, "code")


def earlier_sessions(session: Session) -> list[Session]:
    """Those of the same course that began last before it."""
    before = Session.objects.filter(course=session.course_id, starts_on__lt=session.starts_on, canceled_at__isnull=True)
    return list(before.order_by("-starts_on", "-pk")[:EARLIER])


def misconceptions_of(
    course: Course, people: Collection[int], earlier: Collection[int], person: Person, most: int
) -> list[Misconception]:
    """Those that these people make or made in the course's exercises, the most frequent now first; so many at most.

    earlier : who was in the sessions before. person : who looks; chapters are of recordings that they may watch.
    """
    exercises = set(Exercise.objects.filter(lecture__courses=course).values_list("pk", flat=True))
    this, then = Cohort(people), Cohort(earlier)
    mistakes = {key: counted for key, counted in this.mistakes_now().items() if key[0] in exercises}
    frequent = sorted(mistakes, key=lambda key: (-mistakes[key][1], -mistakes[key][0], key))[:most]
    keys = {exercise for exercise, _ in frequent}
    if not keys:
        return []
    students, mistakes_then, students_then = this.students(), then.mistakes(), then.students()
    known = Exercise.objects.select_related("lecture").defer("statement", "starter", "hints", "lecture__body")
    by_key = known.in_bulk(keys)
    chapters = _chapters({exercise.lecture_id for exercise in by_key.values()}, person)
    messages = told({exercise.slug for exercise in by_key.values()})
    return [
        Misconception(
            exercise=by_key[key],
            code=code,
            now=mistakes[key, code][1],
            ever=Share(mistakes[key, code][0], students.get(key, 0)),
            earlier=Share(mistakes_then.get((key, code), 0), students_then.get(key, 0)),
            told=messages[by_key[key].slug].get(code, ""),
            lecture_link=reverse("lecture", args=[course.slug, by_key[key].lecture.slug]),
            chapter=chapters.get(by_key[key].lecture_id),
        )
        for key, code in frequent
    ]


def told(slugs: Iterable[str]) -> dict[str, dict[str, str]]:
    """What students with a mistake read, by exercise and mistake; nothing where a folder cannot be read."""
    messages: dict[str, dict[str, str]] = {}
    known = folders()
    for slug in slugs:
        try:
            messages[slug] = known_mistakes(known[slug]) if slug in known else {}
        except ExerciseError:
            messages[slug] = {}
    return messages


def _chapters(lectures: Iterable[int], person: Person) -> dict[int, Chapter]:
    """By lecture, where the newest recording that the person may watch speaks about it."""
    found: dict[int, Chapter] = {}
    spoken = Chapter.objects.filter(lecture__in=lectures, recording__in=Recording.objects.open_to(person))
    newest = spoken.select_related("recording").order_by("-recording__meeting__starts_at", "recording", "seconds")
    for chapter in newest:
        found.setdefault(chapter.lecture_id, chapter)  # type: ignore[arg-type]
    return found
