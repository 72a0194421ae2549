"""Reversing rows of a ledger that were taken in: only where nothing has been built on them since.

A reversal ends and restores, it deletes nothing: an award taken over by mistake stays with its number, marked void.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yimen.casework.applications.models import Application
from yimen.casework.awards import versions
from yimen.casework.awards.changes import money
from yimen.casework.awards.ending import close_open
from yimen.casework.awards.ledgers.taking import Trace, correct_awards
from yimen.casework.awards.models import Award, AwardPerson, AwardVersion
from yimen.casework.households import enrolling
from yimen.casework.households.models import BankAccount, Household, Membership, Obligor
from yimen.law.aftercare.terms import AwardCause, AwardPhase
from yimen.law.calendar import month_of
from yimen.law.terms import Programme

_NEVER = "9999-12"


@dataclass
class Standing:
    """How what was written stands today."""

    awards: dict[int, Award] = field(default_factory=dict)
    covers: dict[int, AwardPerson] = field(default_factory=dict)
    memberships: dict[int, Membership] = field(default_factory=dict)
    in_home: dict[int, set[int]] = field(default_factory=dict)
    housed: set[int] = field(default_factory=set)
    accounts: dict[int, BankAccount] = field(default_factory=dict)
    homes: dict[int, Household] = field(default_factory=dict)
    applied: set[int] = field(default_factory=set)
    obliged: set[int] = field(default_factory=set)
    assisted: dict[int, int] = field(default_factory=dict)
    run: str = ""
    rests_on: dict[int, str] = field(default_factory=dict)
    since: dict[int, str] = field(default_factory=dict)
    paid: dict[int, str] = field(default_factory=dict)
    leaned_on: set[int] = field(default_factory=set)


def _all(traces: Sequence[Trace], *names: str) -> list[int]:
    return [pk for trace in traces for name in names for pk in trace.get(name, [])]


def look(traces: Sequence[Trace], run: str) -> Standing:
    """Fetch what these traces of a run touched."""
    there = Standing(run=run, rests_on=versions.last_basis(trace["award"] for trace in traces))
    homes = [trace["home"] for trace in traces]
    there.awards = Award.objects.in_bulk([trace["award"] for trace in traces])
    written = AwardVersion.objects.filter(award__in=there.awards, basis_ref=run).order_by("-seq")
    there.since, there.paid = dict(written.values_list("award", "from_month")), money.last_paid_of(there.awards)
    there.covers = AwardPerson.objects.in_bulk(_all(traces, "covered", "uncovered"))
    related = [pk for trace in traces for pk, _, _ in trace.get("relations", [])]
    there.memberships = Membership.objects.in_bulk([*_all(traces, "joined", "left"), *related])
    for pk, home in Membership.objects.filter(household__in=homes, to_on__isnull=True).values_list("pk", "household"):
        there.in_home.setdefault(home, set()).add(pk)
    left = [there.memberships[pk].person_id for pk in _all(traces, "left")]
    there.housed = set(
        Membership.objects.filter(person__in=left, to_on__isnull=True).order_by("id").values_list("person", flat=True)
    )
    uncovered = [there.covers[pk].person_id for pk in _all(traces, "uncovered")]
    again = AwardPerson.objects.filter(person__in=uncovered, active=True).order_by("id")
    there.assisted = dict(again.values_list("person", "award"))
    accounts = BankAccount.objects.filter(household__in=homes, to_on__isnull=True).order_by("id")
    there.accounts = {account.household_id: account for account in accounts}
    there.homes = Household.objects.in_bulk(homes)
    alone = Award.objects.filter(household__in=homes, single=True, end_month="", voided_on__isnull=True)
    there.leaned_on = set(alone.order_by("id").values_list("household", flat=True))
    fresh = [trace["home"] for trace in traces if trace["home_new"]]
    there.applied = set(
        Application.objects.filter(household__in=homes).order_by("id").values_list("household", flat=True)
    )
    there.obliged = set(Obligor.objects.filter(household__in=fresh).order_by("id").values_list("household", flat=True))
    return there


def built_on(trace: Trace, there: Standing) -> str:
    """Why a row cannot be reversed any more, in one sentence; empty where it can."""
    award, home = there.awards[trace["award"]], there.homes[trace["home"]]
    if award.voided_on or award.end_month:
        return "本户的保障已经停止或撤销。"
    if trace["home"] in there.applied and trace["home_new"]:
        return "本户导入后已提出申请。"
    if trace["home"] in there.obliged:
        return "本户导入后登记了赡养抚养义务人。"
    after = {**trace["award_facts"][1]}
    if any(_plain(getattr(award, column)) != value for column, value in after.items()):
        return "本户的类别、金额、月份或地址导入后又有变动。"
    if any(getattr(home, column) != value for column, value in trace.get("facts", [{}, {}])[1].items()):
        return "本户的住处或户主导入后又有变动。"
    if reason := _people_moved(trace, there):
        return reason
    account = there.accounts.get(trace["home"])
    if "account" in trace and (account is None or account.pk != trace["account"][0]):
        return "本户的领取账户导入后又有变动。"
    return _relied_on(trace, award, there)


def _relied_on(trace: Trace, award: Award, there: Standing) -> str:
    if there.rests_on.get(award.pk, there.run) != there.run:
        return "本户的保障导入后又有变更、暂停或标准调整。"
    if there.paid.get(award.pk, "") >= there.since.get(award.pk, _NEVER):
        return f"本户已按导入的内容发放到 {there.paid[award.pk]}，请按变更办理。"
    if trace["award_new"] and award.programme == Programme.EDGE and trace["home"] in there.leaned_on:
        return "本户还有单人保以这项边缘家庭认定为前提，请先办理单人保的变更。"
    return ""


def _people_moved(trace: Trace, there: Standing) -> str:
    joined = set(trace.get("joined", []))
    inside = there.in_home.get(trace["home"], set())
    related = all(there.memberships[pk].relation == word for pk, _, word in trace.get("relations", []))
    if not joined <= inside or (trace["home_new"] and inside != joined) or not related:
        return "本户成员导入后又有变动。"
    if any(there.memberships[pk].person_id in there.housed for pk in trace.get("left", [])):
        return "当时移出的成员已在另一户。"
    if any(not there.covers[pk].active for pk in trace.get("covered", [])):
        return "本户保障人口导入后又有变动。"
    if any(there.covers[pk].person_id in there.assisted for pk in trace.get("uncovered", [])):
        return "当时减去的保障人口已在另一户享受。"
    return ""


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def reverse(traces: Sequence[Trace], on: date, basis: versions.Basis) -> None:
    """End what the traces began and restore what they ended; the awards' histories say so."""
    AwardPerson.objects.filter(pk__in=_all(traces, "covered")).update(active=False)
    void = [trace["award"] for trace in traces if trace["award_new"]]
    Award.objects.filter(pk__in=void).update(voided_on=on, end_month=month_of(on), phase=AwardPhase.VOIDED)
    close_open(void, "台账导入已撤销", on)
    AwardPerson.objects.filter(pk__in=_all(traces, "uncovered")).update(active=True)
    correct_awards(
        {
            trace["award"]: trace["award_facts"][0]
            for trace in traces
            if not trace["award_new"] and trace["award_facts"][0]
        }
    )
    enrolling.leave(_all(traces, "joined"), on)
    enrolling.come_back(_all(traces, "left"))
    enrolling.relate({pk: old for trace in traces for pk, old, _ in trace.get("relations", [])})
    enrolling.move_homes({trace["home"]: trace["facts"][0] for trace in traces if "facts" in trace})
    enrolling.correct_phones({trace["phone"][0]: trace["phone"][1] or None for trace in traces if "phone" in trace})
    accounts = [trace["account"] for trace in traces if "account" in trace]
    enrolling.close_accounts([new for new, _ in accounts], on)
    enrolling.reopen_accounts([old for _, old in accounts if old])
    restored = [
        trace["award"] for trace in traces if trace["award_facts"][1] or "covered" in trace or "uncovered" in trace
    ]
    versions.restate(dict.fromkeys([*void, *restored]), AwardCause.LEDGER_UNDONE, basis)


def touched(traces: Sequence[Trace]) -> Mapping[str, list[int]]:
    """The awards that these traces opened and changed, for the record's digest."""
    return {
        "opened": [trace["award"] for trace in traces if trace["award_new"]],
        "changed": [trace["award"] for trace in traces if not trace["award_new"]],
    }
