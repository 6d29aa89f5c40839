"""No page has anything that axe calls serious, in light or in dark; and nothing on a phone is wider than the phone."""

import datetime
from io import StringIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.classroom.laboratories import LABORATORIES
from courses.models import (
    Enrollment,
    Lecture,
    OfficeHour,
    Order,
    Recording,
    SectionLecture,
    Session,
    Ticket,
    User,
)
from courses.support.files import checked
from grader.exercises import load
from grader.grading import grade
from grader.models import (
    Assignment,
    CheckRevision,
    Correction,
    Criterion,
    Exercise,
    Extension,
    LineComment,
    Mark,
    Note,
    Override,
    RegradeRequest,
    Submission,
    Watch,
)

SERIOUS = ("serious", "critical")
COURSE = "neural-networks-fundamentals"
BACKPROPAGATION = load("backpropagation")


@pytest.fixture
def school(transactional_db):
    """The curriculum that ships, with its exercises."""
    call_command("load_curriculum", verbosity=0)
    call_command("load_exercises", verbosity=0)


@pytest.fixture
def admin(school):
    """Somebody who sees every page, and what they have handed in and asked."""
    person = User.objects.create_superuser("admin@example.org", "x")
    submission = hand_in(person)
    Ticket.objects.ask(person, "Why $\\sigma'$?", subject="About it", about_url=submission.get_absolute_url())
    return person


def hand_in(student):
    """A graded submission with a mistake that is named."""
    mistake = BACKPROPAGATION.misconceptions["missing-sigma-prime"].source
    exercise = Exercise.objects.get(slug="backpropagation")
    submission = Submission.objects.create(student=student, exercise=exercise, source=mistake)
    assert Submission.objects.claim_next("numpy").record(grade(BACKPROPAGATION, mistake, 1))
    submission.refresh_from_db()
    return submission


@pytest.fixture
def look_as(live_server, browser):
    """What is wrong with a page for a person: axe's findings in both themes, and what a phone would scroll sideways."""
    opened = []

    def contexts_of(person):
        visitor = Client()
        visitor.force_login(person)
        value = visitor.cookies[settings.SESSION_COOKIE_NAME].value
        for scheme, width in (("light", 1360), ("dark", 390)):
            context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
            opened.append(context)
            yield scheme, context.new_page()

    def look_of(person):
        contexts = list(contexts_of(person))
        return lambda address, then=None: looked(contexts, address, then)

    def looked(contexts, address, then):
        """then : what is done on the page first, which leads to another one."""
        found = []
        for scheme, page in contexts:
            answer = page.goto(f"{live_server.url}{address}")
            assert answer.status == 200, address
            if then is not None:
                then(page)
            if page.locator("script[type=module]").count():
                page.wait_for_load_state("networkidle")
            for violation in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]:
                if violation["impact"] in SERIOUS:
                    places = [node["html"][:120] for node in violation["nodes"][:3]]
                    found.append(f"{address} ({scheme}): {violation['id']}: {violation['help']}: {places}")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{address}: scrolls sideways at {page.viewport_size['width']} px")
        return found

    yield look_of
    for context in opened:
        context.close()


@pytest.fixture
def look(look_as, admin):
    """As `look_as`, for somebody who sees every page."""
    return look_as(admin)


@pytest.mark.slow
def test_every_lecture(look):
    places = lectures()
    assert len(places) > 25
    assert "\n".join(found for place in places for found in look(place.get_absolute_url())) == ""


def test_three_lectures(look):
    """One with each thing that lectures hold; all of them with those that take minutes."""
    slugs = ("slopes-and-the-chain-rule", "many-input-variables", "multilayer-perceptrons")
    places = [place for place in lectures() if place.lecture.slug in slugs]
    assert len(places) == 3
    assert "\n".join(found for place in places for found in look(place.get_absolute_url())) == ""


def lectures():
    """The places of all lectures that are written."""
    written = Lecture.objects.exclude(body="")
    places = SectionLecture.objects.filter(course__slug=COURSE, lecture__in=written)
    return list(places.select_related("course", "lecture"))


def test_laboratories(look):
    pages = ["/laboratories/", *(laboratory.get_absolute_url() for laboratory in LABORATORIES.values())]
    assert "\n".join(found for page in pages for found in look(page)) == ""


