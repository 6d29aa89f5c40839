"""Threads of questions and answers."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from courses.people.models import User
from courses.support.forms import MessageForm
from courses.support.models import Ticket


@login_required
@require_safe
def tickets(request: HttpRequest) -> HttpResponse:
    """One's own questions, and those that one may answer, the newest first."""
    visible = Ticket.objects.visible_to(request.user).select_related("asker").prefetch_related("messages__author")
    context = {
        "own": [ticket for ticket in visible if ticket.asker == request.user],
        "others": [ticket for ticket in visible if ticket.asker != request.user][:200],
    }
    return render(request, "courses/tickets.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ticket(request: HttpRequest, pk: int) -> HttpResponse:
    """A thread; POST adds to it."""
    assert isinstance(request.user, User)
    shown = get_object_or_404(Ticket.objects.visible_to(request.user).select_related("asker"), pk=pk)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        message = shown.say(request.user, form.cleaned_data["text"])
        return redirect(f"{shown.get_absolute_url()}#message-{message.pk}")
    context = {"ticket": shown, "thread": shown.messages.select_related("author"), "form": form}
    return render(request, "courses/ticket.html", context, status=400 if form.errors else 200)
