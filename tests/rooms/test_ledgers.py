"""Taking over a ledger: what stands afterwards, what would change cell by cell, what cannot be taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import TODAY
from tests.rooms.ledgers import code, families, family, lines, person, proposed, take
from tests.rooms.world import TOWNSHIP, World
from yimen.base.access.refusal import Refused
from yimen.base.refs import seeded_refs
from yimen.casework.awards import acts, queries
from yimen.casework.awards.ledger_export import ledger_rows
from yimen.casework.awards.ledgers.entries import LedgerRow
from yimen.casework.awards.models import Award, AwardPerson, LedgerLine
from yimen.casework.households.models import BankAccount, Household, Membership, Person
from yimen.law.calendar import ZONE
from yimen.law.ledger import LEDGER_COLUMNS, AwardOrigin, LineState, RunState

Travel = Callable[[datetime], None]
NINE = datetime.combine(TODAY, datetime.min.time(), ZONE) + timedelta(hours=9)


def state_of(world: World, *rows: LedgerRow) -> list[str]:
    return [str(line.state) for line in lines(proposed(world, list(rows)))]


def only(world: World, *rows: LedgerRow) -> LedgerLine:
    """The last of the lines of a preview."""
    return lines(proposed(world, list(rows)))[-1]


def said(line: LedgerLine) -> str:
    return "；".join(sentence for _, sentence in line.problems)


# -- taking over -------------------------------------------------------------------------


def test_households_people_accounts_and_awards_stand_as_the_ledger_says(world: World) -> None:
    rows = families(world, 5)
    run = take(world, rows)
    assert run.state == RunState.DONE
    assert (run.counts["new"], run.counts["taken"], run.counts["error"]) == (5, 5, 0)
    awards = list(Award.objects.order_by("id"))
    assert [award.number for award in awards] == [f"TQH-{TOWNSHIP}-{number:05d}" for number in range(1, 6)]
    for award, row in zip(awards, rows, strict=True):
        assert (award.origin, award.run_id, award.application, award.decision) == (
            AwardOrigin.LEDGER,
            run.pk,
            None,
            None,
        )
        assert (award.monthly_fen, award.category, award.start_month) == (row.monthly_fen, row.category, "2024-03")
        home = award.household
        assert (home.head.name, home.village_id, home.group, home.urban) == (row.head_name, row.village, "3组", True)
        members = Membership.objects.filter(household=home).order_by("id")
        assert [(each.person.identity, each.relation) for each in members] == [
            (each.identity, each.relation) for each in row.people
        ]
        account = BankAccount.objects.get(household=home)
        assert (account.number, account.holder, account.to_on) == (row.account, row.head_name, None)
    assert AwardPerson.objects.filter(active=True).count() == sum(len(row.people) for row in rows)
    assert queries.counts(TOWNSHIP)[0] == 5


def test_the_same_ledger_again_changes_nothing(world: World) -> None:
    rows = families(world, 6)
    take(world, rows)
    assert state_of(world, *rows) == [LineState.SAME] * 6
    with pytest.raises(Refused, match="没有可以导入的行"):
        acts.submit_ledger(world.handler(), ref=proposed(world, rows).ref)


def test_a_day_of_recertification_lies_ahead_at_whole_intervals(world: World) -> None:
    take(world, [family(world, 3, category="A"), family(world, 6, category="C", start_month="2026-10")])
    due = [f"{award.recertify_on}" for award in Award.objects.order_by("id")]
    assert due[0] == "2027-03-01"
    assert due[1] > f"{TODAY}"


def test_who_is_not_covered_is_a_member_all_the_same(world: World) -> None:
    row = family(world, 1, 2)
    row = replace(row, people=(replace(row.people[0], covered=False), row.people[1]))
    take(world, [row])
    award = Award.objects.get()
    assert [each.person.name for each in queries.persons(award)] == [row.people[1].name]
    assert Membership.objects.filter(household=award.household).count() == 2


def test_one_seed_gives_one_district(world: World) -> None:
    with seeded_refs(3):
        take(world, families(world, 3))
    first = list(Award.objects.order_by("id").values_list("ref", flat=True))
    assert len(set(first)) == 3 and all(first)


def test_the_work_takes_few_statements_whatever_the_size(world: World) -> None:
    counts = []
    for size in (10, 40):
        rows = [replace(row, account="") for row in families(world, size)]
        run = acts.submit_ledger(world.handler(), ref=proposed(world, rows).ref)
        acts.take_over_ledger(world.head(), ref=run.ref, code=code(world.head()))
        with CaptureQueriesContext(connection) as caught:
            acts.carry_on(world.head(), run.ref)
        counts.append(len(caught))
    # Bulk statements are cut where the embedded database allows no longer ones; nothing goes row by row.
    assert counts[1] - counts[0] < 30


# -- what would change -------------------------------------------------------------------


def test_changes_are_named_cell_by_cell_and_taken_in(world: World) -> None:
    row = family(world, 1, 2, category="B")
    take(world, [row])
    child, village = person(world, "child", 5, 12), "990101001003"
    edited = replace(
        row,
        category="A",
        monthly_fen=50000,
        village=village,
        account="9988888888888888888",
        people=(*row.people, child),
    )
    line = only(world, edited)
    assert line.state == LineState.CHANGED
    told = {label: (old, new) for label, old, new in line.changes}
    assert told["保障类别"] == ("B", "A")
    assert told["月保障金额（元）"] == ("351.00", "500.00")
    assert told["银行账号"] == (f"尾号 {row.account[-4:]}", "尾号 8888")
    assert told["成员"] == ("（空）", f"{child.name}（子女）")
    assert told["保障人口"][1].startswith("3 人")
    take(world, [edited])
    award = Award.objects.get()
    assert (award.category, award.monthly_fen, award.village_id) == ("A", 50000, village)
    assert award.household.village_id == village
    assert state_of(world, edited) == [LineState.SAME]


def test_a_member_named_no_longer_leaves_and_a_new_head_takes_over(world: World) -> None:
    row = family(world, 1, 3)
    row = replace(row, people=(*row.people[:2], replace(row.people[2], covered=False)))
    take(world, [row])
    head, spouse, _child = row.people
    edited = replace(
        row, people=(replace(spouse, relation="self"), replace(head, relation="spouse")), holder=spouse.name
    )
    told = [label for label, _, _ in only(world, edited).changes]
    assert "户主" in told and "成员" in told
    take(world, [edited])
    home = Household.objects.get()
    assert home.head.name == spouse.name
    assert Membership.objects.filter(household=home, to_on=None).count() == 2
    assert AwardPerson.objects.filter(active=True).count() == 2
    assert state_of(world, edited) == [LineState.SAME]


def test_what_the_ledger_does_not_tell_stays(world: World) -> None:
    row = family(world, 1, phone="13900000001", address="5号楼")
    take(world, [row])
    assert state_of(world, replace(row, phone="", address="", group="", account="", holder="", bank="")) == ["same"]
    assert Person.objects.order_by("id")[0].phone == "13900000001"


# -- what cannot be taken ----------------------------------------------------------------


def test_a_person_twice_in_the_file_keeps_both_rows_out(world: World) -> None:
    first, second = family(world, 1), family(world, 2)
    second = replace(second, people=(*second.people, replace(first.people[1], relation="child")))
    run = proposed(world, [first, second])
    assert [line.state for line in lines(run)] == ["error", "error"]
    assert "第3行也出现" in said(lines(run)[0]) and "第2行也出现" in said(lines(run)[1])


def test_a_person_of_another_household_is_named_with_the_place(world: World) -> None:
    first = family(world, 1)
    take(world, [first])
    second = family(world, 2)
    line = only(world, replace(second, people=(*second.people, replace(first.people[1], relation="other"))))
    assert line.state == LineState.ERROR and f"“{first.head_name}”户的家庭成员" in said(line)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"category": "D"}, "没有“D”这一类，本地的类别是"),
        ({"village": "990101002001"}, "不在青禾街道"),
        ({"start_month": "2027-03"}, "起始月份 2027-03 不合理"),
        ({"start_month": "1949-10"}, "不合理"),
        ({"monthly_fen": 0}, "金额要大于 0"),
        ({"recertify_on": "2020-01-01"}, "早于起始月份"),
        ({"problems": (("身份证号", "读不出来。"),)}, "读不出来"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why(world: World, change: dict[str, Any], sentence: str) -> None:
    line = only(world, replace(family(world), **change))
    assert line.state == LineState.ERROR and sentence in said(line)


def test_a_name_that_differs_from_the_one_registered(world: World) -> None:
    row = family(world)
    take(world, [row])
    wrong = replace(row, people=(replace(row.people[0], name="王二麻"), *row.people[1:]), holder="")
    assert f"已登记的姓名是“{row.head_name}”" in said(only(world, wrong))


def test_an_ended_award_is_not_brought_back(world: World) -> None:
    row = family(world)
    take(world, [row])
    Award.objects.update(end_month="2026-10")
    AwardPerson.objects.update(active=False)
    assert "不能由台账恢复" in said(only(world, row))


def test_a_changed_account_must_be_in_a_members_name(world: World) -> None:
    row = family(world)
    take(world, [row])
    line = only(world, replace(row, account="9977777777777777777", holder="张三丰"))
    assert "须是本户成员" in said(line)
    fresh = only(world, family(world, 2, holder="张三丰"))
    assert fresh.state == LineState.NEW and "代领手续" in fresh.remarks[0]


def test_two_households_with_one_account_are_pointed_out(world: World) -> None:
    first, second = family(world, 1), family(world, 2)
    run = proposed(world, [first, replace(second, account=first.account)])
    assert [line.state for line in lines(run)] == ["new", "new"]
    assert "相同" in lines(run)[0].remarks[0] and "相同" in lines(run)[1].remarks[0]
    take(world, [first])
    assert "另有一户在用" in only(world, replace(second, account=first.account)).remarks[0]


# -- out again ---------------------------------------------------------------------------


def test_an_award_as_a_row_of_the_ledger_has_every_column(world: World) -> None:
    row = family(world, 1, 3)
    row = replace(row, people=(*row.people[:2], replace(row.people[2], covered=False)))
    take(world, [row])
    made = ledger_rows(queries.in_township(TOWNSHIP))
    assert [set(each) for each in made] == [{column.key for column in LEDGER_COLUMNS}]
    head, spouse, child = row.people
    assert made[0]["members"] == f"{spouse.name}（配偶）、{child.name}（子女）"
    assert made[0]["member_identities"] == f"{spouse.identity}、{child.identity}"
    assert (made[0]["covered"], made[0]["uncovered"], made[0]["amount"]) == (2, child.name, row.monthly_fen)
    assert (made[0]["head_identity"], made[0]["account"]) == (head.identity, row.account)
