"""Ledgers of 特困, 边缘 and 刚性支出: what each tells, whom each excludes, that none takes anything away, that all come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.conftest import TODAY
from tests.rooms.ledgers import code, family, lines, person, proposed, take
from tests.rooms.world import TOWNSHIP, VILLAGE, World
from yimen.base.access.refusal import Refused
from yimen.casework.awards import acts
from yimen.casework.awards.ledger_export import ledger_rows
from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow, row_from_plain, row_to_plain
from yimen.casework.awards.models import Award, AwardPerson, AwardVersion, LedgerLine, LedgerRun
from yimen.casework.awards.queries import in_township
from yimen.casework.households.models import Household, Membership
from yimen.law.calendar import add_months
from yimen.law.ledger import COLUMNS, LineState
from yimen.law.terms import Programme, SelfCare, SupportForm

TEKUN, EDGE, RIGID = Programme.TEKUN, Programme.EDGE, Programme.RIGID_EXPENDITURE
SINCE = add_months(TODAY, -6).isoformat()


def tekun(world: World, number: int = 1, **more: Any) -> LedgerRow:
    """One person on 特困, at home, partly able."""
    facts: dict[str, Any] = {
        "village": VILLAGE, "category": "", "monthly_fen": 103_600, "basic_fen": 67_600, "care_fen": 36_000,
        "start_month": "2024-03", "self_care": str(SelfCare.PARTLY_LOST), "support_form": str(SupportForm.AT_HOME),
        "programme": TEKUN, "bank": "示例农村商业银行", "account": f"98{number:017d}",
    }  # fmt: skip
    return LedgerRow(f"第{number + 1}行", people=(person(world, youngest=62, oldest=85),), **{**facts, **more})


def recognised(world: World, kind: Programme, number: int = 1, **more: Any) -> LedgerRow:
    """A household recognised half a year ago, for a year."""
    people = (person(world), person(world, "spouse"), person(world, "child"))
    facts: dict[str, Any] = {
        "village": VILLAGE, "category": "", "monthly_fen": 0, "start_month": SINCE[:7], "programme": kind,
        "recognised_on": SINCE, "valid_to": add_months(date.fromisoformat(SINCE), 12).isoformat(),
    }  # fmt: skip
    return LedgerRow(f"第{number + 1}行", people=people, **{**facts, **more})


def only(world: World, *rows: LedgerRow) -> LedgerLine:
    return lines(proposed(world, list(rows)))[-1]


def said(line: LedgerLine) -> str:
    return "；".join(sentence for _, sentence in line.problems)


def stored() -> list[Any]:
    """Everything that a second import might touch."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Award, AwardPerson, AwardVersion, Household, Membership)
    ]


# -- taken over ----------------------------------------------------------------------------


def test_a_person_on_tekun_comes_with_level_form_and_both_parts(world: World) -> None:
    home = tekun(world, 1)
    housed = tekun(
        world, 2, support_form=str(SupportForm.INSTITUTIONAL), institution="示例敬老院", urban=True, holder="示例敬老院"
    )
    run = take(world, [home, housed])
    assert (run.programme, run.counts["taken"]) == (TEKUN, 2)
    first, second = Award.objects.order_by("id")
    assert (first.programme, first.monthly_fen, first.basic_fen, first.care_fen) == (TEKUN, 103_600, 67_600, 36_000)
    assert (first.self_care, first.support_form, first.category) == ("partly_lost", "at_home", "")
    assert first.recertify_on and first.recertify_on > TODAY and first.valid_to is None
    assert (second.institution, second.household.urban) == ("示例敬老院", True)
    assert not second.household.village.urban or second.household.urban
    assert [row.programme for row in AwardPerson.objects.order_by("id")] == [TEKUN, TEKUN]
    assert AwardVersion.objects.get(award=first).monthly_fen == 103_600


def test_an_edge_family_is_reviewed_and_a_rigid_one_expires(world: World) -> None:
    take(world, [recognised(world, EDGE, valid_to="")])
    take(world, [recognised(world, RIGID, 2)])
    edge, rigid = Award.objects.order_by("id")
    assert (edge.monthly_fen, edge.valid_to, edge.recognised_on.isoformat()) == (0, None, SINCE)
    assert edge.recertify_on > TODAY
    assert rigid.recertify_on is None and rigid.valid_to == add_months(date.fromisoformat(SINCE), 12)
    assert rigid.persons.filter(active=True).count() == 3


