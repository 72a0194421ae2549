"""The district's pages: who sees them, what they say when there is nothing, how many queries they cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desks.district_hands import at, text
from tests.rooms.checking import accepted, asked
from tests.rooms.world import NOT_YET, TOWNSHIP, World, applied
from yimen.casework.applications.models import Application, RelativeFiling, SupplementNotice
from yimen.law.calendar import today
from yimen.law.terms import ENDS, KinRelation, Role, Stage

PAGES = (
    "/district/", "/district/cases/", "/district/cases/?tab=all", "/district/cases/?tab=visit", "/district/checks/",
    "/district/checks/?tab=sent", "/district/checks/?tab=back", "/district/delegations/", "/district/calendar/", "/figures/",
)  # fmt: skip
DISTRICT_ROLES = (Role.CHECKER, Role.DISTRICT_HANDLER, Role.DISTRICT_DECIDER, Role.SUPERVISOR)


@pytest.mark.parametrize("role", DISTRICT_ROLES)
@pytest.mark.parametrize("url", PAGES)
def test_everybody_at_the_district_reads_every_page(world: World, role: Role, url: str) -> None:
    answer = at(world, role).get(url)
    assert answer.status_code == 200, text(answer)


@pytest.mark.parametrize("url", ["/district/", "/district/cases/", "/district/checks/", "/district/delegations/"])
def test_the_districts_pages_are_not_for_a_township(world: World, url: str) -> None:
    answer = at(world, Role.HANDLER, code=TOWNSHIP).get(url)
    assert answer.status_code == 403
    assert "您的岗位不能使用这个页面" in text(answer)


def test_empty_pages_say_why_and_what_next(world: World) -> None:
    watcher = at(world, Role.SUPERVISOR)
    assert "没有超期的案件" in text(watcher.get("/district/"))
    assert "没有等待区级确认的案件" in text(watcher.get("/district/cases/"))
    assert "没有等待发送的核对请求" in text(watcher.get("/district/checks/"))
    assert "没有等待复核的移交" in text(watcher.get("/district/delegations/"))


def test_the_overview_counts_each_township(world: World) -> None:
    accepted(world)
    applied(world)
    page = at(world, Role.SUPERVISOR).get("/district/")
    rows = {str(row.cells[0].text): row.cells[1:] for row in page.context["table"].rows}
    assert [str(cell) for cell in rows["青禾街道"]] == ["2", "1", "0", "0", "0", "0.0", "0", "0", "0"]
    assert [str(cell) for cell in rows["石桥乡"]] == ["0", "0", "0", "0", "0", "—", "—", "0", "0"]
    assert [str(cell) for cell in page.context["table"].foot.cells][:2] == ["合计", "2"]


def test_an_overdue_case_is_named_with_its_clock(world: World, travel: object) -> None:
    case = accepted(world)
    type(case).objects.filter(pk=case.pk).update(stage=Stage.INVESTIGATING)
    travel(today().replace(year=2027, month=3, day=1))  # type: ignore[operator]
    page = text(at(world, Role.SUPERVISOR).get("/district/"))
    assert case.number in page
    assert "已超期" in page and "需要督办" in page


def test_a_second_supplement_is_seen_by_the_supervisor(world: World) -> None:
    case = applied(world)
    for reason in ("", "首次遗漏了残疾证"):
        SupplementNotice.objects.create(
            application=case, items=["残疾证"], by_on=today(), sent_on=today(), second_reason=reason
        )
    watcher = at(world, Role.SUPERVISOR)
    assert "首次遗漏了残疾证" in text(watcher.get("/district/"))
    assert case.number in text(watcher.get("/district/cases/?tab=second"))


def test_a_case_before_the_delegation_waits_for_the_district(world: World) -> None:
    theirs, ours = accepted(world), applied(world)
    model = type(ours)
    model.objects.filter(pk=theirs.pk).update(stage=Stage.DECIDING)
    model.objects.filter(pk=ours.pk).update(stage=Stage.DECIDING, township_id=NOT_YET, accepted_on=today())
    page = text(at(world, Role.DISTRICT_DECIDER).get("/district/cases/"))
    assert ours.number in page
    assert theirs.number not in page
    assert "安澜区民政局" in page
    both = text(at(world, Role.DISTRICT_DECIDER).get("/district/cases/?tab=all"))
    assert ours.number in both and theirs.number in both


def test_a_registered_relative_asks_for_a_visit_of_the_district(world: World) -> None:
    case = accepted(world)
    RelativeFiling.objects.create(
        application=case, staff=world.district.who(TOWNSHIP, Role.HEAD), person_name=case.applicant.name,
        relation=KinRelation.PARENT, declared=True, found_on=today(), filed_on=today(),
    )  # fmt: skip
    page = text(at(world, Role.DISTRICT_HANDLER).get("/district/cases/?tab=visit"))
    assert case.number in page
    assert f"/case/{case.ref}/district_visit/" in page
    assert f"/case/{case.ref}/district_visit/" not in text(at(world, Role.SUPERVISOR).get("/district/cases/?tab=visit"))


def test_filters_keep_the_township_and_the_stage(world: World) -> None:
    case = applied(world)
    watcher = at(world, Role.SUPERVISOR)
    assert case.number in text(watcher.get(f"/district/cases/?tab=all&township={TOWNSHIP}&stage=registered"))
    assert case.number not in text(watcher.get(f"/district/cases/?tab=all&township={NOT_YET}"))
    assert case.number not in text(watcher.get("/district/cases/?tab=all&stage=checking"))


def _queries(world: World, url: str) -> int:
    watcher = at(world, Role.SUPERVISOR)
    watcher.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert watcher.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    "url", ["/district/", "/district/cases/?tab=all", "/district/checks/", "/district/checks/?tab=sent"]
)
def test_a_list_costs_the_same_for_one_row_and_for_many(world: World, url: str) -> None:
    asked(world)
    applied(world)
    few = _queries(world, url)
    for _ in range(3):
        asked(world)
        applied(world)
    assert _queries(world, url) == few


def test_the_list_says_what_each_case_is_about_and_counts_changes_and_reviews(world: World) -> None:
    case = applied(world)
    watcher = at(world, Role.SUPERVISOR)
    page = text(watcher.get("/district/cases/?tab=all"))
    assert "业务" in page and "项目未定" in page
    assert "变更和复核" in text(watcher.get("/district/")) and "在办变更" in text(watcher.get("/district/"))
    Application.objects.filter(pk=case.pk).update(proposed="edge,dibao")
    for word, many in (("edge", 1), ("dibao", 1), ("tekun", 0), ("undecided", 0)):
        assert text(watcher.get(f"/district/cases/?tab=all&business={word}")).count(case.number) == many, word
    Application.objects.filter(pk=case.pk).update(stage=min(ENDS))
    for word, many in (("edge", 1), ("tekun", 0), ("undecided", 0)):
        assert text(watcher.get(f"/district/cases/?tab=ended&business={word}")).count(case.number) == many, word
