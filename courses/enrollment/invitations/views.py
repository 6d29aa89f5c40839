"""The school's staff and its invitations, for admins; a session's staff, for those who run it; accepting."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses.catalog.models import Instructor
from courses.enrollment import frame
from courses.enrollment.access import is_admin, sessions_run_by
from courses.enrollment.invitations import staff
from courses.enrollment.invitations.forms import AssistantForm, InstructorForm, InvitationForm
from courses.enrollment.invitations.models import Invitation, NotAccepted
from courses.people.models import User
from courses.sessions.models import Session

UPCOMING = Prefetch("sessions", Session.objects.upcoming().select_related("course"), "coming")
ASSISTED = Prefetch("assisted_sessions", Session.objects.upcoming().select_related("course"), "coming")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    """Who teaches and assists, and who was invited to; POST invites."""
    if not is_admin(request.user):
        raise Http404
    assert isinstance(request.user, User)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, f"{form.send(request.user).email} is invited by e-mail.")
        return redirect("invitations")
    words = request.GET.get("q", "").strip()
    named = Q(name__icontains=words) | Q(user__name__icontains=words) | Q(user__email__icontains=words)
    assistants = User.objects.filter(assisted_sessions__isnull=False).distinct().order_by("name", "email")
    assistants = assistants.filter(Q(name__icontains=words) | Q(email__icontains=words))
    context = {
        "form": form, "q": words,
        "instructors": Instructor.objects.filter(named).select_related("user").prefetch_related(UPCOMING),
        "assistants": assistants.prefetch_related(ASSISTED),
        "open": Invitation.objects.unanswered().select_related("invited_by").prefetch_related("sessions__course"),
    }  # fmt: skip
    return render(request, "courses/invitations/people.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the link of an invitation once more."""
    assert isinstance(request.user, User)
    invitation = get_object_or_404(Invitation.objects.unanswered().managed_by(request.user), pk=pk)
    invitation.resend(request.user)
    messages.success(request, f"The invitation goes to {invitation.email} once more, and is good for two weeks.")
    return _back(request, invitation)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    assert isinstance(request.user, User)
    invitation = get_object_or_404(Invitation.objects.unanswered().managed_by(request.user), pk=pk)
    if invitation.withdraw(request.user):
        messages.success(request, f"The invitation of {invitation.email} is withdrawn.")
    else:
        messages.error(request, f"{invitation.email} has accepted meanwhile.")
    return _back(request, invitation)


def _back(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """To the page with the invitation on it."""
    if is_admin(request.user):
        return redirect("invitations")
    session = sessions_run_by(request.user).filter(staff_invitations=invitation).first()
    return redirect("session_staff", session.pk) if session is not None else redirect("teaching")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_staff(request: HttpRequest, pk: int) -> HttpResponse:
    """Who teaches and assists in a session; POST adds an assistant by e-mail address."""
    assert isinstance(request.user, User)
    session = frame.run(request, pk)
    form = AssistantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = staff.add_assistant(session, form.cleaned_data["email"], request.user)
        except staff.StaffRefused as refused:
            form.add_error("email", str(refused))
        else:
            told = "is invited by e-mail" if isinstance(added, Invitation) else "assists from now on, and is told"
            who = added.email if isinstance(added, Invitation) else added
            messages.success(request, f"{who} {told}.")
            return redirect("session_staff", pk)
    managed = Invitation.objects.managed_by(request.user).values_list("pk", flat=True)
    return frame.page(
        request, session, "staff", "courses/invitations/session", form,
        managed=set(managed),
        instructor_form=InstructorForm(session) if request.user.is_admin else None,
        open=Invitation.objects.unanswered().filter(sessions=session).select_related("invited_by"),
    )  # fmt: skip


@login_required
@require_POST
def remove_assistant(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """Let a person no longer assist."""
    assert isinstance(request.user, User)
    session = frame.run(request, pk)
    assistant = get_object_or_404(session.assistants, pk=person)
    staff.remove_assistant(session, assistant, request.user)
    messages.success(request, f"{assistant} no longer assists in this session.")
    return redirect("session_staff", pk)


@login_required
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an instructor teach the session; admins alone."""
    session = _administered(request, pk)
    form = InstructorForm(session, request.POST)
    if form.is_valid():
        assert isinstance(request.user, User)
        staff.assign(session, form.cleaned_data["instructor"], request.user)
        messages.success(request, f"{form.cleaned_data['instructor']} teaches this session.")
    else:
        messages.error(request, "Choose an instructor who does not teach this session yet.")
    return redirect("session_staff", pk)


@login_required
@require_POST
def unassign(request: HttpRequest, pk: int, instructor: int) -> HttpResponse:
    """Let an instructor no longer teach the session; admins alone."""
    session = _administered(request, pk)
    assert isinstance(request.user, User)
    profile = get_object_or_404(session.instructors, pk=instructor)
    staff.unassign(session, profile, request.user)
    messages.success(request, f"{profile} no longer teaches this session.")
    return redirect("session_staff", pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the invitation is about, and the way to accept it; 410 where it is no longer open."""
    shown = get_object_or_404(Invitation.objects.select_related("invited_by", "instructor"), token=token)
    context = {"invitation": shown, "sessions": shown.sessions.select_related("course")}
    if shown.state != Invitation.State.OPEN:
        return render(request, "courses/invitations/gone.html", context, status=410)
    if request.method != "POST":
        return render(request, "courses/invitations/invitation.html", context)
    if not isinstance(request.user, User):
        return redirect(f"{reverse('account_login')}?next={shown.get_absolute_url()}")
    try:
        shown.accept(request.user)
    except NotAccepted as refused:
        return render(request, "courses/invitations/invitation.html", {**context, "refused": refused}, status=400)
    messages.success(request, "Welcome. These are the sessions that you teach or assist in.")
    return redirect("teaching")


def _administered(request: HttpRequest, pk: int) -> Session:
    if not is_admin(request.user):
        raise Http404
    return get_object_or_404(Session, pk=pk)
