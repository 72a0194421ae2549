"""What others may ask of the month's money."""

from yimen.casework.payments.bank_queries import booked
from yimen.casework.payments.hold_queries import Why, deaths, held, held_among, holds, of_award, open_holds
from yimen.casework.payments.roll_queries import released, roll, rolls, tampered, with_status

__all__ = [
    "Why",
    "deaths",
    "held",
    "held_among",
    "holds",
    "of_award",
    "open_holds",
    "released",
    "roll",
    "rolls",
    "tampered",
    "with_status",
]
