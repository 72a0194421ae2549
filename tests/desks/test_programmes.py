"""The pages of the programmes: what they show, ask once, refuse at the field, and the panel side by side."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desks.case_hands import aide, do, filled, handler, of, send, text, told, url
from tests.rooms.checking import accepted, fresh
from tests.rooms.world import World, applied, member
from yimen.casework.applications import acts as filing, queries as applications
from yimen.casework.applications.entries import ConsentEntry, ExpenseEntry, PropertyEntry
from yimen.casework.decisions.queries import application_facts
from yimen.casework.households.entries import ObligorEntry
from yimen.casework.investigation import programme_queries as found
from yimen.law.calendar import today
from yimen.law.terms import Role

ABLE = {f"care__{item}": "yes" for item in ("eat", "dress", "bed", "toilet")}


def _cared(world: World, **more: Any) -> dict[str, Any]:
    return {**ABLE, "care__walk": "no", "care__bathe": "no", "care__assessors": [world.handler().staff.ref], **more}


def test_the_panel_stands_on_the_case_with_the_reason_of_each(world: World) -> None:
    case, client = accepted(world), handler(world)
    page = text(client.get(f"/case/{case.ref}/"))
    for words in (
        "分类审核认定",
        "建议：最低生活保障",
        "义务人还没有查明",
        "刚性支出还没有登记",
        "家庭符合最低生活保障条件",
    ):
        assert words in page
    assert f"/case/{case.ref}/record_tekun_facts/?person={case.applicant.ref}" in page
    assert f"/case/{case.ref}/record_spending/" in page
    seen = text(aide(world).get(f"/case/{case.ref}/"))
    assert "分类审核认定" in seen and "record_spending" not in seen
    before = applied(world)
    assert "分类审核认定" not in text(client.get(f"/case/{before.ref}/"))


def test_the_panel_costs_no_statement_more_than_it_saves(world: World) -> None:
    case, client = accepted(world), handler(world)
    client.get(f"/case/{case.ref}/")
    with CaptureQueriesContext(connection) as seen:
        client.get(f"/case/{case.ref}/")
    assert len(seen) <= 49


def test_the_whole_page_has_each_programme_step_by_step(world: World) -> None:
    case, client = accepted(world), handler(world)
    do(client, case, "assess_self_care", **_cared(world))
    page = text(client.get(f"/case/{case.ref}/programmes/"))
    for words in (
        "部分丧失生活自理能力",
        "财产符合规定",
        "已经登记的",
    ):
        assert words in page
    assert of(world, Role.CHECKER).get(f"/case/{case.ref}/programmes/").status_code == 200
    early = applied(world)
    assert "受理以后才并列试算" in text(client.get(f"/case/{early.ref}/programmes/"))


def test_self_care_is_assessed_and_its_errors_keep_the_form(world: World) -> None:
    case, client = accepted(world), handler(world)
    answer = send(client, case, "assess_self_care", **{**ABLE, "care__note": "腿脚不便"})
    assert answer.status_code == 422
    errors = told(answer)
    assert {"walk: 请选择能不能室内自主行走。", "bathe: 请选择能不能自主洗澡。"} <= set(errors)
    assert any(error.startswith("assessors: 请选择评估人员") for error in errors)
    assert "腿脚不便" in text(answer)
    do(client, case, "assess_self_care", **_cared(world))
    [row] = found.self_care(fresh(case)).values()
    assert (row.level, row.names) == ("partly_lost", [world.handler().staff.name])
    assert "上次评估" in text(client.get(url(case, "assess_self_care")))


def test_tekun_is_recorded_with_what_is_known_shown_and_not_asked(world: World) -> None:
    son = world.crowd.person(today(), 71, 74)
    case = applied(world, obligors=[ObligorEntry(son.name, son.identity, "child", 0)])
    [obligor] = applications.obligors(case)
    agreed = ConsentEntry(True, today(), son.name, obligor_ref=obligor.ref)
    filing.record_consent(world.handler(), case.ref, entries=[agreed])
    case, client = accepted(world, application=fresh(case)), handler(world)
    page = text(client.get(url(case, "record_tekun_facts")))
    assert son.name in page and "城乡居民养老金" in page and "周岁" in page
    assert "child_benefit" not in page and "tekun-disabilities" not in page, "what cannot be is not asked"
    wrong = send(
        client, case, "record_tekun_facts", tekun__obligors_known="yes", tekun__form="at_home",
        **{"abilities-0-own_income": "620", "abilities-0-property_fits": "yes"},
    )  # fmt: skip
    assert (wrong.status_code, any("怎么查明的" in error for error in told(wrong))) == (422, True)
    do(
        client, case, "record_tekun_facts", tekun__obligors_known="yes", tekun__form="at_home",
        **{"abilities-0-own_income": "620", "abilities-0-property_fits": "yes", "abilities-0-ground": "工资流水"},
    )  # fmt: skip
    [ability] = application_facts(fresh(case), today()).abilities
    assert (ability.own_income_fen, ability.property_fits) == (62_000, True)
    again = text(client.get(url(case, "record_tekun_facts")))
    assert "620.00" in again and "工资流水" in again


def test_an_obligor_without_consent_is_refused_at_the_row(world: World) -> None:
    son = world.crowd.person(today(), 71, 74)
    case = accepted(world, application=applied(world, obligors=[ObligorEntry(son.name, son.identity, "child", 0)]))
    answer = send(
        handler(world), case, "record_tekun_facts", tekun__obligors_known="yes",
        **{"abilities-0-own_income": "620", "abilities-0-ground": "听说"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert any(error.startswith("own_income:") and "没有授权查询" in error for error in told(answer))


def test_whose_a_thing_of_the_household_is(world: World) -> None:
    people = [member(world.crowd.person(today(), 66, 70), work_capacity="lost"),
              member(world.crowd.person(today(), 66, 70), "spouse", work_capacity="lost")]  # fmt: skip
    things = [PropertyEntry("deposit", "银行存款", 120000, member=None)]
    case, client = accepted(world, members=people, properties=things), handler(world)
    assert "请写明银行存款归谁所有" in text(client.get(f"/case/{case.ref}/"))
    mate = applications.participants(case)[1].person
    do(client, case, "record_tekun_facts", tekun__obligors_known="yes", **{"owners-0-owner": mate.ref})
    [thing] = application_facts(fresh(case), today()).household.properties
    assert thing.owner == mate.ref
    page = client.get(f"{url(case, 'record_tekun_facts')}?person={mate.ref}")
    assert f"{mate.name}：已掌握的情况" in text(page)


def _declared(world: World) -> Any:
    spent = [ExpenseEntry("medical", "透析", 80_000, "month"), ExpenseEntry("living", "房租", 50_000, "month", None)]
    return accepted(world, expenses=spent)


def test_declared_expenses_are_offered_and_completed(world: World) -> None:
    case, client = _declared(world), handler(world)
    page = client.get(url(case, "record_spending"))
    assert "已带入申请时申报的 2 项支出" in text(page)
    assert "透析" in text(page) and "data-paste" in text(page)
    do(client, case, "record_spending", **{"rows-0-designated": "on", "rows-0-receipt": "票 1", "rows-1-DELETE": "on"})
    [row] = found.spent(fresh(case))
    assert (row.label, row.receipt, row.designated, row.period) == ("透析", "票 1", True, "month")
    assert "已带入" not in text(client.get(url(case, "record_spending")))


def test_a_row_is_refused_at_its_cell_with_everything_kept(world: World) -> None:
    case, client = _declared(world), handler(world)
    late = (today() + timedelta(days=400)).isoformat()
    answer = send(
        client, case, "record_spending", spending__total_income="30000",
        **{"rows-0-reimbursed": "900", "rows-1-period": "", "rows-1-paid_on": late, "rows-2-kind": "education",
           "rows-2-label": "学费", "rows-2-amount": "5500", "rows-2-member": "7"},
    )  # fmt: skip
    assert answer.status_code == 422
    errors = told(answer)
    assert "reimbursed: 报销、补助的金额不能超过支出金额，请核对。" in errors
    assert any(error.startswith("paid_on: 支出日期晚于申请日期") for error in errors)
    assert "member: 本户登记 1 人，请填 0 至 1。" in errors
    assert any(error.startswith("total_income_source:") for error in errors)
    assert "5500" in text(answer) and "学费" in text(answer)
    assert found.spending(fresh(case)) is None


def test_an_empty_table_needs_the_box(world: World) -> None:
    case, client = accepted(world), handler(world)
    answer = send(client, case, "record_spending")
    assert any("请至少登记一项支出" in error for error in told(answer))
    do(client, case, "record_spending", spending__none_found="on")
    assert "没有超过规定的" in text(client.get(f"/case/{case.ref}/"))


def test_a_draft_belongs_to_one_person(world: World) -> None:
    people = [member(world.crowd.person(today(), 66, 70), work_capacity="lost"),
              member(world.crowd.person(today(), 66, 70), "spouse", work_capacity="lost")]  # fmt: skip
    case, client = accepted(world, members=people), handler(world)
    mate = applications.participants(case)[1].person
    here, hers = url(case, "assess_self_care"), f"{url(case, 'assess_self_care')}?person={mate.ref}"
    body = {**filled(client.get(hers)), "care-note": "妻子的草稿", "draft_step": "save"}
    assert client.post(hers, body).status_code == 302
    assert "妻子的草稿" in text(client.get(hers))
    assert "妻子的草稿" not in text(client.get(here))
    done = client.post(here, {**body, "draft_step": "", "care-walk": "yes", "care-bathe": "yes",
                              **{name.replace("__", "-"): value for name, value in _cared(world).items()}})  # fmt: skip
    assert done.status_code == 302, told(done)
    assert list(found.self_care(fresh(case))) == [mate.pk]
    assert "妻子的草稿" not in text(client.get(hers)), "what was sent is no draft any more"
