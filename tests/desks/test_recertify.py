"""复核: the list by month and village, bulk acts with the outcome of every row, one household, sheets, village and district."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desks.case_hands import aide, handler, head, text
from tests.desks.district_hands import at, send
from tests.desks.ledger_hands import line, names, taken_over
from tests.rooms.ledgers import take
from tests.rooms.test_ledger_programmes import recognised, tekun
from tests.rooms.world import VILLAGE, World
from yimen.base.access.models import UsedCode
from yimen.base.jobs.worker import run_one
from yimen.base.papers.models import Paper
from yimen.base.record.models import Read
from yimen.casework.awards import acts, queries
from yimen.casework.awards.models import Award, Recertification
from yimen.casework.awards.recertify.entries import CheckEntry
from yimen.desks.shared import registry
from yimen.law.calendar import today
from yimen.law.recertify import RecertifyState
from yimen.law.terms import Programme, Role

HIDDEN = {"csrfmiddlewaretoken", "draft_edition", "once", "version"}

LIST, START, RENEW, CONFIRM = (
    "/township/recertify/",
    "/batch/start_recertification/",
    "/batch/renew/",
    "/batch/confirm_recertification/",
)


def three(world: World) -> list[Any]:
    """One overdue, one due this month, one due next month."""
    days = ("2026-11-10", "2026-11-28", "2026-12-15")
    taken_over(world, *(line(world, number, recertify_on=day, category="B") for number, day in enumerate(days)))
    return list(queries.running(world.handler()).order_by("recertify_on"))


def batch(client: Client, url: str, awards: list[Any], **fields: Any) -> str:
    """Tick, press, confirm: the page with every row's outcome, or the form with its errors."""
    place = str(client.post(url, {"ref": [award.ref for award in awards]})["Location"])
    kept = re.search(r'name="cases" value="([^"]*)"', text(client.get(place)))
    assert kept
    answer = send(client, url, cases=kept[1], **fields)
    return text(client.get(answer["Location"]) if answer.status_code == 302 else answer)


def looked(world: World, **more: Any) -> dict[str, Any]:
    people = [world.handler().staff.ref, world.aide().staff.ref]
    return {"investigators": people, "checked_on": "2026-11-24", "data_check": "none", "note": "", **more}


def test_the_list_shows_what_is_due_the_longest_overdue_first(world: World) -> None:
    late, month, later = three(world)
    client = handler(world)
    page = text(client.get(LIST))
    heads = [award.household.head.name for award in (late, month)]
    assert (
        names(page) == 2 and page.index(heads[0]) < page.index(heads[1]) and "已过" in page and "批量续保登记" in page
    )
    for due, many in (("late", 1), ("month", 2), ("next", 1), ("quarter", 3), ("all", 3)):
        assert names(text(client.get(f"{LIST}?due={due}&village="))) == many, due
    assert names(text(client.get(f"{LIST}?due=all&village=990101001002"))) == 0
    assert names(text(client.get(f"{LIST}?due=all&state=started"))) == 0
    assert later.household.head.name not in page


def test_a_village_is_renewed_in_bulk_and_every_row_tells(world: World) -> None:
    late, month, later = three(world)
    clerk, leader = handler(world), head(world)
    page = batch(clerk, START, [late, month])
    assert page.count("tag-green") == 2 and RecertifyState.STARTED.label in page
    page = batch(clerk, RENEW, [late, month, later], **looked(world))
    assert page.count("tag-green") == 2 and "还没有开始" in page and "没有办" in page
    assert Paper.objects.filter(code="recertification_form").count() == 2
    assert "批量确认复核" not in text(clerk.get(LIST)) and "批量确认复核" in text(leader.get(LIST))
    page = batch(leader, CONFIRM, [late, month])
    assert page.count("tag-green") == 2
    assert {row.recertify_on for row in queries.running(world.handler())} == {date(2027, 5, 24), date(2026, 12, 15)}
    assert "本月已复核" in text(clerk.get(LIST)) and names(text(clerk.get(LIST))) == 0


def test_entries_are_refused_at_their_fields_and_nothing_is_lost(world: World) -> None:
    late, *_ = three(world)
    client = handler(world)
    batch(client, START, [late])
    page = batch(client, RENEW, [late], **looked(world, checked_on="不知道", note="看了存折"))
    assert "核查日期请写成" in page and "看了存折" in page
    page = batch(client, RENEW, [late], **looked(world, investigators=[]))
    assert "请选择核查人员" in page
    page = batch(client, RENEW, [late], **looked(world, investigators=[world.handler().staff.ref]))
    assert "还差 1 人" in page and not Paper.objects.filter(code="recertification_form").exists()


