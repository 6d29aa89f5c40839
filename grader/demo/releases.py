"""Lectures that open week by week, in sessions whose teachers have it so."""

import datetime

from courses.classroom.meetings.models import wall_time
from courses.models import LectureRelease, Meeting
from grader.demo.sessions import Batch

WEEK = datetime.timedelta(weeks=1)
MORNING = datetime.time(9)


def release(batch: Batch) -> None:
    """Have each week's lectures open on the morning of its first class; those of the first week with the seat."""
    if not batch.plan.weekly:
        return
    session = batch.session
    weeks = {meeting.pk: number // 2 for number, meeting in enumerate(batch.meetings)}
    covers = Meeting.lectures.through.objects.filter(meeting__in=batch.meetings, lecture__sample=False).order_by("pk")
    LectureRelease.objects.bulk_create(
        LectureRelease(
            session=session, lecture_id=one.lecture_id,
            opens_at=wall_time(session.starts_on + weeks[one.meeting_id] * WEEK, MORNING, session.time_zone),
        )
        for one in covers if weeks[one.meeting_id]
    )  # fmt: skip
