"""Telling the result, objecting, re-checking, declining."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.rooms.checking import DEPOSIT, IN_REGISTER, PENSION, asked, checked, fresh, taken_in
from tests.rooms.world import World, applied
from yimen.base.access.refusal import Refused
from yimen.base.clocks import desk as clocks
from yimen.base.papers import desk as papers
from yimen.casework.verification import acts, queries
from yimen.law.calendar import today
from yimen.law.procedure import CLOCKS
from yimen.law.terms import Match, Role, Stage, Treatment

RICH = {
    "household_register": [IN_REGISTER],
    "social_insurance": [PENSION],
    "bank": [{**DEPOSIT, "amount_fen": 9000000}],
}
TELLING: dict[str, Any] = {
    "condition": "家庭财产符合规定",
    "reasons": ["银行存款 90,000.00 元，超过规定的限额。"],
    "evidence_wanted": ["存款来源和去向的证明"],
}


@pytest.fixture
def rich(world: World) -> Any:
    """A case whose deposit is far larger than declared."""
    case = applied(world)
    return checked(world, case, {case.applicant.name: RICH})


def _clock(case: Any, code: str) -> Any:
    return clocks.running("application", case.pk, code)


def _paper(case: Any, code: str) -> Any:
    return papers.papers_of("application", case.ref).filter(code=code).order_by("-id")[0]


def test_telling_the_result_gives_figures_and_starts_the_time_to_object(world: World, rich: Any) -> None:
    acts.tell_check_result(world.handler(), rich.ref, **TELLING)
    clock = _clock(rich, "check_objection")
    notice = _paper(rich, "check_result_notice")
    assert clock.due_on is not None
    assert notice.data["objection_until"] == clock.due_on.isoformat()
    assert notice.data["figures"][0]["found"] == "90,000.00元"
    assert notice.data["figures"][0]["declared"] == "1,200.00元"


@pytest.mark.parametrize("missing", ["condition", "reasons", "evidence_wanted"])
def test_telling_is_refused_without_its_content(world: World, rich: Any, missing: str) -> None:
    said = {**TELLING, missing: "" if missing == "condition" else [" "]}
    with pytest.raises(Refused) as refused:
        acts.tell_check_result(world.handler(), rich.ref, **said)
    assert refused.value.field == missing


def test_without_a_difference_there_is_nothing_to_tell(world: World) -> None:
    with pytest.raises(Refused, match="没有需要告知的内容"):
        acts.tell_check_result(world.handler(), checked(world).ref, **TELLING)


def test_where_no_limit_is_set_the_officer_names_the_day_and_the_clock_runs_without_one(
    world: World, rich: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    for code in ("check_objection", "recheck"):
        monkeypatch.setitem(CLOCKS, code, replace(CLOCKS[code], key="dibao.nobody_has_set_this"))
    with pytest.raises(Refused, match="没有设置核对异议的期限") as refused:
        acts.tell_check_result(world.handler(), rich.ref, **TELLING)
    assert refused.value.field == "objection_until"
    acts.tell_check_result(world.handler(), rich.ref, **TELLING, objection_until=today() + timedelta(days=10))
    assert _clock(rich, "check_objection").due_on is None
    with pytest.raises(Refused, match="期限未设置"):
        acts.decline(world.handler(), rich.ref, reasons=["存款超过限额"])


def test_an_objection_needs_the_telling(world: World, rich: Any) -> None:
    with pytest.raises(Refused, match="还没有把核对结果书面告知申请人"):
        acts.object_to_check(world.handler(), rich.ref, item_text="银行存款", statement="是女儿的钱")


def _objected(world: World, case: Any) -> Any:
    handler = world.handler()
    acts.tell_check_result(handler, case.ref, **TELLING)
    line = next(line for line in queries.comparison(case) if line.open)
    acts.object_to_check(
        handler,
        case.ref,
        item_text="银行存款",
        statement="是女儿寄存的钱",
        comparison_ref=line.ref,
        evidence="女儿的说明\n转账记录",
    )
    return queries.open_objection(case)


def test_an_objection_stops_its_time_and_starts_the_recheck(world: World, rich: Any) -> None:
    objection = _objected(world, rich)
    assert objection.comparison.item == "deposit"
    assert _clock(rich, "check_objection") is None
    assert _clock(rich, "recheck").due_on is not None


def test_one_objection_is_rechecked_at_a_time(world: World, rich: Any) -> None:
    _objected(world, rich)
    with pytest.raises(Refused, match="正在复查"):
        acts.object_to_check(world.handler(), rich.ref, item_text="养老金", statement="没有这么多")


def test_an_open_objection_holds_acceptance_and_refusal(world: World, rich: Any) -> None:
    _objected(world, rich)
    for act, fields in ((acts.accept, {}), (acts.decline, {"reasons": ["存款超过限额"]})):
        with pytest.raises(Refused, match="提出的异议还在复查"):
            act(world.handler(), rich.ref, **fields)


def test_the_recheck_concludes_tells_and_may_treat_the_line(world: World, rich: Any) -> None:
    objection = _objected(world, rich)
    acts.conclude_recheck(
        world.handler(),
        rich.ref,
        objection_ref=objection.ref,
        result="存款系女儿寄存，流水可证",
        outcome="upheld",
        ways=["信函索证"],
        treatment=Treatment.ACCEPT_DECLARED,
        note="女儿的说明和转账记录",
    )
    assert queries.open_objection(rich) is None
    assert _clock(rich, "recheck") is None
    line = next(line for line in queries.comparison(rich) if line.item == "deposit")
    assert (line.open, line.adopted_fen) == (False, 120000)
    sheet = _paper(rich, "objection_recheck")
    assert sheet.data["result"]["result"] == "异议成立"
    assert sheet.data["evidence"] == ["女儿的说明", "转账记录"]
    with pytest.raises(Refused, match="没有待复查的核对异议"):
        acts.conclude_recheck(world.handler(), rich.ref, objection_ref=objection.ref, result="再查", outcome="rejected")


def test_a_new_round_after_an_objection_keeps_unchanged_treatments(world: World, rich: Any) -> None:
    line = next(line for line in queries.comparison(rich) if line.item == "deposit")
    acts.settle_difference(
        world.handler(), rich.ref, comparison_ref=line.ref, treatment=Treatment.ACCEPT_VERIFIED, note="流水无误"
    )
    with pytest.raises(Refused, match="再次提请核对须写明理由"):
        acts.request_check(world.handler(), rich.ref)
    acts.request_check(world.handler(), rich.ref, reason="申请人补证")
    assert {line.match for line in queries.comparison(fresh(rich))} == {Match.PENDING}
    batch = acts.send_checks(world.at_district(Role.CHECKER))
    taken_in(world, batch, {rich.applicant.name: RICH})
    again = next(line for line in queries.comparison(fresh(rich)) if line.item == "deposit")
    assert (again.treatment, again.open) == (Treatment.ACCEPT_VERIFIED, False)
    assert again.ref != line.ref
    assert _paper(rich, "check_request").data["node"] == "异议复核"


def test_a_changed_answer_in_a_new_round_is_open_again(world: World, rich: Any) -> None:
    line = next(line for line in queries.comparison(rich) if line.item == "deposit")
    acts.settle_difference(
        world.handler(), rich.ref, comparison_ref=line.ref, treatment=Treatment.ACCEPT_VERIFIED, note="流水无误"
    )
    acts.request_check(world.handler(), rich.ref, reason="申请人补证")
    batch = acts.send_checks(world.at_district(Role.CHECKER))
    other = {**RICH, "bank": [{**DEPOSIT, "amount_fen": 8000000}]}
    taken_in(world, batch, {rich.applicant.name: other})
    assert next(line for line in queries.comparison(fresh(rich)) if line.item == "deposit").open


def test_declining_waits_for_the_telling_and_the_time_to_object(world: World, rich: Any, travel: Any) -> None:
    handler = world.handler()
    with pytest.raises(Refused, match="先告知核对结果"):
        acts.decline(handler, rich.ref, reasons=["存款超过限额"])
    acts.tell_check_result(handler, rich.ref, **TELLING)
    until = _clock(rich, "check_objection").due_on
    travel(until)
    with pytest.raises(Refused, match=r"异议期到 .* 才满"):
        acts.decline(world.handler(), rich.ref, reasons=["存款超过限额"])
    travel(until + timedelta(days=1))
    declined = acts.decline(world.handler(), rich.ref, reasons=["存款 90,000.00 元，超过规定的限额。"])
    assert (declined.stage, declined.ended_on) == (Stage.DECLINED, until + timedelta(days=1))
    notice = _paper(rich, "decline_notice")
    assert notice.data["reasons"] == ["存款 90,000.00 元，超过规定的限额。"]
    assert notice.data["articles"]
    assert notice.data["remedies"]
    assert "示例省核对中心" in notice.data["check_report"]


def test_declining_needs_a_reason(world: World, rich: Any, travel: Any) -> None:
    acts.tell_check_result(world.handler(), rich.ref, **TELLING)
    travel(_clock(rich, "check_objection").due_on + timedelta(days=1))
    with pytest.raises(Refused, match="写明不予受理的理由") as refused:
        acts.decline(world.handler(), rich.ref, reasons=[""])
    assert refused.value.status == 422


def test_a_second_officer_at_the_same_moment_hears_who_was_first(world: World) -> None:
    case = checked(world)
    acts.accept(world.handler(), case.ref, version=case.version)
    with pytest.raises(Refused, match=rf"{world.handler().staff.name} 已于.*办理“受理”") as refused:
        acts.accept(world.handler(number=1), case.ref, version=case.version)
    assert refused.value.status == 409


def test_the_ministrys_order_accepts_first_and_goes_on_to_investigate(world: World) -> None:
    from yimen.base.offices.models import OrderChoice

    OrderChoice.objects.create(
        area_id="990101",
        programme="dibao",
        order="ministry",
        valid_from=date(2026, 11, 1),
        document="示例文号",
        chosen_by=world.at_district(Role.SUPERVISOR).staff,
    )
    case = applied(world)
    case = acts.accept(world.handler(), case.ref)
    assert case.stage == Stage.ACCEPTED
    with pytest.raises(Refused, match="没有“不予受理”这一步"):
        acts.decline(world.handler(), case.ref, reasons=["无"])
    case, batch = asked(world, case)
    taken_in(world, batch)
    assert fresh(case).stage == Stage.INVESTIGATING
