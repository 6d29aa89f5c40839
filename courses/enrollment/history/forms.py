"""What people look for in the trail."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from courses.people.audit import Change


class ChangeFilter(django_filters.FilterSet):
    """Changes by who made them, what they say, and the day."""

    who = django_filters.CharFilter(method="by_person", label="Who")
    what = django_filters.CharFilter(lookup_expr="icontains", label="What")
    since = django_filters.DateFilter("at", "date__gte", label="From", widget=forms.DateInput({"type": "date"}))
    until = django_filters.DateFilter("at", "date__lte", label="To", widget=forms.DateInput({"type": "date"}))

    class Meta:
        model = Change
        fields: list[str] = []

    def by_person(self, changes: QuerySet[Change], name: str, words: str) -> QuerySet[Change]:
        return changes.filter(Q(actor__name__icontains=words) | Q(actor__email__icontains=words))


class ChangeOfSessionFilter(ChangeFilter):
    """As above, and by session, in the words of its course, its place or its name in addresses."""

    session = django_filters.CharFilter(method="by_session", label="Session")

    def by_session(self, changes: QuerySet[Change], name: str, words: str) -> QuerySet[Change]:
        return changes.filter(
            Q(session__place__icontains=words)
            | Q(session__slug__icontains=words)
            | Q(session__course__title__icontains=words)
        )
