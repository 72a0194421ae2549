"""政策与标准 (S18): every figure with its value, place, dates and document; what is unset is said first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, Officer
from yimen.base.figures import queries as rows
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Area
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import EVERY_ROLE, route
from yimen.desks.shared.shapes import Action, Block, Cell, Check, Empty, Fact, Filter, Link, Page, Row, Table, Tag
from yimen.law import procedure
from yimen.law.calendar import as_moment, today
from yimen.law.standards import CONFIDENCE_LABELS, KEYS, Book, Figure, Key, Unconfirmed, place_name
from yimen.law.standards.figure import UNIT_LABELS

COLUMNS = ["参数", "值", "单位", "适用范围", "起", "止", "文号", "状态"]
_LONG = 60
_UNIT_WORDS = {
    "code": "选项",
    "list": "列表",
    "table": "表",
    "record": "一组值",
    "text": "文字",
    "boolean": "是否",
    "ratio": "比例",
}


@dataclass(frozen=True)
class Standing:
    """How a key stands in an area on a day: the figure that shows, whether it may decide, why not."""

    key: Key
    figure: Figure | None
    usable: bool
    reason: str
    next_from: date | None


def may_propose(officer: Officer) -> bool:
    """Whether the officer may draft and release figures of the district."""
    roles = frozenset(procedure.OFFICE_STEPS["propose_figure"].roles)
    return officer.holds(roles, officer.district)


def area_names(codes: Sequence[str]) -> dict[str, str]:
    """Names of areas in one query; a code that the district has not set up keeps the name the figures give it."""
    known = dict(Area.objects.filter(code__in=codes).order_by("code").values_list("code", "name"))
    return {code: known.get(code) or place_name(code) for code in codes}


def standings(book: Book, area: str, on: date) -> list[Standing]:
    """Every key as it stands in an area on a day, in the order of the catalogue."""
    scopes = offices.scopes(area)
    found, missing = book.attempt(KEYS, scopes, on)
    reasons = {unset.key: unset for unset in missing}
    made = []
    for key in KEYS.values():
        unset = reasons.get(key.key)
        figure = found.get(key.key)
        if isinstance(unset, Unconfirmed):
            figure = unset.figure
        elif unset is not None:
            figure = _undated(book, key.key, scopes)
        later = [row.valid_from for row in book.versions(key.key, scopes) if row.valid_from and row.valid_from > on]
        made.append(Standing(key, figure, unset is None, str(unset or ""), min(later, default=None)))
    return made


def _undated(book: Book, key: str, scopes: Sequence[str]) -> Figure | None:
    """A version whose source prints no full date: shown, in force on no day."""
    return next((row for row in book.versions(key, scopes) if row.valid_from is None), None)


def tag_of(figure: Figure | None) -> Tag:
    """How sure a figure is: 未设置, 暂定 (no start date), 示例, 未经确认, or where it comes from."""
    if figure is None:
        return Tag("red", "未设置")
    if figure.valid_from is None:
        return Tag("amber", "暂定（起始日期待补）")
    if figure.confidence == "demo":
        return Tag("neutral", "示例")
    if not figure.confirmed:
        return Tag("amber", "未经确认")
    return Tag("green", CONFIDENCE_LABELS.get(figure.confidence, "已确认"))


def value_words(figure: Figure) -> str:
    """The value without its unit; of a table with names, the names."""
    rows = figure.value if isinstance(figure.value, list) else []
    labels = [str(row["label"]) for row in rows if isinstance(row, dict) and "label" in row]
    if labels:
        return f"{'、'.join(labels)}（{len(labels)} 项）"
    return figure.shown().removesuffix(UNIT_LABELS.get(figure.unit, "")) or "无"


def unit_words(unit: str) -> str:
    return UNIT_LABELS.get(unit) or _UNIT_WORDS.get(unit, "—")


def short(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG]}……"


def _row(item: Standing, names: Mapping[str, str]) -> Row:
    link = Link(item.key.label, reverse("district:figure", args=[item.key.key]))
    note = f"{item.next_from} 起有新值" if item.next_from else ""
    head = Cell(link.text, link.url, note=note)
    if item.figure is None:
        tail = ["—", unit_words(item.key.unit), "—", "—", "—", "—"]
        return Row([head, *tail, Tag("red" if item.key.required else "neutral", "未设置")])
    figure = item.figure
    return Row(
        [
            head,
            Cell(short(value_words(figure)), strong=True),
            unit_words(figure.unit),
            names.get(figure.area, place_name(figure.area)),
            f"{figure.valid_from or figure.since_text or '未写明'}",
            f"{figure.valid_to or '长期'}",
            short(figure.document),
            tag_of(figure),
        ],
        tone="" if item.usable or not item.key.required else "different",
    )


def _groups(items: Sequence[Standing], names: Mapping[str, str], wanted: str) -> list[Block]:
    groups: dict[str, list[Standing]] = {}
    for item in items:
        groups.setdefault(item.key.group, []).append(item)
    return [
        Block(name, table=Table(COLUMNS, [_row(item, names) for item in members], label=name, stack=False))
        for name, members in groups.items()
        if wanted in ("", name)
    ]


def _unset(items: Sequence[Standing], allowed: bool) -> list[Check]:
    checks = []
    for item in items:
        if item.usable or not item.key.required:
            continue
        link = None
        if allowed:
            link = Link("去设置", reverse("district:figure_new", args=[item.key.key]))
        found = f"现有的值不能用：{tag_of(item.figure).text}；" if item.figure else ""
        checks.append(Check(item.key.label, False, f"{found}挡住：{item.key.blocks}；由{item.key.set_by}设置。", link))
    return checks


def waiting_block(officer: Officer) -> Block | None:
    """Figures that wait for a second person, with the button for whoever may press it."""
    drafts = list(rows.waiting(officer.district))
    if not drafts:
        return None
    table = Table(
        ["参数", "拟定值", "适用范围", "起", "文号", "拟定人", "复核"],
        [
            Row(
                [
                    KEYS[row.key].label if row.key in KEYS else row.key,
                    Cell(short(as_figure(row).shown()), strong=True),
                    row.area.name,
                    f"{row.valid_from}",
                    row.document,
                    f"{row.proposed_by.name} {as_moment(row.proposed_at):%m-%d}",
                    "须由另一人复核"
                    if row.proposed_by_id == officer.staff.pk
                    else Link("复核发布", reverse("district:figure_release", args=[row.ref])),
                ]
            )
            for row in drafts
        ],
        label="待复核发布的参数",
    )
    return Block("待复核发布", "须由拟定人以外的另一人复核；发布以前不生效。", table=table)


def as_figure(row: object) -> Figure:
    """A stored version as a figure, to show it; a draft is not released and decides nothing."""
    return Figure(
        key=row.key,  # type: ignore[attr-defined]
        value=row.value,  # type: ignore[attr-defined]
        unit=row.unit,  # type: ignore[attr-defined]
        area=row.area_id,  # type: ignore[attr-defined]
        valid_from=row.valid_from,  # type: ignore[attr-defined]
        valid_to=row.valid_to,  # type: ignore[attr-defined]
        document=row.document,  # type: ignore[attr-defined]
        confidence="released",
        note=row.note,  # type: ignore[attr-defined]
    )


def _area_of(request: HttpRequest, officer: Officer) -> tuple[str, list[Filter]]:
    """The area whose figures show: the officer's own; the district's people may look at each township's."""
    own = officer.office.area_id
    if len(own) > len(officer.district) and not officer.roles & DISTRICT_ROLES:
        return own, []
    choices = [(row.code, row.name) for row in offices.townships(officer.district)]
    chosen = request.GET.get("area", "")
    area = chosen if chosen in dict(choices) else officer.district
    return area, [Filter("area", "适用于", [("", "全区"), *choices], chosen)]


