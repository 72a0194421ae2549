"""A household on assistance and the steps of a change, for the tests of changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.rooms.examined import World, add_member, examined, household
from tests.rooms.test_awards import approved
from yimen.base.access.models import UsedCode
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.awards import acts, change_queries as changes, versions
from yimen.casework.awards.changes.entries import DecisionEntry, FindingEntry, ReportEntry, ServiceEntry, ViewsEntry
from yimen.casework.awards.consistency import out_of_step
from yimen.casework.awards.models import Award, AwardPerson, ChangeCase, LedgerRun
from yimen.law.aftercare.history import due_in
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import now, today
from yimen.law.rules.tekun_amount import reckon_standing
from yimen.law.terms import SelfCare, SupportForm

Travel = Callable[[date], None]
LATER = date(2027, 1, 20)


def family(world: World, travel: Travel) -> Award:
    """A grandmother of 76 with a pension, her grown son without income, her grandchild of 11; on assistance from 2026-12."""
    case = examined(world)
    add_member(world, case, "王建国", date(1985, 2, 3), "child", can_live_independently=False, work_capacity="lost")
    add_member(
        world, case, "王小雨", date(2015, 9, 6), "grandchild", long_co_resident=True, can_live_independently=False,
        work_capacity="none",
    )  # fmt: skip
    award = approved(world, case, travel)
    travel(LATER)
    return award


def ref_of(award: Award, name: str) -> str:
    """The reference of a member by name."""
    return str(award.household.memberships.get(person__name=name).person.ref)


def reported(world: World, award: Award, event: str, *, by: str = "陈经办", **more: Any) -> ChangeCase:
    """A change as it is registered."""
    entry = ReportEntry(
        event=event, since=more.pop("since", today()), source=more.pop("source", "village"),
        reported_by=more.pop("reported_by", "李协理"), statement=more.pop("statement", "村里走访时了解到的情况。"), **more,
    )  # fmt: skip
    return acts.report_change(world.officer(by), award_ref=award.ref, report=entry)


def established(world: World, change: ChangeCase, *, by: str = "陈经办", **more: Any) -> ChangeCase:
    """Taken up if need be, and established."""
    if change.state == "reported":
        acts.take_up_change(world.officer(by), ref=change.ref)
    entry = FindingEntry(reasons=more.pop("reasons", "看了材料，问了本人。"), **more)
    return acts.record_change_findings(world.officer(by), ref=change.ref, finding=entry)


def heard(world: World, change: ChangeCase, *, by: str = "陈经办", **more: Any) -> ChangeCase:
    """The household heard at home by two, without an objection unless told otherwise."""
    given: dict[str, Any] = {
        "how": "in_person", "heard_on": today(), "who": change.award.household.head.name, "place": "本人家中",
        "view": "agrees", "said": "听明白了，没有意见。",
        "officers": [world.staff[name].ref for name in ("陈经办", "李协理")],
    }  # fmt: skip
    return acts.hear_views(world.officer(by), ref=change.ref, views=ViewsEntry(**{**given, **more}))


def decided(world: World, change: ChangeCase, *, by: str = "赵负责", **more: Any) -> ChangeCase:
    """Handed to the leader and decided."""
    if change.state != "deciding":
        acts.submit_change(world.officer("陈经办"), ref=change.ref)
    UsedCode.objects.all().delete()
    entry = DecisionEntry(more.pop("reasons", "情况属实，同意。"), more.pop("others", "低保边缘家庭：可以申请认定。"))
    return acts.decide_change(world.officer(by), ref=change.ref, decision=entry, code=world.code(by))


def served(world: World, change: ChangeCase) -> ChangeCase:
    """The notice handed over."""
    entry = ServiceEntry("直接送达", today(), change.award.household.head.name, "本人签收")
    return acts.serve_change_notice(world.officer("陈经办"), ref=change.ref, service=entry)


def incomes(award: Award) -> dict[str, int]:
    """The stored incomes by label."""
    return {row.label: row.amount_fen for row in changes.basis_of(award, today()).facts.incomes}


def income_ref(award: Award) -> str:
    """The reference of the first stored income."""
    return changes.basis_of(award, today()).facts.incomes[0].ref


def in_step() -> None:
    """The columns of every award say what its last version says."""
    assert out_of_step() == []


def due(award: Award, *months: str) -> list[int]:
    """What is due in these months by the history."""

    rows = list(award.versions.all())
    return [due_in(rows, month) for month in months]


def supported(world: World, travel: Travel, *, level: str = "able", form: str = "at_home") -> Award:
    """An old woman alone on 特困 since 2025-12, taken over with her level and form of support."""
    home = household(world, name="李德厚")
    office = world.staff["陈经办"].office
    run = LedgerRun.objects.create(
        township_id=home.township_id, office=office, programme="tekun", state="done", file_name="特困.xlsx",
        file_sha256="0" * 64, proposed_by=world.staff["陈经办"], proposed_at=now(),
    )  # fmt: skip
    travel(LATER)
    found = reckon_standing(
        SelfCare(level),
        SupportForm(form),
        home.head.ref,
        figures.book(),
        offices.scopes(home.village_id),
        today(),
        True,
    )
    award = Award.objects.create(
        number="T安澜青禾特困〔2025〕1号", household=home, origin="ledger", run=run, programme="tekun",
        township_id=home.township_id, village_id=home.village_id, monthly_fen=found.amount_fen, self_care=level,
        support_form=form, start_month="2025-12", recertify_on=date(2027, 12, 1),
    )  # fmt: skip
    person = AwardPerson.objects.create(award=award, person=home.head, programme="tekun")
    basis = versions.Basis("ledger_run", run.ref, date(2025, 12, 1))
    versions.open_history([(award, [(person.person_id, 0)], True)], AwardCause.TAKEN_OVER, basis)
    return award
