"""Why somebody cannot have what they ask for: a message each that says why, and what to do.

EnrollmentRefused
├── SessionFull        no seat is left
├── SessionClosed      over, closed, canceled or not published
├── OfferOver          a seat that was offered is no longer kept
├── VoucherRefused     the code does not hold for this order
├── TransferRefused    the person cannot move there
└── InvitationRefused  the company's seat cannot be taken, or given
"""


class EnrollmentRefused(Exception):
    """A person cannot have the seat; the message says why and what to do."""


class SessionFull(EnrollmentRefused):
    """No seat is left."""


class SessionClosed(EnrollmentRefused):
    """The session is over, closed, canceled or not published."""


class OfferOver(EnrollmentRefused):
    """The seat that was offered is no longer kept for the person."""


class VoucherRefused(EnrollmentRefused):
    """The code does not hold for this order."""


class TransferRefused(EnrollmentRefused):
    """The person cannot move to that session."""


class InvitationRefused(EnrollmentRefused):
    """The company's seat cannot be taken, or not be given to somebody."""
