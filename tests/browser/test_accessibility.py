"""No page has anything that axe calls serious, in light or in dark; and nothing on a phone is wider than the phone."""

from io import StringIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from courses.classroom.laboratories import LABORATORIES
from courses.models import Enrollment, Lecture, Order, Recording, SectionLecture, Session, Ticket, User
from grader.exercises import load
from grader.grading import grade
from grader.models import Exercise, Submission

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
    mistake = BACKPROPAGATION.misconceptions["missing-sigma-prime"].source
    exercise = Exercise.objects.get(slug="backpropagation")
    submission = Submission.objects.create(student=person, exercise=exercise, source=mistake)
    assert Submission.objects.claim_next("numpy").record(grade(BACKPROPAGATION, mistake, 1))
    Ticket.objects.ask(person, "Why $\\sigma'$?", subject="About it", about_url=submission.get_absolute_url())
    return person


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
        return lambda address: looked(contexts, address)

    def looked(contexts, address):
        found = []
        for scheme, page in contexts:
            answer = page.goto(f"{live_server.url}{address}")
            assert answer.status == 200, address
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


def test_a_term_as_a_student_sees_it(term, look_as):
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
    assert "\n".join(found for page in pages for found in look(page)) == ""


def test_a_term_as_staff_see_it(term, look_as):
    """Each kind of page once: of a session that runs, with its people, money, recordings."""
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
    assert "\n".join(found for page in pages for found in look(page)) == ""
