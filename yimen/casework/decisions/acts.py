"""The acts of this room, in the order of 四(三)."""

from yimen.casework.decisions.conference_acts import hold_conference
from yimen.casework.decisions.decision_acts import approve, extend, refuse, send_back
from yimen.casework.decisions.notice_acts import (
    announce,
    answer_objection,
    close_notice,
    object_to_notice,
    publish_notice,
    record_posting,
)
from yimen.casework.decisions.opinion_acts import propose
from yimen.casework.decisions.service_acts import serve_paper, serve_refusal

__all__ = [
    "announce",
    "answer_objection",
    "approve",
    "close_notice",
    "extend",
    "hold_conference",
    "object_to_notice",
    "propose",
    "publish_notice",
    "record_posting",
    "refuse",
    "send_back",
    "serve_paper",
    "serve_refusal",
]