def test_exercises_submissions_questions_and_the_rest(look):
    exercises = ["backpropagation", "five-bumps-by-dragging", "mlp-sgd", "activations"]
    pages = [
        *("/", f"/courses/{COURSE}/", "/profile/", "/submissions/", "/questions/"),
        *(f"/exercises/{slug}/" for slug in exercises),
        *("/exercises/backpropagation/ask/", Submission.objects.get().get_absolute_url()),
        *(f"{Submission.objects.get().get_absolute_url()}ask/", Ticket.objects.get().get_absolute_url()),
    ]
    assert "\n".join(found for page in pages for found in look(page)) == ""


@pytest.fixture
def term(school):
    """A small demo school: sessions that run, come and are over, with people, money, meetings and recordings."""
    call_command("create_demo_people", verbosity=0, stdout=StringIO())
    call_command("create_demo_school", people=30, sessions=4, without_grading=True, stdout=StringIO())


@pytest.fixture
def handed_in(term):
    """Work of the demo's student, with all that staff may have said and decided of it, and what else goes on."""
    student, teacher = (User.objects.get(email=f"{name}@example.org") for name in ("student", "instructor"))
    session = Session.objects.get(enrollments__user=student, instructors__user=teacher)
    now, day = timezone.now(), datetime.timedelta(days=1)
    submission = hand_in(student)
    # Three columns show what thirty would, and axe looks at every cell.
    others = Assignment.objects.filter(session=session).order_by("pk")
    others.exclude(pk__in=[one.pk for one in others[:2]]).delete()
    assignment, _ = Assignment.objects.update_or_create(
        session=session, exercise=submission.exercise,
        defaults={"opens_at": now - 9 * day, "due_at": now + day, "hidden": True, "posted_at": now, "grace_days": 1},
    )  # fmt: skip
    of, by = {"assignment": assignment, "student": student}, {"by": teacher}
    criterion = Criterion.objects.create(
        assignment=assignment, position=1, title="Clarity", description="*All*", points=5
    )
    Mark.objects.create(criterion=criterion, student=student, points=3, comment="Say what $z$ is.", **by)
    LineComment.objects.create(submission=submission, session=session, line=2, text="Why `sum`?", author=teacher)
    Override.objects.create(**of, points=11, of=15, reason="The docstring.", **by)
    Correction.objects.create(**of, before=60, after=73, why="The docstring.", **by)
    Extension.objects.create(**of, due_at=now + 2 * day, reason="Was ill", granted_by=teacher)
    RegradeRequest.objects.create(**of, submission=submission, text="Is it not right?")
    check = submission.result.report.checks[0]
    CheckRevision.objects.create(assignment=assignment, check_name=check.name, points=0, reason="It was wrong.", **by)
    hours = [
        OfficeHour.objects.create(
            session=session, host=teacher, room="Room 4", starts_at=now + n * day, ends_at=now + n * day + day / 48
        )
        for n in (1, 2)
    ]
    hours[0].book(student, "The chain rule")
    Watch.objects.create(session=session, student=student, added_by=teacher)
    Note.objects.create(session=session, student=student, author=teacher, text="Was ill.")
    ticket = Ticket.objects.ask(student, "Why?", subject="Why", session=session, files=[checked("a.txt", b"x")])
    ticket.say(teacher, "Because.", internal=True)
    return session, assignment, submission, hours[0], ticket


def test_a_term_as_a_student_sees_it(handed_in, look_as):
    """The session's own pages, orders and receipts, recordings; grades and how they came about; questions."""
    student = User.objects.get(email="student@example.org")
    look = look_as(student)
    order = Order.objects.filter(buyer=student, transactions__kind="payment").first()
    own = order.session
    pages = [
        *("/", own.get_absolute_url(), "/orders/", order.get_absolute_url()),
        reverse("receipt", args=[order.transactions.filter(kind="payment").first().pk]),
        Recording.objects.published().filter(meeting__session=own).exclude(file="").first().get_absolute_url(),
        *("/profile/calendar/", "/profile/mail/"),
    ]
    open_one = Session.objects.upcoming().exclude(enrollments__user=student).filter(seats_taken=0).first()
    pages += [open_one.get_absolute_url(), reverse("company_order", args=[open_one.course.slug, open_one.slug])]
    session, assignment, submission, hour, ticket = handed_in
    pages += [
        *(submission.get_absolute_url(), reverse("my_session_grades", args=[session.pk]), hour.get_absolute_url()),
        *(reverse("regrade_ask", args=[assignment.pk]), ticket.get_absolute_url(), "/questions/new/?q=course"),
    ]
    assert "\n".join(found for page in pages for found in look(page)) == ""


