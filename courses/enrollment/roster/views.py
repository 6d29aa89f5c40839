"""A session's roster, and what staff do with the people on it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from courses import sheets
from courses.enrollment import frame
from courses.enrollment.access import sessions_run_by
from courses.enrollment.models import Enrollment
from courses.enrollment.orders.models import Order
from courses.enrollment.roster.forms import LetterForm, RosterFilter
from courses.enrollment.roster.letters import write_to
from courses.enrollment.roster.members import Roster
from courses.enrollment.roster.moves import move_all, outlook, targets
from courses.keys import key_of
from courses.people import mail
from courses.people.mail import Kind
from courses.people.models import User, people_in_words

PEOPLE_A_PAGE = 50
NOBODY = "Tick the people that you mean, or everybody found."


def roster_for(request: HttpRequest, pk: int) -> Roster:
    """The roster of a session that the person runs or, without money, assists in. Raises Http404."""
    session = frame.staffed(request, pk)
    return Roster(session, money=sessions_run_by(request.user).filter(pk=pk).exists())


@login_required
@require_safe
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who has a seat, waits for one, or left; found by words, sorted, by pages."""
    shown = roster_for(request, pk)
    filters = RosterFilter(shown, request.GET)
    chosen = filters.chosen
    page = Paginator(shown.rows(**chosen), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    return frame.page(
        request, shown.session, "roster", "courses/roster/page",
        filters=filters,
        standing=chosen["standing"],
        words=chosen["words"],
        sort=chosen["sort"],
        page=page,
        rows=[(row, shown.note(row)) for row in page],
    )  # fmt: skip


@login_required
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The people that the roster shows, as CSV."""
    shown = roster_for(request, pk)
    rows = shown.rows(**RosterFilter(shown, request.GET).chosen)
    return sheets.download(shown.lines(rows), f"roster-{shown.session.slug}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to some of the people: subject and text, a look at it, and off it goes."""
    assert isinstance(request.user, User)
    session = frame.run(request, pk)
    people = Roster(session, money=True).chosen(request.POST or request.GET)
    if not people:
        messages.error(request, NOBODY)
        return redirect("roster", pk)
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and "send" in request.POST:
        number = write_to(people, session, request.user, **form.cleaned_data)
        away = len(people) - number
        kept = f" Of those chosen, {people_in_words(away)} wanted no mail of this kind." if away else ""
        messages.success(request, f"Your mail goes to {people_in_words(number)}.{kept}")
        return redirect("roster", pk)
    return frame.page(
        request, session, "roster", "courses/roster/write", form,
        people=people,
        away=sum(not mail.wants(person, Kind.ANNOUNCEMENT) for person in people),
        preview=form.cleaned_data if request.method == "POST" and form.is_valid() else None,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move some of the people to another session: choose it, see what follows, confirm."""
    assert isinstance(request.user, User)
    session = frame.run(request, pk)
    asked = request.POST or request.GET
    people = Roster(session, money=True).chosen(asked)
    seated = Enrollment.objects.active().filter(session=session, user__in=people).order_by("user__name")
    owing = Prefetch("order", Order.objects.with_owed())
    enrollments = list(seated.select_related("user", "session__course").prefetch_related(owing))
    if not enrollments:
        messages.error(request, f"{NOBODY} Only who has a seat can be moved." if people else NOBODY)
        return redirect("roster", pk)
    choice, to = targets(session, request.user), key_of(asked.get("to", ""))
    target = get_object_or_404(choice, pk=to) if to else None
    sent = request.method == "POST"
    if sent and target is not None:
        number, refusals = move_all(enrollments, target, request.user)
        for refusal in refusals:
            messages.error(request, refusal)
        if number:
            moved = str(enrollments[0].user) if number == len(enrollments) == 1 else people_in_words(number)
            messages.success(request, f"Moved to {target}: {moved}. They are told by e-mail.")
        return redirect("roster", pk)
    return frame.page(
        request, session, "roster", "courses/roster/move",
        status=400 if sent else 200,
        people=[seat.user for seat in enrollments],
        choice=choice,
        target=target,
        outlooks=outlook(enrollments, target) if target else None,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int, enrollment: int) -> HttpResponse:
    """Withdraw a person: GET says what follows, POST does it."""
    assert isinstance(request.user, User)
    session = frame.run(request, pk)
    seat = get_object_or_404(
        Enrollment.objects.active().select_related("user", "session__course", "order"), session=session, pk=enrollment
    )
    if request.method == "POST":
        seat.withdraw(by=request.user)
        messages.success(request, f"{seat.user} is withdrawn; what they handed in stays readable.")
        return redirect("roster", pk)
    return frame.page(request, session, "roster", "courses/roster/withdraw", seat=seat)
