"""Recognitions that expire: told once for each last day, ended past it, and what was open about an award is closed with it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.rooms.ledgers import code, family, take
from tests.rooms.test_ledger_programmes import recognised
from tests.rooms.world import World
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.clocks.models import Clock
from yimen.base.papers.models import Paper
from yimen.base.record.models import Entry
from yimen.casework.awards import acts, month_counts, months, recertify_queries
from yimen.casework.awards.changes.entries import ReportEntry
from yimen.casework.awards.consistency import out_of_step
from yimen.casework.awards.models import Award, AwardPerson, AwardVersion, ChangeCase, Recertification
from yimen.casework.awards.recertify.entries import CheckEntry
from yimen.law.aftercare.movement import Movement
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import today
from yimen.law.terms import Programme

LAST = date(2026, 11, 20)


def expired(world: World, count: int = 2, last: date = LAST) -> list[Award]:
    take(world, [recognised(world, Programme.RIGID_EXPENDITURE, number) for number in range(count)])
    Award.objects.update(valid_to=last)
    return list(Award.objects.order_by("id"))


def refused(words: str, act: Any, *args: Any, **more: Any) -> None:
    with pytest.raises(Refused, match=words):
        act(*args, **more)


def test_the_letter_says_until_when_and_what_is_not_asked_again(world: World) -> None:
    first, second = expired(world, last=today() + timedelta(days=40))
    papers = acts.invite_again(world.handler(), refs=[first.ref, second.ref])
    told = papers[0].data
    assert [paper.subject_ref for paper in papers] == [first.ref, second.ref] and "救助" in papers[0].number
    assert told["valid_to"] == f"{first.valid_to:%Y-%m-%d}" and len(told["members"]) == 3
    assert "家庭成员 3 人" in told["known"][0] and "票据" in told["bring"][0]
    assert any("第十条" in each for each in told["articles"])
    refused("不重复制发", acts.invite_again, world.handler(), refs=[first.ref])
    Award.objects.update(valid_to=today() + timedelta(days=60))
    assert len(acts.invite_again(world.handler(), refs=[first.ref])) == 1  # another last day, another letter
    assert Paper.objects.filter(code="expiry_notice").count() == 3
    printed = recertify_queries.newest_sheets([first, second])
    assert [paper.subject_ref for paper in printed] == [first.ref, second.ref]


def test_past_its_last_day_it_ends_from_the_month_after_without_a_hearing(world: World) -> None:
    awards = expired(world)
    acts.end_expired(world.handler(), refs=[award.ref for award in awards])
    for award in Award.objects.order_by("id"):
        assert (award.end_month, award.phase) == ("2026-12", "ended")
        last = award.versions.order_by("-seq")[0]
        assert (last.cause, last.from_month, last.basis_kind, last.basis_ref) == (
            AwardCause.EXPIRED, "2026-12", "ledger_run", award.run.ref,
        )  # fmt: skip
    assert not AwardPerson.objects.filter(active=True).exists() and out_of_step() == []
    assert Entry.objects.filter(act="end_expired").count() == 1
    # The month view says the same as before somebody wrote it down.
    compared = months.compare_month(Award.objects.all(), "2026-12")
    assert months.moved(compared, Movement.EXPIRED).count() == 2
    assert [row.movement for row in month_counts.reasons(compared)] == [Movement.EXPIRED]
    refused("不用再办", acts.end_expired, world.handler(), refs=[awards[0].ref])


def test_what_has_not_run_out_or_never_does_is_refused(world: World) -> None:
    [award] = expired(world, 1, last=today() + timedelta(days=1))
    refused("还没有届满", acts.end_expired, world.handler(), refs=[award.ref])
    take(world, [family(world, 5)])
    dibao = Award.objects.get(programme=Programme.DIBAO)
    for act in (acts.end_expired, acts.invite_again):
        refused("没有有效期", act, world.handler(), refs=[dibao.ref])
        with pytest.raises(Unknown):
            act(world.handler("990101002"), refs=[award.ref])
        refused("没有选中", act, world.handler(), refs=[])
    Award.objects.filter(pk=award.pk).update(valid_to=today())
    acts.end_expired(world.handler(), refs=[award.ref])  # on the last day itself
    assert Award.objects.get(pk=award.pk).end_month == "2026-12"


def test_a_review_has_its_clock_until_the_day_it_was_due(world: World) -> None:
    take(world, [family(world, 1, recertify_on="2026-12-01")])
    [award] = Award.objects.all()
    [review] = acts.start_recertification(world.handler(), refs=[award.ref])
    clock = Clock.objects.get(subject_kind=Recertification.KIND, subject_id=review.pk)
    assert (clock.code, clock.due_on, clock.stopped_on) == ("recertify", date(2026, 12, 1), None)
    acts.renew(
        world.handler(), refs=[review.ref],
        check=CheckEntry(today(), [world.handler().staff.ref, world.handler(number=1).staff.ref]),
    )  # fmt: skip
    acts.confirm_recertification(world.head(), refs=[review.ref])
    clock.refresh_from_db()
    assert clock.stopped_on == today()


def test_what_is_open_about_an_award_is_closed_with_its_reason_when_it_ends(world: World) -> None:
    [award] = expired(world, 1)
    Award.objects.update(programme=Programme.EDGE, recertify_on=date(2026, 12, 1))
    AwardPerson.objects.update(programme=Programme.EDGE)
    [review] = acts.start_recertification(world.handler(), refs=[award.ref])
    report = ReportEntry("income", today(), "village", "李协理", "收入有变化。")
    change = acts.report_change(world.handler(), award_ref=award.ref, report=report)
    acts.end_expired(world.handler(), refs=[award.ref])
    for row, model in ((review, Recertification), (change, ChangeCase)):
        now = model.objects.get(pk=row.pk)
        assert (now.state, now.closed_on) == ("closed", today()) and "已届满" in now.closed_reason
    assert not Clock.objects.filter(stopped_on__isnull=True).exists()
    facts = Entry.objects.get(act="end_expired").facts
    assert set(facts["closed"]) == {review.ref, change.ref}
    assert recertify_queries.open_of([award]) == {}


def test_undoing_a_ledger_closes_what_was_begun_on_it(world: World) -> None:
    run = take(world, [family(world, 1, recertify_on="2026-12-01")])
    [award] = Award.objects.all()
    [review] = acts.start_recertification(world.handler(), refs=[award.ref])
    acts.undo_ledger(world.head(), ref=run.ref, reason="导错了文件", code=code(world.head()))
    acts.carry_on(world.head(), run.ref)
    review.refresh_from_db()
    assert (review.state, review.closed_reason) == ("closed", "台账导入已撤销")
    assert AwardVersion.objects.filter(award=award).count() == 2
