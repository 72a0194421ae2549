"""Area-wide additions (L32): by month from the history and the figure, never twice for a person, each household told once."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.rooms.ledgers import families, family, take
from tests.rooms.uplifts import proposer, releaser
from tests.rooms.world import TOWNSHIP, VILLAGE, World
from yimen.base.access.refusal import Refused
from yimen.base.papers import desk as papers
from yimen.base.papers.models import Paper
from yimen.base.powers import acts as powers
from yimen.base.record.models import Entry
from yimen.casework.awards import acts, additions, announcing, versions
from yimen.casework.awards.models import AdditionNotice, Award, AwardPerson, AwardVersion
from yimen.law.aftercare.additions import KEY, Per
from yimen.law.aftercare.months import months_between
from yimen.law.aftercare.terms import PAYING, AwardCause, AwardPhase
from yimen.law.terms import Programme, Role

BASIS = versions.Basis("test", "x", date(2026, 11, 24))
MONTHS = months_between("2026-01", "2026-06")
MONTH, CODE, FEN = "2026-03", "price", 2_800


def lived(world: World, count: int, seed: int = 3) -> list[Award]:
    """Households taken over; some then held, ended or resumed in any of the months, some only recognised."""
    take(world, [family(world, number, number % 4 + 1) for number in range(count)])
    draw = random.Random(seed)
    for award in Award.objects.order_by("id"):
        for _ in range(draw.randint(0, 2)):
            phase = draw.choice(list(AwardPhase))
            versions.add(
                award, draw.choice(MONTHS), AwardCause.CHANGE, BASIS, phase=phase,
                monthly_fen=40_000 if phase in PAYING else 0,
            )  # fmt: skip
    last = Award.objects.order_by("-id")[0]
    Award.objects.filter(pk=last.pk).update(programme=Programme.EDGE, valid_to=date(2026, 3, 10))
    return list(Award.objects.order_by("id"))


def set_rows(world: World, *rows: dict[str, Any], since: date = date(2026, 1, 1)) -> None:
    """The district's own additions, drafted by one and released by another."""
    row = powers.propose_figure(
        proposer(world), key=KEY, value=list(rows), valid_from=since, document="安澜发改发〔2026〕9号"
    )
    powers.release_figure(releaser(world), ref=row.ref)


def row(**more: Any) -> dict[str, Any]:
    return {
        "code": CODE, "label": "价格临时补贴", "programmes": ["dibao"], "per": "person", "fen": FEN, "from": "2026-02",
        "to": "2026-04", "document": "安澜发改发〔2026〕9号", **more,
    }  # fmt: skip


def test_one_by_one_and_all_at_once_say_the_same(world: World) -> None:
    awards, seen = lived(world, 24), 0
    for month in MONTHS:
        due = additions.additions_due(Award.objects.all(), month)
        for award in awards:
            [alone] = additions.additions_of(award, [month]).values()
            assert due.get(award.pk, ()) == alone, (award.pk, month)
            seen += bool(alone)
    assert seen > 20


def test_persons_covered_and_paid_in_the_month_get_it_once_each(world: World) -> None:
    awards = lived(world, 24)
    due = additions.additions_due(Award.objects.all(), MONTH)
    for award in awards:
        history = [each for each in award.versions.all() if each.from_month <= MONTH]
        now = max(history, key=lambda each: each.seq)
        paid = now.phase in PAYING and award.programme == Programme.DIBAO
        assert sum(each.fen for each in due.get(award.pk, ())) == (FEN * len(now.persons) if paid else 0)
    assert additions.additions_due(Award.objects.all(), "2026-05") == {}


def test_the_number_of_statements_does_not_grow(world: World) -> None:
    take(world, families(world, 3))
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert len(additions.additions_due(Award.objects.all(), MONTH)) == 3
    take(world, [family(world, number, 3) for number in range(10, 40)])
    with CaptureQueriesContext(connection) as many:
        assert len(additions.additions_due(Award.objects.all(), MONTH)) == 33
    assert len(many) == len(few) <= 4


def test_a_recognition_gets_it_only_where_the_row_names_it_and_nobody_twice(world: World) -> None:
    take(world, [family(world, 1, 3)])
    [dibao] = Award.objects.all()
    first = AwardPerson.objects.filter(award=dibao).order_by("id")[0]
    # 单人保 of one severe member beside the recognition of the whole household (L21.2): one person on two awards.
    edge = Award.objects.create(
        number="边1", household=dibao.household, run=dibao.run, origin=dibao.origin, programme=Programme.EDGE, monthly_fen=0,
        township=dibao.township, village=dibao.village, start_month="2024-03", valid_to=date(2026, 12, 31),
    )  # fmt: skip
    AwardVersion.objects.create(
        award=edge, township=dibao.township, village=dibao.village, seq=1, from_month="2024-03", cause=AwardCause.TAKEN_OVER, monthly_fen=0,
        persons=[[first.person_id, 0]], basis_kind="test", basis_ref="x", on=date(2026, 1, 1),
    )  # fmt: skip
    assert set(additions.additions_due(Award.objects.all(), MONTH)) == {dibao.pk}
    set_rows(world, row(), row(programmes=["edge"], fen=1_000))
    due = additions.additions_due(Award.objects.all(), MONTH)
    assert [each.fen for each in due[dibao.pk]] == [3 * FEN] and edge.pk not in due
    set_rows(world, row(), row(programmes=["edge"], fen=5_000), since=date(2026, 1, 2))
    due = additions.additions_due(Award.objects.all(), MONTH)
    assert [each.fen for each in due[edge.pk]] == [5_000] and [each.fen for each in due[dibao.pk]] == [2 * FEN]
    # Asked for the one award alone, the other one still counts.
    alone = additions.additions_due(Award.objects.filter(pk=dibao.pk), MONTH)
    assert [each.fen for each in alone[dibao.pk]] == [2 * FEN]


