"""Which lectures people have read, and how sure they feel."""

import datetime

from courses.models import Meeting, Reading
from grader.demo.meetings import over
from grader.demo.school import School
from grader.demo.sessions import Batch

CONFIDENCES = {Reading.Confidence.SURE: 30, Reading.Confidence.FOLLOWED: 50, Reading.Confidence.AGAIN: 20}
# Of the lectures of classes that are over, so many the demo student has left for later.
LEFT = 3
# Some read before the class.
AHEAD = datetime.timedelta(days=2)


def read(school: School, batch: Batch) -> None:
    """Everybody reads some of what the classes were about, about when they were held; what was read stays read."""
    covered = list(
        Meeting.lectures.through.objects.filter(meeting__in=over(school, batch), lecture__written=True)
        .order_by("meeting__starts_at", "pk")
        .values_list("lecture", "meeting__starts_at")
    )
    opens = dict(batch.session.releases.values_list("lecture", "opens_at"))
    rows = []
    for person in batch.members:
        share = school.rng.betavariate(2, 2)
        mine = [pair for pair in covered if school.chance(share)]
        if person == school.cast.student:
            mine = covered[:-LEFT]
        for lecture, at in mine:
            confidence = school.rng.choices(list(CONFIDENCES), list(CONFIDENCES.values()))[0]
            first = max(at - AHEAD, opens.get(lecture, at - AHEAD))
            read_at = school.moment(first, at + datetime.timedelta(days=4))
            rows.append(Reading(person=person, lecture_id=lecture, confidence=confidence, read_at=read_at))
    Reading.objects.bulk_create(rows, ignore_conflicts=True)
