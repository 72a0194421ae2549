"""What every act on temporary relief does: take the case, stay clear of relatives, keep papers, book, move on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yimen.base.access import gate
from yimen.base.access.officer import TOWNSHIP_ROLES
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.casework.households.models import Person
from yimen.casework.payments.funds.posting import Basis, Entry, book
from yimen.casework.payments.models import ReliefCase, ReliefPapers
from yimen.law.calendar import month_of
from yimen.law.money import Fen
from yimen.law.payments.funds import FundAccount, FundProgramme
from yimen.law.payments.relief import (
    ReliefState,
)

_SHOWN = ("person", "household", "township", "village", "registered_by", "account")


def unrelated(walk: Walk, person: Person) -> None:
    """Nobody works on the relief of himself or of a close relative (K18)."""
    staff = walk.officer.staff
    kin = offices.kin_of_staff([person.identity_index]).filter(staff=staff).exists()
    if kin or staff.identity_index == person.identity_index:
        raise Refused("您应当回避：申请人是您本人或者您的近亲属。请由其他人员办理。", "recused", 403)


def keep_papers(walk: Walk, case: ReliefCase, names: Sequence[str], words: str) -> None:
    """The papers at hand, and when they were complete."""
    ReliefPapers.objects.create(case=case, papers=list(names), words=words, by=walk.officer.staff, on=walk.on)
    case.papers_on = walk.on
    ReliefCase.objects.filter(pk=case.pk).update(papers_on=walk.on)


def post(
    walk: Walk, case: ReliefCase, fen: Fen, kind: str, debit: FundAccount, credit: FundAccount, words: str
) -> None:
    """One movement of the reserve, in the transaction of the act. Raises Refused where it does not hold the amount."""
    entry = Entry(kind, debit, credit, fen, FundProgramme.TEMPORARY, case.township_id, urban=case.urban)
    basis = Basis(kind, case.ref, month_of(walk.on), walk.on, words, walk.officer.staff)
    book(case.township_id[:6], basis, [entry])


def taken(walk: Walk, ref: str, states: Sequence[ReliefState], version: int | None = None) -> ReliefCase:
    """The case of an act, locked, in a state from which the act goes, by somebody with a post there who is no relative."""
    case = gate.fetch(walk.officer, ReliefCase.objects.select_related(*_SHOWN), ref, lock=True)
    state = ReliefState(case.state)
    if state not in states or (version is not None and version != case.version):
        raise Refused(
            f"{case.person.name}的临时救助现为“{state.label}”，这次的“{walk.row.label}”没有生效。请刷新页面后再办理。",
            "overtaken",
        )
    roles = set(walk.row.roles)
    here = walk.officer.holds(roles & TOWNSHIP_ROLES, case.township_id)
    if not here and not walk.officer.holds(roles - TOWNSHIP_ROLES, case.township_id[:6]):
        raise Refused(f"{case.township.name}的临时救助由当地办理，您的岗位不能办理。", "wrong_role", 403)
    unrelated(walk, case.person)
    return case


def move(walk: Walk, case: ReliefCase, state: ReliefState, **facts: Any) -> ReliefCase:
    """To another state, with the record of the act."""
    case.state, case.version = state, case.version + 1
    case.save()
    walk.note(subject=(ReliefCase.KIND, case.ref), state=str(state), **facts)
    return case
