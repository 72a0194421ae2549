"""The receiving township takes a household over with its file and history: every award by its own decision, all of them at once.

A household's hukou place is one fact (D4; L37), each award has a decision of its own. So nothing moves until each running award
is decided to go to the same village; then one press receives them all.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.base.papers.models import Paper
from yimen.casework.awards import versions
from yimen.casework.awards.changes import applying, decision_papers
from yimen.casework.awards.changes.common import SHOWN, move
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.models import Award, ChangeCase
from yimen.casework.awards.recertify import looking
from yimen.law.aftercare.changing import OPEN, ChangeState
from yimen.law.aftercare.terms import ChangeEffect, ChangeEvent
from yimen.law.ledger import SHORT
from yimen.law.terms import Programme


@dataclass(frozen=True)
class Going:
    """A running award of the household at a transfer: its own change to that place, or why it cannot go yet."""

    award: Award
    change: ChangeCase | None
    words: str
    ready: bool


def going(change: ChangeCase) -> list[Going]:
    """Every running award of the household of a decided transfer, and whether it goes where this one goes."""
    rows = Award.objects.filter(household=change.award.household_id, end_month="").order_by("id")
    awards = list(rows.select_related("township"))
    wanted = ChangeCase.objects.filter(award__in=awards).select_related("to_village").order_by("id")
    found: dict[int, list[ChangeCase]] = {}
    for row in wanted:
        found.setdefault(row.award_id, []).append(row)
    return [_going(award, found.get(award.pk, []), change) for award in awards]


def _going(award: Award, rows: list[ChangeCase], change: ChangeCase) -> Going:
    mine = next((row for row in rows if row.state == ChangeState.MOVING), None)
    if mine is not None and mine.to_village_id == change.to_village_id:
        return Going(award, mine, "已决定转出，一并接收", True)
    if award.village_id == change.to_village_id:
        return Going(award, None, "已在迁入地", True)
    if mine is not None and mine.to_village is not None:
        return Going(award, mine, f"决定转往{mine.to_village.name}，与本件不一致", False)
    busy = next((row for row in rows if row.state in set(map(str, OPEN))), None)
    if busy is not None:
        event, state = ChangeEvent(busy.event), ChangeState(busy.state)
        return Going(award, busy, f"“{event.label}”{state.label}", False)
    kept = [row for row in rows if row.event == ChangeEvent.TRANSFER and row.effect == ChangeEffect.UNCHANGED]
    return Going(award, None, "决定不转，须另行登记迁移" if kept else "还没有登记迁移", False)


def check_same_place(change: ChangeCase, entry: FindingEntry) -> None:
    """Refuse another place than the one that a transfer of the household's other awards goes to."""
    others = ChangeCase.objects.filter(
        award__household=change.award.household_id, event=str(ChangeEvent.TRANSFER), effect=str(ChangeEffect.TRANSFER),
        state__in=[str(state) for state in OPEN],
    ).exclude(pk=change.pk)  # fmt: skip
    row = others.select_related("to_village", "award").order_by("id").first()
    if row is None:
        return
    to = row.to_village_id or ""
    if entry.to_village != to:
        place = f"{offices.area(str(to)[:9]).name}{offices.area(str(to)).name}" if to else row.to_place
        words = (
            f"本户的{Programme(row.award.programme).label}已核定迁往{place}。一户的户籍地只有一个，请填写同一处，"
            "或者先更正那一件。"
        )
        raise Refused(words, "to_village", 422, "to_village")


@office_act("receive_transfer")
def receive_one(walk: Walk, *, ref: str, version: int | None = None) -> ChangeCase:
    """Receive one award, within :func:`receive_transfer`. Raises Refused until each running award has its decision."""
    rows = ChangeCase.objects.select_related(*SHOWN).select_for_update(of=("self",))
    change = gate.fetch(walk.officer, rows, ref)
    if change.state != ChangeState.MOVING or (version is not None and version != change.version):
        raise Refused(
            f"本件现为“{ChangeState(change.state).label}”，不能（或不再需要）接收。请刷新页面。", "overtaken", 409
        )
    village = change.to_village
    if village is None or not walk.officer.holds(set(walk.row.roles) & TOWNSHIP_ROLES, str(village.parent_id)):
        raise Refused("转入由迁入地乡街的经办人员或者负责人接收，您的岗位不能办理。", "wrong_role", 403)
    looking.check_unrelated([change.award], walk.officer.staff)
    _check_all(change)
    basis = versions.Basis(ChangeCase.KIND, change.ref, walk.on, walk.officer.staff.pk)
    applying.move_in(change, basis, change.from_month)
    told = Paper.objects.filter(
        subject_kind=ChangeCase.KIND, subject_ref=change.ref, code=decision_papers.NOTICE
    ).exists()
    if told:
        # The amount is another one here: the notice is served by the place where the household now is.
        move(walk, change, ChangeState.DECIDED)
    else:
        move(walk, change, ChangeState.CLOSED, closed_on=walk.on)
    walk.note(to=village.code, from_month=change.from_month)
    return change


def _check_all(change: ChangeCase) -> None:
    left = [row for row in going(change) if not row.ready]
    if left:
        words = "；".join(f"{_name(row.award)}{row.words}" for row in left)
        raise Refused(
            f"本户还有保障没有决定转到这里：{words}。一户的户籍地只有一个，各项保障一起接收。请迁出地先办结，再接收。",
            "not_all_decided",
            409,
        )


def _name(award: Award) -> str:
    return "单人保" if award.single else SHORT[Programme(award.programme)]


def receive_transfer(officer: Officer, *, ref: str, version: int | None = None) -> ChangeCase:
    """Take the household over: every running award whose transfer to this place is decided, in one transaction.

    Raises whatever receiving one of them refuses; then nothing is received at all.
    """
    with transaction.atomic():
        change = receive_one(officer, ref=ref, version=version)
        rest = ChangeCase.objects.filter(
            award__household=change.award.household_id, state=str(ChangeState.MOVING), to_village=change.to_village_id
        )
        for row in rest.order_by("id"):
            receive_one(officer, ref=row.ref)
    return change
