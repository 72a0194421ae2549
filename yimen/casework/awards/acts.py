"""Acts on awards: periodic review; taking over the ledgers of before; awards of a decision are opened by its consequence (guards.py)."""

from yimen.casework.awards.ledgers.acts import (
    carry_on,
    draw_up,
    keep_heads,
    note_job,
    open_ledger,
    submit_ledger,
    take_over,
    take_over_ledger,
    undo_ledger,
    withdraw_ledger,
)
from yimen.casework.awards.recertify.acts import (
    confirm_recertification,
    record_change,
    renew,
    return_recertification,
    start_recertification,
)

__all__ = [
    "carry_on",
    "confirm_recertification",
    "draw_up",
    "keep_heads",
    "note_job",
    "open_ledger",
    "record_change",
    "renew",
    "return_recertification",
    "start_recertification",
    "submit_ledger",
    "take_over",
    "take_over_ledger",
    "undo_ledger",
    "withdraw_ledger",
]
