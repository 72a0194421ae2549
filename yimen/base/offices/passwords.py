"""Passwords by the profile ``djbh3`` (K35): at least ten characters of three classes, not the login name."""

from __future__ import annotations

import re

from django.db import transaction

from yimen.base.offices.models import Account
from yimen.base.record import desk as record

SHORTEST = 10
CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")


def weakness(account: Account, text: str) -> str:
    """Why a password will not do, in one sentence; empty if it will."""
    if len(text) < SHORTEST:
        return f"新密码至少 {SHORTEST} 位，现在是 {len(text)} 位，请加长。"
    if sum(bool(re.search(kind, text)) for kind in CLASSES) < 3:
        return "新密码要有大写字母、小写字母、数字、符号中的至少三类，请改一改。"
    if account.username.lower() in text.lower():
        return "新密码不能包含账号名，请换一个。"
    return "新密码和现在的一样，请换一个。" if account.check_password(text) else ""


@transaction.atomic
def change(account: Account, text: str, request_id: str = "") -> None:
    """Set a password chosen by its owner and record that it was changed, never what it is."""
    account.set_password(text)
    account.save(update_fields=["password"])
    record.write(
        act="change_password",
        act_label="修改密码",
        subject_kind="account",
        subject_ref=str(account.pk),
        staff_id=account.staff_id,
        staff_name=account.staff.name,
        account_id=account.pk,
        office_code=account.staff.office.area_id,
        area_code=account.staff.office.area_id,
        request_id=request_id,
    )
