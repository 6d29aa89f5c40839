"""Asking an advisor, by program."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from courses.enrollment.access import courses_for
from courses.enrollment.api import SlugAmong, asked
from courses.support.inquiries.forms import topic
from courses.support.models import Ticket


class InquirySerializer(serializers.ModelSerializer[Ticket]):
    """A question of somebody without an account; the answer comes by e-mail."""

    name = serializers.CharField(max_length=150, required=False, default="", allow_blank=True)
    email = serializers.EmailField(max_length=254)
    course = SlugAmong(courses_for, slug_field="slug", required=False, allow_null=True, default=None)
    text = serializers.CharField(max_length=5_000)

    class Meta:
        model = Ticket
        fields = ["name", "email", "course", "text"]


class InquiriesView(viewsets.ViewSet):
    """Inquiries, a few an hour of one address."""

    permission_classes = [AllowAny]
    throttle_scope = "inquiry"

    @extend_schema(request=InquirySerializer, responses={202: None})
    def create(self, request: Request) -> Response:
        """Ask. It says the same whether the address is known here or not."""
        given = asked(InquirySerializer, request)
        Ticket.objects.inquire(given["email"], given["name"], given["text"], **topic(given["course"]))
        return Response(status=202)
