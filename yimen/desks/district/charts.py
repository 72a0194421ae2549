"""统计图表: where work is stuck, whether it is on time, who is on assistance and with how much (S21)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe

from yimen.base.access.officer import Officer
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.applications import queries as applications
from yimen.casework.awards import queries as awards
from yimen.casework.verification.counting import differences_since
from yimen.desks.district.doing import readers
from yimen.desks.shared.charts import drawing, specs
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Chart, Column, Empty, Link, Page, Row, Table, Tile
from yimen.law.calendar import add_months, first_day, month_of, today
from yimen.law.money import show as yuan
from yimen.law.standards import Unset
from yimen.law.terms import ENDS, Stage

MONTHS = 12
STEP_FEN = 20_000
LAST_STEP = 7
PHASES: dict[str, tuple[Stage, ...]] = {
    "申请与补正": (Stage.REGISTERED, Stage.SUPPLEMENTING),
    "信息核对": (Stage.CHECKING, Stage.CHECKED),
    "受理与调查": (Stage.ACCEPTED, Stage.INVESTIGATING, Stage.APPRAISING),
    "审核意见": (Stage.EXAMINING, Stage.NOTICE_READY),
    "公示与异议": (Stage.ON_NOTICE, Stage.OBJECTED),
    "确认与告知": (Stage.DECIDING, Stage.APPROVED, Stage.REFUSED_TELLING),
}
_PHASE_OF = {stage: name for name, stages in PHASES.items() for stage in stages}
assert {*_PHASE_OF} == {stage for stage in Stage if stage not in ENDS}  # noqa: S101  # a new stage must find its phase


@dataclass(frozen=True)
class Asked:
    """For whom and as of which day."""

    officer: Officer
    on: date

    @property
    def months(self) -> list[date]:
        """First days of the last twelve months, this one included."""
        first = first_day(self.on)
        return [add_months(first, back) for back in range(1 - MONTHS, 1)]


def _chart(title: str, spec: dict[str, Any], words: str, table: Table, note: str = "") -> Chart:
    return Chart(title, mark_safe(drawing.svg(spec)), words, table, note)  # noqa: S308  # drawn here; names escaped by the drawer


def _table(label: str, heads: Sequence[str], rows: Sequence[Sequence[Any]], empty: str) -> Table:
    columns = [Column(heads[0]), *(Column(text, numeric=True) for text in heads[1:])]
    return Table(columns, [Row(list(cells)) for cells in rows], label=label, empty=Empty(empty), stack=False)


def stuck(asked: Asked) -> Chart:
    """Open cases by township and phase."""
    names = {row.code: row.name for row in offices.townships(asked.officer.district)}
    rows = applications.visible(asked.officer).exclude(stage__in=[*ENDS]).order_by()
    counted: Counter[tuple[str, str]] = Counter()
    for township, stage in rows.values_list("township_id", "stage"):
        counted[township, _PHASE_OF[Stage(stage)]] += 1
    base = reverse("district:cases")
    bars = [
        {
            "name": name,
            "part": part,
            "count": counted[code, part],
            "url": f"{base}?{urlencode({'tab': 'all', 'township': code})}",
        }
        for code, name in names.items()
        for part in PHASES
        if counted[code, part]
    ]
    sums = {code: sum(counted[code, part] for part in PHASES) for code in names}
    order = sorted(names, key=lambda code: (-sums[code], code))
    table = _table(
        "在办案件按乡街和环节",
        ["乡街", *PHASES, "合计"],
        [
            [
                Link(names[code], f"{base}?tab=all&township={code}"),
                *(counted[code, part] for part in PHASES),
                sums[code],
            ]
            for code in order
        ],
        "没有在办案件。",
    )
    busiest = max(PHASES, key=lambda part: sum(counted[code, part] for code in names))
    words = (
        f"在办 {sum(sums.values())} 件，{names[order[0]]}最多（{sums[order[0]]} 件）；停在“{busiest}”的最多。"
        if any(sums.values())
        else "没有在办案件。"
    )
    return _chart("在办案件停在哪里", specs.stacked(bars, series=[*PHASES], unit="在办（件）"), words, table)


def _limit(asked: Asked) -> int | None:
    try:
        return figures.figure("dibao.total_delegated", asked.officer.district, asked.on).as_int()
    except Unset:
        return None


def _rank(days: Sequence[int], share: float) -> int | None:
    ordered = sorted(days)
    return ordered[max(0, -(-len(ordered) * int(share * 100) // 100) - 1)] if ordered else None


def pace(asked: Asked) -> Chart:
    """Working days from acceptance to decision, by the month of the decision: the middle one and the ninth of ten."""
    calendar, limit = offices.working_calendar(), _limit(asked)
    took: dict[str, list[int]] = {month_of(month): [] for month in asked.months}
    for accepted_on, decided_on in applications.decided_since(asked.officer, asked.months[0]):
        if decided_on <= asked.on:
            took[month_of(decided_on)].append(calendar.working_days_between(accepted_on, decided_on))
    lines = [{"name": month, "middle": _rank(days, 0.5), "slow": _rank(days, 0.9)} for month, days in took.items()]
    shown = [
        [
            line["name"],
            len(took[str(line["name"])]),
            *("—" if line[key] is None else line[key] for key in ("middle", "slow")),
        ]
        for line in lines
    ]
    table = _table("办理用时", ["月份", "作出决定（件）", "中位数（工作日）", "九成不超过（工作日）"], shown, "")
    last = next((line for line in reversed(lines) if line["middle"] is not None), None)
    words = (
        f"{last['name']} 作出决定的案件，从受理起一半在 {last['middle']} 个工作日内、九成在 {last['slow']} 个工作日内办完。"
        if last
        else "这一年还没有作出决定的案件。"
    )
    spec = specs.pace(lines, limit=limit, middle="中位数", slow="九成不超过", unit="工作日")
    note = "从受理到作出决定的工作日，未扣除依规则暂停的时间。" + (
        "" if limit is not None else "法定总时限未设置，图中没有时限线。"
    )
    return _chart("办得及时吗", spec, words, table, note)


def flow(asked: Asked) -> Chart:
    """Awards running in each month, and those that began in it."""
    spans = awards.spans(asked.officer)
    rows = []
    for month in map(month_of, asked.months):
        stock = sum(count for start, end, count in spans if start <= month and (not end or end > month))
        begun = sum(count for start, _, count in spans if start == month)
        rows.append({"name": month, "stock": stock, "flow": begun, "url": f"{reverse('district:cases')}?tab=ended"})
    table = _table(
        "在保与新增",
        ["月份", "在保（户）", "新增（户）"],
        [[row["name"], row["stock"], row["flow"]] for row in rows],
        "",
    )
    first, last = rows[0], rows[-1]
    words = f"{last['name']} 在保 {last['stock']:,} 户，一年前的 {first['name']} 为 {first['stock']:,} 户；本月新增 {last['flow']} 户。"
    return _chart("在保与新增", specs.stock_and_flow(rows, stock="在保（户）", flow="新增（户）"), words, table)


def _step_words(step: int) -> str:
    low = step * STEP_FEN // 100
    return f"{low}+" if step >= LAST_STEP else f"{low}–{low + STEP_FEN // 100 - 1}"


def amounts(asked: Asked) -> Chart:
    """Running awards by monthly amount in steps of 200 yuan, parted by category."""
    counted: Counter[tuple[int, str]] = Counter()
    for category, step, count in awards.spread(asked.officer, STEP_FEN):
        counted[min(int(step), LAST_STEP), category or "未分类"] += count
    series = sorted({category for _, category in counted})[:6]
    bars = [
        {"name": _step_words(step), "part": part, "count": counted[step, part], "url": None}
        for step in range(LAST_STEP + 1)
        for part in series
    ]
    rows = [
        [_step_words(step), *(counted[step, part] for part in series), sum(counted[step, part] for part in series)]
        for step in range(LAST_STEP + 1)
    ]
    table = _table("每户每月保障金", ["每户每月（元）", *series, "合计（户）"], rows, "")
    most = max(rows, key=lambda row: int(row[-1]))
    words = f"每月 {most[0]} 元的家庭最多，{most[-1]:,} 户。" if most[-1] else "还没有在保家庭。"
    spec = specs.columns(bars, series=series or ["未分类"], unit="户", title="每户每月（元）")
    return _chart("保障金多少", spec, words, table, "按户计；颜色和花纹为低保的保障类别和特困。")


def places(asked: Asked) -> Chart:
    """Running awards by township, parted by category of dibao, 特困 and 低收入家庭."""
    names = {row.code: row.name for row in offices.townships(asked.officer.district)}
    counted = {(code, category or "未分类"): count for code, category, count in awards.places(asked.officer)}
    series = sorted({category for _, category in counted})[:6]
    bars = [
        {"name": names.get(code, code), "part": part, "count": count, "url": None}
        for (code, part), count in counted.items()
    ]
    sums = {code: sum(counted.get((code, part), 0) for part in series) for code in names}
    order = sorted(names, key=lambda code: (-sums[code], code))
    rows = [[names[code], *(counted.get((code, part), 0) for part in series), sums[code]] for code in order]
    table = _table("在保家庭按乡街和类别", ["乡街", *series, "合计（户）"], rows, "")
    words = f"{names[order[0]]}最多，{sums[order[0]]:,} 户。" if any(sums.values()) else "还没有在保家庭。"
    return _chart("在保家庭在哪里", specs.stacked(bars, series=series or ["未分类"], unit="在保（户）"), words, table)


def differences(asked: Asked) -> Chart:
    """What the check of the last twelve months found to differ, the most frequent first."""
    found = differences_since(asked.officer, asked.months[0])
    whole, so_far = sum(count for _, count in found), 0
    rows = []
    for name, count in found:
        so_far += count
        rows.append(
            {
                "name": name,
                "count": count,
                "words": f"{count}，累计 {so_far * 100 // whole}%",
                "sum": so_far * 100 // whole,
            }
        )
    table = _table(
        "核对发现的不一致",
        ["项目", "不一致（条）", "累计（%）"],
        [[row["name"], row["count"], row["sum"]] for row in rows],
        "一年来没有发现申报与核对不一致。",
    )
    words = f"一年来共 {whole:,} 条不一致，最多的是{rows[0]['name']}。" if rows else "一年来没有发现申报与核对不一致。"
    return _chart("核对发现了什么", specs.pareto(rows, unit="不一致（条）"), words, table)


CHARTS: tuple[Callable[[Asked], Chart], ...] = (stuck, pace, flow, places, amounts, differences)


def _tiles(asked: Asked) -> list[Tile]:
    households, persons, fen = awards.totals(asked.officer)
    average = fen // persons if persons else 0
    return [
        Tile("在保家庭", f"{households:,}", note="户"),
        Tile("保障人数", f"{persons:,}", note="人"),
        Tile("每月保障金", yuan(fen), note="元"),
        Tile("人均", yuan(average) if persons else "—", note="元/月"),
        Tile("低收入家庭", f"{awards.recognised(asked.officer):,}", note="户，边缘、刚性支出"),
    ]


@route("district.charts", "application", "district", readers())
def charts(request: HttpRequest) -> HttpResponse:
    """Six questions, each with a picture, a sentence and a table."""
    asked = Asked(request.officer, today())  # type: ignore[attr-defined]
    page = Page(
        "统计图表",
        f"截至 {asked.on}，按本系统现有记录；每张图下都有同样数字的表。",
        tools=[Action("各乡街办理情况", reverse("district:overview"))],
    )
    return show(
        request, "district/charts.html", page=page, tiles=_tiles(asked), charts=[draw(asked) for draw in CHARTS]
    )
