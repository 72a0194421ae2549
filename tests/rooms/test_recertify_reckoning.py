"""A change found in a review: the household is reckoned anew from what is stored; the amount stays as it was decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.rooms.examined import World, build, examined
from tests.rooms.test_awards import approved
from tests.rooms.test_decisions import PROPOSED
from yimen.base.figures.models import FigureVersion
from yimen.casework.awards import acts, recertify_queries as recertify
from yimen.casework.awards.models import Award, RecertifyFinding
from yimen.casework.awards.recertify.entries import ChangeEntry, CheckEntry

Travel = Callable[[date], None]


@pytest.fixture
def world(db: None, travel: Travel) -> World:
    travel(PROPOSED)
    return build()


@pytest.fixture
def award(world: World, travel: Travel) -> Award:
    return approved(world, examined(world), travel)


def test_unchanged_facts_give_the_same_amount(award: Award) -> None:
    again = recertify.reckon_again(award, award.decision.on)
    assert again.eligible and again.problem == "" and again.after == again.before == award.monthly_fen


def test_only_what_is_other_is_given_and_the_rest_is_taken_from_the_store(world: World, award: Award) -> None:
    on = award.decision.on
    known = recertify.known_incomes(award, on)
    assert known and all(row.who and row.amount_fen >= 0 for row in known)
    more = {known[0].ref: known[0].amount_fen + 5_000}
    again = recertify.reckon_again(award, on, more)
    assert again.after is not None and again.after < award.monthly_fen
    handler, aide = world.officer("陈经办"), world.officer("李协理")
    [review] = acts.start_recertification(handler, refs=[award.ref])
    check = CheckEntry(on.replace(month=12), [handler.staff.ref, aide.staff.ref], note="收入增加")
    with pytest.raises(Exception, match="不能晚于今天"):
        acts.record_change(handler, ref=review.ref, check=check, change=ChangeEntry(["income"], None, more))


def test_the_new_amount_stands_beside_the_old(world: World, award: Award, travel: Travel) -> None:
    later = date(award.decision.on.year + 1, 1, 20)
    travel(later)
    handler, aide, head = (world.officer(name) for name in ("陈经办", "李协理", "赵负责"))
    known = recertify.known_incomes(award, later)
    more = {known[0].ref: known[0].amount_fen + 5_000}
    [review] = acts.start_recertification(handler, refs=[award.ref])
    check = CheckEntry(later, [handler.staff.ref, aide.staff.ref], note="收入增加")
    acts.record_change(handler, ref=review.ref, check=check, change=ChangeEntry(["income"], None, more))
    acts.confirm_recertification(head, refs=[review.ref])
    finding = RecertifyFinding.objects.get()
    assert finding.reckoned["before"] == award.monthly_fen and finding.reckoned["incomes"] == more
    assert finding.reckoned["after"] != award.monthly_fen or finding.reckoned["problem"]
    assert "须另办变更" in recertify.reckoned_words(finding.reckoned)
    award.refresh_from_db()
    assert award.monthly_fen == finding.reckoned["before"] and award.end_month == ""


def test_a_figure_that_is_unset_is_told_and_no_amount_is_shown(award: Award) -> None:
    FigureVersion.objects.all().delete()
    again = recertify.reckon_again(award, date(2019, 1, 1))
    assert again.after is None and "未设置" in again.problem
