"""What an exercise's page shows of rubrics: by what people mark, before they do."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from grader.assignments.assignment import Assignment
from grader.assignments.models import Exercise
from grader.gradebook.rubric.models import Criterion


def rubrics_to_meet(request: HttpRequest, exercise: Exercise) -> SafeString:
    """The criteria without any marks, of each session in which the person has the exercise to do."""
    found: dict[Assignment, list[Criterion]] = {}
    criteria = Criterion.objects.to_meet(request.user).filter(assignment__exercise=exercise)
    for criterion in criteria.select_related("assignment__session__course"):
        found.setdefault(criterion.assignment, []).append(criterion)
    rubrics = [(assignment, own, sum(one.points for one in own)) for assignment, own in found.items()]
    return render_to_string("grader/gradebook/rubric_to_meet.html", {"rubrics": rubrics})
