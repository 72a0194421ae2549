"""A POST sent twice does its work once (K6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from yimen.base.access.models import OnceKey
from yimen.base.access.refusal import Refused
from yimen.base.canonical import digest
from yimen.base.offices.models import Account
from yimen.law.calendar import now


def once(account: Account, key: str, body: Mapping[str, Any], work: Callable[[], Any]) -> Any:
    """Run ``work`` at most once for (account, key); the same body gets the same JSON answer again.

    Raises Refused 422 where the key comes back with another body.
    """
    if not key:
        raise Refused("页面缺少提交编号，可能已打开很久。请刷新页面后重新提交。", "no_once_key", 422)
    body_digest = digest(dict(body))
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        kept = OnceKey.objects.filter(account=account, key=key).first()
        if kept is None:
            answer = work()
            OnceKey.objects.create(account=account, key=key, body_digest=body_digest, answer=answer, at=now())
            return answer
    if kept.body_digest != body_digest:
        raise Refused(
            "这个页面已经提交过一次，内容与这次不同。请回到案件页查看结果，需要更正时重新填写。", "once_reused", 422
        )
    return kept.answer
