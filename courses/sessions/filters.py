"""What people look for among sessions."""

import django_filters
from django import forms

from courses.sessions.models import Session


class SessionFilter(django_filters.FilterSet):
    """Upcoming sessions by way of teaching, place, first day and price."""

    modality = django_filters.ChoiceFilter(choices=Session.Modality.choices, label="How", empty_label="Either way")
    place = django_filters.CharFilter(lookup_expr="icontains", label="Place")
    begins_after = django_filters.DateFilter(
        "starts_on", "gte", label="Begins after", widget=forms.DateInput({"type": "date"})
    )
    price_up_to = django_filters.NumberFilter("price", "lte", label="Price up to", min_value=0)

    class Meta:
        model = Session
        fields: list[str] = []
