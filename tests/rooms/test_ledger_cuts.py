"""A ledger takes nothing from a household: less money, a later start, fewer covered go by hearing and notice (L48)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.conftest import TODAY
from tests.rooms.ledgers import code, family, lines, proposed, take
from tests.rooms.world import TOWNSHIP, World
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.awards import acts
from yimen.casework.awards.ledgers.cuts import check_cuts
from yimen.casework.awards.ledgers.entries import LedgerRow
from yimen.casework.awards.ledgers.known import known
from yimen.casework.awards.ledgers.verdict import CORRECTS, Verdict, ground
from yimen.casework.awards.models import Award, AwardPerson, LedgerLine
from yimen.casework.households.models import Person
from yimen.law.ledger import LineState
from yimen.law.standards import Book, shipped_figures


def only(world: World, row: LedgerRow) -> LedgerLine:
    return lines(proposed(world, [row]))[-1]


def said(line: LedgerLine) -> str:
    return "；".join(sentence for _, sentence in line.problems)


def _less(row: LedgerRow) -> dict[str, tuple[LedgerRow, str]]:
    *others, last = row.people
    return {
        "amount": (replace(row, monthly_fen=row.monthly_fen - 1), "金额由 351.00 元减为 350.99 元"),
        "start": (replace(row, start_month="2026-12"), "起始月份由 2024-03 推后到 2026-12"),
        "member": (replace(row, people=tuple(others)), f"{last.name}不再保障"),
        "cover": (replace(row, people=(*others, replace(last, covered=False))), f"{last.name}不再保障"),
    }


@pytest.mark.parametrize("kind", ["amount", "start", "member", "cover"])
def test_a_cut_is_refused_whatever_it_cuts(world: World, kind: str) -> None:
    row = family(world, 1, 3)
    take(world, [row])
    before = list(Award.objects.values_list("monthly_fen", "start_month"))
    edited, words = _less(row)[kind]
    line = only(world, edited)
    assert line.state == LineState.ERROR and words in said(line)
    assert "须先听取本人意见" in said(line) and "社会救助法第四十八条" in said(line) and "按变更办理" in said(line)
    assert list(Award.objects.values_list("monthly_fen", "start_month")) == before
    assert AwardPerson.objects.filter(active=True).count() == 3


def test_after_the_last_day_that_the_place_has_set_a_ledger_changes_no_amount(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = family(world, 1, 2)
    take(world, [row])
    more, moved = replace(row, monthly_fen=row.monthly_fen + 100), replace(row, group="9组")
    assert [(line.state, line.remarks) for line in (only(world, more), only(world, moved))] == [
        (LineState.CHANGED, [])
    ] * 2
    for value, state, words in (
        (None, LineState.CHANGED, "没有设置台账可以改到哪一天"),
        (False, LineState.ERROR, "请按变更办理"),
    ):
        kept = [each for each in shipped_figures() if each.key != CORRECTS]
        there = next(each for each in shipped_figures() if each.key == CORRECTS)
        found = Book([*kept, replace(there, value=value)] if value is not None else kept)
        monkeypatch.setattr(figures, "book", lambda found=found: found)
        line = only(world, more)
        assert line.state == state and words in said(line) + "".join(line.remarks)
        assert "月保障金额" in said(line) + "".join(line.remarks)
        assert only(world, moved).state == LineState.CHANGED and not only(world, moved).remarks


def test_a_cut_that_came_up_after_the_preview_is_left_out(world: World) -> None:
    row = family(world)
    take(world, [row])
    run = acts.submit_ledger(world.handler(), ref=proposed(world, [replace(row, monthly_fen=50000)]).ref)
    Award.objects.update(monthly_fen=60000)
    acts.take_over_ledger(world.head(), ref=run.ref, code=code(world.head()))
    acts.carry_on(world.head(), run.ref)
    assert Award.objects.get().monthly_fen == 60000


def test_before_the_law_the_measures_alone_are_cited(world: World) -> None:
    row = family(world)
    take(world, [row])
    place = replace(ground(offices.area(TOWNSHIP), TODAY, 0), on=date(2026, 6, 30))
    verdict = Verdict(replace(row, monthly_fen=1), award=Award.objects.get())
    check_cuts(verdict, place, known([row]))
    assert "民发〔2021〕57号第三十二条" in verdict.problems[0][1] and "社会救助法" not in verdict.problems[0][1]


def test_who_is_registered_as_dead_may_leave_the_cover(world: World) -> None:
    row = family(world, 1, 3)
    take(world, [row])
    Person.objects.filter(name=row.people[2].name).update(died_on=TODAY)
    line = only(world, replace(row, people=row.people[:2]))
    assert line.state == LineState.CHANGED and not line.problems
