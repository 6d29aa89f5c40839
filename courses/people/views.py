"""A person's own pages: the profile, and which mail they get."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from courses.people.forms import MailForm, ProfileForm
from courses.people.mail import muted_by, wants
from courses.people.models import User


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name and time zone; the way to a new password and to a second factor."""
    assert isinstance(request.user, User)
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your profile is saved.")
        return redirect("profile")
    return render(request, "courses/profile.html", {"form": form}, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_preferences(request: HttpRequest) -> HttpResponse:
    """Which kinds of mail the person wants."""
    assert isinstance(request.user, User)
    form = MailForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your choice is saved.")
        return redirect("mail_preferences")
    context = {"form": form}
    return render(request, "courses/people/mail_preferences.html", context, status=400 if form.errors else 200)


# The mail program of whoever clicks “unsubscribe” posts here, without any cookie; the address is the proof.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mute_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Turn off the kind of mail that the address was in: GET asks, POST does it (RFC 8058)."""
    if (about := muted_by(token)) is None:
        raise Http404
    person, kind = about
    if request.method == "POST":
        person.mute(kind)
    context = {"person": person, "kind": kind.label, "muted": not wants(person, kind)}
    return render(request, "courses/people/mute_mail.html", context)
