"""No page has anything that axe calls serious, in light or in dark; and nothing on a phone is wider than the phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command

from courses.classroom.laboratories import LABORATORIES
from courses.models import Lecture, SectionLecture, Ticket, User
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
def admin(school, client):
    """Somebody who sees every page, and what they have handed in and asked."""
    person = User.objects.create_superuser("admin@example.org", "x")
    mistake = BACKPROPAGATION.misconceptions["missing-sigma-prime"].source
    exercise = Exercise.objects.get(slug="backpropagation")
    submission = Submission.objects.create(student=person, exercise=exercise, source=mistake)
    assert Submission.objects.claim_next("numpy").record(grade(BACKPROPAGATION, mistake, 1))
    Ticket.objects.ask(person, "Why $\\sigma'$?", subject="About it", about_url=submission.get_absolute_url())
    client.force_login(person)
    return person


@pytest.fixture
def look(live_server, client, admin, browser):
    """What is wrong with a page: axe's findings in both themes, and whether a phone would scroll sideways."""
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": live_server.url,
    }
    contexts = []
    for scheme, width in (("light", 1360), ("dark", 390)):
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
        context.add_cookies([cookie])
        contexts.append((scheme, context.new_page(), context))

    def looked(address):
        found = []
        for scheme, page, _ in contexts:
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

    yield looked
    for _, _, context in contexts:
        context.close()


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
