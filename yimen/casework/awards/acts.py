"""Acts on awards: review, change, ledgers taken over; a decision opens its awards by its consequence (guards.py)."""

from yimen.casework.awards.announcing import announce_addition
from yimen.casework.awards.changes.deciding import decide_change, return_change, serve_change_notice
from yimen.casework.awards.changes.handling import hear_views, record_change_findings, submit_change
from yimen.casework.awards.changes.hits import report_hits
from yimen.casework.awards.changes.noticing import object_to_stop, post_stop_notice, publish_stop_notice
from yimen.casework.awards.changes.receiving import receive_transfer
from yimen.casework.awards.changes.reporting import report_change, take_up_change
from yimen.casework.awards.changes.together import report_together
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
from yimen.casework.awards.recertify.expiring import end_expired, invite_again
from yimen.casework.awards.uplift.acts import (
    carry_on as carry_on_uplift,
    draw_up as draw_up_uplift,
    note_uplift_job,
    open_uplift,
    propose_uplift,
    release_uplift,
    withdraw_uplift,
)
from yimen.casework.awards.uplift.falls import report_fall
from yimen.casework.awards.uplift.notices import tell_uplift

__all__ = [
    "announce_addition",
    "carry_on",
    "carry_on_uplift",
    "confirm_recertification",
    "decide_change",
    "draw_up",
    "draw_up_uplift",
    "end_expired",
    "hear_views",
    "invite_again",
    "keep_heads",
    "note_job",
    "note_uplift_job",
    "object_to_stop",
    "open_ledger",
    "open_uplift",
    "post_stop_notice",
    "propose_uplift",
    "publish_stop_notice",
    "receive_transfer",
    "record_change",
    "record_change_findings",
    "release_uplift",
    "renew",
    "report_change",
    "report_fall",
    "report_hits",
    "report_together",
    "return_change",
    "return_recertification",
    "serve_change_notice",
    "start_recertification",
    "submit_change",
    "submit_ledger",
    "take_over",
    "take_over_ledger",
    "take_up_change",
    "tell_uplift",
    "undo_ledger",
    "withdraw_ledger",
    "withdraw_uplift",
]
