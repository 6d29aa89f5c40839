"""Vouchers: codes that lower the price of an order."""

from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.db.models import F, Q

from courses.catalog.models import Course
from courses.enrollment.orders.ledger import CENT
from courses.enrollment.refusals import VoucherRefused
from courses.sessions.models import Session, validate_currency


class VoucherQuerySet(models.QuerySet["Voucher"]):
    def redeem(self, code: str, session: Session) -> "Voucher":
        """Use the code for an order of this session. Raises VoucherRefused, which says why."""
        voucher = self.filter(code__iexact=code.strip()).first()
        if voucher is None:
            raise VoucherRefused(f"There is no voucher “{code.strip()}”. Check how it is written.")
        voucher.check_for(session)
        left = self.filter(Q(most_uses__isnull=True) | Q(uses__lt=F("most_uses")), pk=voucher.pk)
        if not left.update(uses=F("uses") + 1):
            raise VoucherRefused(f"The voucher {voucher} has been used as often as it may be.")
        return voucher


class Voucher(models.Model):
    """A code that lowers the price of an order, by a share or by an amount."""

    code = models.CharField(max_length=40, unique=True, help_text="as people type it; case does not matter")
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    amount = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True, help_text="off each seat")
    currency = models.CharField(max_length=3, blank=True, help_text="of the amount", validators=[validate_currency])
    course = models.ForeignKey(Course, models.CASCADE, null=True, blank=True, related_name="vouchers")
    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="vouchers")
    valid_until = models.DateField(null=True, blank=True)
    most_uses = models.PositiveIntegerField(null=True, blank=True, help_text="orders; empty: any number")
    uses = models.PositiveIntegerField(default=0, editable=False)
    active = models.BooleanField(default=True)

    objects = VoucherQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="voucher_is_percent_or_amount",
                condition=Q(percent__isnull=False, amount__isnull=True, percent__gte=1, percent__lte=100)
                | (Q(percent__isnull=True, amount__gt=0) & ~Q(currency="")),
                violation_error_message="Give a percentage from 1 to 100, or an amount with its currency.",
            ),
            models.CheckConstraint(
                name="voucher_within_its_uses",
                condition=Q(most_uses__isnull=True) | Q(uses__lte=F("most_uses")),
                violation_error_message="It has been used more often than that.",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args: object, **kwargs: object) -> None:
        """Kept in capitals, so that a code is one code however it is typed."""
        self.code = self.code.strip().upper()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def check_for(self, session: Session) -> None:
        """Raises VoucherRefused where it does not hold for the session today, in the session's time zone."""
        if not self.active:
            raise VoucherRefused(f"The voucher {self} is no longer taken.")
        if self.valid_until is not None and session.today > self.valid_until:
            raise VoucherRefused(f"The voucher {self} was good until {self.valid_until:%B %-d, %Y}.")
        if self.session_id not in (None, session.pk) or self.course_id not in (None, session.course_id):
            raise VoucherRefused(f"The voucher {self} is for {self.session or self.course}, not for this session.")
        if self.amount is not None and self.currency != session.currency:
            raise VoucherRefused(f"The voucher {self} is in {self.currency}; this session costs {session.currency}.")

    def discount_on(self, price: Decimal) -> Decimal:
        """What comes off the price of a seat, in whole cents, never more than the price."""
        if self.amount is not None:
            return min(self.amount, price)
        return (price * (self.percent or 0) / 100).quantize(CENT, ROUND_HALF_UP)
