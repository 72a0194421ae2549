"""Two officers on one form: both versions side by side, nothing lost, taken over field by field."""

from __future__ import annotations

from typing import Any

from tests.desks.case_hands import filled, handler, of, text, url
from tests.rooms.checking import accepted, fresh
from tests.rooms.visiting import concluded
from tests.rooms.world import World, applied
from yimen.casework.applications import queries
from yimen.casework.applications.acts import record_material
from yimen.casework.applications.entries import MaterialEntry
from yimen.casework.decisions.acts import propose
from yimen.casework.decisions.queries import trial
from yimen.casework.verification import acts as verification, queries as checked
from yimen.law.terms import MaterialState, Role


def chosen(page: Any, **takes: str) -> dict[str, Any]:
    """What the page of the conflict sends with these choices."""
    data = {**dict(page.context["carried"]), **page.context["hidden"], "draft_step": page.context["step"]}
    for row in page.context["rows"]:
        data[f"take:{row.name}"] = takes.get(row.name.replace("-", "_"), "mine")
        data[f"theirs:{row.name}"] = list(row.raw)
    return data


def test_a_paper_that_a_colleague_has_just_entered(world: World) -> None:
    case, mine, theirs = applied(world), handler(world), world.handler(number=1)
    address = url(case, "record_material")
    opened = filled(mine.get(address))
    first = queries.materials(case)[0]
    record_material(theirs, case.ref, entries=[MaterialEntry(first.code, MaterialState.PROMISED, "寄来后补交")])
    page = mine.post(address, {**opened, "materials-0-state": "submitted", "materials-1-note": "我写的"})
    assert page.status_code == 409 and "shared/conflict.html" in [one.name for one in page.templates]
    names = [row.name for row in page.context["rows"]]
    assert names == ["materials-0-state", "materials-0-note", "materials-1-note"]
    assert theirs.staff.name in text(page) and "登记材料" in text(page)
    back = mine.post(address, chosen(page, materials_0_state="theirs", materials_0_note="theirs"))
    assert back.status_code == 200 and "已带入您选定的内容" in text(back)
    assert queries.materials(case)[1].note == ""
    assert mine.post(address, filled(back)).status_code == 302
    rows = queries.materials(fresh(case))
    assert (rows[0].state, rows[0].note, rows[1].note) == (MaterialState.PROMISED, "寄来后补交", "我写的")


def test_what_nobody_changed_goes_through(world: World) -> None:
    case, client = applied(world), handler(world)
    opened = filled(client.get(url(case, "record_material")))
    assert client.post(url(case, "record_material"), {**opened, "materials-0-note": "看过"}).status_code == 302


def test_a_line_that_a_colleague_has_just_treated(world: World) -> None:
    case, client = accepted(world, truth={}), handler(world)
    line, address = checked.open_lines(case)[0], url(case, "settle_difference")
    item = next(item for item in client.get(address).context["items"] if item["anchor"] == line.ref)
    verification.settle_difference(
        world.handler(number=1), case.ref, comparison_ref=line.ref, treatment="accept_declared", note="同事写的"
    )
    mine = {"treat-comparison_ref": line.ref, "treat-treatment": "accept_verified", "treat-note": "我写的"}
    page = client.post(address, {**item["hidden"], **mine})
    assert page.status_code == 409 and "同事写的" in text(page) and "我写的" in text(page)
    back = client.post(address, chosen(page))
    assert back.status_code == 200 and "我写的" in text(back)
    again = next(item for item in back.context["items"] if item["anchor"] == line.ref)
    assert client.post(address, {**again["hidden"], **mine}).status_code == 302
    assert next(row for row in checked.comparison(case) if row.ref == line.ref).treatment_note == "我写的"


def test_the_case_moved_on_but_the_act_is_still_open(world: World) -> None:
    case, client = concluded(world), of(world, Role.HANDLER, 1)
    address = url(case, "propose")
    opened = filled(client.get(address))
    paper = queries.materials(case)[0]
    record_material(world.handler(), case.ref, entries=[MaterialEntry(paper.code, MaterialState.PROMISED, "")])
    page = client.post(address, {**opened, "opinion-reasons": "我写了很久的理由。"})
    assert page.status_code == 409 and "我写了很久的理由。" in text(page) and world.handler().staff.name in text(page)
    back = client.post(address, chosen(page))
    assert "我写了很久的理由。" in text(back)
    assert client.post(address, {**filled(back), "opinion-reasons": "我写了很久的理由。"}).status_code == 302


def test_the_act_is_no_longer_open_and_the_words_stay(world: World) -> None:
    case, client = concluded(world), of(world, Role.HANDLER, 1)
    opened = filled(client.get(url(case, "propose")))
    found = trial(case).reckoning
    assert found is not None
    propose(world.handler(), case.ref, approve=found.eligible, reasons=found.proposal)
    page = client.post(url(case, "propose"), {**opened, "opinion-reasons": "我写了很久的理由。"})
    assert page.status_code == 409 and "我写了很久的理由。" in text(page)
    assert "您这次的“拟定审核意见”没有生效" in text(page) and "您打开页面以后的办理" in text(page)


def test_nothing_is_done_without_a_person_choosing(world: World) -> None:
    case, client = accepted(world), handler(world)
    before = fresh(case).version
    page = client.post(url(case, "conclude_investigation"), {"draft_step": "merged", "conclude-disputed": "no"})
    assert page.status_code == 200 and fresh(case).version == before
