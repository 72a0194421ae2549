"""The counter of the exports: ask, hand in the file, release, fetch. Every step leaves its entry in the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from yimen.base.access import gate, second
from yimen.base.access.officer import ADMIN_ROLES, DISTRICT_ROLES, PAYING_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.base.exports import keeping
from yimen.base.exports.limits import why_second
from yimen.base.exports.models import Export
from yimen.base.record import desk as record
from yimen.law import calendar
from yimen.law.terms import Role

EXPORTERS = TOWNSHIP_ROLES | PAYING_ROLES | DISTRICT_ROLES | ADMIN_ROLES
IN_FULL = TOWNSHIP_ROLES | PAYING_ROLES | {Role.DISTRICT_DECIDER, Role.SUPERVISOR}
RELEASERS = frozenset({Role.HEAD, Role.DISTRICT_DECIDER, Role.SUPERVISOR})
KIND = "export"


@dataclass(frozen=True)
class Subject:
    """Whose file a row of a full export opens: noted for 谁看过我的档案 (K33)."""

    kind: str
    ref: str
    person_ref: str = ""


@gate.scope(Export)
def _scope(officer: Officer) -> Q:
    """One's own; and for those who may release, what their office or one below it asked for."""
    seen = Q(account=officer.account)
    for area in officer.areas(RELEASERS):
        seen |= Q(office_code__startswith=area)
    return seen


def may_export(officer: Officer) -> bool:
    """Whether the officer takes lists along at all; village helpers do not."""
    return bool(officer.roles & EXPORTERS)


def begin(
    officer: Officer,
    *,
    title: str,
    asked: Mapping[str, Any],
    words: str,
    full: bool = False,
    reason: str = "",
    code: str = "",
) -> Export:
    """Ask for a file. In full numbers: with the right, a reason and a fresh second factor (K23, K36). Raises Refused."""
    if not may_export(officer):
        raise Refused("您的岗位不能导出名单。需要的请向乡街经办提出。", "wrong_role", 403)
    if full:
        _check_full(officer, reason, code)
    sealed: Any = dict(asked)
    return Export.objects.create(
        title=title[:80],
        asked=sealed,
        words=words,
        full=full,
        reason=reason.strip(),
        staff=officer.staff,
        account=officer.account,
        office_code=officer.office.area_id,
        day=calendar.today(),
        asked_at=calendar.now(),
    )


def _check_full(officer: Officer, reason: str, code: str) -> None:
    if not officer.roles & IN_FULL:
        raise Refused("您的岗位不能导出完整号码，可以导出屏幕上显示的内容。", "wrong_role", 403)
    if len(reason.strip()) < 4:
        raise Refused("请写明为什么需要完整号码、交给谁用。", "reason", 422, "reason")
    second.spend(officer.account, code)


def hand_in(
    officer: Officer, export: Export, content: bytes, *, rows: int, kind: str, subjects: Iterable[Subject] = ()
) -> Export:
    """Take the finished file in; it is ready at once, or waits for a second person where the rows demand it (K24)."""
    with transaction.atomic():
        keeping.keep(export, content)
        export.rows, export.kind = rows, kind
        export.why = why_second(officer.staff, export.day, kind, rows, apart_from=export)
        export.state = "waiting" if export.why else "ready"
        export.save()
        if export.full:
            _note_reads(officer, export, subjects)
        _write(officer, export, "export_list", "导出名单")
    return export


def fail(export: Export, sentence: str) -> None:
    """There will be no file; the sentence is shown to who asked."""
    Export.objects.filter(pk=export.pk).update(state="failed", why=sentence[:300])


def link(officer: Officer, ref: str) -> str:
    """A token for the own, ready file."""
    export = gate.fetch(officer, Export.objects.all(), ref)
    if export.account_id != officer.account.pk:
        raise Refused("只有导出人本人可以下载。", "not_own", 403)
    if export.state != "ready":
        raise Refused(f"这个文件现在是“{export.state_label}”，不能下载。{export.why}", "not_ready")
    return keeping.make_link(export, officer.account)


def fetch(officer: Officer, token: str) -> tuple[Export, bytes]:
    """The file behind a link; the download is counted and written down."""
    with transaction.atomic():
        export = keeping.use_link(token, officer.account)
        content = keeping.content_of(export)
        export.downloads += 1
        export.save(update_fields=["downloads"])
        _write(officer, export, "fetch_export", "下载导出文件")
    return export, content


def release(officer: Officer, ref: str, *, code: str, agree: bool, note: str = "") -> Export:
    """A second person lets the file go, or not. Raises Refused for the person who asked, a wrong state, a wrong code."""
    with transaction.atomic():
        export = gate.fetch(officer, Export.objects.all(), ref, lock=True)
        if export.staff_id == officer.staff.pk:
            raise Refused("自己导出的名单须由另一位负责人放行。", "own", 403)
        if not any(export.office_code.startswith(area) for area in officer.areas(RELEASERS)):
            raise Refused("放行须由本单位或上级单位的负责人办理。", "wrong_role", 403)
        if export.state != "waiting":
            raise Refused(f"这次导出现在是“{export.state_label}”，不需要放行。", "wrong_state")
        if not agree and not note.strip():
            raise Refused("不放行的请写明理由。", "note", 422, "note")
        second.spend(officer.account, code)
        export.state = "ready" if agree else "declined"
        export.why = "" if agree else note.strip()[:300]
        export.released_by, export.released_at = officer.staff, calendar.now()
        export.expires_at = calendar.now() + keeping.KEPT
        export.save()
        _write(officer, export, "release_export", "放行导出" if agree else "不放行导出")
    return export


def own(officer: Officer) -> QuerySet[Export]:
    """What the account asked for, newest first."""
    return Export.objects.filter(account=officer.account).select_related("staff", "released_by").order_by("-id")


def to_release(officer: Officer) -> QuerySet[Export]:
    """What waits for this officer."""
    rows = gate.within(officer, Export.objects.filter(state="waiting")).exclude(staff=officer.staff)
    if not officer.areas(RELEASERS):
        rows = rows.none()
    return rows.select_related("staff").order_by("id")


def visible(officer: Officer) -> QuerySet[Export]:
    """Own ones, and those the officer may release."""
    return gate.within(officer, Export.objects.select_related("staff", "released_by")).order_by("-id")


# -- the record --------------------------------------------------------------------------


def _write(officer: Officer, export: Export, act: str, label: str) -> None:
    facts = {
        "list": export.title,
        "rows": export.rows,
        "kind": export.kind,
        "full": export.full,
        "reason": export.reason,
        "state": export.state,
        "sha256": export.sha256,
    }
    record.write(
        act=act,
        act_label=label,
        subject_kind=KIND,
        subject_ref=export.ref,
        area_code=export.office_code,
        after=f"sha256:{export.sha256}",
        facts=facts,
        **officer.signature,
    )


def _note_reads(officer: Officer, export: Export, subjects: Iterable[Subject]) -> None:
    record.note_reads(
        [(subject.kind, subject.ref, subject.person_ref) for subject in subjects],
        purpose=f"导出完整号码：{export.reason}"[:200],
        channel="export",
        **officer.signature,
    )