@pytest.mark.parametrize("kind", [TEKUN, EDGE, RIGID])
def test_taken_in_again_or_exported_and_imported_nothing_changes(world: World, kind: Programme) -> None:
    rows = [tekun(world, n) if kind is TEKUN else recognised(world, kind, n) for n in (1, 2)]
    take(world, rows)
    before = stored()
    assert [line.state for line in lines(proposed(world, rows))] == [LineState.SAME] * 2
    made = ledger_rows(in_township(TOWNSHIP))
    assert [set(each) for each in made] == [{column.key for column in COLUMNS[kind]}] * 2
    assert stored() == before


def test_an_undone_ledger_of_recognitions_frees_everybody(world: World) -> None:
    row = recognised(world, RIGID)
    run = take(world, [row])
    acts.undo_ledger(world.head(), ref=run.ref, reason="拿错了文件", code=code(world.head()))
    assert acts.carry_on(world.head(), run.ref).counts["reversed"] == 1
    assert take(world, [row]).counts["taken"] == 1


def test_what_changed_is_named_cell_by_cell_and_comes_back_by_undoing(world: World) -> None:
    row = tekun(world, institution="示例敬老院", support_form=str(SupportForm.INSTITUTIONAL))
    take(world, [row])
    more = replace(
        row, self_care=str(SelfCare.LOST), care_fen=72_000, monthly_fen=139_600, institution="示例第二敬老院"
    )
    run = take(world, [more])
    line = lines(run)[0]
    assert [label for label, _, _ in line.changes] == ["自理能力", "供养机构", "照料护理费（元）", "月保障金额（元）"]
    assert Award.objects.get().self_care == SelfCare.LOST
    acts.undo_ledger(world.head(), ref=run.ref, reason="拿错了文件", code=code(world.head()))
    acts.carry_on(world.head(), run.ref)
    assert only(world, row).state == LineState.SAME


# -- a person who lives with others ----------------------------------------------------------


def test_a_person_on_tekun_within_a_family_moves_nobody(world: World) -> None:
    family_row = recognised(world, EDGE)
    uncovered = replace(family_row, people=(*family_row.people[:2], replace(family_row.people[2], covered=False)))
    take(world, [uncovered])
    third = replace(family_row.people[2], relation="self", covered=True)
    home = Household.objects.get()
    row = replace(tekun(world, 5), people=(third,))
    line = only(world, row)
    assert line.state == LineState.NEW and "账号与本户登记的不同" in "".join(line.remarks)
    take(world, [row])
    assert Household.objects.get().head_id == home.head_id
    assert Membership.objects.filter(to_on=None).count() == 3
    assert only(world, row).state == LineState.SAME
    assert only(world, uncovered).state == LineState.SAME
    elsewhere = replace(row, village="990101001002")
    assert "请先办理迁移" in said(only(world, elsewhere))


# -- exclusivity ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "words"),
    [(TEKUN, "不能同时列入特困供养"), (EDGE, "不能同时列入低保边缘家庭"), (RIGID, "不能同时列入刚性支出困难家庭")],
)
def test_who_is_on_dibao_is_named_with_the_row(world: World, kind: Programme, words: str) -> None:
    poor = family(world, 1, 1)
    take(world, [poor])
    who = LedgerPerson(poor.head_name, poor.people[0].identity)
    row = replace(tekun(world) if kind is TEKUN else recognised(world, kind), people=(who,))
    line = only(world, row)
    assert line.state == LineState.ERROR and "享受最低生活保障" in said(line) and words in said(line)


def test_a_household_recognised_cannot_come_as_dibao(world: World) -> None:
    row = recognised(world, RIGID)
    take(world, [row])
    poor = replace(family(world, 1, 1), people=row.people)
    assert "不能同时列入低保" in said(only(world, poor))


