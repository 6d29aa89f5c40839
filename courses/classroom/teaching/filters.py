"""What staff look for among their sessions."""

import django_filters
from django.db.models import Q, QuerySet

from courses.catalog.models import Course
from courses.sessions.models import Session, SessionQuerySet


class TeachingFilter(django_filters.FilterSet):
    """Sessions by state, course, and words."""

    words = django_filters.CharFilter(method="having_words", label="Place or course")
    state = django_filters.ChoiceFilter(
        choices=Session.State.choices, method="in_state", label="State", empty_label="Any"
    )
    course = django_filters.ModelChoiceFilter(queryset=Course.objects.all(), empty_label="Any")

    class Meta:
        model = Session
        fields: list[str] = []

    def in_state(self, sessions: SessionQuerySet, name: str, state: str) -> SessionQuerySet:
        return sessions.in_state(state)

    def having_words(self, sessions: QuerySet[Session], name: str, words: str) -> QuerySet[Session]:
        """Each word in the place, the course's title or the slug."""
        for word in words.split():
            there = Q(place__icontains=word) | Q(course__title__icontains=word) | Q(slug__icontains=word)
            sessions = sessions.filter(there)
        return sessions
