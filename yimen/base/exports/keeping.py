"""The files of the exports: sealed, for a day, behind links that work once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from yimen.base.access.refusal import Refused, Unknown
from yimen.base.exports.models import Export, ExportLink
from yimen.base.files import vault
from yimen.base.offices.models import Account
from yimen.law import calendar

KEPT = timedelta(hours=24)
LINK = timedelta(seconds=60)
_STALE = "下载链接只在 60 秒内有效，并且只能用一次。请回到导出中心重新点“下载”。"


def keep(export: Export, content: bytes) -> None:
    """Seal the content away and note its digest; the caller saves the row."""
    vault.keep(export.ref, content)
    export.sha256, export.size = hashlib.sha256(content).hexdigest(), len(content)
    export.expires_at = calendar.now() + KEPT


def make_link(export: Export, account: Account) -> str:
    """A token that opens the file once within a minute."""
    token = secrets.token_urlsafe(32)
    ExportLink.objects.create(token=token, export=export, account=account, made_at=calendar.now())
    return token


def use_link(token: str, account: Account) -> Export:
    """The export that a token opens, for the account that it was made for. Raises Unknown, or Refused when it is stale."""
    link = ExportLink.objects.select_related("export").filter(token=token, account=account).first()
    if link is None:
        raise Unknown(token)
    now = calendar.now()
    fresh = ExportLink.objects.filter(pk=link.pk, used_at__isnull=True, made_at__gte=now - LINK)
    if link.export.state != "ready" or not fresh.update(used_at=now):
        raise Refused(_STALE, "stale_link", 410)
    return link.export


def content_of(export: Export) -> bytes:
    """The file as it was made. Raises Refused where it has been cleared away or does not fit its digest."""
    try:
        content = vault.fetch(export.ref)
    except FileNotFoundError:
        raise Refused("文件已经清除（生成后保留 24 小时）。需要的请重新导出。", "gone", 410) from None
    if hashlib.sha256(content).hexdigest() != export.sha256:
        raise Refused("文件与登记的摘要不符，不能下载。请重新导出，并告知系统管理员。", "changed", 409)
    return content


def sweep() -> int:
    """Delete what has lain for a day, links too; returns the number of files. Harmless in two workers at once."""
    now = calendar.now()
    ExportLink.objects.filter(made_at__lt=now - KEPT).delete()
    old = Export.objects.filter(state__in=("ready", "waiting", "declined"), expires_at__lte=now)
    found = list(old.order_by("id")[:500])
    for export in found:
        vault.drop(export.ref)
        state = "declined" if export.state == "declined" else "gone"
        Export.objects.filter(pk=export.pk).update(state=state, expires_at=None)
    return len(found)
