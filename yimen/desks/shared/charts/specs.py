"""The kinds of chart, declared. Each takes plain rows and gives a Vega-Lite declaration; colours come from tokens.css."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from yimen.desks.shared.charts.drawing import fills, tokens

Rows = Sequence[Mapping[str, Any]]
WIDTH = 430
_FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, WenQuanYi Micro Hei, sans-serif"


def _chart(rows: Rows, height: int) -> alt.Chart:
    return alt.Chart(alt.Data(values=[dict(row) for row in rows]), width=WIDTH, height=height)


def _spec(chart: Any) -> dict[str, Any]:
    """The house's look; no roles of its own, for the picture is for the eye and the table for everybody."""
    found = tokens()
    dressed = chart.configure(
        aria=False,
        font=_FONT,
        background=found["surface"],
        axis=alt.AxisConfig(
            labelColor=found["ink-2"],
            titleColor=found["ink-2"],
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            gridColor=found["line"],
            domainColor=found["edge"],
            tickColor=found["edge"],
            labelLimit=200,
        ),
        legend=alt.LegendConfig(
            labelColor=found["ink"],
            labelFontSize=12,
            orient="top",
            title=None,
            symbolType="square",
            labelLimit=200,
            columns=4,
        ),
        view=alt.ViewConfig(stroke=None),
    )
    return dict(dressed.to_dict())


def _axis(highest: int) -> alt.Axis:
    """Whole numbers only, also where there are few."""
    return alt.Axis(format=",d", values=[*range(highest + 1)]) if highest <= 5 else alt.Axis(format=",d", tickCount=5)


def _highest(rows: Rows) -> int:
    """The tallest of the stacked bars."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row["name"]] = sums.get(row["name"], 0) + row["count"]
    return max(sums.values(), default=0)


def stacked(rows: Rows, *, series: Sequence[str], unit: str) -> dict[str, Any]:
    """Horizontal bars parted by series, the longest on top. Rows: ``name``, ``part``, ``count``, ``url``."""
    names = {row["name"] for row in rows}
    order = {part: number for number, part in enumerate(series)}
    bars = _chart([{**row, "order": order[row["part"]]} for row in rows], 34 * max(1, len(names)))
    return _spec(
        bars.mark_bar().encode(
            x=alt.X("count:Q", stack="zero", title=unit, axis=_axis(_highest(rows))),
            y=alt.Y("name:N", sort="-x", title=None),
            color=alt.Color("part:N", sort=[*series], scale=alt.Scale(domain=[*series], range=fills(len(series)))),
            order=alt.Order("order:Q"),
            href="url:N",
        )
    )


def columns(rows: Rows, *, series: Sequence[str], unit: str, title: str) -> dict[str, Any]:
    """Upright bars in the order given, parted by series. Rows: ``name``, ``part``, ``count``, ``url``."""
    names = list(dict.fromkeys(row["name"] for row in rows))
    order = {part: number for number, part in enumerate(series)}
    bars = _chart([{**row, "order": order[row["part"]]} for row in rows], 220)
    return _spec(
        bars.mark_bar().encode(
            x=alt.X("name:N", sort=names, title=title, axis=alt.Axis(labelAngle=-40)),
            y=alt.Y("count:Q", stack="zero", title=unit, axis=_axis(_highest(rows))),
            color=alt.Color("part:N", sort=[*series], scale=alt.Scale(domain=[*series], range=fills(len(series)))),
            order=alt.Order("order:Q"),
            href="url:N",
        )
    )


def stock_and_flow(rows: Rows, *, stock: str, flow: str) -> dict[str, Any]:
    """A line for what is there and bars for what came, month by month. Rows: ``name``, ``stock``, ``flow``, ``url``."""
    names = [row["name"] for row in rows]
    found = tokens()
    axis = alt.X("name:N", sort=names, title=None, axis=alt.Axis(labelAngle=0, labels=False, ticks=False))
    below = alt.X("name:N", sort=names, title=None, axis=alt.Axis(labelAngle=-40))
    line = _chart(rows, 140).encode(x=axis, y=alt.Y("stock:Q", title=stock, axis=alt.Axis(format=",d", tickCount=4)))
    drawn = line.mark_area(color=found["primary-tint"]) + line.mark_line(color=found["chart-1"], strokeWidth=2)
    drawn += line.mark_point(color=found["chart-1"], filled=True, size=36)
    bars = (
        _chart(rows, 80)
        .mark_bar(color=fills(2)[1])
        .encode(
            x=below,
            y=alt.Y("flow:Q", title=flow, axis=_axis(max((row["flow"] for row in rows), default=0))),
            href="url:N",
        )
    )
    return _spec(alt.vconcat(drawn, bars, spacing=8))


def pace(rows: Rows, *, limit: int | None, middle: str, slow: str, unit: str) -> dict[str, Any]:
    """Two lines month by month and the limit. Rows: ``name``, ``middle``, ``slow`` (numbers or None)."""
    names = [row["name"] for row in rows]
    found = tokens()
    flat = [
        {"name": row["name"], "part": label, "days": row[key]}
        for row in rows
        for key, label in (("middle", middle), ("slow", slow))
        if row[key] is not None
    ]
    shades = [found["chart-1"], found["chart-5"]]
    lines = _chart(flat, 200).encode(
        x=alt.X("name:N", sort=names, title=None, scale=alt.Scale(domain=names), axis=alt.Axis(labelAngle=-40)),
        y=alt.Y("days:Q", title=unit, axis=alt.Axis(tickMinStep=1, tickCount=6), scale=alt.Scale(domainMin=0)),
        color=alt.Color("part:N", sort=[middle, slow], scale=alt.Scale(domain=[middle, slow], range=shades)),
        strokeDash=alt.StrokeDash("part:N", scale=alt.Scale(domain=[middle, slow], range=[[1, 0], [6, 3]])),
    )
    drawn = lines.mark_line(strokeWidth=2, point=alt.OverlayMarkDef(filled=True, size=40))
    if limit is not None:
        rule = alt.Chart(alt.Data(values=[{"days": limit, "words": f"法定时限 {limit} 个工作日"}])).encode(y="days:Q")
        drawn += rule.mark_rule(color=found["red"], strokeDash=[2, 2])
        drawn += rule.mark_text(align="left", x=4, dy=-7, color=found["red"], fontSize=12).encode(text="words:N")
    return _spec(drawn)


def pareto(rows: Rows, *, unit: str) -> dict[str, Any]:
    """Bars from the most frequent down, each with its number. Rows: ``name``, ``count``, ``words``."""
    highest = _highest(rows)
    room = alt.Scale(domain=[0, highest * 1.4 or 1], nice=False)  # for the words behind the longest bar
    base = _chart(rows, 26 * max(1, len(rows))).encode(
        x=alt.X("count:Q", title=unit, scale=room, axis=_axis(highest)),
        y=alt.Y("name:N", sort=[row["name"] for row in rows], title=None),
    )
    words = base.mark_text(align="left", dx=5, fontSize=12, color=tokens()["ink"]).encode(text="words:N")
    return _spec(base.mark_bar(color=tokens()["chart-1"]) + words)
