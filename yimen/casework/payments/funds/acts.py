"""Movements that two persons of the district order: budget, arrival, transfer, reserve, back, reversal (plan 三(一)2, 六(三))."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from yimen.base.access import gate, second
from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.casework.payments.fund_models import FundOrder, FundPosting
from yimen.casework.payments.funds import posting
from yimen.casework.payments.funds.posting import Basis, Entry
from yimen.law.calendar import month_of
from yimen.law.money import MAX_FEN, Fen, show
from yimen.law.payments.funds import (
    MOVEMENTS,
    OF_TOWNSHIP,
    FundAccount,
    FundMove,
    FundOrderState,
    FundProgramme,
    FundSource,
    Movement,
    misfit,
)

__all__ = ["propose_funds", "release_funds", "reverse_funds", "withdraw_funds"]


@office_act("propose_funds")
def propose_funds(
    walk: Walk, *, move: str, programme: str, source: str, rows: Mapping[str, Fen], document: str, words: str = ""
) -> FundOrder:
    """Propose a movement of the district's money: fen by township, or one amount under "". Nothing is booked by it."""
    kind, what, whence = FundMove(move), FundProgramme(programme), FundSource(source)
    movement = _movement(kind, what)
    if whence is FundSource.POOLED:
        raise Refused("请选择资金来源。", "source", 422, "source")
    if not document.strip():
        raise Refused("请填写依据文件或者凭证的编号。", "document", 422, "document")
    wanted = _checked(walk, rows, of_township=movement.of_township)
    order = FundOrder.objects.create(
        district_id=walk.officer.district,
        move=kind,
        programme=what,
        source=whence,
        month=month_of(walk.on),
        rows=[[code, fen] for code, fen in wanted],
        fen=sum(fen for _, fen in wanted),
        document=document.strip()[:120],
        words=words.strip()[:200],
        proposed_by=walk.officer.staff,
        proposed_on=walk.on,
    )
    _note(walk, order)
    return order


def _movement(move: FundMove, programme: FundProgramme) -> Movement:
    if move is FundMove.REVERSE:
        raise Refused("冲正请在原来那张资金单上办理。", "movement", 422, "move")
    if misfit(move, programme):
        if programme is FundProgramme.TEMPORARY:
            raise Refused(
                "临时救助的资金拨入乡街应急储备金，请选“拨入应急储备金”或者“储备金收回区级”。", "movement", 422, "move"
            )
        raise Refused("应急储备金只用于临时救助，项目请选“临时救助”。", "movement", 422, "programme")
    return MOVEMENTS[move]


def _checked(walk: Walk, rows: Mapping[str, Fen], *, of_township: bool) -> list[tuple[str, Fen]]:
    """What is more than nothing, township by township; or the one amount."""
    wanted = sorted((code, fen) for code, fen in rows.items() if fen)
    if not wanted or any(not 0 < fen <= MAX_FEN for _, fen in wanted):
        raise Refused("请填写金额，应大于 0。", "amount", 422, "amount")
    known = set(offices.townships(walk.officer.district).values_list("code", flat=True)) if of_township else {""}
    if {code for code, _ in wanted} - known:
        raise Refused(
            "请逐个乡街填写金额。" if of_township else "这种资金不分乡街，只填一个金额。", "rows", 422, "amount"
        )
    return wanted


@office_act("reverse_funds")
def reverse_funds(walk: Walk, *, ref: str, words: str) -> FundOrder:
    """Propose to take a booked order back whole; the rows that stand stay, contrary ones are added (K2)."""
    order = _order(walk, ref)
    if order.state != FundOrderState.RELEASED or order.move == FundMove.REVERSE:
        raise Refused("只有已记账的资金单可以冲正，冲正本身不能再冲正。请另登记一笔。", "not_booked")
    if not words.strip():
        raise Refused("请写明为什么冲正。", "words", 422, "words")
    try:
        with transaction.atomic():
            made = FundOrder.objects.create(
                district_id=order.district_id,
                move=FundMove.REVERSE,
                programme=order.programme,
                source=order.source,
                month=month_of(walk.on),
                rows=order.rows,
                fen=order.fen,
                document=order.document,
                words=words.strip()[:200],
                reverses=order,
                proposed_by=walk.officer.staff,
                proposed_on=walk.on,
            )
    except IntegrityError as twice:
        raise Refused("这一笔已经有人冲正，请刷新页面查看。", "reversed") from twice
    _note(walk, made)
    return made


