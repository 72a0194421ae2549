"""The month view (四(四)) as the township and the district show it: addresses, counts by a column, reasons, tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse

from yimen.base.access.officer import DISTRICT_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.base.offices import queries as offices
from yimen.casework.awards import month_counts, month_lists, months
from yimen.casework.awards.belonging import Places, within_reach
from yimen.casework.awards.month_counts import Tally
from yimen.casework.awards.month_lists import Source
from yimen.desks.shared.lists.places import townships, villages
from yimen.desks.shared.shapes import Action, Block, Cell, Column, Empty, Filter, Link, Row, Table, Tile
from yimen.law.aftercare.months import later_month
from yimen.law.aftercare.movement import Movement
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import is_month, month_of, today
from yimen.law.money import show as yuan
from yimen.law.terms import Programme

NO_GROUND = "none"
"""Without a decision on a change, in a filter."""
FIRST, AHEAD = "2000-01", 24
"""The earliest month that is shown, and how many months from now the last one lies."""
DUE, REVIEWS, EXPIRING = "due", "reviews", "expiring"
HEADS = {
    Movement.NEW: "新增", Movement.MOVED_IN: "转入", Movement.RESUMED: "恢复", Movement.INCREASED: "增发",
    Movement.DECREASED: "减发", Movement.SUSPENDED: "暂停", Movement.MOVED_OUT: "转出", Movement.ENDED: "终止",
    Movement.EXPIRED: "到期", Movement.RESTATED: "金额不变的调整", Movement.HELD: "仍在暂停",
}  # fmt: skip
"""Movements whose households are listed, in the order of the columns; those without any change are only counted."""
TOWNSHIPS = "乡街"
_RARE = (Movement.MOVED_IN, Movement.MOVED_OUT)
"""Movements that have a column only in a month that has them."""
_OWN_WORDS = {Movement.EXPIRED: "有效期届满", Movement.MOVED_OUT: "转往其他乡街"}
NOTE = (
    "应发的户数、人数、金额按当月有效的版本计算，与上月逐户比较；按家庭当月所属的乡街、村（社区）统计。"
    "价格临时补贴等临时加发另列，不在应发之内。"
)
HOW = Block("怎么算的", text=NOTE)
# Which page shows what a version rests on; a page that is not built yet is not linked.
_PAGES = {
    "decision": "case",
    "ledger_run": "township:ledger",
    "change": "township:change",
    "uplift": "district:uplift",
}


@dataclass(frozen=True)
class Wanted:
    """The month, and what the rows are narrowed to; empty for all."""

    month: str
    township: str = ""
    village: str = ""
    programme: str = ""
    more: Mapping[str, str] = field(default_factory=dict)

    def places(self, officer: Officer) -> Places:
        """Where a household has to belong in a month to be counted."""
        return Places(officer, self.township, self.village)

    def compared(self, officer: Officer) -> Any:
        """The month beside the one before, of the households that belonged here in one of them."""
        return months.compare_month(self._chosen(month_lists.shown()), self.month, self.places(officer))

    def then(self, officer: Officer) -> Any:
        """Awards of the households that belong here in the month."""
        return self.places(officer).in_month(self._chosen(month_lists.shown()), self.month)

    def _chosen(self, rows: Any) -> Any:
        return rows.filter(programme=self.programme) if self.programme else rows

    def narrowed(self, officer: Officer) -> Any:
        """Awards that lie within scope and choice today."""
        rows = self._chosen(month_lists.in_scope(officer))
        for name, value in (("township_id", self.township), ("village_id", self.village)):
            rows = rows.filter(**{name: value}) if value else rows
        return rows

    def query(self, **changes: str) -> str:
        """The choice as a query, every filter spelled out so that none left from before counts."""
        own = {
            "township": self.township,
            "village": self.village,
            "programme": self.programme,
            "cause": "",
            "ground": "",
        }
        return urlencode({**own, **self.more, **changes})

    def listed(self, what: str, **changes: str) -> str:
        """The address of the households behind a figure."""
        return f"{reverse('township:month_households', args=[self.month, what])}?{self.query(**changes)}"


def month_asked(text: str) -> str:
    """A month of an address. Raises Unknown for what is no month or lies too far ahead."""
    this = month_of(today())
    if text and not (is_month(text) and FIRST <= text <= later_month(this, AHEAD)):
        raise Unknown(text)
    return text or this


def wanted_of(request: HttpRequest, month: str) -> Wanted:
    """What the address asks for; only the district chooses among townships."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    read = {name: request.GET.get(name, "")[:40] for name in ("township", "village", "programme")}
    if not officer.roles & DISTRICT_ROLES:
        read["township"] = ""
    if read["programme"] not in dict(Programme.choices()):
        read["programme"] = ""
    return Wanted(month_asked(month), read["township"], read["village"], read["programme"])


