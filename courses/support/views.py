"""Threads of questions and answers: looking for an answer, asking, answering, and who does."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.people.models import User
from courses.support import faq
from courses.support.attachments import Attachment
from courses.support.forms import AnswerForm, AssignForm, MessageForm, QuestionForm, TicketFilter
from courses.support.models import Ticket, TicketRefused

QUESTIONS_A_PAGE = 25
SHOWN = ("asker", "assignee", "session__course", "course")


@login_required
@require_safe
def tickets(request: HttpRequest) -> HttpResponse:
    """Those that the person answers, who waits longest first, and their own."""
    assert isinstance(request.user, User)
    answerable = Ticket.objects.answerable_by(request.user)
    found = TicketFilter(request.GET, answerable, request.user)
    asked = Paginator(found.qs.waiting_first().select_related(*SHOWN), QUESTIONS_A_PAGE)
    own = Paginator(
        Ticket.objects.filter(asker=request.user).order_by("-last_at").select_related(*SHOWN), QUESTIONS_A_PAGE
    )
    context = {
        "answers": request.user.teaches or answerable.exists(),
        "form": found.form,
        "page": asked.get_page(request.GET.get("page")),
        "own": own.get_page(request.GET.get("own")),
    }
    return render(request, "courses/support/list.html", context, status=200 if found.is_valid() else 400)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Look for an answer first; POST asks."""
    assert isinstance(request.user, User)
    words = request.GET.get("q", "")[:200]
    context = {"words": words, "found": faq.search(words, request.user)}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "courses/support/found.html", context)
    sent = request.method == "POST"
    form = QuestionForm(
        request.user, request.POST if sent else None, request.FILES if sent else None, initial={"subject": words}
    )
    if sent and form.is_valid():
        try:
            return redirect(Ticket.objects.ask(request.user, **form.cleaned_data))
        except TicketRefused as refused:
            form.add_error(None, str(refused))
    return render(request, "courses/support/new.html", {**context, "form": form}, status=400 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ticket(request: HttpRequest, pk: int) -> HttpResponse:
    """A thread; POST adds to it."""
    assert isinstance(request.user, User)
    visible = Ticket.objects.visible_to(request.user).select_related(*SHOWN)
    shown = get_object_or_404(visible, pk=pk)
    answers = shown.asker_id != request.user.pk
    sent = request.method == "POST"
    data = (request.POST, request.FILES) if sent else (None, None)
    form = AnswerForm(shown, *data) if answers else MessageForm(*data)
    if sent and form.is_valid():
        try:
            with transaction.atomic():
                message = shown.say(request.user, **form.cleaned_data)
                if answers and "close" in request.POST:
                    shown.close(request.user)
            return redirect(f"{shown.get_absolute_url()}#message-{message.pk}")
        except TicketRefused as refused:
            form.add_error(None, str(refused))
    return _page(request, shown, form, AssignForm(shown) if answers else None)


def _page(request: HttpRequest, shown: Ticket, form: MessageForm, assign: AssignForm | None) -> HttpResponse:
    said = shown.messages.visible_to(request.user).select_related("author").prefetch_related("attachments")
    context = {"ticket": shown, "thread": said, "form": form, "assign": assign}
    refused = form.errors or (assign is not None and assign.errors)
    return render(request, "courses/support/ticket.html", context, status=400 if refused else 200)


@login_required
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who answers."""
    assert isinstance(request.user, User)
    shown = _answerable(request, pk)
    form = AssignForm(shown, request.POST)
    if not form.is_valid():
        return _page(request, shown, AnswerForm(shown), form)
    shown.assign(request.user, form.cleaned_data["assignee"])
    messages.success(request, f"{shown.assignee or 'Anybody of its staff'} answers this question.")
    return redirect(shown)


@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing more is to be said."""
    return _change(request, pk, Ticket.close, "The question is closed. Writing opens it again.")


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """It waits for an answer after all."""
    return _change(request, pk, Ticket.reopen, "The question waits for an answer again.")


def _change(request: HttpRequest, pk: int, deed: Callable[[Ticket, User], None], done: str) -> HttpResponse:
    assert isinstance(request.user, User)
    shown = _answerable(request, pk)
    try:
        deed(shown, request.user)
    except TicketRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect(shown)


def _answerable(request: HttpRequest, pk: int) -> Ticket:
    """A question that the person answers. Raises Http404."""
    return get_object_or_404(Ticket.objects.answerable_by(request.user).select_related(*SHOWN), pk=pk)


@login_required
@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """A file that goes with a message, for who may read it."""
    return get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk).response()
