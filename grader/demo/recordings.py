"""Recordings of the classes that have been held, with captions and chapters, and how far people have watched them.

All are one small video, made here: it shows a title and the time.
"""

import datetime
import os
import shutil
import tempfile
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage

from courses.classroom.recordings.models import recording_storage
from courses.classroom.recordings.specimen import make_video
from courses.models import Attendance, Caption, Chapter, Lecture, Meeting, Recording, Viewing
from grader.demo.meetings import HALF_WATCHED, over
from grader.demo.school import School
from grader.demo.sessions import PLANS, Batch

SECONDS = 2 * 3600 + 24 * 60
# What is said, from which share of the recording on.
SAID = (
    (0.0, "Good evening. The clock in this picture is all that there is to see; this is a recording of the demo."),
    (0.01, "In a real one you would see the board and hear the class."),
    (0.02, "The chapters beside it lead to the lectures that the class was about."),
    (0.5, "We are halfway: a pause of ten minutes."),
    (0.98, "That was all for today. What is open, we take up in the next class."),
)


class Film:
    """The one video, made when it is first needed. `path` : where one can read it."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "class.mp4")

    def __enter__(self) -> "Film":
        make_video(self.path, SECONDS, "A recorded class")
        return self

    def __exit__(self, *_: object) -> None:
        self.folder.cleanup()

    def store(self, name: str) -> str:
        """Have it lie under this name, too, without a second copy where disks can do that. The name that it has."""
        storage = recording_storage()
        if not isinstance(storage, FileSystemStorage):
            with self.path.open("rb") as content:
                return storage.save(name, File(content))
        place = Path(storage.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        try:
            os.link(self.path, place)
        except OSError:
            shutil.copyfile(self.path, place)
            # Beside this one the next can be linked.
            self.path = place
        return name


def record_classes(school: School, batch: Batch, film: Film) -> None:
    """A recording of each class, published on the day after it; until then it is a draft."""
    held = over(school, batch)
    recordings = [recording_of(school, batch, meeting, film) for meeting in held]
    Recording.objects.bulk_create(recordings)
    lectures: dict[int, list[Lecture]] = {}
    for cover in Meeting.lectures.through.objects.filter(meeting__in=held).select_related("lecture").order_by("pk"):
        lectures.setdefault(cover.meeting_id, []).append(cover.lecture)
    Chapter.objects.bulk_create(
        [
            Chapter(recording=one, seconds=60 + number * SECONDS // len(covered), title=lecture.title, lecture=lecture)
            for one in recordings
            for covered in [lectures.get(one.meeting_id, [])]
            for number, lecture in enumerate(covered)
        ]
    )
    ready = [one for one in recordings if one.state == Recording.State.READY]
    Caption.objects.bulk_create([Caption(recording=one, language="en", text=captions()) for one in ready])
    watch(school, batch, [one for one in ready if one.published_at is not None])


def recording_of(school: School, batch: Batch, meeting: Meeting, film: Film) -> Recording:
    teacher = school.teacher_of(batch.plan.teacher)
    next_day = meeting.ends_at + datetime.timedelta(hours=15, minutes=school.rng.randint(0, 90))
    recording = Recording(meeting=meeting, created_by=teacher, created_at=min(meeting.ends_at, school.now))
    if next_day < school.now:
        recording.published_at = recording.announced_at = next_day
    if batch.plan is not PLANS[0] and school.chance(0.04):
        recording.title = "The board, filmed by hand"
        recording.external_url = f"https://video.example/{meeting.pk}"
        return recording
    recording.file = film.store(f"session-{meeting.session_id}/meeting-{meeting.pk}.mp4")
    recording.file_name, recording.content_type = f"{meeting.starts_at:%Y-%m-%d}.mp4", "video/mp4"
    recording.state, recording.seconds, recording.size = Recording.State.READY, SECONDS, film.path.stat().st_size
    return recording


def captions() -> str:
    """What is said, as WebVTT."""
    said = [(int(share * SECONDS) + 2, text) for share, text in SAID]
    return "\n\n".join(["WEBVTT", *(f"{stamp(at)} --> {stamp(at + 7)}\n{text}" for at, text in said)]) + "\n"


def stamp(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.000"


def watch(school: School, batch: Batch, recordings: list[Recording]) -> None:
    """Most who were not there have watched it; the demo student has stopped in the middle of one."""
    by_meeting = {one.meeting_id: one for one in recordings}
    missed = Attendance.objects.filter(
        meeting__in=by_meeting, status__in=[Attendance.Status.ABSENT, Attendance.Status.EXCUSED]
    ).order_by("pk")
    held, rows = over(school, batch), []
    for absence in missed:
        recording = by_meeting[absence.meeting_id]
        viewing = Viewing(recording=recording, person_id=absence.person_id)
        if absence.person_id == school.cast.student.pk:
            if absence.meeting_id != held[-1 - HALF_WATCHED].pk:
                continue
            viewing.seconds = SECONDS // 2
        elif not school.chance(0.7):
            continue
        else:
            viewing.seconds = school.rng.randint(SECONDS // 20, SECONDS)
        assert recording.published_at is not None
        viewing.watched_at = school.moment(recording.published_at, recording.published_at + datetime.timedelta(days=9))
        if viewing.seconds > 0.6 * SECONDS:
            viewing.seconds, viewing.finished_at = SECONDS, viewing.watched_at
        rows.append(viewing)
    Viewing.objects.bulk_create(rows)
