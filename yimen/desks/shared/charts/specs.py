"""The kinds of chart, declared. Each takes plain rows and gives a Vega-Lite declaration; colours come from tokens.css."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from yimen.desks.shared.charts.drawing import fills, tokens

Rows = Sequence[Mapping[str, Any]]
Spec = dict[str, Any]
WIDTH = 430
_FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, WenQuanYi Micro Hei, sans-serif"


def _whole(spec: Spec) -> Spec:
    """The house's look; no roles of its own, for the picture is for the eye and the table for everybody."""
    found = tokens()
    axis = {
        "labelColor": found["ink-2"],
        "titleColor": found["ink-2"],
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": found["line"],
        "domainColor": found["edge"],
        "tickColor": found["edge"],
        "labelLimit": 200,
    }
    legend = {
        "labelColor": found["ink"],
        "labelFontSize": 12,
        "orient": "top",
        "title": None,
        "symbolType": "square",
        "labelLimit": 200,
        "columns": 4,
    }
    config = {
        "aria": False,
        "font": _FONT,
        "background": found["surface"],
        "axis": axis,
        "legend": legend,
        "view": {"stroke": None},
    }
    return {"$schema": "https://vega.github.io/schema/vega-lite/v6.4.1.json", "config": config, **spec}


def _sized(rows: Rows, height: int) -> Spec:
    return {"data": {"values": [dict(row) for row in rows]}, "width": WIDTH, "height": height}


def _words(field: str, **more: Any) -> Spec:
    return {"field": field, "type": "nominal", **more}


def _number(field: str, **more: Any) -> Spec:
    return {"field": field, "type": "quantitative", **more}


def _mark(kind: str, *, encoding: Spec | None = None, **more: Any) -> Spec:
    return {"mark": {"type": kind, **more}, **({"encoding": encoding} if encoding else {})}


def _counting(highest: int) -> Spec:
    """An axis with whole numbers only, also where there are few."""
    ticks: Spec = {"values": [*range(highest + 1)]} if highest <= 5 else {"tickCount": 5}
    return {"format": ",d", **ticks}


def _highest(rows: Rows) -> int:
    """The tallest of the stacked bars."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row["name"]] = sums.get(row["name"], 0) + row["count"]
    return max(sums.values(), default=0)


def _parted(rows: Rows, series: Sequence[str], height: int) -> Spec:
    """Bars stacked in the order of ``series``, each part with its fill and its link; where they stand is the caller's."""
    order = {part: number for number, part in enumerate(series)}
    shades = {"domain": [*series], "range": fills(len(series))}
    return {
        **_sized([{**row, "order": order[row["part"]]} for row in rows], height),
        **_mark("bar"),
        "encoding": {
            "color": _words("part", sort=[*series], scale=shades),
            "order": _number("order"),
            "href": _words("url"),
        },
    }


def stacked(rows: Rows, *, series: Sequence[str], unit: str) -> Spec:
    """Horizontal bars parted by series, the longest on top. Rows: ``name``, ``part``, ``count``, ``url``."""
    bars = _parted(rows, series, 34 * max(1, len({row["name"] for row in rows})))
    bars["encoding"]["x"] = _number("count", stack="zero", title=unit, axis=_counting(_highest(rows)))
    bars["encoding"]["y"] = _words("name", sort="-x", title=None)
    return _whole(bars)


def columns(rows: Rows, *, series: Sequence[str], unit: str, title: str) -> Spec:
    """Upright bars in the order given, parted by series. Rows: ``name``, ``part``, ``count``, ``url``."""
    names = list(dict.fromkeys(row["name"] for row in rows))
    bars = _parted(rows, series, 220)
    bars["encoding"]["x"] = _words("name", sort=names, title=title, axis={"labelAngle": -40})
    bars["encoding"]["y"] = _number("count", stack="zero", title=unit, axis=_counting(_highest(rows)))
    return _whole(bars)


def stock_and_flow(rows: Rows, *, stock: str, flow: str) -> Spec:
    """A line for what is there and bars for what came, month by month. Rows: ``name``, ``stock``, ``flow``, ``url``."""
    names = [row["name"] for row in rows]
    found = tokens()
    silent = _words("name", sort=names, title=None, axis={"labelAngle": 0, "labels": False, "ticks": False})
    above = {
        **_sized(rows, 140),
        "encoding": {"x": silent, "y": _number("stock", title=stock, axis={"format": ",d", "tickCount": 4})},
        "layer": [
            _mark("area", color=found["primary-tint"]),
            _mark("line", color=found["chart-1"], strokeWidth=2),
            _mark("point", color=found["chart-1"], filled=True, size=36),
        ],
    }
    came = _counting(max((row["flow"] for row in rows), default=0))
    encoding = {
        "x": _words("name", sort=names, title=None, axis={"labelAngle": -40}),
        "y": _number("flow", title=flow, axis=came),
        "href": _words("url"),
    }
    below = {**_sized(rows, 80), **_mark("bar", color=fills(2)[1], encoding=encoding)}
    return _whole({"vconcat": [above, below], "spacing": 8})


