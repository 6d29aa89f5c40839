"""Money as people read it: {{ amount|money:currency }} is “USD 3,999.00”, on one line."""

from decimal import Decimal

from django import template
from moneyed import Money
from moneyed.l10n import format_money

register = template.Library()


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """An amount with the letters of its currency, which never part from it, in as many digits as that has."""
    # A zero that lies below nothing, as sums may, is shown as any other.
    return format_money(Money(amount + 0, currency), locale="en_US", format="¤¤\u00a0#,##0.00;¤¤\u00a0−#,##0.00")


@register.filter
def minus(amount: Decimal) -> Decimal:
    """What somebody owes, seen from the other side."""
    return -amount


@register.filter
def hours(number: int) -> str:
    """So many hours as people say it: “48 hours”, “7 days”."""
    if number % 24 == 0 and number > 48:
        return f"{number // 24} days"
    return "1 hour" if number == 1 else f"{number} hours"
