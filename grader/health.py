"""What is wrong with the site, in sentences: a table of small functions, for `manage.py doctor` and /health/."""

import datetime
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial

import redis
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from courses.enrollment.access import is_admin
from courses.people.mail import Mail
from grader.errors import OurError
from grader.exercises import FLAVORS, load_all
from grader.grading import grade
from grader.models import Exercise, Submission
from grader.sandbox import missing
from grader.submissions import pulse

LEAST_FREE_MIB = 512
LONGEST_WAIT = datetime.timedelta(minutes=10)
# Past the first attempts, since servers put off whom they do not know.
LONGEST_WAIT_OF_MAIL = datetime.timedelta(minutes=30)
LAPSED_LONG = datetime.timedelta(minutes=5)
FAILED_OF_LATE = datetime.timedelta(days=1)
CLOCKS_APART = datetime.timedelta(seconds=5)
ANSWER_KEPT_SECONDS = 5.0
FINE = ""

Check = Callable[[], str]


def database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return f"The database does not answer ({_line(error)}). Start it, or correct DATABASE_URL."
    return FINE


def migrations() -> str:
    executor = MigrationExecutor(connection)
    due = executor.migration_plan(executor.loader.graph.leaf_nodes())
    names = ", ".join(f"{migration.app_label} {migration.name}" for migration, _ in due)
    return f"The database lacks migrations: {names}. Run manage.py migrate." if due else FINE


def broker() -> str:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=2) as client:
            client.ping()
    except (redis.RedisError, OSError) as error:
        return (
            f"The broker and cache do not answer ({_line(error)}). Start them, or correct REDIS_URL. "
            "Meanwhile submissions are kept and wait."
        )
    return FINE


def data_folder() -> str:
    try:
        with tempfile.TemporaryFile(dir=settings.DATA) as file:
            file.write(b"x")
    except OSError as error:
        return f"The data folder {settings.DATA} cannot be written ({error.strerror}). Make it writable; free the disk."
    free = shutil.disk_usage(settings.DATA).free >> 20
    if free < LEAST_FREE_MIB:
        return f"The disk of the data folder {settings.DATA} has {free} MiB left. Free some; keep {LEAST_FREE_MIB} MiB."
    return FINE


def clocks() -> str:
    now = Exercise.objects.annotate(now=Now()).values_list("now", flat=True).first()
    apart = abs(timezone.now() - now) if now else datetime.timedelta()
    if apart > CLOCKS_APART:
        return f"The clocks of this host and of the database are {apart.seconds} s apart. Have NTP set both."
    return FINE


def sandbox() -> str:
    return " ".join(missing())


def beat() -> str:
    if pulse.is_felt(pulse.BEAT):
        return FINE
    return "Beat has not swept of late: what waits for a lost message waits on. Start the service beat."


def worker(flavor: str) -> str:
    if pulse.is_felt(flavor) or not Exercise.objects.filter(current=True, flavor=flavor).exists():
        return FINE
    return (
        f"No worker of flavor {flavor} has heard a bell for {pulse.FELT_SECONDS_OF_WORKERS} s, or beat rings none. "
        f"Start the service worker-{flavor}, or see why its processes are stuck."
    )


def waiting() -> str:
    return _too_many(
        # Regrades may wait: they go behind all others.
        Submission.objects.first_gradings().filter(status=Submission.Status.QUEUED, queued_at__lt=Now() - LONGEST_WAIT),
        "Submissions that wait for longer than 10 minutes: {number}, since {since:%Y-%m-%d %H:%M} UTC. "
        "See that workers run and are enough.",
    )


def lapsed() -> str:
    return _too_many(
        Submission.objects.filter(status=Submission.Status.RUNNING, lease_until__lt=Now() - LAPSED_LONG),
        "Submissions that run on a lease long lapsed: {number}, handed in since {since:%Y-%m-%d %H:%M} UTC. "
        "Beat and a worker should have taken them again: see that both run.",
    )


