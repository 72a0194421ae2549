"""四(三): the democratic appraisal of disputed cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.rooms.checking import checked
from tests.rooms.visiting import appraisal_entry, concluded, visit_entry
from tests.rooms.world import World, applied
from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.base.papers import desk as papers
from yimen.casework.investigation import acts, queries
from yimen.casework.investigation.entries import Attendee
from yimen.casework.verification import acts as checks
from yimen.demo.places import add_relative
from yimen.law.calendar import today
from yimen.law.standards import Book, shipped_figures
from yimen.law.terms import KinRelation, Stage


@pytest.fixture
def disputed(world: World) -> Any:
    """A case that waits for its appraisal."""
    return concluded(world, disputed=True)


def test_a_dispute_leads_to_the_appraisal_and_on_to_the_opinion(world: World, disputed: Any) -> None:
    assert disputed.stage == Stage.APPRAISING
    case = acts.appraise(world.handler(), disputed.ref, entry=appraisal_entry())
    held = queries.appraisals(case)[0]
    sheet = papers.papers_of("application", case.ref).get(code="appraisal_record")
    assert case.stage == Stage.EXAMINING
    assert held.supports_application
    assert (sheet.data["attended"], sheet.data["agree"], sheet.data["oppose"]) == (9, 7, 1)
    assert sheet.data["attendees"][0] == {"name": "代表1", "role": "居民（村民）代表"}


def test_a_missed_quorum_says_by_how_many(world: World, disputed: Any) -> None:
    few = [Attendee(f"代表{number}", "representative") for number in range(5)]
    with pytest.raises(Refused, match="5 人，不足规定的 7 人，还差 2 人") as refused:
        acts.appraise(
            world.handler(), disputed.ref, entry=appraisal_entry(attendees=few, agree=5, against=0, abstain=0)
        )
    assert refused.value.field == "attendees"


def test_too_few_representatives_are_counted(world: World, disputed: Any) -> None:
    people = [Attendee(f"甲{number}", "representative") for number in range(4)]
    people += [Attendee(f"乙{number}", "committee") for number in range(3)]
    entry = appraisal_entry(attendees=people, agree=7, against=0, abstain=0)
    with pytest.raises(Refused, match="居民代表 4 人，占 4/7，低于规定的 2/3，至少还要 2 名居民代表"):
        acts.appraise(world.handler(), disputed.ref, entry=entry)


def test_the_recused_do_not_vote(world: World, disputed: Any) -> None:
    people = list(appraisal_entry().attendees)
    people[8] = replace(people[8], recused=True)
    with pytest.raises(Refused, match=r"合计 9 票，有表决权的参加人员 8 人.*相差 1 票"):
        acts.appraise(world.handler(), disputed.ref, entry=appraisal_entry(attendees=people))
    acts.appraise(world.handler(), disputed.ref, entry=appraisal_entry(attendees=people, agree=6))
    sheet = papers.papers_of("application", disputed.ref).get(code="appraisal_record")
    assert sheet.data["recusals"] == "钱网格回避，不参加表决。"


def test_a_relative_on_the_list_must_be_recused(world: World) -> None:
    case = applied(world)
    related = world.aide().staff
    add_relative(related, case.applicant.name, case.applicant.identity, KinRelation.PARENT, today())
    case = checks.accept(world.handler(), checked(world, case).ref)
    people = [world.handler().staff.ref, world.handler(number=1).staff.ref]
    acts.home_visit(world.handler(), case.ref, entry=visit_entry(world, case, investigators=people))
    acts.conclude_investigation(world.handler(), case.ref, disputed=True, reason="有人反映。")
    attendees = [*appraisal_entry().attendees[:8], Attendee(related.name, "aide", staff_ref=related.ref)]
    with pytest.raises(Refused, match=f"{related.name}与申请家庭有近亲属关系，应当回避"):
        acts.appraise(world.handler(), case.ref, entry=appraisal_entry(attendees=attendees))


def test_half_the_votes_are_no_majority(world: World, disputed: Any) -> None:
    people = [*appraisal_entry().attendees, Attendee("代表7", "representative")]
    acts.appraise(world.handler(), disputed.ref, entry=appraisal_entry(attendees=people, agree=5, against=5, abstain=0))
    assert not queries.appraisals(disputed)[0].supports_application


@pytest.mark.parametrize("key", ["appraisal.quorum", "appraisal.majority"])
def test_without_the_places_rule_no_appraisal_counts(
    world: World, disputed: Any, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    without = Book([figure for figure in shipped_figures() if figure.key != key])
    monkeypatch.setattr(figures, "book", lambda: without)
    with pytest.raises(Refused, match="未设置") as refused:
        acts.appraise(world.handler(), disputed.ref, entry=appraisal_entry())
    assert refused.value.code == "unset"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"matter": " "}, "争议事项"),
        ({"minutes": ""}, "评议记录"),
        ({"expected": 5}, "应到 5 人，实到却有 9 人"),
        ({"agree": 10, "against": -1, "abstain": 0}, "不能小于零"),
        ({"attendees": [Attendee("某人", "stranger")]}, "姓名和身份"),
    ],
)
def test_an_appraisal_that_lacks_something_says_what(
    world: World, disputed: Any, change: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        acts.appraise(world.handler(), disputed.ref, entry=appraisal_entry(**change))
