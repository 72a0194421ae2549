"""临时加发: the table that the district fills in, a month by place, the households, their notices; as a file; for whom."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desks.case_hands import aide, handler, text, told
from tests.desks.district_hands import at, send
from tests.desks.export_hands import taken
from tests.rooms.ledgers import families, take
from tests.rooms.world import TOWNSHIP, VILLAGE, World
from yimen.base.figures import queries as figures
from yimen.base.figures.models import FigureVersion
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import Award
from yimen.law.aftercare.additions import KEY
from yimen.law.calendar import today
from yimen.law.terms import Role

FIGURE = f"/district/figures/{KEY}/new/"
PAGE, MONTH = "/township/additions/", "/township/additions/2026-03/"
HEAD = {"area": "990101", "valid_from": "2026-12-01", "valid_to": "", "document": "安澜民发〔2026〕60号", "note": ""}
ROW = {
    "label": "价格临时补贴", "for_dibao": "on", "for_tekun": "on", "yuan": "35", "per": "person", "from_month": "2026-12",
    "to_month": "2027-02", "document": "",
}  # fmt: skip


def filled(*rows: dict[str, Any]) -> dict[str, Any]:
    """The form as a browser sends it."""
    names = {f"rows-{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()}
    return {**HEAD, "rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": 0, **names}


# -- the table of the district -------------------------------------------------------------


def test_the_district_fills_in_a_table_and_another_person_releases_it(world: World) -> None:
    watcher = at(world, Role.SUPERVISOR)
    page = text(watcher.get(FIGURE))
    assert 'name="rows-0-label" value="价格临时补贴"' in page and "28.00" in page and "YAML" not in page
    heating = {
        **ROW,
        "label": "取暖补贴",
        "per": "household",
        "yuan": "300.50",
        "for_tekun": "",
        "document": "安澜民发〔2026〕61号",
    }
    assert send(watcher, FIGURE, **filled(ROW, heating, {"label": "", "per": "person"})).status_code == 302
    draft = FigureVersion.objects.get(released_at=None, key=KEY)
    assert [(row["code"], row["fen"], row["document"]) for row in draft.value] == [
        ("price", 3_500, HEAD["document"]), ("取暖补贴", 30_050, "安澜民发〔2026〕61号"),
    ]  # fmt: skip
    decider, url = at(world, Role.DISTRICT_DECIDER), f"/district/figures/waiting/{draft.ref}/release/"
    page = text(decider.get(url))
    assert "取暖补贴" in page and "300.50" in page and "2026-12 至 2027-02" in page
    assert send(decider, url).status_code == 302
    assert figures.figure(KEY, TOWNSHIP, today().replace(month=12)).value == draft.value
    assert "取暖补贴" in text(handler(world).get(PAGE))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"yuan": "0"}, "yuan: 金额应大于零"),
        ({"yuan": "三十"}, "yuan: "),
        ({"from_month": "12月"}, "from_month: 请写成 2026-02 这样的月份"),
        ({"to_month": "2026-11"}, "to_month: 截止月份不能早于起始月份"),
        ({"for_dibao": "", "for_tekun": ""}, "for_dibao: 请勾选适用项目"),
        ({"label": ""}, "label: 请填写名称"),
        ({"to_month": ""}, "to_month: 请填写截止月份"),
    ],
)
def test_what_is_wrong_is_told_at_the_field_of_the_row(world: World, change: dict[str, Any], where: str) -> None:
    answer = send(
        at(world, Role.SUPERVISOR),
        FIGURE,
        **filled(ROW, {**ROW, "from_month": "2027-03", "to_month": "2027-04", **change}),
    )
    assert answer.status_code == 422 and any(line.startswith(where) for line in told(answer)), told(answer)
    assert "安澜民发〔2026〕60号" in text(answer) and not FigureVersion.objects.filter(key=KEY).exists()


def test_two_of_one_name_never_overlap_for_one_programme(world: World) -> None:
    client, later = at(world, Role.SUPERVISOR), {**ROW, "from_month": "2027-02", "to_month": "2027-03"}
    answer = send(client, FIGURE, **filled(later, ROW))
    assert answer.status_code == 422 and any("月份重叠（到 2027-02）" in line for line in told(answer))
    other = {**later, "for_dibao": "", "for_tekun": "", "for_edge": "on"}
    assert send(client, FIGURE, **filled(ROW, other)).status_code == 302
    dropped = {**later, "DELETE": "on"}
    answer = send(client, FIGURE, **{**filled(ROW, dropped), "valid_from": "2026-12-02"})
    assert answer.status_code == 302 and len(FigureVersion.objects.get(valid_from="2026-12-02").value) == 1


# -- what it comes to ------------------------------------------------------------------------


def test_a_month_counts_by_village_and_for_the_district_by_township(world: World) -> None:
    take(world, families(world, 6))
    assert "价格临时补贴" in text(handler(world).get(PAGE)) and "2026-02 至 2026-04" in text(handler(world).get(PAGE))
    page = text(handler(world).get(MONTH))
    persons = sum(award.persons.count() for award in Award.objects.all())
    assert f"{persons * 28:.2f}" in page and "告知 2 户" in page and "站前社区" in page
    assert "这个月没有临时加发" in text(handler(world).get("/township/additions/2026-05/"))
    district = at(world, Role.SUPERVISOR)
    page = text(district.get(MONTH))
    assert "青禾街道" in page and "告知 6 户" in page and "站前社区" not in page
    assert "站前社区" in text(district.get(f"{MONTH}?township={TOWNSHIP}"))
    assert "/announce/" not in text(at(world, Role.HANDLER, code="990101002").get(MONTH))
    assert aide(world).get(PAGE).status_code == 403
    assert handler(world).get("/township/additions/2026-13/").status_code == 404


def test_the_month_view_has_its_own_column(world: World) -> None:
    take(world, families(world, 3))
    persons = sum(award.persons.count() for award in Award.objects.all())
    for client, url in ((handler(world), "/township/months/"), (at(world, Role.SUPERVISOR), "/district/months/")):
        page = text(client.get(f"{url}2026-03/"))
        assert "加发（元）</th>" in page and f"{persons * 28}.00" in page and f"{MONTH}households/?" in page
        assert "加发（元）</th>" not in text(client.get(f"{url}2026-05/"))


def test_households_are_told_and_their_notices_printed(world: World) -> None:
    take(world, families(world, 6))
    client, url = handler(world), f"{MONTH}announce/{TOWNSHIP}/?code=price"
    page = text(client.get(url))
    assert "还没告知" in page and "6 户" in page and "示例文号 安澜发改发〔示例〕5号" in page
    answer = send(client, url)
    assert answer.status_code == 302 and Paper.objects.filter(code="addition_notice").count() == 6
    listed = text(client.get(answer["Location"]))
    assert listed.count("<tr data-row") == 6 and "未告知</span>" not in listed
    again = send(client, url)
    assert again.status_code == 422 and "都已制发告知书" in text(again)
    assert "都已告知" in text(client.get(MONTH))
    refs = list(Award.objects.values_list("ref", flat=True))
    printed = send(client, f"{MONTH}print/", ref=refs)
    assert printed.status_code == 302 and "/papers/runs/" in printed["Location"]
    assert send(client, f"{MONTH}print/", ref=[]).status_code == 422
    paper = Paper.objects.filter(code="addition_notice").order_by("id")[0]
    assert client.get(f"/paper/{paper.ref}/").status_code == 200
    assert at(world, Role.HANDLER, code="990101002").get(f"/paper/{paper.ref}/").status_code == 404
    home = Award.objects.order_by("id")[0].household
    shown = text(client.get(f"/household/{home.ref}/"))
    assert "临时加发" in shown and "2026-02 至 2026-04" in shown and "每人每月 28.00 元" in shown
    shown = text(aide(world).get(f"/household/{Award.objects.filter(village=VILLAGE)[0].household.ref}/"))
    assert "临时加发" in shown and "84.00" not in shown


def test_the_households_go_into_a_file_and_are_narrowed(world: World) -> None:
    take(world, families(world, 6))
    client = handler(world)
    page = text(client.get(f"{MONTH}households/"))
    [sheet] = taken(client, page)
    assert len(sheet) == 1 + 6
    assert (
        text(client.get(f"{MONTH}households/?village={VILLAGE}&programme=&code=price&told=no")).count("<tr data-row")
        == 2
    )
    assert "没有符合条件的家庭" in text(client.get(f"{MONTH}households/?village=&programme=tekun&code=&told="))
    assert "没有符合条件的家庭" in text(client.get(f"{MONTH}households/?village=&programme=&code=&told=yes"))
    [sheet] = taken(client, text(client.get(f"{MONTH}")))[:1]
    assert len(sheet) >= 4


@pytest.mark.parametrize("area", ["990101002", "990101999", "x", "990101002001"])
def test_another_place_is_not_announced(world: World, area: str) -> None:
    take(world, families(world, 2))
    assert handler(world).get(f"{MONTH}announce/{area}/").status_code in {404, 409}
    assert send(handler(world), f"{MONTH}announce/{area}/").status_code in {404, 409}