def failed() -> str:
    return _too_many(
        Submission.objects.filter(status=Submission.Status.FAILED, finished_at__gt=Now() - FAILED_OF_LATE),
        "Submissions that failed by our fault in the last day: {number}. The admin says why, and grades them again.",
    )


def mail() -> str:
    """Mail that an addressee's own server refuses for now is no fault of ours."""
    waits = Mail.objects.unsent().filter(written_at__lt=Now() - LONGEST_WAIT_OF_MAIL)
    waits = waits.exclude(error__startswith="SMTPRecipientsRefused")
    found = waits.aggregate(number=Count("pk"), since=Min("written_at"))
    if not found["number"]:
        return FINE
    errors = waits.exclude(error="").order_by("-due_at").values_list("error", flat=True)
    last = next(iter(errors[:1]), "it was not tried yet")
    return (
        f"Mail that waits for longer than 30 minutes: {found['number']}, since {found['since']:%Y-%m-%d %H:%M} UTC "
        f"({last}). Start the service worker-school, or see that the server of EMAIL_URL takes mail."
    )


# What each needs to be fine first, so that one cause is not named thrice.
Table = dict[str, tuple[Check, tuple[str, ...]]]
CHEAP: Table = {
    "database": (database, ()),
    "broker": (broker, ()),
    "data": (data_folder, ()),
    "clocks": (clocks, ("database",)),
    "beat": (beat, ("broker",)),
    **{f"worker-{flavor}": (partial(worker, flavor), ("database", "broker")) for flavor in FLAVORS},
    "waiting": (waiting, ("database",)),
    "lapsed": (lapsed, ("database",)),
    "failed": (failed, ("database",)),
    "mail": (mail, ("database",)),
}
# What takes longer, or concerns the machine on which it is asked.
ALL: Table = {**CHEAP, "migrations": (migrations, ("database",)), "sandbox": (sandbox, ())}


def examine(table: Table) -> dict[str, str]:
    """The sentence of each check, empty where all is well. A check whose needs are wrong is left out."""
    said: dict[str, str] = {}
    for name, (check, needs) in table.items():
        if any(said.get(need) for need in needs):
            continue
        try:
            said[name] = check()
        except DatabaseError as error:
            said[name] = f"The database cannot be asked ({_line(error)}). Run manage.py migrate."
    return said


def canary(flavor: str) -> str:
    """Grade the right solution of one exercise of this flavor, through the sandbox."""
    try:
        exercise = next(exercise for exercise in load_all() if exercise.flavor == flavor)
        report = grade(exercise, exercise.solution, seed=0)
    except OurError as error:
        return f"Grading {flavor} fails: {error}"
    if report.score == report.max_score:
        return FINE
    why = next((c.message for c in report.checks if c.message), "no reason was given")
    return f"The right solution of {exercise.slug} gets {report.score:g} of {report.max_score:g} points: {why}"


def _too_many(rows: QuerySet[Submission], sentence: str) -> str:
    found = rows.aggregate(number=Count("pk"), since=Min("queued_at"))
    return sentence.format(**found) if found["number"] else FINE


def _line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


# --- the page --------------------------------------------------------------------------------------

_last: tuple[float, dict[str, str]] = (float("-inf"), {})


def _lately() -> dict[str, str]:
    """What was said a few seconds ago at most: many may ask."""
    global _last
    if time.monotonic() - _last[0] > ANSWER_KEPT_SECONDS:
        _last = (time.monotonic(), examine(CHEAP))
    return _last[1]


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For load balancers and monitors: 200 where all is well, 503 with the names of what is wrong.

    Sentences, which may tell of folders and hosts, are for admins alone.
    """
    wrong = {name: sentence for name, sentence in _lately().items() if sentence}
    if not wrong:
        return JsonResponse({"status": "ok"})
    person = AnonymousUser() if wrong.get("database") else request.user
    return JsonResponse({"status": "wrong", "wrong": wrong if is_admin(person) else sorted(wrong)}, status=503)
