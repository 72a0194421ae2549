"""Acts that issue the papers of a frozen roll. Each paper once: what was issued comes back as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.base.papers import desk
from yimen.base.papers.models import Paper
from yimen.casework.payments import roll_queries, roll_reading as reading
from yimen.casework.payments.models import PayLine, Roll
from yimen.casework.payments.rosters import rows, slips
from yimen.law.calendar import as_moment
from yimen.law.payments.terms import LeftOut, RollKind, RollState
from yimen.law.terms import ANY_MARK, OfficeKind, Programme

ROSTER, SUMMARY, SLIP = "payment_roster", "payment_summary", "payment_slip"
LINE_KIND = "pay_line"
MOST = 500
"""Slips of one act."""


def _frozen(walk: Walk, ref: str) -> Roll:
    roll = roll_queries.roll(walk.officer, ref)
    if not walk.officer.holds(set(walk.row.roles), str(roll.area_id)):
        raise Refused("名册的文书由本乡街的人员制发。", "wrong_role", 403)
    if roll.state != RollState.DONE:
        raise Refused(f"名册现为“{RollState(roll.state).label}”，冻结以后才能制发文书。", "wrong_state")
    if wrong := roll_queries.tampered(roll):
        raise Refused(f"名册冻结后有 {len(wrong)} 行与冻结时不一致，不能制发。请告知系统管理员。", "edited")
    return roll


@office_act("issue_roster")
def issue_roster(walk: Walk, *, ref: str) -> list[Paper]:
    """The summary and the roster, by programme in volumes of 500 lines; issued once."""
    roll = _frozen(walk, ref)
    known = list(desk.papers_of(Roll.KIND, roll.ref))
    if known:
        walk.note(subject=(Roll.KIND, roll.ref), papers=[paper.number for paper in known])
        return known
    lines = list(rows.warned(reading.lines(walk.officer, roll), roll))
    signed = _signed(roll)
    sheets = [(SUMMARY, {**_summary(walk, roll, lines), **signed})]
    sheets += [(ROSTER, {**volume, **signed}) for volume in _volumes(roll, lines)]
    office = offices.office_of(str(roll.area_id), OfficeKind.TOWNSHIP)
    made = walk.issue_about(
        [(code, desk.About(Roll.KIND, roll.ref, roll.pk, data), ANY_MARK) for code, data in sheets], office
    )
    walk.note(subject=(Roll.KIND, roll.ref), papers=[paper.number for paper in made], lines=roll.lines_digest)
    return made


def _head(roll: Roll, lines: Sequence[Any]) -> dict[str, Any]:
    return {
        "township": roll.area.name,
        "month": roll.month,
        "kind": RollKind(roll.kind).label,
        "count": len(lines),
        "persons": sum(line.persons for line in lines),
        "total": sum(line.total_fen for line in lines),
        "digest": roll.lines_digest.removeprefix("sha256:")[:16],
    }


def _signed(roll: Roll) -> dict[str, Any]:
    """The three persons of the roll, each with the day."""
    named = (
        ("maker", roll.proposed_by, roll.submitted_at), ("approver", roll.approved_by, roll.approved_at),
        ("releaser", roll.released_by, roll.released_at),
    )  # fmt: skip
    return {
        key: {"person": person.name if person else "", "date": as_moment(at).date() if at else None}
        for key, person, at in named
    }


def _summary(walk: Walk, roll: Roll, lines: Sequence[Any]) -> dict[str, Any]:
    sums = [
        {"programme": Programme(row["programme"]).label, "area": "城市" if row["urban"] else "农村",
         "households": row["households"], "persons": row["people"],
         **{name.removesuffix("_fen"): row[f"sum_{name}"] for name in reading.SUMS}}
        for row in reading.totals(walk.officer, roll)
    ]  # fmt: skip
    outs = [
        {"head": line.award.household.head.name, "village": line.village.name, "number": line.award.number,
         "why": LeftOut(line.left_out).label}
        for line in reading.left_out(walk.officer, roll)
    ]  # fmt: skip
    return {**_head(roll, lines), "left": len(outs), "rows": sums, "outs": outs}


def _volumes(roll: Roll, lines: Sequence[Any]) -> list[dict[str, Any]]:
    made, codes = list(rows.volumes(lines)), rows.ItemCodes(roll)
    return [
        {**_head(roll, part), "programme": Programme(programme).label, "part": f"第{number}册，共{len(made)}册",
         "rows": [rows.row(line, codes) for line in part]}
        for number, (programme, part) in enumerate(made, 1)
    ]  # fmt: skip


@office_act("issue_slips")
def issue_slips(walk: Walk, *, ref: str, village: str = "", award: str = "") -> list[Paper]:
    """A slip for each household of a roll, or of one village, or for one award: the amount, of what it is made, why it changed.

    At most MOST at a time; who has one already keeps it, and it comes back with the others.
    """
    roll = _frozen(walk, ref)
    found = reading.lines(walk.officer, roll)
    found = found.filter(village=village) if village else found
    found = found.filter(award__ref=award) if award else found
    lines = list(rows.warned(found, roll)[:MOST])
    if not lines:
        raise Refused("名册里没有这样的家庭，请刷新页面。", "nothing", 422)
    known = slips.issued([line.ref for line in lines])
    office = offices.office_of(str(roll.area_id), OfficeKind.TOWNSHIP)
    fresh: list[PayLine] = [line for line in lines if line.ref not in known]
    made = walk.issue_about(
        [(SLIP, desk.About(LINE_KIND, line.ref, line.pk, slips.data(walk, line, office)), ANY_MARK) for line in fresh],
        office,
    ) if fresh else []  # fmt: skip
    walk.note(subject=(Roll.KIND, roll.ref), month=roll.month, slips=len(made), before=len(known))
    return [*known.values(), *made]