@office_act("release_funds")
def release_funds(walk: Walk, *, ref: str, version: int | None = None, code: str = "") -> FundOrder:
    """Book a proposed order, by a second person with a fresh second factor. Raises Refused where the money is not there."""
    order = _order(walk, ref, version)
    if order.state != FundOrderState.PROPOSED:
        raise Refused(f"这张资金单现为“{FundOrderState(order.state).label}”，不能再记账。请刷新页面。", "wrong_state")
    if order.proposed_by_id == walk.officer.staff.pk:
        raise Refused("这张资金单由您本人登记，须由另一人复核记账。", "separation", 403)
    second.spend(walk.officer.account, code)
    basis = Basis(
        FundOrder.KIND, order.ref, order.month, walk.on, f"{FundMove(order.move).label}（{order.document}）",
        walk.officer.staff,
    )  # fmt: skip
    posting.book(order.district_id, basis, _entries(order))
    _taken_back(order)
    order.released_by, order.released_on = walk.officer.staff, walk.on
    return _moved(walk, order, FundOrderState.RELEASED)


def _entries(order: FundOrder) -> list[Entry]:
    source, programme = FundSource(order.source), FundProgramme(order.programme)
    if order.reverses is not None:
        rows = FundPosting.objects.filter(basis_kind=FundOrder.KIND, basis_ref=order.reverses.ref).order_by("id")
        return [
            Entry(
                row.township_id or "whole", FundAccount(row.credit), FundAccount(row.debit), row.fen, programme,
                row.township_id or "", source,
            )
            for row in rows
        ]  # fmt: skip
    movement = MOVEMENTS[FundMove(order.move)]
    return [
        Entry(code or "whole", movement.debit, movement.credit, fen, programme, code, source)
        for code, fen in order.rows
    ]


def _taken_back(order: FundOrder) -> None:
    """A township gives back to a source no more than it has been given from it."""
    if order.move not in (FundMove.BACK, FundMove.RESERVE_BACK):
        return
    for code, fen in order.rows:
        rows = FundPosting.objects.filter(township=code, programme=order.programme, source=order.source).order_by()
        came = sum(rows.filter(credit=FundAccount.DISTRICT, debit__in=OF_TOWNSHIP).values_list("fen", flat=True))
        went = sum(rows.filter(debit=FundAccount.DISTRICT, credit__in=OF_TOWNSHIP).values_list("fen", flat=True))
        if went > came:
            name = offices.names_of([code]).get(code, code)
            raise Refused(
                f"{name}从{FundSource(order.source).label}得到的只有 {show(came - went + fen)} 元，不能收回 {show(fen)} 元。请核对来源。",
                "source",
            )


@office_act("withdraw_funds")
def withdraw_funds(walk: Walk, *, ref: str, reason: str = "") -> FundOrder:
    """Take back, or send back, what was not booked. The other person says why."""
    order = _order(walk, ref)
    if order.state != FundOrderState.PROPOSED:
        raise Refused(f"这张资金单现为“{FundOrderState(order.state).label}”，不能撤回；已记账的请冲正。", "wrong_state")
    if order.proposed_by_id != walk.officer.staff.pk and not reason.strip():
        raise Refused("退回请写明原因，让登记的人知道改什么。", "reason", 422, "reason")
    order.note = reason.strip()[:200]
    return _moved(walk, order, FundOrderState.WITHDRAWN)


def _order(walk: Walk, ref: str, version: int | None = None) -> FundOrder:
    rows = FundOrder.objects.select_related("proposed_by", "reverses")
    order = gate.fetch(walk.officer, rows, ref, lock=True)
    if version is not None and version != order.version:
        raise Refused("您打开页面以后，别人办过这张资金单。请刷新页面。", "overtaken")
    return order


def _moved(walk: Walk, order: FundOrder, state: FundOrderState) -> FundOrder:
    order.state, order.version = state, order.version + 1
    order.save()
    _note(walk, order)
    return order


def _note(walk: Walk, order: FundOrder) -> None:
    facts: dict[str, Any] = {"move": str(order.move), "programme": str(order.programme), "source": str(order.source)}
    walk.note(
        subject=(FundOrder.KIND, order.ref), fen=order.fen, document=order.document, rows=_plain(order.rows), **facts
    )


def _plain(rows: Sequence[Sequence[Any]]) -> dict[str, int]:
    return {str(code) or "district": int(fen) for code, fen in rows}
