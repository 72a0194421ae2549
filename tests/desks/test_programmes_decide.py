"""The page of the opinion with more than one lawful result: what is offered, refused, and shown up to the award."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tests.desks.case_hands import code_of, do, handler, head, send, text, told, url
from tests.desks.test_case_acts_decide import ENDED, rich
from tests.rooms.visiting import concluded
from tests.rooms.world import TOWNSHIP, World
from yimen.casework.awards import queries as awards
from yimen.casework.decisions import acts, queries
from yimen.casework.investigation import acts as investigation
from yimen.casework.investigation.programme_entries import SelfCareEntry, SpendingEntry, SpentEntry, TekunEntry
from yimen.desks.shared.work import Powers
from yimen.law.calendar import today
from yimen.law.rules.applied import SelfCareItem
from yimen.law.terms import Role, Stage

Travel = Callable[[date], None]


def tekun(world: World, case: Any) -> Any:
    """Everything 特困 asks is recorded; the person cannot walk or bathe."""
    by, ref = world.handler(number=1), case.applicant.ref
    investigation.record_tekun_facts(by, case.ref, entry=TekunEntry(ref, obligors_known=True, form="at_home"))
    items = {str(item.value): item.value not in {"walk", "bathe"} for item in SelfCareItem}
    entry = SelfCareEntry(ref, items, today(), "本人家中", case.applicant.name, [by.staff.ref])
    return investigation.assess_self_care(by, case.ref, entry=entry)


def test_the_opinion_offers_the_lawful_choices_and_asks_why_not_the_best(world: World) -> None:
    case, client = tekun(world, concluded(world)), handler(world)
    words = text(client.get(url(case, "propose")))
    for expected in ("按建议：特困人员救助供养", "分类审核认定", "建议确认为特困人员", "没有按建议提出意见的理由"):
        assert expected in words
    assert "单独申请的理由" not in words
    panel = text(client.get(f"/case/{case.ref}/"))
    assert "按特困人员救助供养（" in panel and "）试算。" in panel and "每月供养金" in panel
    assert "照料护理标准" in text(client.get(f"/case/{case.ref}/reckoning/"))
    answer = send(client, case, "propose", opinion__grants="dibao")
    assert answer.status_code == 422 and "请填写“没有按建议提出意见的理由”" in "".join(told(answer))
    case = do(client, case, "propose", opinion__grants="dibao", opinion__departure="本人书面表示不申请特困供养。")
    opinion = queries.current_opinion(case)
    assert opinion is not None and [grant.key for grant in queries.grants_of(opinion)] == ["dibao"]
    panel = text(client.get(f"/case/{case.ref}/"))
    assert "按审核意见所提的最低生活保障（全户）核算。" in panel and "每月供养金" not in panel


def test_tekun_goes_from_the_page_of_the_opinion_to_the_award(world: World, travel: Travel) -> None:
    case = do(handler(world), tekun(world, concluded(world)), "propose")
    words = text(handler(world).get(url(case, "publish_notice")))
    assert "特困人员救助供养" in words
    acts.publish_notice(world.handler(), case.ref)
    notice = queries.current_notice(case)
    assert notice is not None
    for place in notice.places:
        acts.record_posting(world.handler(), case.ref, notice_ref=notice.ref, place=place, posted_on=today())
    travel(ENDED)
    acts.close_notice(world.handler(), case.ref)
    page = text(head(world).get(url(case, "approve")))
    assert "分散供养，部分丧失生活自理能力" in page
    case = do(head(world), case, "approve", code=code_of(world, Role.HEAD, TOWNSHIP))
    assert case.stage == Stage.APPROVED
    (award,) = awards.awards_of(case)
    assert award.programme == "tekun"
    shown = text(handler(world).get(f"/case/{case.ref}/"))
    assert "特困·新申请" in shown and "部分丧失生活自理能力" in shown


def test_an_open_programme_is_named_with_where_to_record_it(world: World) -> None:
    case = rich_enough_for_rigid(world)
    words = text(handler(world).get(url(case, "propose")))
    assert "申请前十二个月的刚性支出还没有登记" in words and "登记刚性支出" in words
    assert send(handler(world), case, "propose", opinion__approve="no", opinion__reasons="不符合。").status_code == 409
    spent = SpentEntry("medical", 1_600_000, "住院", paid_on=today() - timedelta(60), designated=True, receipt="票据1")
    case = investigation.record_spending(world.handler(number=1), case.ref, entry=SpendingEntry([spent]))
    case = do(handler(world), case, "propose")
    opinion = queries.current_opinion(case)
    assert opinion is not None and queries.grants_of(opinion)[0].recognition
    assert "不发放" in text(handler(world).get(url(case, "publish_notice")))
    # Nobody handed 刚性支出 to the townships: the district decides, and its list says so.
    assert not Powers(case.township_id[:6]).delegated(case, today()) and not case.delegated(today())


def rich_enough_for_rigid(world: World) -> Any:
    """A pension above the edge standard and below what people have on average."""
    return rich(world, 150_000)
