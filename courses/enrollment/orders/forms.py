"""What people say when they order and pay, and what admins book."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import EmailValidator

from courses.enrollment.orders import ledger
from courses.enrollment.orders.models import Order, SeatInvitation
from courses.templatetags.money import money


class CompanyOrderForm(forms.Form):
    """Several seats on one order."""

    company = forms.CharField(label="Company", max_length=200)
    billing_address = forms.CharField(
        label="Billing address", max_length=1000, widget=forms.Textarea({"rows": 4}), help_text="It stands on receipts."
    )
    seats = forms.IntegerField(label="Seats", min_value=1, max_value=500, initial=2)
    voucher = forms.CharField(label="Voucher", max_length=40, required=False)


class BillingForm(forms.ModelForm):
    """What stands on the receipts of a person's own order."""

    class Meta:
        model = Order
        fields = ["billing_address"]
        widgets = {"billing_address": forms.Textarea({"rows": 4})}


class InviteForm(forms.Form):
    """To whom a company's seats go."""

    emails = forms.CharField(
        label="E-mail addresses", widget=forms.Textarea({"rows": 3}), help_text="One a line, one seat each."
    )

    def clean_emails(self) -> list[str]:
        """The addresses, each once, in the order given."""
        emails = list(dict.fromkeys(self.cleaned_data["emails"].replace(",", " ").lower().split()))
        check = EmailValidator()
        for email in emails:
            try:
                check(email)
                SeatInvitation._meta.get_field("email").run_validators(email)
            except forms.ValidationError as error:
                raise forms.ValidationError(f"“{email}” is no e-mail address.") from error
        return emails


class GiveBackForm(forms.Form):
    seats = forms.IntegerField(label="Seats to give back", min_value=1, initial=1)


class AmountForm(forms.Form):
    """An amount of the order's money, at most `most`."""

    amount = forms.DecimalField(label="Amount", min_value=ledger.CENT, max_digits=14, decimal_places=2)

    def __init__(self, *args: Any, order: Order, most: Decimal, why: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order, self.most, self.why = order, most, why
        amount = self.fields["amount"]
        amount.help_text = order.currency
        amount.widget.attrs["inputmode"] = "decimal"

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if amount > self.most:
            most = money(max(self.most, Decimal(0)), self.order.currency)
            raise forms.ValidationError(f"{self.why} {most}. Write an amount up to that.")
        return amount


class MoneyMovedForm(AmountForm):
    """Money that an admin saw come in, or sent back."""

    reference = forms.CharField(
        label="Reference", max_length=120, required=False, help_text="Such as the number on the bank statement."
    )
    memo = forms.CharField(label="Note", max_length=200, required=False)


class WaiveForm(AmountForm):
    """Money that is not asked for, of each seat."""

    reason = forms.CharField(label="Reason", max_length=150)


class KeepForm(forms.Form):
    """A seat that is kept unpaid."""

    reason = forms.CharField(label="Reason", max_length=150)
