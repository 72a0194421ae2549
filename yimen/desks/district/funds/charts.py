"""计划与支出: what was given against what was paid, month by month; and how far each township's money goes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe

from yimen.base.access.officer import DISTRICT_ROLES, Officer
from yimen.casework.payments.funds import forecast, queries
from yimen.desks.shared import funds
from yimen.desks.shared.charts import drawing, specs
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Chart, Column, Empty, Page, Row, Table
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today
from yimen.law.money import FEN_PER_YUAN, show as yuan
from yimen.law.payments.funds import FundProgramme

MONTHS = 12
_SHORT = {FundProgramme.DIBAO: "低保", FundProgramme.TEKUN: "特困", FundProgramme.TEMPORARY: "临时救助"}
_WAN = 10_000 * FEN_PER_YUAN


def _tenthousands(fen: int) -> str:
    """万元 with two decimals, half up, as the picture takes it."""
    hundredths = (2 * fen * 100 + _WAN) // (2 * _WAN)
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def _plan_and_paid(officer: Officer) -> Chart:
    last = month_of(today())
    booked = {month: (given, spent) for month, given, spent in queries.by_month(queries.postings(officer))}
    months = [later_month(last, back) for back in range(1 - MONTHS, 1)]
    lines = [(month, *booked.get(month, (0, 0))) for month in months]
    bars = [
        {"name": month, "given": _tenthousands(given), "spent": _tenthousands(spent)} for month, given, spent in lines
    ]
    rows = [Row([month, yuan(given), yuan(spent), yuan(given - spent)]) for month, given, spent in lines]
    heads = [Column("月份"), *(Column(text, numeric=True) for text in ("拨入（元）", "支出（元）", "相差（元）"))]
    table = Table(heads, rows, label="每月拨入和支出", empty=Empty("还没有资金记录。"), stack=False)
    given, spent = sum(line[1] for line in lines), sum(line[2] for line in lines)
    words = f"一年来拨入乡街 {yuan(given)} 元，支出 {yuan(spent)} 元。" if given or spent else "一年来还没有资金记录。"
    return _chart("每月拨入和支出", specs.bullet(bars, plan="拨入", paid="支出", unit="万元"), words, table)


def _reach(officer: Officer) -> Chart:
    names = queries.places(officer)
    found = forecast.shortage(names, month_of(today()))
    bars = [
        {"name": f"{names[row.township]} {_SHORT[row.programme]}", "given": _tenthousands(row.balance),
         "spent": _tenthousands(row.needed)}
        for row in found
    ]  # fmt: skip
    rows = [
        Row([names[row.township], row.programme.label, yuan(row.balance), yuan(row.needed), funds.reach(row)])
        for row in found
    ]
    heads = [
        "乡街",
        "项目",
        Column("结余（元）", numeric=True),
        Column("三个月需要（元）", numeric=True),
        "能发到哪个月",
    ]
    table = Table(heads, rows, label="结余和今后三个月需要", empty=Empty("没有在保家庭，也没有结余。"), stack=False)
    short = [row for row in found if row.month]
    words = (
        f"{len(short)} 处今后三个月资金不足，最早的是{names[short[0].township]}{short[0].programme.label}（{short[0].month}）。"
        if (short := sorted(short, key=lambda row: row.month))
        else "今后三个月各处资金够发。"
    )
    note = "按现在的保障名册推算，含已决定的增减、停发、到期和临时加发。"
    spec = specs.bullet(bars, plan="结余", paid="三个月需要", unit="万元", flat=True)
    return _chart("结余够发几个月", spec, words, table, note)


def _chart(title: str, spec: dict[str, Any], words: str, table: Table, note: str = "") -> Chart:
    return Chart(title, mark_safe(drawing.svg(spec)), words, table, note)  # noqa: S308  # drawn here; names escaped by the drawer


@route("funds.charts", "funds", "district", DISTRICT_ROLES)
def charts(request: HttpRequest) -> HttpResponse:
    """Two pictures, each with its sentence and table."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    page = Page("计划与支出图", f"截至 {today()}，按资金流水和保障名册。", crumbs=funds.crumbs())
    return show(
        request,
        "district/charts.html",
        page=page,
        tiles=funds.tiles(officer),
        charts=[_plan_and_paid(officer), _reach(officer)],
    )
