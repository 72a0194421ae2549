"""Acts on awards: review, change, ledgers taken over; a decision opens its awards by its consequence (guards.py)."""

from yimen.casework.awards.changes.deciding import decide_change, receive_transfer, return_change, serve_change_notice
from yimen.casework.awards.changes.handling import hear_views, record_change_findings, submit_change
from yimen.casework.awards.changes.noticing import object_to_stop, publish_stop_notice
from yimen.casework.awards.changes.reporting import report_change, take_up_change
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
    "decide_change",
    "draw_up",
    "hear_views",
    "keep_heads",
    "note_job",
    "object_to_stop",
    "open_ledger",
    "publish_stop_notice",
    "receive_transfer",
    "record_change",
    "record_change_findings",
    "renew",
    "report_change",
    "return_change",
    "return_recertification",
    "serve_change_notice",
    "start_recertification",
    "submit_change",
    "submit_ledger",
    "take_over",
    "take_over_ledger",
    "take_up_change",
    "undo_ledger",
    "withdraw_ledger",
]