def test_per_household_is_paid_once(world: World) -> None:
    set_rows(world, row(per="household", fen=10_000))
    take(world, [family(world, 1, 4)])
    [[added]] = additions.additions_due(Award.objects.all(), MONTH).values()
    assert added.addition.per is Per.HOUSEHOLD and added.fen == 10_000 and len(added.persons) == 4


def test_every_household_is_told_once_with_months_and_amount(world: World) -> None:
    take(world, families(world, 4))
    award = Award.objects.order_by("id")[0]
    versions.add(award, "2026-04", AwardCause.ENDED, BASIS, phase=AwardPhase.ENDED, monthly_fen=0)
    made = acts.announce_addition(world.handler(), area=TOWNSHIP, month=MONTH, code=CODE)
    assert len(made) == 4 and Paper.objects.filter(code="addition_notice").count() == 4
    [notice] = [each for each in made if each.award_id == award.pk]
    persons = award.persons.count()
    assert notice.total_fen == 2 * persons * FEN and (notice.from_month, notice.to_month) == ("2026-02", "2026-04")
    paper = additions.papers_of([notice])[notice.pk]
    data = Paper.objects.get(pk=paper.pk).data
    assert [each["month"] for each in data["months"]] == ["2026-02", "2026-03"] and data["rate"] == "每人每月 28.00 元"
    assert data["document"] == "示例文号 安澜发改发〔示例〕5号" and papers.render(
        Paper.objects.get(pk=paper.pk)
    ).startswith(b"%PDF")
    entry = Entry.objects.get(act="announce_addition")
    assert len(entry.facts["awards"]) == 4 and entry.facts["left"] == 0
    with pytest.raises(Refused, match="没有还没告知的家庭"):
        acts.announce_addition(world.handler(), area=TOWNSHIP, month="2026-02", code=CODE)
    with pytest.raises(IntegrityError), transaction.atomic():
        AdditionNotice.objects.create(
            award=award, code=CODE, label="x", document="x", from_month="2026-02", to_month="2026-04", total_fen=1,
            on=date(2026, 11, 24), by=world.handler().staff,
        )  # fmt: skip


def test_a_village_at_a_time_and_many_in_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    take(world, families(world, 6))
    assert len(acts.announce_addition(world.head(), area=VILLAGE, month=MONTH, code=CODE)) == 2
    monkeypatch.setattr(announcing, "MOST", 3)
    supervisor = world.at_district(Role.SUPERVISOR)
    assert len(acts.announce_addition(supervisor, area=TOWNSHIP, month=MONTH, code=CODE)) == 3
    assert Entry.objects.filter(act="announce_addition").order_by("seq")[1].facts["left"] == 1
    assert len(acts.announce_addition(supervisor, area=TOWNSHIP, month=MONTH, code=CODE)) == 1
    paper = Paper.objects.filter(code="addition_notice").order_by("-id")[0]
    assert paper.office_name != supervisor.office.name


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"area": "990101002"}, "您的岗位不能办理"),
        ({"area": "990101"}, "您的岗位不能办理"),
        ({"month": "2026-05"}, "这个月没有这项加发"),
        ({"code": "heating"}, "这个月没有这项加发"),
        ({"month": "三月"}, "请写成 2026-02 这样的月份"),
    ],
)
def test_what_cannot_be_announced_is_refused(world: World, given: dict[str, str], words: str) -> None:
    take(world, families(world, 2))
    with pytest.raises(Refused, match=words):
        acts.announce_addition(world.handler(), **{"area": TOWNSHIP, "month": MONTH, "code": CODE, **given})
    with pytest.raises(Refused):
        acts.announce_addition(world.aide(), area=TOWNSHIP, month=MONTH, code=CODE)
    assert not AdditionNotice.objects.exists()


def test_a_household_gets_it_where_it_belonged_in_the_month(world: World) -> None:
    take(world, [family(world, 1, 2)])
    [award] = Award.objects.all()
    Award.objects.filter(pk=award.pk).update(township="990101002", village="990101002001")
    award.refresh_from_db()
    versions.add(award, "2026-03", AwardCause.TRANSFERRED_IN, BASIS)
    set_rows(world, row())
    every = Award.objects.all()
    assert additions.sums(every, "2026-02", "township_id") == {"990101001": 2 * FEN}
    assert additions.sums(every, "2026-03", "township_id") == {"990101002": 2 * FEN}
    assert len(additions.additions_of(award, ["2026-02", "2026-03"])["2026-02"]) == 1
