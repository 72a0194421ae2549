"""What others may ask of the month's money."""

from yimen.casework.payments.account_queries import account_change, account_changes, changes_of, letters_to_send
from yimen.casework.payments.bank_queries import booked
from yimen.casework.payments.custody_queries import custodies, custody
from yimen.casework.payments.funds import shortage
from yimen.casework.payments.hold_queries import Why, deaths, held, held_among, holds, of_award, open_holds
from yimen.casework.payments.roll_queries import released, roll, rolls, tampered, with_status

__all__ = [
    "Why",
    "account_change",
    "account_changes",
    "booked",
    "changes_of",
    "custodies",
    "custody",
    "deaths",
    "held",
    "held_among",
    "holds",
    "letters_to_send",
    "of_award",
    "open_holds",
    "released",
    "roll",
    "rolls",
    "shortage",
    "tampered",
    "with_status",
]