def test_single_cover_goes_beside_the_edge_family(world: World) -> None:
    poor = family(world, 1, 3)
    head, *others = poor.people
    poor = replace(poor, people=(head, *(replace(other, covered=False) for other in others)))
    take(world, [poor])
    edge = replace(
        recognised(world, EDGE, village=poor.village), people=tuple(replace(p, covered=True) for p in poor.people)
    )
    assert only(world, edge).state == LineState.ERROR
    Award.objects.update(single=True)
    AwardPerson.objects.update(single=True)
    run = take(world, [edge])
    assert AwardPerson.objects.filter(active=True).count() == 4
    assert only(world, poor).state == LineState.SAME and only(world, edge).state == LineState.SAME
    assert _undone(world, run) == "本户还有单人保以这项边缘家庭认定为前提，请先办理单人保的变更。"
    assert Award.objects.get(programme=EDGE).voided_on is None
    Award.objects.filter(single=True).update(end_month="2026-11")
    other = replace(recognised(world, EDGE, 2), people=(person(world),))
    assert _undone(world, take(world, [other])) == "", "nobody's cover rests on it"


def _undone(world: World, run: LedgerRun) -> str:
    """Why the only line of a ledger was kept when it was undone; empty where it was not."""
    acts.undo_ledger(world.head(), ref=run.ref, reason="拿错了文件", code=code(world.head()))
    acts.carry_on(world.head(), run.ref)
    return run.lines.get().reason


# -- what a row must say -------------------------------------------------------------------


def _wrong() -> dict[str, tuple[Programme, dict[str, Any], str]]:
    year = add_months(date.fromisoformat(SINCE), 12)
    return {
        "no validity": (RIGID, {"valid_to": ""}, "没有写有效期"),
        "a day too long": (RIGID, {"valid_to": year.replace(day=year.day + 1).isoformat()}, "超过 12 个月"),
        "over": (RIGID, {"recognised_on": "2025-01-01", "start_month": "2025-01", "valid_to": "2025-12-31"}, "已于 2025-12-31 届满"),
        "backwards": (EDGE, {"valid_to": SINCE}, "不晚于认定日期"),
        "ahead": (EDGE, {"recognised_on": "2026-12-30", "valid_to": ""}, "晚于今天"),
        "paid": (EDGE, {"monthly_fen": 100}, "没有按月发放的金额"),
        "sum": (TEKUN, {"care_fen": 1}, "相加不等于合计"),
        "level": (TEKUN, {"self_care": ""}, "供养方式、自理能力、供养金额都要填写"),
        "before 1956": (TEKUN, {"start_month": "1956-05"}, "不合理"),
    }  # fmt: skip


@pytest.mark.parametrize("case", sorted(_wrong()))
def test_a_row_that_cannot_be_is_refused_with_its_reason(world: World, case: str) -> None:
    kind, facts, words = _wrong()[case]
    row = tekun(world, **facts) if kind is TEKUN else recognised(world, kind, **facts)
    line = only(world, row)
    assert line.state == LineState.ERROR and words in said(line), said(line)


def test_twelve_months_to_the_day_are_taken(world: World) -> None:
    assert only(world, recognised(world, RIGID)).state == LineState.NEW


def test_nothing_is_taken_from_a_person(world: World) -> None:
    row, family_row = tekun(world), recognised(world, RIGID, 3)
    take(world, [row])
    take(world, [family_row])
    less = replace(row, basic_fen=67_500, monthly_fen=103_500)
    assert "金额由 1,036.00 元减为 1,035.00 元" in said(only(world, less))
    lighter = replace(row, self_care=str(SelfCare.ABLE))
    assert "照料护理标准随之降低" in said(only(world, lighter))
    sooner = replace(family_row, valid_to=add_months(date.fromisoformat(SINCE), 11).isoformat())
    assert "有效期由" in said(only(world, sooner)) and "须先听取本人意见" in said(only(world, sooner))
    fewer = replace(family_row, people=family_row.people[:2])
    assert "不再保障" in said(only(world, fewer))


def test_one_ledger_is_of_one_kind(world: World) -> None:
    with pytest.raises(Refused, match="一份台账只能是一类救助"):
        proposed(world, [tekun(world), family(world)])


def test_a_row_in_plain_form_comes_back_and_dibao_keeps_its_form(world: World) -> None:
    for row in (tekun(world, urban=False), recognised(world, EDGE), family(world)):
        assert row_from_plain(row_to_plain(row)) == row
    assert "programme" not in row_to_plain(family(world))
