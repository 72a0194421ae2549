"""Holding payment back, and freeing it by a second person. The entitlement stays as it is (statistics.md §3).

A reported death needs no hold of its own: while its case is open the award waits by that fact (:func:`hold_queries.held`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.refs import new_ref
from yimen.casework.awards.models import Award
from yimen.casework.awards.recertify import looking
from yimen.casework.payments.models import Hold
from yimen.law.calendar import now, today
from yimen.law.payments.holds import HoldKind

BY_HAND = "officer"
_PORTION = 500


@dataclass(frozen=True)
class Placing:
    """One hold to be placed: on which award (its number in the database), why, on what basis, in which words."""

    award: int
    kind: HoldKind
    basis_kind: str
    basis_ref: str
    words: str


def place(officer: Officer, placings: Iterable[Placing]) -> list[Hold]:
    """Hold many awards, each on its own basis, in two statements a portion of 500; the rows that are new.

    Within the act of another room: it has checked the officer and writes the entry. An award that a basis has held once,
    also if it was freed since, is left as it is, so that carrying on after an interruption changes nothing.
    """
    wanted = {(row.award, row.basis_kind, row.basis_ref): row for row in placings}
    made: list[Hold] = []
    keys = list(wanted)
    for start in range(0, len(keys), _PORTION):
        portion = keys[start : start + _PORTION]
        rows = Hold.objects.filter(award_id__in={key[0] for key in portion}).order_by()
        known = set(rows.values_list("award_id", "basis_kind", "basis_ref"))
        fresh = [_row(officer, wanted[key]) for key in portion if key not in known]
        made += Hold.objects.bulk_create(fresh, ignore_conflicts=True)
    return made


def _row(officer: Officer, placing: Placing) -> Hold:
    return Hold(
        award_id=placing.award, kind=placing.kind, basis_kind=placing.basis_kind, basis_ref=placing.basis_ref,
        words=placing.words, placed_by=officer.staff, placed_on=today(), placed_at=now(),
    )  # fmt: skip


def hold(
    by: Walk | Officer, awards: Iterable[Award], *, kind: HoldKind, basis_kind: str, basis_ref: str, words: str
) -> list[Hold]:
    """Hold these awards on one basis; the rows that are new. See :func:`place`."""
    officer = by.officer if isinstance(by, Walk) else by
    return place(officer, [Placing(award.pk, kind, basis_kind, basis_ref, words) for award in awards])


@office_act("place_hold")
def place_hold(walk: Walk, *, award: str, kind: str, words: str) -> Hold:
    """An officer of the township stops payment of an award. Raises Refused at the field; one open hold by hand and kind."""
    row = gate.fetch(walk.officer, Award.objects.select_related("household__head"), award, lock=True)
    _check_here(walk, [row])
    if row.end_month or row.voided_on:
        raise Refused(f"{row.household.head.name}家庭的保障已停止，没有要暂缓的发放。", "ended")
    if kind not in {str(each) for each in HoldKind}:
        raise Refused("请选择暂缓发放的原因。", "missing", 422, "kind")
    plain = _text(words, "words", "具体情况")
    chosen = HoldKind(kind)
    if Hold.objects.filter(award=row, kind=chosen, basis_kind=BY_HAND, freed_at__isnull=True).exists():
        raise Refused(f"{row.household.head.name}家庭已因“{chosen.label}”暂缓发放，还没有解除。", "open")
    made = place(walk.officer, [Placing(row.pk, chosen, BY_HAND, new_ref(), plain)])[0]
    walk.note(subject=(Hold.KIND, made.ref), award=row.ref, kind=kind)
    return made


@office_act("free_hold")
def free_hold(walk: Walk, *, refs: Sequence[str], reason: str) -> list[Hold]:
    """Free payment again, by another person than the one who held it, with the reason. All of them or none."""
    plain = _text(reason, "reason", "解除的理由")
    if not refs:
        raise Refused("请勾选要解除的家庭。", "missing", 422, "refs")
    rows = [_to_free(walk, ref) for ref in sorted(set(refs))]
    awards = [row.award for row in rows]
    _check_here(walk, awards)
    for row in rows:
        row.freed_by, row.freed_on, row.freed_at, row.freed_reason = walk.officer.staff, walk.on, now(), plain
    Hold.objects.bulk_update(rows, ["freed_by", "freed_on", "freed_at", "freed_reason"])
    walk.note(subject=(Hold.KIND, rows[0].ref), awards=[award.ref for award in awards], reason=plain)
    return rows


def _to_free(walk: Walk, ref: str) -> Hold:
    row = gate.fetch(walk.officer, Hold.objects.select_related("award__household__head", "placed_by"), ref, lock=True)
    name = row.award.household.head.name
    if not row.open:
        raise Refused(f"{name}家庭的这一项暂缓已经解除，请刷新页面。", "overtaken")
    if row.placed_by_id == walk.officer.staff.pk:
        raise Refused(
            f"{name}家庭的暂缓由您本人登记，须由另一人核实后解除（登记与解除须由不同的人办理）。", "separation", 403
        )
    return row


def _check_here(walk: Walk, awards: Sequence[Award]) -> None:
    roles = set(walk.row.roles) & TOWNSHIP_ROLES
    for award in awards:
        if not walk.officer.holds(roles, award.township_id):
            raise Refused("暂缓发放由当地乡街的经办人员和负责人办理，您的岗位不能办理。", "wrong_role", 403)
    looking.check_unrelated(awards, walk.officer.staff)


def _text(value: str, field: str, label: str) -> str:
    plain = (value or "").strip()
    if not plain:
        raise Refused(f"请填写{label}，留给下一个核实的人看。", "missing", 422, field)
    if len(plain) > 300:
        raise Refused(f"{label}最多 300 字，现有 {len(plain)} 字，请精简。", "too_long", 422, field)
    return plain
