"""The change of a household's account: two persons, the holder's match, the freeze window, the letter, the warnings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.rooms.ledgers import code, families, take
from tests.rooms.world import TOWNSHIP, World
from yimen.base.access import guards
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.offices.models import Staff
from yimen.base.papers.models import Paper
from yimen.base.record import desk as record
from yimen.base.sealed import blind_index
from yimen.casework.awards import acts as changing, ledger_export, queries as awards
from yimen.casework.awards.changes.entries import DecisionEntry, FindingEntry, ReportEntry
from yimen.casework.awards.models import Award
from yimen.casework.households import queries as households
from yimen.casework.households.entries import AccountEntry
from yimen.casework.households.models import BankAccount
from yimen.casework.payments import acts, queries
from yimen.casework.payments.accounts.entries import AccountProposal
from yimen.casework.payments.models import AccountChange
from yimen.law.payments.accounts import first_used
from yimen.law.terms import Role

NUMBER = "9900000000000077777"
EARLY = date(2026, 11, 5)


@pytest.fixture
def some(world: World) -> list[Award]:
    take(world, families(world, 4))
    return list(awards.running(world.handler()).order_by("id"))


def entry(award: Award, **more: Any) -> AccountProposal:
    given = {
        "bank": "示例农村商业银行", "number": NUMBER, "again": NUMBER, "reason": "原存折遗失，换卡。",
        "member": award.household.head.ref,
    }  # fmt: skip
    return AccountProposal(**{**given, **more})


def proposed(world: World, award: Award, **more: Any) -> AccountChange:
    return acts.propose_account(world.handler(), award=award.ref, entry=entry(award, **more))


def confirmed(world: World, change: AccountChange, words: str = "") -> AccountChange:
    head = world.head()
    return acts.confirm_account(head, ref=change.ref, words=words, code=code(head))


def test_one_proposes_another_confirms_and_the_district_tells(
    world: World, some: list[Award], travel: Callable[[date], None]
) -> None:
    travel(EARLY)
    award, old = some[0], BankAccount.objects.get(household=some[0].household)
    change = proposed(world, award)
    assert BankAccount.objects.filter(household=award.household).count() == 1, "nothing changed yet"
    with pytest.raises(Refused, match="待复核"):
        proposed(world, award, number=NUMBER[:-1] + "8", again=NUMBER[:-1] + "8")
    change = confirmed(world, change)
    old.refresh_from_db()
    new = BankAccount.objects.get(household=award.household, to_on=None)
    assert (change.first_used, old.to_on, new.from_on, new.number) == (EARLY, EARLY, EARLY, NUMBER)
    paper = Paper.objects.get(code="account_letter")
    assert NUMBER not in str(paper.data) and "尾号7777" in str(paper.data)
    entries = record.entries_of("account_change", change.ref)
    assert NUMBER not in "".join(str(row.facts) for row in entries)
    assert queries.letters_to_send(world.at_district(Role.SUPERVISOR)) == 1
    with pytest.raises(Refused, match="您的岗位不能办理"):
        acts.send_account_letters(world.head(), refs=[change.ref])
    acts.send_account_letters(world.at_district(Role.SUPERVISOR), refs=[change.ref])
    assert queries.letters_to_send(world.at_district(Role.SUPERVISOR)) == 0


def test_the_second_person_is_another_in_code_and_database(world: World, some: list[Award]) -> None:
    head = world.head()
    change = acts.propose_account(head, award=some[0].ref, entry=entry(some[0]))
    with pytest.raises(Refused, match="须由另一人复核"):
        acts.confirm_account(head, ref=change.ref, code=code(head))
    with pytest.raises(Refused, match="岗位不能办理"):
        acts.confirm_account(world.handler(), ref=change.ref)
    for officer in (world.officer(TOWNSHIP, Role.CASHIER), world.aide()):
        with pytest.raises((Refused, Unknown)):
            acts.propose_account(officer, award=some[1].ref, entry=entry(some[1]))
    change.decided_by, change.state = change.proposed_by, "refused"
    with pytest.raises(IntegrityError), transaction.atomic():
        change.save()


def test_inside_the_window_it_waits_for_next_month(
    world: World, some: list[Award], travel: Callable[[date], None]
) -> None:
    change = confirmed(world, proposed(world, some[0]))
    assert change.first_used == date(2026, 12, 1)
    home = some[0].household
    old = BankAccount.objects.get(household=home, to_on=date(2026, 12, 1))
    assert old.number != NUMBER
    assert households.account_now_and_later(home) == (old, change.made)
    assert households.accounts_of([home.pk]) == {home.pk: old}
    assert ledger_export.ledger_rows([some[0]])[0]["account"] == old.number, "it is paid there until the day"
    with pytest.raises(Refused, match="与现在的发放账户相同"):
        proposed(world, some[0])
    travel(date(2026, 12, 1))
    assert households.account_now_and_later(home) == (change.made, None)
    assert households.accounts_of([home.pk]) == {home.pk: change.made}


@pytest.mark.parametrize(
    ("on", "cut_off", "days", "first"),
    [
        ((2026, 11, 15), 26, 10, (2026, 11, 15)),
        ((2026, 11, 16), 26, 10, (2026, 12, 1)),
        ((2026, 11, 25), 26, 0, (2026, 12, 1)),
        ((2026, 11, 24), 26, 0, (2026, 11, 24)),
        ((2026, 11, 27), 26, 10, (2026, 12, 1)),
        ((2026, 12, 20), 26, 10, (2027, 1, 1)),
        ((2026, 11, 2), 26, None, (2026, 12, 1)),
        ((2026, 11, 2), None, 10, (2026, 12, 1)),
    ],
)
def test_the_window(on: Any, cut_off: Any, days: int | None, first: Any) -> None:
    day = date(*on)
    assert first_used(day, day.replace(day=cut_off) if cut_off else None, days) == date(*first)


@pytest.mark.parametrize(
    ("field", "more", "said"),
    [
        ("number", {"number": "12345"}, "12 至 22 位"),
        ("again", {"again": NUMBER[:-1] + "8"}, "两次输入的账号不一样"),
        ("member", {"member": "nobody"}, "不是本户现在的成员"),
        ("holder", {"member": ""}, "姓名"),
        ("bank", {"bank": " "}, "请填写开户银行"),
        ("reason", {"reason": ""}, "请填写变更的原因"),
    ],
)
def test_bad_entries_are_told_at_their_field(
    world: World, some: list[Award], field: str, more: dict[str, str], said: str
) -> None:
    with pytest.raises(Refused, match=said) as told:
        proposed(world, some[0], **more)
    assert (told.value.status, told.value.field) == (422, field)
    assert AccountChange.objects.count() == 0


def test_what_is_to_be_looked_at_needs_words(world: World, some: list[Award]) -> None:
    other = BankAccount.objects.get(household=some[1].household)
    clerk = Staff.objects.get(pk=world.handler(number=1).staff.pk)
    assert clerk.identity_index == blind_index("identity", str(clerk.identity))
    with pytest.raises(Refused, match="凭什么代领"):
        proposed(world, some[0], member="", holder=clerk.name, identity=clerk.identity)
    change = proposed(
        world, some[0], number=other.number, again=other.number, member="", holder=clerk.name, identity=clerk.identity,
        authority="委托书 2026-11-20",
    )  # fmt: skip
    assert change.warnings == ["shared", "staff", "outside"]
    with pytest.raises(Refused, match="请填写核实情况"):
        confirmed(world, change)
    acts.refuse_account(world.head(), ref=change.ref, words="户名是本街道工作人员，不同意。")
    assert [row.state for row in queries.changes_of(world.handler(), some[0].household_id)] == ["refused"]
    assert not BankAccount.objects.filter(household=some[0].household, number_index=other.number_index).exists()


def test_taken_back_stays_in_the_history(world: World, some: list[Award]) -> None:
    change = proposed(world, some[0])
    with pytest.raises(Refused, match="请由本人撤回"):
        acts.withdraw_account(world.head(), ref=change.ref, words="看错了")
    acts.withdraw_account(world.handler(), ref=change.ref, words="账号抄错。")
    with pytest.raises(Refused, match="现为“已撤回”"):
        confirmed(world, change)
    assert queries.account_changes(world.at_district(Role.SUPERVISOR)).count() == 1
    assert queries.account_changes(world.handler("990101002")).count() == 0


def test_a_decided_change_of_account_goes_the_same_way(world: World, some: list[Award]) -> None:
    """Reported, established and decided in the room of changes: the window, the district's list and the letter hold there too."""
    clerk, head, award = world.handler(), world.head(), some[0]
    report = ReportEntry("account", date(2026, 11, 20), "household", "本人", "换了新卡。")
    change = changing.report_change(clerk, award_ref=award.ref, report=report)
    changing.take_up_change(clerk, ref=change.ref)
    outside = AccountEntry("外人甲", "示例银行", NUMBER)
    with pytest.raises(Refused, match="不是本户现在的成员"):
        changing.record_change_findings(clerk, ref=change.ref, finding=FindingEntry("看了新卡。", account=outside))
    own = AccountEntry(award.household.head.name, "示例银行", NUMBER)
    changing.record_change_findings(clerk, ref=change.ref, finding=FindingEntry("看了新卡。", account=own))
    changing.submit_change(clerk, ref=change.ref)
    changing.decide_change(head, ref=change.ref, decision=DecisionEntry("同意。", ""), code=code(head))
    [row] = queries.account_changes(world.at_district(Role.SUPERVISOR))
    assert (row.state, row.first_used, row.proposed_by, row.decided_by) == (
        "confirmed", date(2026, 12, 1), clerk.staff, head.staff,
    )  # fmt: skip
    assert BankAccount.objects.get(household=award.household, to_on=None).from_on == date(2026, 12, 1)
    assert Paper.objects.filter(code="account_letter").count() == 1


def test_without_the_rules_of_accounts_nothing_is_decided(
    world: World, some: list[Award], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(guards.CONSEQUENCES, "account_changed")
    with pytest.raises(Refused, match="系统缺少发放账户的登记"):
        test_a_decided_change_of_account_goes_the_same_way(world, some)