def pace(rows: Rows, *, limit: int | None, middle: str, slow: str, unit: str) -> Spec:
    """Two lines month by month and the limit. Rows: ``name``, ``middle``, ``slow`` (numbers or None)."""
    names = [row["name"] for row in rows]
    found = tokens()
    flat = [
        {"name": row["name"], "part": label, "days": row[key]}
        for row in rows
        for key, label in (("middle", middle), ("slow", slow))
        if row[key] is not None
    ]
    shades = {"domain": [middle, slow], "range": [found["chart-1"], found["chart-5"]]}
    dashes = {"domain": [middle, slow], "range": [[1, 0], [6, 3]]}
    days_axis = {"tickMinStep": 1, "tickCount": 6}
    encoding = {
        "x": _words("name", sort=names, title=None, scale={"domain": names}, axis={"labelAngle": -40}),
        "y": _number("days", title=unit, axis=days_axis, scale={"domainMin": 0}),
        "color": _words("part", sort=[middle, slow], scale=shades),
        "strokeDash": _words("part", scale=dashes),
    }
    lines = _mark("line", strokeWidth=2, point={"filled": True, "size": 40}, encoding=encoding)
    return _whole({**_sized(flat, 200), "layer": [lines, *_limit(limit)]})


def _limit(days: int | None) -> list[Spec]:
    """The statutory limit as a line with its words, where one is set."""
    if days is None:
        return []
    red = tokens()["red"]
    values = {"data": {"values": [{"days": days, "words": f"法定时限 {days} 个工作日"}]}}
    at = {"y": _number("days")}
    words = _mark("text", align="left", x=4, dy=-7, color=red, fontSize=12, encoding={**at, "text": _words("words")})
    return [{**values, **_mark("rule", color=red, strokeDash=[2, 2], encoding=at)}, {**values, **words}]


def pareto(rows: Rows, *, unit: str) -> Spec:
    """Bars from the most frequent down, each with its number. Rows: ``name``, ``count``, ``words``."""
    highest = _highest(rows)
    room = {"domain": [0, highest * 1.4 or 1], "nice": False}  # for the words behind the longest bar
    encoding = {
        "x": _number("count", title=unit, scale=room, axis=_counting(highest)),
        "y": _words("name", sort=[row["name"] for row in rows], title=None),
    }
    ink = tokens()["ink"]
    words = _mark("text", align="left", dx=5, fontSize=12, color=ink, encoding={"text": _words("words")})
    bars = _mark("bar", color=tokens()["chart-1"])
    return _whole({**_sized(rows, 26 * max(1, len(rows))), "encoding": encoding, "layer": [bars, words]})


def bullet(rows: Rows, *, plan: str, paid: str, unit: str, flat: bool = False) -> Spec:
    """A narrow bar before a wide one: what was paid against what was given. Rows: ``name``, ``given``, ``spent`` (decimals as text).

    ``flat`` lays the bars down, one line for each name; else they stand in the order given.
    """
    names = list(dict.fromkeys(row["name"] for row in rows))
    found = tokens()
    shades = {"domain": [plan, paid], "range": [found["primary-tint"], found["chart-1"]]}
    along = {"sort": names, "title": None, **({} if flat else {"axis": {"labelAngle": -40}})}
    name, number = ("y", "x") if flat else ("x", "y")

    def bar(field: str, words: str, **more: Any) -> Spec:
        encoding = {
            name: _words("name", **along),
            number: _number(field, title=unit, stack=None, axis={"format": ",.2~f", "tickCount": 5}),
            "color": {"datum": words, "type": "nominal", "scale": shades},
        }
        return _mark("bar", encoding=encoding, **more)

    wide = bar("given", plan, stroke=found["edge"], strokeWidth=1)
    narrow = bar("spent", paid, **({"height": 9} if flat else {"width": 9}))
    sized = _sized(rows, 34 * max(1, len(names)) if flat else 200)
    sized["data"]["format"] = {"parse": {"given": "number", "spent": "number"}}
    return _whole({**sized, "layer": [wide, narrow]})
