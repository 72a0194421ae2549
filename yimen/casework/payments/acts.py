"""The writers of the month's money."""

from yimen.casework.payments.funds.acts import propose_funds, release_funds, reverse_funds, withdraw_funds
from yimen.casework.payments.holding import free_hold, place_hold

__all__ = [
    "free_hold",
    "place_hold",
    "propose_funds",
    "release_funds",
    "reverse_funds",
    "withdraw_funds",
]
