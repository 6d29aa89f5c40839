"""Those through whom people pay. Each says where to send a payer, reads what it is told, and gives money back."""

import hmac
import json
import secrets
from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from courses.enrollment.orders.ledger import CENT, Transaction
from courses.enrollment.orders.models import Order


class NotGenuine(Exception):
    """A notification that is not the provider's, or that says nothing that could be booked."""


class ProviderFailed(Exception):
    """A provider did not do what it was asked for; the message says why."""


@dataclass(frozen=True)
class Notice:
    """What a provider says happened, once it is certain that the provider says so."""

    kind: Transaction.Kind  # PAYMENT or REFUND
    reference: str
    order: str  # its number
    amount: Decimal
    currency: str


class Provider(ABC):
    """The seam to a payment provider."""

    name: str
    label: str

    @abstractmethod
    def begin(self, order: Order) -> str:
        """Where to send the person who is to pay what is outstanding."""

    @abstractmethod
    def read(self, body: bytes, signature: str) -> Notice:
        """What a notification says. Raises NotGenuine."""

    # Whether it gives money back by itself; otherwise people do, by hand.
    gives_back: bool

    @abstractmethod
    def refund(self, payment: Transaction, amount: Decimal, reference: str) -> None:
        """Give back a part of a payment. Asked twice with one reference, it gives back once; its notices name it, too.

        Raises ProviderFailed, or OSError where it cannot be reached; it is asked again later.
        """


class Manual(Provider):
    """People pay by bank transfer; admins book what came, and send back what is owed."""

    name = "manual"
    label = "Bank transfer"

    def begin(self, order: Order) -> str:
        return f"{order.get_absolute_url()}#bank-transfer"

    def read(self, body: bytes, signature: str) -> Notice:
        raise NotGenuine("Nobody notifies of bank transfers; admins book them.")

    gives_back = False

    def refund(self, payment: Transaction, amount: Decimal, reference: str) -> None:
        raise ProviderFailed("What was paid by bank transfer is given back by hand.")


class Test(Provider):
    """A page of our own plays the gateway; what it says is signed, as a real one's would be."""

    name = "test"
    label = "Card (test)"

    def begin(self, order: Order) -> str:
        return reverse("test_gateway", args=[order.pk])

    gives_back = True

    def refund(self, payment: Transaction, amount: Decimal, reference: str) -> None:
        """No money moves; there is nobody to tell."""

    def notification(self, order: Order, amount: Decimal, kind: str = "payment", reference: str = "") -> bytes:
        """What the gateway would send: a JSON object."""
        reference = reference or f"{kind}-{secrets.token_hex(8)}"
        facts = {"kind": kind, "reference": reference, "order": order.number}
        return json.dumps({**facts, "amount": str(amount), "currency": order.currency}).encode()

    def sign(self, body: bytes) -> str:
        """HMAC-SHA-256 of the body, in hexadecimal."""
        return salted_hmac("courses.payments.test", body, algorithm="sha256").hexdigest()

    def read(self, body: bytes, signature: str) -> Notice:
        if not hmac.compare_digest(self.sign(body).encode(), signature.encode()):
            raise NotGenuine("The signature is not that of the body.")
        try:
            said: dict[str, Any] = json.loads(body)
            kind = {"payment": Transaction.Kind.PAYMENT, "refund": Transaction.Kind.REFUND}[said["kind"]]
            amount = Decimal(said["amount"])
            notice = Notice(kind, str(said["reference"]), str(said["order"]), amount, str(said["currency"]))
        except (ValueError, TypeError, KeyError, InvalidOperation) as error:
            raise NotGenuine(f"It does not say what happened: {type(error).__name__}: {error}") from error
        if not (amount.is_finite() and amount > 0 and amount == amount.quantize(CENT) and notice.reference):
            raise NotGenuine("The amount is above zero, in whole cents, and has a reference.")
        return notice


PROVIDERS: dict[str, Provider] = {provider.name: provider for provider in (Manual(), Test())}


def providers() -> list[Provider]:
    """Those through whom one can pay here, as the settings name them."""
    return [PROVIDERS[name] for name in settings.PAYMENT_PROVIDERS]


def provider_named(name: str) -> Provider | None:
    """The provider, where the settings name it."""
    return PROVIDERS.get(name) if name in settings.PAYMENT_PROVIDERS else None
