"""Releasing a file to a bank: the lines on the day, the file's bytes, its hash, the attempts and their events, in one transaction.

The file is written by what the gateway gives in (``write``); here it is decided what stands in it. Given out again it is the
same to the byte, or not at all (K5).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import DateField, DateTimeField, F, QuerySet, Value

from yimen.base.access import second
from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.files import vault
from yimen.base.offices import queries as offices
from yimen.base.refs import new_ref
from yimen.base.setwise import insert_from, insert_rows
from yimen.casework.households.models import BankAccount
from yimen.casework.payments.bank import sendable
from yimen.casework.payments.bank.sendable import Batch, Ready
from yimen.casework.payments.bank_models import BankAttempt, BankFile, Reissue
from yimen.casework.payments.models import LineEvent, PayLine, Roll
from yimen.law.calendar import now
from yimen.law.money import show
from yimen.law.payments.bank_layout import BankLayouts
from yimen.law.payments.bank_terms import BankField
from yimen.law.payments.terms import LineEventKind, RollState
from yimen.law.terms import Programme

Facts = Mapping[BankField, Any]
Write = Callable[[BankLayouts, Iterable[Facts], Facts], bytes]
_BATCH = 2_000


@office_act("send_bank_file")
def send_bank_file(
    walk: Walk, *, area: str, template: str, count: int, total_fen: int, write: Write, code: str = ""
) -> BankFile:
    """Release the file of a township to a bank, ``count`` lines and ``total_fen`` as the page has shown them.

    Raises Refused where the lines are others meanwhile, where one does not fit the template, and for whoever prepared or
    approved one of the rolls or put one of the failed lines right.
    """
    _check_place(walk, area)
    lock(area)
    batch = _batch(area, template, walk)
    if (len(batch.lines), batch.total_fen) != (count, total_fen):
        raise Refused(
            f"打开页面以后待发送的名单有变动，现为 {len(batch.lines)} 笔、{show(batch.total_fen)} 元。请刷新页面，核对后再发送。",
            "overtaken",
        )
    _check_apart(walk, area, batch)
    second.spend(walk.officer.account, code)
    file, content = _written(walk, area, batch, write)
    try:
        with transaction.atomic():
            _keep(walk, file, batch, content)
    except IntegrityError as twice:
        raise Refused("名单中有的发放刚刚已由别人报送，这次没有生成文件。请刷新页面。", "overtaken") from twice
    walk.note(
        subject=(BankFile.KIND, file.ref), number=file.number, bank=batch.template.name, month=file.month,
        count=file.count, again=file.again, total_fen=file.total_fen, sha256=file.sha256, layouts=batch.template.digest,
    )  # fmt: skip
    return file


def _check_place(walk: Walk, area: str) -> None:
    if not walk.officer.holds(set(walk.row.roles), area):
        raise Refused("发放文件由本乡街的资金发放岗报送，您的岗位不能办理。", "wrong_role", 403)


def lock(area: str) -> None:
    """Wait for whoever else sends or books for this township; within a transaction."""
    rows = Roll.objects.select_for_update().filter(area=area, state=RollState.DONE).order_by("pk")
    list(rows.values_list("pk", flat=True))


def _batch(area: str, template: str, walk: Walk) -> Batch:
    found = sendable.plan(area, walk.on).batches
    batch = next((each for each in found if each.template.ref == template), None)
    if batch is None:
        raise Refused("这家银行现在没有要发送的名单，可能已经由别人报送。请刷新页面。", "nothing")
    return batch


def _check_apart(walk: Walk, area: str, batch: Batch) -> None:
    """Who prepared or approved what is paid, or put a failure right, does not also send it to the bank (K17)."""
    me, months = walk.officer.staff.pk, {line.month for line in batch.lines}
    rolls = Roll.objects.filter(area=area, month__in=months, state=RollState.DONE)
    if rolls.filter(proposed_by=me).exists() or rolls.filter(approved_by=me).exists():
        raise Refused("名册由您编制或者批准，发放文件须由另一人报送。", "separation", 403)
    again = [line.line for line in batch.lines if line.attempt > 1]
    for some in range(0, len(again), 500):
        if Reissue.objects.filter(line__in=again[some : some + 500], by=me).exists():
            raise Refused("名单中有由您登记的补发，发放文件须由另一人报送。", "separation", 403)


# -- the file ----------------------------------------------------------------------------------


def _written(walk: Walk, area: str, batch: Batch, write: Write) -> tuple[BankFile, bytes]:
    layouts = BankLayouts.of(batch.template.layouts)
    month = max(line.month for line in batch.lines)
    number = _number(area, walk)
    place = offices.names_of([area]).get(area, area)
    controls = {
        BankField.BATCH: number, BankField.COUNT: len(batch.lines), BankField.TOTAL: batch.total_fen,
        BankField.MONTH: month, BankField.TOWNSHIP: place, BankField.DATE: walk.on.isoformat(),
    }  # fmt: skip
    try:
        content = write(layouts, facts_of(layouts, batch.lines, controls), controls)
    except ValueError as unfit:
        raise Refused(f"有的发放写不进银行模板，没有生成文件：{unfit}", "unwritable", 422) from unfit
    file = BankFile(
        ref=new_ref(), number=number, area_id=area, template=batch.template, month=month,
        name=layouts.file_name(batch=number, month=month.replace("-", ""), day=f"{walk.on:%Y%m%d}")[:120],
        count=len(batch.lines), again=batch.again, total_fen=batch.total_fen, size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), by=walk.officer.staff, on=walk.on, at=now(),
    )  # fmt: skip
    return file, content


def _number(area: str, walk: Walk) -> str:
    """Township, year and month, and which file of the month: no run of digits that could be taken for a person's number."""
    start = f"{area}P{walk.on:%y%m}"
    return f"{start}{BankFile.objects.filter(number__startswith=start).count() + 1:02d}"


