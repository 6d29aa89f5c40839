"""What a person has done of lectures' exercises, for the school's pages."""

from collections.abc import Collection
from itertools import groupby

from courses.classroom.progress import Work
from courses.people.models import User
from grader.assignments.models import Exercise
from grader.submissions.models import Submission


def work_of(person: User, lectures: Collection[int]) -> dict[int, Work]:
    """By the key of each lecture that has exercises; mastered is full marks, as the person may know them."""
    exercises = Exercise.objects.filter(current=True, lecture__in=lectures).order_by("lecture", "difficulty", "slug")
    exercises = exercises.only("slug", "title", "lecture", "difficulty")
    submissions = Submission.objects.filter(student=person, exercise__lecture__in=lectures)
    submissions = submissions.exclude(status=Submission.Status.CANCELED).select_related("exercise", "result")
    handed_in = list(submissions.defer("source", "result__data", "exercise__statement", "exercise__starter"))
    Submission.find_closed(handed_in)
    tried = {one.exercise_id for one in handed_in}
    mastered = {one.exercise_id for one in handed_in if (marks := one.shown_score) and marks[0] == marks[1]}
    return {
        lecture: _work(list(group), tried, mastered)
        for lecture, group in groupby(exercises, lambda exercise: exercise.lecture_id)
    }


def _work(exercises: list[Exercise], tried: set[int], mastered: set[int]) -> Work:
    left = next((exercise for exercise in exercises if exercise.pk not in mastered), None)
    return Work(
        exercises=len(exercises),
        tried=sum(exercise.pk in tried for exercise in exercises),
        mastered=sum(exercise.pk in mastered for exercise in exercises),
        next_title=left.title if left else "",
        next_url=left.get_absolute_url() if left else "",
    )
