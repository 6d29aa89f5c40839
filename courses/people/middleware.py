"""What holds for every request: dates in the reader's time zone, and an admin that only admins find."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from courses.people.models import User

Answer = Callable[[HttpRequest], HttpResponse]

# The admin's pages are drawn by Alpine, which evaluates expressions and sets styles. Nobody but admins gets there.
ADMIN_POLICY = {
    "script-src": ["'unsafe-eval'", "'unsafe-inline'"],
    "style-src": ["'unsafe-inline'"],
}


def reader_time_zone(answer: Answer) -> Answer:
    """Show dates in the person's time zone; to visitors in UTC."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        with timezone.override(person.time_zone if isinstance(person, User) else "UTC"):
            return answer(request)

    return middleware


class AdminForAdmins:
    """To everyone else /admin/ is not there; admins sign in where all people do."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if request.path.startswith("/admin/"):
            response._csp_update = ADMIN_POLICY  # type: ignore[attr-defined]
        return response

    def process_view(self, request: HttpRequest, *_: object) -> None:
        person = request.user
        if request.path.startswith("/admin/") and not (isinstance(person, User) and person.is_admin):
            raise Http404