@route("figures.read", "figure", "place", EVERY_ROLE)
def figures(request: HttpRequest) -> HttpResponse:
    """All figures in groups, for the officer's area and today."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    on = today()
    area, filters = _area_of(request, officer)
    items = standings(rows.book(), area, on)
    wanted = request.GET.get("group", "")
    names = list(dict.fromkeys(key.group for key in KEYS.values()))
    wanted = wanted if wanted in names else ""
    allowed = may_propose(officer)
    groups = _groups(items, area_names(offices.scopes(area)), wanted)
    waiting = waiting_block(officer) if allowed else None
    return show(
        request,
        "district/figures.html",
        page=Page("政策与标准", f"{on} 有效的参数。每个数字都有文号和起止日期；未设置的会挡住需要它的办理。"),
        filters=[*filters, Filter("group", "类别", [("", "全部"), *((name, name) for name in names)], wanted)],
        filter_url=reverse("figures"),
        groups=[waiting, *groups] if waiting else groups,
        unset=_unset(items, allowed),
    )


def _key_facts(key: Key) -> list[Fact]:
    facts = [
        Fact("单位", unit_words(key.unit)),
        Fact("由谁设置", key.set_by),
        Fact("未设置时", f"不能办理：{key.blocks}" if key.blocks else "不挡办理"),
        Fact("依据", key.basis or "—"),
    ]
    if key.codes:
        facts.append(Fact("可选值", "；".join(label for _, label in key.codes)))
    return facts


def _version_row(figure: Figure, on: date, names: Mapping[str, str]) -> Row:
    state = tag_of(figure)
    if figure.valid_from and figure.valid_from > on:
        state = Tag("blue", f"{figure.valid_from} 起施行")
    elif figure.valid_to and figure.valid_to < on:
        state = Tag("neutral", "已过有效期")
    return Row(
        [
            Cell(f"{figure.valid_from or figure.since_text or '未写明'}"),
            f"{figure.valid_to or '长期'}",
            Cell(figure.shown(), strong=True),
            names.get(figure.area, place_name(figure.area)),
            figure.document,
            state,
            figure.note,
        ]
    )


@route("figures.read", "figure", "place", EVERY_ROLE)
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """Every version of one figure that may apply in the officer's area, the newest first."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    known = KEYS.get(key)
    if known is None:
        raise Http404
    on, scopes = today(), offices.scopes(officer.office.area_id)
    codes = list(scopes)
    if officer.roles & DISTRICT_ROLES:
        codes += [row.code for row in offices.townships(officer.district)]
    versions = sorted(rows.book().versions(key, codes), key=lambda row: row.valid_from or date.min, reverse=True)
    allowed = may_propose(officer)
    new = Action("拟定新版本", reverse("district:figure_new", args=[key]), primary=True)
    names = area_names(codes)
    waiting = waiting_block(officer) if allowed else None
    return show(
        request,
        "shared/list.html",
        page=Page(
            known.label,
            "参数的全部版本。已发布的版本不修改，变动时登记新版本。",
            crumbs=[Link("政策与标准", reverse("figures"))],
            tools=[new] if allowed else [],
        ),
        table=Table(
            ["起", "止", "值", "适用范围", "文号", "状态", "说明"],
            [_version_row(row, on, names) for row in versions],
            label=f"{known.label}的版本",
            empty=Empty(f"“{known.label}”还没有设置。", new if allowed else None),
        ),
        blocks=[Block("这个参数", facts=_key_facts(known)), *([waiting] if waiting else [])],
    )
