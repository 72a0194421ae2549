"""The pages of the investigation: opened, filled, sent, refused with everything kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.desks.case_hands import aide, do, handler, of, send, text, url
from tests.rooms.checking import PENSION, accepted
from tests.rooms.visiting import appraisal_entry, concluded, visited
from tests.rooms.world import DISTRICT, World, applied
from yimen.base.offices.models import StaffRelative
from yimen.casework.applications import queries as applications
from yimen.casework.investigation import queries
from yimen.casework.verification import queries as verification
from yimen.law.terms import Role, Stage

SAID = {
    "visit__residents_match": "yes", "visit__eating": "以米面为主。", "visit__clothing": "旧衣，整洁。", "visit__housing": "一室一厅。",
    "visit__using": "电视一台。", "visit__income_found": "养老金每月 143 元。", "visit__property_found": "无车。", "visit__result": "same",
    "visit__conclusion": "情况属实。", "visit__signed_by_investigators": "on",
}  # fmt: skip


NAMES = ("赵一民", "钱二顺", "孙三喜", "李四海", "周五常", "吴六合", "郑七宝", "王八方", "冯九如")


def both(world: World) -> list[str]:
    return [world.handler().staff.ref, world.aide().staff.ref]


def said(world: World, case: Any, **more: Any) -> dict[str, Any]:
    """A visit by two with every open question answered."""
    answers = {f"visit__holds_{row.ref}": "yes" for row in verification.open_items(case)}
    return {
        **SAID,
        **answers,
        "visit__investigators": both(world),
        "visit__signed_by_member": case.applicant.name,
        **more,
    }


def test_the_aide_enters_a_visit_on_the_phone(world: World) -> None:
    case, client = accepted(world), aide(world)
    page = client.get(url(case, "home_visit"))
    assert "shared/visit_form.html" in [template.name for template in page.templates]
    assert "至少 2 人（民发〔2021〕57号 第16条）" in text(page)
    assert "登记 1 人" in text(page)
    assert "照片（可不拍）" in text(page)
    answer = send(client, case, "home_visit", **said(world, case))
    assert (answer.status_code, answer.url) == (302, "/village/")
    visit = queries.signed_visit(case)
    assert visit is not None
    assert visit.leader == world.handler().staff
    assert case.applicant.name not in text(client.get("/village/"))


def test_one_alone_is_told_how_many_are_missing_and_keeps_the_form(world: World) -> None:
    case = accepted(world)
    answer = send(
        handler(world), case, "home_visit", **said(world, case, visit__investigators=[world.handler().staff.ref])
    )
    assert answer.status_code == 422
    assert "还差 1 人" in text(answer)
    assert "以米面为主。" in text(answer)
    assert queries.visits(case) == []


def test_the_visit_asks_only_what_is_open(world: World) -> None:
    case = accepted(world, truth=None)
    settled = {row.ref for row in verification.known_items(case)}
    page = handler(world).get(url(case, "home_visit"))
    assert settled
    assert not any(f"holds_{ref}" in text(page) for ref in settled)
    for row in verification.open_items(case):
        assert f"holds_{row.ref}" in text(page)


def test_an_untrue_answer_needs_words(world: World) -> None:
    wage = {"item": "pension", "value": "城乡居民养老保险待遇", "amount_fen": 20000, "period": "month"}
    case = applied(world)
    truth = {case.applicant.name: {"social_insurance": [wage]}}
    case = accepted(world, application=case, truth=truth)
    row = verification.open_items(case)[0]
    wrong = said(world, case, **{f"visit__holds_{row.ref}": "no"})
    answer = send(handler(world), case, "home_visit", **wrong)
    assert answer.status_code == 422
    assert "不属实的，请写明实际情况。" in text(answer)
    do(handler(world), case, "home_visit", **wrong, **{f"visit__note_{row.ref}": "每月 200 元。"})
    assert PENSION["item"] in {line.item for line in verification.comparison(case)}


def test_relatives_are_shown_and_cannot_be_picked(world: World) -> None:
    case = applied(world)
    person, aunt = case.applicant, world.aide().staff
    StaffRelative.objects.create(
        staff=aunt,
        name=person.name,
        identity=person.identity,
        identity_index=person.identity_index,
        relation="parent",
        registered_on=date(2026, 1, 5),
    )
    case = accepted(world, application=case)
    page = text(handler(world).get(url(case, "home_visit")))
    assert f"{aunt.name}与申请家庭有近亲属关系" in page
    assert f'value="{aunt.ref}"' not in page


def test_a_visit_without_signature_is_refused_in_words(world: World) -> None:
    case = accepted(world)
    answer = send(handler(world), case, "home_visit", **said(world, case, visit__signed_by_investigators=None))
    assert answer.status_code == 422
    assert "调查表须由每一名调查人员签字" in text(answer)


def test_the_district_visits_for_its_own_reason(world: World) -> None:
    case = accepted(world)
    people = [world.officer(DISTRICT, Role.DISTRICT_HANDLER, number).staff.ref for number in (0, 1)]
    case = do(
        of(world, Role.DISTRICT_HANDLER), case, "district_visit",
        **said(world, case, visit__investigators=people, visit__reason="complaint"),
    )  # fmt: skip
    assert len(queries.district_visits(case)) == 1


def test_neighbours_letters_and_assessments(world: World) -> None:
    case, client = visited(world), handler(world)
    case = do(
        client, case, "neighbour_interview", interview__investigators=both(world), interview__place="社区活动室",
        interview__conclusion="与申报一致。", **{"asked-0-answer": "靠养老金。"},
    )  # fmt: skip
    assert queries.interviews(case)[0].answers == [{"question": "这家平时靠什么生活？", "answer": "靠养老金。"}]
    case = do(client, case, "send_letter", letter__addressee="示例区不动产登记中心", letter__items="名下房屋\n交易记录")
    letter = queries.letters(case)[0]
    assert letter.items == ["名下房屋", "交易记录"]
    case = do(client, case, "receive_letter", reply__letter_ref=letter.ref, reply__reply="名下一套。")
    assert queries.letters(case)[0].reply == "名下一套。"
    case = do(
        client, case, "third_party_assessment", assess__body="示例评估公司", assess__contract="HT-1", assess__assessors="甲\n乙",
        assess__method="入户问询", assess__conclusion="属实", assess__taken_over="partly",
        **{"findings-0-item": "收入", "findings-0-finding": "与申报一致"},
    )  # fmt: skip
    assert queries.assessments(case)[0].assessors == ["甲", "乙"]


def test_an_interview_without_an_answer_is_refused(world: World) -> None:
    case = accepted(world)
    answer = send(
        handler(world), case, "neighbour_interview", interview__investigators=both(world), interview__place="社区活动室",
        interview__conclusion="与申报一致。",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "请至少填写一问一答" in text(answer)


def test_the_conclusion_shows_what_was_found_and_what_is_lacking(world: World) -> None:
    case, client = accepted(world), handler(world)
    assert "还没有入户调查" in text(client.get(url(case, "conclude_investigation")))
    refused = send(client, case, "conclude_investigation", conclude__disputed="no", conclude__reason="没有争议。")
    assert refused.status_code == 409
    assert "没有争议。" in text(refused)
    case = visited(world, case)
    case = do(client, case, "conclude_investigation", conclude__disputed="no", conclude__reason="没有争议。")
    assert case.stage == Stage.EXAMINING


def meeting(people: int = 9) -> dict[str, Any]:
    """A meeting of the first people of the usual nine."""
    entry = appraisal_entry()
    rows: dict[str, Any] = {}
    for number, (name, one) in enumerate(zip(NAMES[:people], entry.attendees, strict=False)):
        rows |= {f"people-{number}-name": name, f"people-{number}-role": one.role}
    return {
        "meeting__place": "社区会议室", "meeting__held_at": "09:00", "meeting__chair": "赵负责", "meeting__expected": "10",
        "vote__agree": str(people), "vote__against": "0", "vote__abstain": "0", "vote__minutes": "逐项通报并发言。",
        "vote__result": "困难属实。", **rows,
    }  # fmt: skip


def test_the_appraisal_names_the_quorum_and_by_how_many_it_is_missed(world: World) -> None:
    case, client = concluded(world, disputed=True), handler(world)
    page = text(client.get(url(case, "appraise")))
    assert "至少 7 人，其中居民（村民）代表不少于 2/3" in page
    assert "有人反映其子有工资收入" in page
    few = send(client, case, "appraise", **meeting(4))
    assert few.status_code == 422
    assert "还差 3 人" in text(few)
    assert "逐项通报并发言。" in text(few)
    case = do(client, case, "appraise", **meeting())
    assert case.stage == Stage.EXAMINING
    assert queries.appraisals(case)[0].supports_application


def test_the_village_sees_its_own_visits_alone(world: World) -> None:
    case = accepted(world)
    other = accepted(world, village="990101001002")
    page = text(aide(world).get("/village/"))
    assert case.applicant.name in page
    assert other.applicant.name not in page
    assert f"/case/{case.ref}/home_visit/" in page
    assert handler(world).get("/village/").status_code == 403


def test_an_empty_village_says_why(world: World) -> None:
    page = text(aide(world).get("/village/"))
    assert "没有要走访的家庭" in page
    assert applications.visible(world.aide()).count() == 0
