"""The writers of the month's money."""

from yimen.casework.payments.funds.acts import propose_funds, release_funds, reverse_funds, withdraw_funds
from yimen.casework.payments.holding import free_hold, place_hold
from yimen.casework.payments.rolls.acts import (
    approve_roll,
    note_roll_job,
    open_roll,
    release_roll,
    return_roll,
    submit_roll,
    withdraw_roll,
)
from yimen.casework.payments.rolls.composing import draw_up as draw_up_roll
from yimen.casework.payments.rolls.freezing import carry_on as carry_on_roll

__all__ = [
    "approve_roll",
    "carry_on_roll",
    "draw_up_roll",
    "free_hold",
    "note_roll_job",
    "open_roll",
    "place_hold",
    "propose_funds",
    "release_funds",
    "release_roll",
    "return_roll",
    "reverse_funds",
    "submit_roll",
    "withdraw_funds",
    "withdraw_roll",
]