def facts_of(layouts: BankLayouts, lines: Iterable[Ready], controls: Facts) -> Iterable[Facts]:
    """What each line says; numbers are opened portion by portion, and only where the template wants them."""
    wanted = {column.field for column in layouts.out.columns}
    portion: list[Ready] = []
    serial = 0
    for line in (*lines, None):
        if line is not None:
            portion.append(line)
        if portion and (line is None or len(portion) == _BATCH):
            for facts in _portion(layouts, portion, wanted):
                serial += 1
                yield {**controls, **facts, BankField.SERIAL: serial}
            portion = []


def _portion(layouts: BankLayouts, lines: list[Ready], wanted: set[BankField]) -> Iterable[Facts]:
    accounts = dict(
        BankAccount.objects.filter(pk__in=[line.account for line in lines]).order_by().values_list("pk", "number")
    )
    heads = _heads(lines) if BankField.IDENTITY in wanted else {}
    for line in lines:
        programme = Programme(line.programme).label
        yield {
            BankField.LINE: line.ref, BankField.NAME: line.holder, BankField.ACCOUNT: accounts[line.account],
            BankField.AMOUNT: line.fen, BankField.IDENTITY: heads.get(line.line, ""), BankField.MONTH: line.month,
            BankField.PROGRAMME: programme, BankField.AWARD: line.number, BankField.BANK: line.bank,
            BankField.ITEM: layouts.items.get(f"{line.programme}.{'urban' if line.urban else 'rural'}", ""),
            BankField.REMARK: layouts.remark.replace("{月份}", line.month).replace("{类别}", programme),
        }  # fmt: skip


def _heads(lines: list[Ready]) -> dict[int, str]:
    rows = PayLine.objects.filter(pk__in=[line.line for line in lines]).order_by()
    return dict(rows.values_list("pk", "household__head__identity"))


def _keep(walk: Walk, file: BankFile, batch: Batch, content: bytes) -> None:
    vault.keep(file.ref, content)
    file.save(force_insert=True)
    insert_rows(
        BankAttempt,
        ("file", "serial", "line", "attempt", "fen", "account", "account_index"),
        (
            (file.pk, serial, line.line, line.attempt, line.fen, line.account, line.index)
            for serial, line in enumerate(batch.lines, start=1)
        ),
    )
    write_events(
        walk, BankAttempt.objects.filter(file=file), (BankFile.KIND, file.ref),
        line=F("line_id"), kind=Value(str(LineEventKind.SENT)), attempt=F("attempt"),
    )  # fmt: skip


def write_events(walk: Walk, rows: QuerySet[Any], basis: tuple[str, str], **columns: Any) -> int:
    """An event for each of these rows, in one statement. How many."""
    common = {
        "cause": Value(""), "words": Value(""), "basis_kind": Value(basis[0]), "basis_ref": Value(basis[1]),
        "on": Value(walk.on, DateField()), "at": Value(now(), DateTimeField()), "by": Value(walk.officer.staff.pk),
    }  # fmt: skip
    return insert_from(LineEvent, rows.order_by("pk"), common | columns)


def content_of(file: BankFile) -> bytes:
    """The file as it was released. Raises Refused where it does not fit its hash, or is gone."""
    try:
        content = vault.fetch(file.ref)
    except (FileNotFoundError, ValueError):
        raise Refused("发放文件的留存内容打不开，不能下载。请告知系统管理员，不要重新编制。", "gone") from None
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Refused("发放文件的内容与发送时登记的摘要不符，不能下载。请告知系统管理员。", "changed")
    return content