def month_words(month: str) -> str:
    """``"2026-12"`` as 2026年12月."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def steps(name: str, wanted: Wanted, *more: str) -> list[Action]:
    """To the month before and the month after, with the same choice."""
    query, this = wanted.query(), month_of(today())
    around = ((-1, "上一月"), (0, "本月"), (1, "下一月"))
    made = []
    for step, text in around:
        month = later_month(wanted.month, step) if step else this
        if month != wanted.month and FIRST <= month <= later_month(this, AHEAD):
            made.append(Action(text, f"{reverse(name, args=[month, *more])}?{query}"))
    return made


def filters(officer: Officer, wanted: Wanted, *, places: bool = True) -> list[Filter]:
    """Township for the district, village where one township is meant, programme."""
    made = [Filter("programme", "项目", [("", "全部"), *Programme.choices()], wanted.programme)]
    if not places:
        return made
    made.insert(0, Filter("village", "村（社区）", [("", "全部"), *villages(officer, wanted.township)], wanted.village))
    if officer.roles & DISTRICT_ROLES:
        made.insert(0, Filter("township", "乡街", [("", "全部"), *townships(officer)], wanted.township))
    return made


# -- counts ------------------------------------------------------------------------------


def counted(
    first: str,
    rows: Sequence[tuple[str | Link, Tally, Mapping[str, str]]],
    wanted: Wanted,
    empty: str,
    added: Mapping[str, int],
) -> Table:
    """One row for each programme or township: its name, its counts, and what its figures narrow their lists to.

    ``added`` is what is paid on top in the month, in fen, by programme or township; without any there is no column for it.
    """
    whole = month_counts.total(tally for _, tally, _ in rows)
    shown = [each for each in HEADS if each not in _RARE or whole.count(each)]
    heads = ["在保（户）", "人数", "应发（元）", "比上月（元）", *(HEADS[each] for each in shown), "没有变化"]
    made = [[name, *_figures(tally, shown, wanted, changes)] for name, tally, changes in rows]
    # Between its townships a household does not move for the district: the sum of those has no list of its own.
    foot = ["合计", *_figures(whole, shown, wanted, {}, unlisted=_RARE if first == TOWNSHIPS else ())]
    if added:
        heads.insert(_ADDED - 1, "加发（元）")
        for cells, (_, _, changes) in zip(made, rows, strict=True):
            cells.insert(_ADDED, _on_top(added.get(next(iter(changes.values())), 0), wanted, changes))
        foot.insert(_ADDED, _on_top(sum(added.values()), wanted, {}))
    columns = [Column(first), *(Column(text, numeric=True) for text in heads)]
    table = [Row(cells) for cells in made]
    return Table(columns, table, label=f"按{first}", foot=Row(foot) if rows else None, empty=Empty(empty))


_ADDED = 4
"""Where the column of what is paid on top stands: after what is due."""


def _on_top(fen: int, wanted: Wanted, changes: Mapping[str, str]) -> Cell | str:
    """What is paid on top, leading to its households."""
    url = f"{reverse('township:additions_households', args=[wanted.month])}?{wanted.query(**changes, code='', told='')}"
    return Cell(yuan(fen), url) if fen else "—"


def _figures(
    tally: Tally,
    shown: Sequence[Movement],
    wanted: Wanted,
    changes: Mapping[str, str],
    unlisted: Sequence[Movement] = (),
) -> list[Cell | str | int]:
    def opened(text: str, count: int, what: str) -> Cell | str | int:
        return Cell(text, wanted.listed(what, **changes)) if count and what not in unlisted else text

    moved = (opened(str(tally.count(each)), tally.count(each), str(each)) for each in shown)
    return [
        opened(str(tally.after), tally.after, DUE),
        opened(str(tally.after_persons), tally.after, DUE),
        opened(yuan(tally.after_fen), tally.after, DUE),
        yuan(tally.difference_fen),
        *moved,
        tally.count(Movement.UNCHANGED),
    ]


def tiles(whole: Tally, rows: Any, wanted: Wanted) -> list[Tile]:
    """What is due, against the month before, and what of the month asks for something."""
    reviews, over = month_lists.review_counts(rows, wanted.month)
    ending = month_lists.expiring(rows.order_by(), wanted.month).count()
    homes = whole.after - whole.before
    return [
        Tile("应发", yuan(whole.after_fen), note="元", url=wanted.listed(DUE)),
        Tile("在保", f"{whole.after:,}", note=f"户 {whole.after_persons:,} 人", url=wanted.listed(DUE)),
        Tile("比上月", yuan(whole.difference_fen), note=f"元，{'多' if homes >= 0 else '少'} {abs(homes)} 户"),
        Tile("到期复核", str(reviews), note=f"户，已办 {over} 户", url=wanted.listed(REVIEWS)),
        Tile("认定本月到期", str(ending), note="户", tone="amber" if ending else "", url=wanted.listed(EXPIRING)),
    ]


def why(rows: Any, wanted: Wanted) -> Block:
    """Every movement with its causes and lawful grounds; each leads to its households."""
    made = []
    for row in month_counts.reasons(rows):
        ground = row.ground or (NO_GROUND if row.cause else "")
        url = wanted.listed(str(row.movement), cause=row.cause, ground=ground)
        cells: list[Any] = [row.movement.label, cause_words(row.movement, row.cause), row.ground_label or "—"]
        made.append(Row([*cells, Cell(str(row.households), url), yuan(row.difference_fen)]))
    columns = [
        Column("变动"),
        Column("原因"),
        Column("法定事由"),
        Column("户数", numeric=True),
        Column("增减（元）", numeric=True),
    ]
    empty = Empty("与上月相比没有变动。")
    return Block("变动的原因", table=Table(columns, made, label="变动的原因", empty=empty))


def cause_words(what: Movement | None, cause: str) -> str:
    """Why a household moved, in words."""
    return _OWN_WORDS[what] if what in _OWN_WORDS else AwardCause(cause).label


# -- the households ----------------------------------------------------------------------

_TOWNSHIP = len("990101001")


@dataclass(frozen=True)
class Then:
    """A household as it belonged in a month. ``reach``: it still lies with the officer, whose ways lead to its pages."""

    award: Any
    township: str
    village: str
    reach: bool

    @property
    def head(self) -> Link | str:
        """The head, leading to the household."""
        home = self.award.household
        return Link(home.head.name, reverse("household", args=[home.ref])) if self.reach else str(home.head.name)


def belonged(officer: Officer, rows: Sequence[Any]) -> list[Then]:
    """These awards of a month (with ``at``) where they belonged in it, in two statements."""
    near = within_reach(officer, [award.pk for award in rows])
    names = offices.names_of(code for award in rows for code in (award.at, award.at[:_TOWNSHIP]))
    return [Then(award, names[award.at[:_TOWNSHIP]], names[award.at], award.pk in near) for award in rows]


# -- what it rests on --------------------------------------------------------------------


def source_cell(officer: Officer, source: Source) -> Cell | Link:
    """The decision, ledger, change or run, linked where there is a page that this officer may open."""
    url = _page_of(officer, source)
    return Link(source.text, url) if url else Cell(source.text)


def _page_of(officer: Officer, source: Source) -> str:
    try:
        url = reverse(_PAGES.get(source.kind, ""), args=[source.ref])
    except NoReverseMatch:
        return ""
    declared = getattr(resolve(url).func, "declared", None)
    return url if declared and officer.roles & declared.roles else ""
