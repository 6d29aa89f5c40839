"""What a large school hands in: builders beside those of `bench.history`, and the pages that count it.

Six submissions an enrollment, as far as the session has begun: 5,000,000 and more in all. Each has a result, two of a
hundred a second one; four of ten name a mistake.
"""

from typing import TYPE_CHECKING, Any

from bench.history import Size

if TYPE_CHECKING:
    from courses.models import User

LECTURES, EXERCISES, AN_ENROLLMENT = 30, 60, 6
ASSIGNED, MEETINGS = 10, 3
# Keys of second results come after all first ones.
AGAIN = 100_000_000


def exercises(size: Size, cursor: Any) -> None:
    """Thirty lectures with two exercises each, in every course; ten of the exercises are assigned in each session."""
    from courses.models import Course, Lecture, Section, SectionLecture
    from grader.models import Exercise

    lectures = [Lecture.objects.create(slug=f"bench-{n}", title=f"Lecture {n}", body="x") for n in range(LECTURES)]
    for course in Course.objects.filter(slug__startswith="bench"):
        section = Section.objects.create(course=course, slug="s", title="S", position=1)
        SectionLecture.objects.bulk_create(
            SectionLecture(course=course, section=section, lecture=lecture, position=place)
            for place, lecture in enumerate(lectures, 1)
        )
    made = Exercise.objects.bulk_create(
        Exercise(slug=f"bench-{n}", version="1", title=f"Exercise {n}", lecture=lectures[n % LECTURES], points=10,
                 flavor="tensorflow" if n % 3 == 0 else "numpy", wall_seconds=10)
        for n in range(EXERCISES)
    )  # fmt: skip
    cursor.execute(
        f"""
        INSERT INTO grader_assignment (session_id, exercise_id, due_at, weight, counted, grace_days, late_percent,
            late_days, hidden, version)
        SELECT s.id, (%s::bigint[])[1 + (s.id * 7 + j) %% {EXERCISES}], s.starts_on + interval '1 day' * (6 + 5 * j), 1,
            'best', 0, 10, 7, false, 0
        FROM courses_session s, generate_series(0, {ASSIGNED} - 1) j""",
        [[exercise.pk for exercise in made]],
    )


def submissions(size: Size, cursor: Any) -> None:
    """For the session's assignments, within its sixty days; each a little better than chance."""
    cursor.execute(f"""
        INSERT INTO grader_submission (id, student_id, exercise_id, source, seed, status, priority, turn, queued_at,
            not_before, started_at, finished_at, attempt, tries, worker, failure, result_id, regrade_reason)
        SELECT id, user_id, exercise_id, 'x = 1', 1,
            CASE WHEN failed THEN 'failed' ELSE 'graded' END, 1, 1, at, at, at, at + interval '3 seconds', 1, 1, 'w',
            '', CASE WHEN failed THEN NULL WHEN id % 50 = 0 THEN id + {AGAIN} ELSE id END, ''
        FROM (
            SELECT e.id * {AN_ENROLLMENT} + k AS id, e.user_id, a.exercise_id,
                (e.id * {AN_ENROLLMENT} + k) % 5000 = 7 AS failed,
                s.starts_on + interval '1 second' * ((e.id * 7919 + k * 104729 * 17) % 5184000) AS at
            FROM generate_series(0, {AN_ENROLLMENT} - 1) k, courses_enrollment e
            JOIN courses_session s ON s.id = e.session_id
            JOIN (
                SELECT session_id, exercise_id, ROW_NUMBER() OVER (PARTITION BY session_id ORDER BY id) - 1 AS place
                FROM grader_assignment
            ) AS a ON a.session_id = s.id
            WHERE a.place = (e.id + k * k) % {ASSIGNED}
        ) AS told
        WHERE at < now()""")


def results(size: Size, cursor: Any) -> None:
    """Waits from a tenth of a second to minutes, most of them short."""
    columns = """submission_id, number, attempt, graded_at, reason, exercise_version, outcome, score, max_score,
            open_score, open_max_score, marks_by_check, waited_seconds, took_seconds, data"""
    cursor.execute(f"""
        INSERT INTO grader_result (id, {columns})
        SELECT id, id, 1, 1, queued_at + interval '1 second' * (waited + took), '', '1',
            CASE id % 20 WHEN 3 THEN 'error' WHEN 7 THEN 'time_limit' ELSE 'ok' END, id % 11, 10, id % 11, 10, '[]',
            waited, took, '{{}}'
        FROM (
            SELECT id, queued_at, power(10, (id * 7919 % 1000) / 1000.0 * 3 - 1) AS waited,
                power(10, (id * 104729 % 1000) / 1000.0 * 2 - 1) AS took
            FROM grader_submission WHERE status = 'graded'
        ) AS timed""")
    cursor.execute(f"""
        INSERT INTO grader_result (id, {columns})
        SELECT id + {AGAIN}, submission_id, 2, 2, LEAST(graded_at + interval '3 days', now()), 'corrected', '1',
            outcome, score, 10, score, 10, '[]', NULL, took_seconds, '{{}}'
        FROM grader_result WHERE id % 50 = 0""")
    cursor.execute("""
        INSERT INTO grader_finding (result_id, code, check_name)
        SELECT id, 'mistake_' || id % 5, 'gradients' FROM grader_result WHERE id % 5 < 2 AND score < 10""")


