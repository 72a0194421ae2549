"""The households behind 资金发放情况表: whom the bank has paid for a month, and whom 临时救助 was granted in it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, PAYING_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.casework.awards.belonging import within_reach
from yimen.casework.payments.funds import queries as funds
from yimen.casework.payments.funds.table import lines_paid
from yimen.casework.payments.relief import queries as relief
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import Listing
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Cell, Empty, Filter, Link, Page, Row
from yimen.law.calendar import is_month
from yimen.law.money import show as yuan
from yimen.law.payments.funds import FundProgramme
from yimen.law.payments.relief import ReliefCause
from yimen.law.terms import Programme

READERS = TOWNSHIP_ROLES | DISTRICT_ROLES
_AMOUNTS = ("当月（元）", "补发（元）", "扣回（元）", "实发（元）")
_PAID = ("户主", "乡街", "村（社区）", "项目", "城乡", "人数", *_AMOUNTS)
_GIVEN = ("救助对象", "乡街", "村（社区）", "城乡", "事由", "人次", "救助金（元）", "决定日期", "发放日期")
LINES = Listing(
    "fund_lines", "已发放的家庭", (*_PAID, "名册行号", "编号"), usual=_PAID,
    sorts={"户主": ("household__head__pinyin",), "村（社区）": ("village_id", "award__number"), "实发（元）": ("total_fen",),
           "编号": ("award__number",)},
    filters=("township", "programme", "urban"), numeric=frozenset({"人数", *_AMOUNTS}), unit="户",
)  # fmt: skip
GIVEN = Listing(
    "fund_relief", "给予的临时救助", _GIVEN,
    sorts={"决定日期": ("decision__on", "id"), "救助金（元）": ("decision__fen",), "发放日期": ("paid_on", "id")},
    filters=("township", "urban"), numeric=frozenset({"人次", "救助金（元）"}),
)  # fmt: skip
_URBAN = (("", "全部"), ("1", "城市"), ("0", "农村"))


def _officer(request: HttpRequest) -> Officer:
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


def households_of(officer: Officer, month: str, township: str, programme: FundProgramme, urban: bool) -> str:
    """The address of the households behind a row of the table; empty where they are not the officer's to see."""
    asked = {"township": township, "urban": str(int(urban))}
    if programme is not FundProgramme.TEMPORARY:
        address = reverse("township:fund_households", args=[month])
        return f"{address}?{urlencode({**asked, 'programme': str(programme)})}"
    return relief_of(month, **asked) if officer.roles & READERS else ""


def relief_of(month: str, *, township: str = "", urban: str = "") -> str:
    """The address of the relief granted in a month; every filter spelled out so that none left from before counts."""
    query = urlencode({"township": township, "urban": urban})
    return f"{reverse('township:fund_relief', args=[month])}?{query}"


def _narrowed(asked: Asked, rows: Any) -> Any:
    if township := asked.get("township"):
        rows = rows.filter(township=township)
    return rows.filter(urban=asked.get("urban") == "1") if asked.get("urban") in ("0", "1") else rows


def _filters(asked: Asked) -> list[Filter]:
    places = funds.places(asked.officer)
    made = [asked.filter("township", "乡街", [("", "全部"), *places.items()])] if len(places) > 1 else []
    return [*made, asked.filter("urban", "城乡", _URBAN)]


def _page(asked: Asked, title: str, line: str, month: str) -> Page:
    back = Link("资金发放情况表", f"{reverse('township:fund_table')}?month={month}")
    return Page(f"{title}　{month}", line, crumbs=[back, Link(asked.listing.title, "", current=True)])


def _checked(month: str) -> str:
    if not is_month(month):
        raise Unknown(month)
    return month


@route("funds.read", "funds", "place", TOWNSHIP_ROLES | PAYING_ROLES | DISTRICT_ROLES)
def households(request: HttpRequest, month: str) -> HttpResponse:
    """Whom the bank has paid for a month."""
    officer, asked = _officer(request), Asked(request, LINES)
    rows = _narrowed(asked, lines_paid(officer, _checked(month)))
    if programme := asked.get("programme"):
        rows = rows.filter(programme=programme)
    found, pager = asked.page(asked.ordered(rows, "township_id", "village_id", "award__number"))
    reach = within_reach(officer, [line.award_id for line in found]) if officer.roles & READERS else set()
    return show(
        request,
        "shared/list.html",
        page=_page(asked, "已发放的家庭", "银行答复已发放、没有退回的；实发 = 当月 + 补发 - 扣回。", month),
        filters=[*_filters(asked), asked.filter("programme", "项目", [("", "全部"), *Programme.choices()])],
        filter_url=reverse("township:fund_households", args=[month]),
        table=asked.table(
            [_paid(line, line.award_id in reach) for line in found], empty=Empty("没有这样的家庭。请放宽筛选条件。")
        ),
        pager=pager,
        lister=tools(asked),
    )


def _paid(line: Any, here: bool) -> Row:
    name = line.household.head.name
    own = line.base_fen + line.supplement_fen + line.addition_fen
    amounts = (yuan(fen) for fen in (own, line.arrears_fen, line.recovery_fen, line.total_fen))
    return Row(
        [
            Link(name, reverse("township:award_month", args=[line.award.ref, line.month])) if here else name,
            line.township.name, line.village.name, line.get_programme_display(), "城市" if line.urban else "农村",
            line.persons, *amounts, line.ref, line.award.number,
        ],
        name=name,
    )  # fmt: skip


@route("relief.read", "relief", "place", READERS)
def given(request: HttpRequest, month: str) -> HttpResponse:
    """Whom 临时救助 was granted in a month."""
    officer, asked = _officer(request), Asked(request, GIVEN)
    rows = _narrowed(asked, relief.cases_granted_in(officer, _checked(month)))
    found, pager = asked.page(asked.ordered(rows, "decision__on", "id"))
    return show(
        request,
        "shared/list.html",
        page=_page(asked, "给予的临时救助", "当月决定给予、没有撤销的，人次按件相加。", month),
        filters=_filters(asked),
        filter_url=reverse("township:fund_relief", args=[month]),
        table=asked.table([_given(case) for case in found], empty=Empty("没有这样的临时救助。请放宽筛选条件。")),
        pager=pager,
        lister=tools(asked),
    )


def _given(case: Any) -> Row:
    name = case.person.name
    return Row(
        [
            Link(name, reverse("township:relief_one", args=[case.ref])), case.township.name, case.village.name,
            "城市" if case.urban else "农村", Cell(ReliefCause(case.cause).label, note="紧急" if case.urgent else ""),
            case.persons, yuan(case.decision.fen), f"{case.decision.on}", f"{case.paid_on or '—'}",
        ],
        name=name, reads=[(relief.KIND, case.ref, case.person.ref)],
    )  # fmt: skip
