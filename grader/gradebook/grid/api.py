"""How a session's totals are made, by program."""

from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.enrollment.access import sessions_run_by, sessions_staffed_by
from courses.enrollment.api import asked
from courses.people.models import User
from grader.gradebook.book import Book
from grader.gradebook.grid.scheme import MOST_DROPPED, SchemeForm
from grader.gradebook.words import scheme_in_words, weights_in_words


class SchemeSerializer(serializers.Serializer[Any]):
    """How totals are made; the weights are those of the assignments."""

    drop_lowest = serializers.IntegerField(
        min_value=0, max_value=MOST_DROPPED, help_text="so many of each student's lowest scores do not count"
    )
    words = serializers.CharField(read_only=True)
    weights = serializers.CharField(read_only=True, help_text="what they mean, in words")


class SchemeView(APIView):
    """How a session's totals are made."""

    def _book(self, session: int) -> Book:
        allowed = sessions_staffed_by if self.request.method in SAFE_METHODS else sessions_run_by
        return Book(get_object_or_404(allowed(self.request.user), pk=session), [])

    def _told(self, book: Book) -> Response:
        drop_lowest, weights = book.scheme.drop_lowest, weights_in_words(book.assignments)
        return Response({"drop_lowest": drop_lowest, "words": scheme_in_words(drop_lowest), "weights": weights})

    @extend_schema(responses=SchemeSerializer, tags=["gradebook"])
    def get(self, request: Request, session: int) -> Response:
        """For the session's staff."""
        return self._told(self._book(session))

    @extend_schema(request=SchemeSerializer, responses=SchemeSerializer, tags=["gradebook"])
    @transaction.atomic
    def put(self, request: Request, session: int) -> Response:
        """Drop so many; for those who teach the session."""
        assert isinstance(request.user, User)
        book = self._book(session)
        given = asked(SchemeSerializer, request)
        book.session.lock()
        form = SchemeForm(given, instance=book.scheme)
        form.is_valid()
        form.keep(request.user)
        return self._told(book)
