"""A person's own page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from courses.people.forms import ProfileForm
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