def test_one_household_from_start_to_a_change_that_stays_open(world: World) -> None:
    late, *_ = three(world)
    client, page_of = handler(world), f"{LIST}{late.ref}/"
    page = text(client.get(page_of))
    assert "还没有开始" in page and "cases=" in page and "历次复核" in page
    assert client.get(f"{page_of}change/").status_code == 404
    batch(client, START, [late])
    page = text(client.get(f"{page_of}change/"))
    assert "没有重新核算" in page
    answer = send(client, f"{page_of}change/", **looked(world), version="1")
    assert answer.status_code == 422 and "有变化的方面" in text(answer)
    fields = looked(world, note="儿子找到工作", changes=["income"], since="2026-10-01")
    assert send(client, f"{page_of}change/", **fields, version="1")["Location"] == page_of
    leader = head(world)
    assert "确认复核" in text(leader.get(page_of)) and "确认复核" not in text(client.get(page_of))
    batch(leader, CONFIRM, [late])
    page = text(client.get(page_of))
    assert "须另办变更" in page and "待办变更" in page and "儿子找到工作" in page
    late.refresh_from_db()
    assert late.monthly_fen == 35_000 and late.end_month == ""
    assert names(text(client.get(f"{LIST}?state=changing&due="))) == 1
    assert Read.objects.filter(subject_kind="household", purpose="定期复核").exists()


def test_the_leader_returns_with_a_reason(world: World) -> None:
    late, *_ = three(world)
    batch(handler(world), START, [late])
    batch(handler(world), RENEW, [late], **looked(world))
    url = f"{LIST}{late.ref}/return/"
    assert "请填写退回理由" in text(send(head(world), url, reason="", version="2"))
    assert send(head(world), url, reason="没有看存折", version="2").status_code == 302
    assert "没有看存折" in text(handler(world).get(f"{LIST}{late.ref}/"))
    assert handler(world).get(url).status_code == 403


def test_sheets_are_printed_as_one_file_and_one_by_one(world: World) -> None:
    late, month, _ = three(world)
    client = handler(world)
    answer = send(client, f"{LIST}print/", ref=[late.ref])
    assert answer.status_code == 422 and "还没有复核表" in text(answer)
    batch(client, START, [late, month])
    batch(client, RENEW, [late, month], **looked(world))
    place = send(client, f"{LIST}print/", ref=[late.ref, month.ref])["Location"]
    assert run_one()
    page = text(client.get(place))
    assert late.household.head.name in page and month.household.head.name in page and "已排入" in page
    assert client.get(f"{place}file/").content[:5] == b"%PDF-"
    paper = Paper.objects.filter(code="recertification_form").first()
    assert paper is not None and client.get(f"/paper/{paper.ref}/").content[:5] == b"%PDF-"
    stranger = at(world, Role.HANDLER, code="990101002")
    assert stranger.get(f"/paper/{paper.ref}/").status_code == 404


def test_village_district_roll_queue_and_household_tell_the_same(world: World) -> None:
    late, month, _ = three(world)
    page = text(aide(world).get("/village/"))
    assert "要复核 2 户" in page and late.household.head.name in page and "350.00" not in page
    assert aide(world).get(LIST).status_code == 403
    district = at(world, Role.SUPERVISOR)
    page = text(district.get(f"{LIST}?due=all"))
    assert "各乡街复核情况" in page and "批量续保登记" not in page and names(page) >= 3
    assert "已过期 1 户" in text(handler(world).get("/township/"))
    batch(handler(world), START, [late])
    assert RecertifyState.STARTED.label in text(handler(world).get("/township/awards/"))
    page = text(handler(world).get(f"/household/{late.household.ref}/"))
    assert "历次复核" in page and RecertifyState.STARTED.label in page
    check = CheckEntry(today(), [world.handler().staff.ref, world.aide().staff.ref])
    acts.renew(world.handler(), refs=[Recertification.objects.get().ref], check=check)
    assert "要复核 1 户" in text(aide(world).get("/village/"))
    assert month.village_id == VILLAGE