def test_a_term_as_staff_see_it(handed_in, look_as):
    """Each kind of page once: of a session that runs, with its people, money, recordings; the school's figures."""
    look = look_as(User.objects.get(email="admin@example.org"))
    session = Recording.objects.published().filter(meeting__session__in=Session.objects.upcoming()).first().session
    seat = Enrollment.objects.active().filter(session=session, order__isnull=False).first()
    waited_for = Session.objects.filter(waiting__ended_at=None).first()
    one = [session.pk]
    pages = [
        *("/teaching/", "/people/", "/history/", "/money/", reverse("order_books", args=[seat.order.pk])),
        *(reverse(name, args=one) for name in ("session_overview", "session_edit", "roster")),
        *(reverse(name, args=one) for name in ("timetable", "meeting_series", "attendance", "recordings")),
        *(reverse(name, args=one) for name in ("announcements", "session_staff")),
        reverse("waiting_list", args=[waited_for.pk]),
        reverse("meeting_attendance", args=[session.meetings.past().first().pk]),
        reverse("recording_edit", args=[session.meetings.past().first().recordings.first().pk]),
        f"{reverse('roster_write', args=one)}?people={seat.user.pk}",
        reverse("roster_withdraw", args=[session.pk, seat.pk]),
    ]
    call_command("roll_up", stdout=StringIO())
    for name in ("", "grading/", "students/", "students/at-risk/", "enrollments/", "payments/"):
        pages.append(f"/dashboard/{name}")
    pages += [f"/dashboard/grading/submissions/?what={what}" for what in ("", "graded")]
    assert "\n".join(found for page in pages for found in look(page)) == ""
    look = look_as(User.objects.get(email="instructor@example.org"))
    assert "\n".join(found for page in of_teaching(*handed_in) for found in look(*page)) == ""


def of_teaching(session, assignment, submission, hour, ticket):
    """The pages on which a session's work is assigned, marked, posted and followed; some with what is done on them."""
    one, both, student = [session.pk], [session.pk, assignment.pk], submission.student_id
    for name in (
        "assignments",
        "assignments_add",
        "session_lectures",
        "session_preview",
        "session_hours",
        "watch_list",
    ):
        yield (reverse(name, args=one),)
    for name in ("gradebook", "gradebook_total", "gradebook_statistics", "session_figures"):
        yield (reverse(name, args=one),)
    for name in ("assignment_edit", "assignment_take_out", "extensions"):
        yield (reverse(name, args=[assignment.pk]),)
    for name in ("criterion_edit", "criterion_delete"):
        yield (reverse(name, args=[assignment.criteria.get().pk]),)
    yield (reverse("rubric", args=both),)
    yield (reverse("mark", args=[*both, student]),)
    yield (reverse("gradebook_cell", args=[*both, student]),)
    yield (reverse("gradebook_student", args=[session.pk, student]),)
    yield (f"{reverse('gradebook_post', args=one)}?assignment={assignment.pk}",)
    yield (f"{submission.get_absolute_url()}?comment=3",)
    for address in (reverse("hour_edit", args=[hour.pk]), "/teaching/figures/", "/questions/"):
        yield (address,)
    yield (ticket.get_absolute_url(),)
    yield reverse("checks", args=both), compare
    yield reverse("gradebook_import", args=one), bring_a_file
    yield reverse("regrade_requests", args=one), lambda page: press(page, "Decline")


def press(page, button):
    """A button that leads to another page, whatever the browser itself would ask for first."""
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).first.click()


def compare(page):
    page.get_by_label("Reason").fill("It was too strict.")
    page.locator(".checks input[type=number]").nth(1).fill("0")
    press(page, "Compare before and after")


def bring_a_file(page):
    """The scores as they are, and a line for nobody."""
    with page.expect_download() as file:
        page.get_by_role("link", name="Download CSV").click()
    text = file.value.path().read_text(encoding="utf-8-sig") + "Nobody,nobody@example.org\r\n"
    sheet = {"name": "scores.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("input[type=file]").set_input_files(sheet)
    press(page, "Show what changes")