def meetings(size: Size, cursor: Any) -> None:
    """Three a session, with attendance of those that are past."""
    cursor.execute(f"""
        INSERT INTO courses_meeting (id, session_id, title, starts_at, ends_at, room, join_url, sequence, changed_at)
        SELECT s.id * {MEETINGS} + k, s.id, 'Meeting', at, at + interval '2 hours', '', '', 0, now()
        FROM courses_session s, generate_series(0, {MEETINGS} - 1) k,
            LATERAL (SELECT s.starts_on + interval '1 day' * (k * 20) AS at) AS held""")
    cursor.execute("""
        INSERT INTO courses_attendance (meeting_id, person_id, status)
        SELECT m.id, e.user_id, CASE (e.id + m.id) % 7 WHEN 0 THEN 'absent' WHEN 1 THEN 'late' ELSE 'present' END
        FROM courses_meeting m JOIN courses_enrollment e ON e.session_id = m.session_id
        WHERE m.ends_at < now() AND e.withdrawn_at IS NULL""")


BUILDERS = [exercises, submissions, results, meetings]


def pages_of_grading(person: "User") -> dict[str, str]:
    """By its name, a page's address."""
    import datetime

    from django.urls import reverse

    from courses.dashboard.ranges import ONE_DAY, Range, school_today
    from courses.models import Session
    from grader.dashboard.counted import GRADING

    today = school_today()
    begun = Session.objects.filter(starts_on__lte=today - datetime.timedelta(days=45), slug__startswith="bench")
    session = begun.latest("starts_on").pk

    def last(days: int) -> str:
        days_of = Range(today - (days - 1) * ONE_DAY, today)
        return f"from={days_of.first}&to={days_of.last}"

    grading, work = reverse("dashboard_grading"), reverse("dashboard_submissions")
    everything = f"from={GRADING.beginning()}&to={today}"
    return {
        "grading, 30 days": grading,
        "grading, 90 days": f"{grading}?{last(90)}",
        "grading, 365 days": f"{grading}?{last(365)}",
        "grading, all": f"{grading}?{everything}",
        "grading, an exercise, 365 days": f"{grading}?{last(365)}&exercise=bench-4",
        "api: grading, 365 days": f"{reverse('api-dashboard-grading')}?{last(365)}",
        "submissions, 30 days": f"{work}?{last(30)}",
        "gradings that took too long, all": f"{work}?{everything}&what=graded&outcome=time_limit&exercise=bench-7",
        "failures of ours, all": f"{work}?{everything}&what=failed",
        "students, 30 days": reverse("dashboard_students"),
        "students, all": f"{reverse('dashboard_students')}?{everything}",
        "students at risk, low": f"{reverse('dashboard_at_risk')}?reason=low",
        "session: figures": reverse("session_figures", args=[session]),
        "session: watch list": reverse("watch_list", args=[session]),
        "session: gradebook": reverse("gradebook", args=[session]),
        "sessions side by side": reverse("teaching_figures"),
    }


def hand_in(at: str) -> None:
    """Somebody hands something in, at a moment in PostgreSQL's words, and it is graded."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"""
            WITH handed_in AS (
                INSERT INTO grader_submission (student_id, exercise_id, source, seed, status, priority, turn, queued_at,
                    not_before, attempt, tries, worker, failure, regrade_reason)
                SELECT student_id, exercise_id, 'x = 1', 1, 'queued', 1, 1, {at}, {at}, 1, 1, 'w', '', ''
                FROM grader_submission WHERE id >= (SELECT MAX(id) / 2 FROM grader_submission) ORDER BY id LIMIT 1
                RETURNING id, queued_at
            )
            INSERT INTO grader_result (submission_id, number, attempt, graded_at, reason, exercise_version, outcome,
                score, max_score, open_score, open_max_score, marks_by_check, waited_seconds, took_seconds, data)
            SELECT id, 1, 1, queued_at, '', '1', 'ok', 5, 10, 5, 10, '[]', 1, 1, '{{}}' FROM handed_in""")
