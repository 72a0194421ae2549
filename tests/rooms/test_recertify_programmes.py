"""Periodic review of 特困, 边缘 and 单人保 by their own intervals; 刚性支出 is not reviewed, it runs out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.rooms.ledgers import family, take
from tests.rooms.test_ledger_programmes import recognised, tekun
from tests.rooms.test_recertify import looked, started
from tests.rooms.world import VILLAGE, World, make_world
from yimen.base.access.refusal import Refused
from yimen.base.papers.models import Paper
from yimen.casework.awards import acts, recertify_queries as recertify
from yimen.casework.awards.models import Award, AwardPerson, RecertifyFinding
from yimen.casework.awards.recertify.entries import ChangeEntry
from yimen.law.calendar import today
from yimen.law.terms import Programme

EDGE, RIGID = Programme.EDGE, Programme.RIGID_EXPENDITURE
CHECKED = date(2026, 11, 23)


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.YIMEN_FILES_DIR = tmp_path / "files"
    return make_world()


def award_of(world: World, row: Any) -> Award:
    take(world, [row])
    return recertify.running(world.handler()).get(household__head__name=row.head_name)


def renewed(world: World, award: Award) -> Paper:
    """Started, found unchanged and confirmed; the sheet."""
    [review] = started(world, [award])
    acts.renew(world.handler(), refs=[review.ref], check=looked(world, checked_on=CHECKED))
    acts.confirm_recertification(world.head(), refs=[review.ref])
    award.refresh_from_db()
    return Paper.objects.get(subject_kind="recertification", subject_id=review.pk)


def test_tekun_is_reviewed_every_year_and_its_sheet_tells_the_level(world: World) -> None:
    award = award_of(world, tekun(world, recertify_on="2026-11-20"))
    paper = renewed(world, award)
    assert award.recertify_on == date(2027, 11, 23)
    told = (paper.data["category"], paper.data["self_care"], paper.data["monthly"], paper.data["outcome"])
    assert told == ("特困 分散", "部分丧失生活自理能力", 103_600, "没有明显变化，金额不变")


def test_an_edge_family_is_reviewed_by_its_interval_without_an_amount(world: World) -> None:
    award = award_of(world, recognised(world, EDGE, recertify_on="2026-11-20"))
    paper = renewed(world, award)
    assert award.recertify_on == date(2027, 11, 23) and award.monthly_fen == 0
    assert "monthly" not in paper.data and paper.data["outcome"] == "没有明显变化，继续认定"
    assert paper.data["valid_to"] == award.valid_to.isoformat()


def test_single_cover_goes_by_its_category(world: World) -> None:
    award = award_of(world, family(world, 1, 1, village=VILLAGE, category="C", recertify_on="2026-11-20"))
    Award.objects.filter(pk=award.pk).update(single=True)
    AwardPerson.objects.filter(award=award).update(single=True)
    award.refresh_from_db()
    paper = renewed(world, award)
    assert paper.data["category"] == "C 单人保" and award.recertify_on == date(2027, 5, 23)


def test_rigid_expenditure_is_not_reviewed_but_listed_when_it_runs_out(world: World) -> None:
    award = award_of(world, recognised(world, RIGID))
    with pytest.raises(Refused, match="不作定期复核；仍有困难的，请期满重新申请"):
        started(world, [award])
    Award.objects.filter(pk=award.pk).update(valid_to=date(2026, 10, 31))
    on = today()
    assert recertify.running(world.handler()).filter(due_day__lt=on).get() == award
    assert not recertify.due(world.handler(), on).exists()
    [progress] = recertify.progress(world.handler(), on).values()
    assert (progress.late, progress.expired, progress.due) == (1, 1, 0)


def test_a_person_on_tekun_is_reckoned_by_level_and_form(world: World) -> None:
    award = award_of(world, tekun(world))
    again = recertify.reckon_again(award, today())
    assert (again.before, again.problem) == (103_600, "") and again.after in {103_600, 130_400}
    assert recertify.known_incomes(award, today()) == []


def test_a_change_of_a_recognition_names_no_amount(world: World) -> None:
    award = award_of(world, recognised(world, EDGE))
    [review] = started(world, [award])
    check = looked(world, checked_on=CHECKED, note="长女出嫁迁出")
    acts.record_change(world.handler(), ref=review.ref, check=check, change=ChangeEntry(["members"]))
    finding = RecertifyFinding.objects.get(recertification=review)
    words = recertify.reckoned_words(finding.reckoned)
    assert words.startswith("现为认定，不按月发放；没有重新核算") and "元" not in words
