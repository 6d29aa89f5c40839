"""What the school counts by day: who enrolls and withdraws, and the money that comes in and goes back."""

from django.db.models import Count, Q, QuerySet, Sum

from courses.dashboard.models import EnrollmentDay, EnrollmentMonth, RevenueDay, RevenueMonth
from courses.dashboard.rollups import Rollup, Source
from courses.enrollment.models import Enrollment
from courses.enrollment.orders.ledger import CASH, Posting


def _withdrawn() -> QuerySet[Enrollment]:
    return Enrollment.objects.filter(withdrawn_at__isnull=False)


def _cash() -> QuerySet[Posting]:
    """What moved: what is only owed or credited is no cash."""
    return Posting.objects.filter(account=CASH)


ENROLLMENTS = Rollup(
    what="enrollments",
    days=EnrollmentDay,
    months=EnrollmentMonth,
    keys=("session",),
    sums=("enrolled", "withdrawn"),
    sources=(
        Source(Enrollment.objects.all, "enrolled_at", {"enrolled": Count("pk")}, {}),
        Source(_withdrawn, "withdrawn_at", {"withdrawn": Count("pk")}, {}),
    ),
)
REVENUE = Rollup(
    what="revenue",
    days=RevenueDay,
    months=RevenueMonth,
    keys=("session", "currency"),
    sums=("received", "refunded", "payments", "refunds"),
    sources=(
        Source(
            _cash,
            "transaction__at",
            {
                "received": Sum("amount", filter=Q(amount__gt=0), default=0),
                "refunded": -Sum("amount", filter=Q(amount__lt=0), default=0),
                "payments": Count("pk", filter=Q(amount__gt=0)),
                "refunds": Count("pk", filter=Q(amount__lt=0)),
            },
            {"session": "order__session"},
        ),
    ),
)