def _count(client: Client, due: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get(f"{LIST}?size=200&due={due}")
    return len(seen)


def test_statements_do_not_grow_with_the_rows(world: World) -> None:
    rows = [line(world, number, recertify_on="2026-11-10" if number else "2026-12-10") for number in range(60)]
    taken_over(world, *rows)
    client = handler(world)
    client.get(f"{LIST}?size=200&due=next")
    client.get(f"{LIST}?size=200&due=late")
    one = _count(client, "next")
    assert _count(client, "late") <= one


# -- every programme ---------------------------------------------------------------------


def test_every_programme_is_on_the_list_and_a_recognition_that_ran_out_applies_again(world: World) -> None:
    taken_over(world, line(world, 1, recertify_on="2026-11-10", category="B"))
    for row in (
        tekun(world, 7, recertify_on="2026-11-11"),
        recognised(world, Programme.EDGE, 8, recertify_on="2026-11-12"),
        recognised(world, Programme.RIGID_EXPENDITURE, 9),
    ):
        take(world, [row])
    Award.objects.filter(programme=Programme.RIGID_EXPENDITURE).update(valid_to=date(2026, 11, 1))
    client = handler(world)
    page = text(client.get(LIST))
    assert names(page) == 4 and "特困 分散" in page and "边缘" in page and "期满，重新申请" in page
    assert "其中认定期满 1 户" in page
    assert names(text(client.get(f"{LIST}?programme=tekun"))) == 1
    rigid = Award.objects.get(programme=Programme.RIGID_EXPENDITURE)
    one = text(client.get(f"{LIST}{rigid.ref}/"))
    assert (
        "不作定期复核" in one and f"/township/intake/?household={rigid.household.ref}" in one and "开始复核" not in one
    )
    cared = text(client.get(f"{LIST}{Award.objects.get(programme=Programme.TEKUN).ref}/"))
    assert "部分丧失生活自理能力" in cared and "1,036.00 元" in cared
    edge = text(client.get(f"{LIST}{Award.objects.get(programme=Programme.EDGE).ref}/"))
    assert "月保障金" not in edge and "有效期至" in edge
    done = batch(client, START, list(Award.objects.order_by("id")))
    assert "不作定期复核" in done and Recertification.objects.count() == 3
    assert "期满" in text(client.get(f"/household/{rigid.household.ref}/"))


def test_a_review_asks_for_nothing_that_stands_in_no_register(world: World) -> None:
    award, *_ = three(world)
    acts.start_recertification(world.handler(), refs=[award.ref])
    page = text(handler(world).get(f"{LIST}{award.ref}/change/"))
    main = page[page.index("<main") : page.index("</main>")]
    asked = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([a-z_]+)"', main)) - HIDDEN
    assert asked and {f"recertify_change:{name}" for name in asked} <= registry.inputs().keys()


def test_a_recognition_that_expires_is_told_printed_ended_and_applied_for_anew(world: World) -> None:
    """In bulk from the list; the new application comes with everything that stands in the register."""
    for number in (1, 2):
        account = {"bank": "示例农村商业银行", "account": f"97{number:017d}"}
        take(world, [recognised(world, Programme.RIGID_EXPENDITURE, number, **account)])
        UsedCode.objects.all().delete()
    Award.objects.update(valid_to=today())
    rows, client = list(Award.objects.order_by("id")), handler(world)
    page = text(client.get(f"{LIST}?due=expiring"))
    assert names(page) == 2 and page.count("期满未告知") == 2
    batch(client, "/batch/invite_again/", rows)
    assert Paper.objects.filter(code="expiry_notice").count() == 2
    letter = Paper.objects.filter(code="expiry_notice").order_by("id")[0]
    assert letter.number in text(client.get(f"{LIST}?due=expiring"))
    assert client.get(f"/paper/{letter.ref}/").status_code == 200
    assert "/papers/runs/" in send(client, f"{LIST}print/", ref=[row.ref for row in rows])["Location"]
    one = text(client.get(f"{LIST}{rows[0].ref}/"))
    assert "期满终止" in one and letter.number in one
    intake = text(client.get(f"/township/intake/?household={rows[0].household.ref}"))
    for row in rows[0].household.memberships.select_related("person"):
        assert row.person.name in intake
    assert "已登记，不用再填" in intake
    batch(client, "/batch/end_expired/", rows)
    assert {row.end_month for row in Award.objects.all()} == {"2026-12"}
    assert names(text(client.get(f"{LIST}?due=expiring"))) == 0
    history = text(client.get(f"/township/awards/{rows[0].ref}/"))
    assert "有效期届满" in history
