"""The letter that tells a household of its new account, drawn up for the district to send."""

from __future__ import annotations

from typing import Any

from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.base.papers import desk
from yimen.base.papers.models import Paper
from yimen.casework.payments.models import AccountChange
from yimen.law.terms import ANY_MARK, OfficeKind

CODE = "account_letter"


def letter(walk: Walk, change: AccountChange) -> Paper:
    """Issue the letter in the name of the township; the district prints and sends it. Raises Refused where it cannot be issued."""
    home = change.household
    office = offices.office_of(str(change.township_id), OfficeKind.TOWNSHIP)
    data: dict[str, Any] = {
        "applicant": home.head.name,
        "address": f"{home.village.name}{home.group}{home.address or ''}",
        "changed_on": walk.on,
        "before": _words(change.before.bank, str(change.before.number), change.before.holder)
        if change.before
        else "无",
        "account": _words(change.bank, str(change.number), change.holder),
        "first_used": change.first_used,
        "handler": change.proposed_by.name,
        "handler_phone": office.phone,
        "hotline": offices.hotlines(str(change.township_id)),
    }
    about = desk.About(AccountChange.KIND, change.ref, change.pk, data)
    return walk.issue_about([(CODE, about, ANY_MARK)], office)[0]


def _words(bank: str, number: str, holder: str) -> str:
    return f"{bank}，户名{holder}，尾号{number[-4:]}"
