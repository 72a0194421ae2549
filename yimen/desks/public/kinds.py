"""What hangs in public, as one table: a further kind is one entry here and nothing else (S25; screens.md §9).

Every kind has its rows per channel from its room, which masks them: names in full on the boards and screens of the
place, masked on the web. What a column may show stands here once for each channel.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from yimen.casework.awards.changes import stopping
from yimen.casework.decisions import queries as decisions
from yimen.casework.decisions.boards import ANNOUNCEMENT, KIND_WORDS, NOTICE
from yimen.casework.payments.relief import queries as relief
from yimen.desks.shared.shapes import Column, Row, Table
from yimen.law import money
from yimen.law.terms import Programme

NOTHING_PAID = "不发放"
OBJECTION = "异议电话"
# What surely fits on one line of a column of the 1080p page at its 60 px.
NAME_SIGNS, VILLAGE_SIGNS, GROUND_SIGNS = 8, 5, 11


@dataclass(frozen=True)
class Kind:
    """One kind of entry. Rows are of the room; all have ``name``, ``village``, ``to_on`` and ``objection_phone``.

    ``code`` stands in addresses. ``rare``: its tab is shown only where something hangs. ``counted`` takes a district
    and gives numbers by township and village; ``web`` takes a village; ``wall`` takes ``township`` or ``village``;
    ``find`` takes the ref of an entry that hangs today and gives its notice and its row for the web, or None. ``cells`` end before the
    period, which every table has last. ``wall_signs``: how many signs of the first columns fit on a line of the wall.
    """

    code: str
    words: str
    sentence: str
    phone: str
    counted: Callable[[str], Mapping[str, Mapping[str, int]]]
    web: Callable[[str], Sequence[Any]]
    wall: Callable[..., Sequence[Any]]
    find: Callable[[str], tuple[Any, Any] | None]
    columns: Sequence[str | Column]
    cells: Callable[[Any], Sequence[str]]
    wall_title: str
    wall_sentence: Callable[[Sequence[Any]], str]
    wall_columns: Sequence[str]
    wall_cells: Callable[[Any], Sequence[str]]
    wall_signs: Sequence[int] = (NAME_SIGNS, VILLAGE_SIGNS)
    rare: bool = False

    def table(self, rows: Sequence[Any]) -> Table:
        """The rows of the web as a table, each with its period."""
        made = [Row([*self.cells(row), f"{row.from_on:%Y-%m-%d} 至 {row.to_on:%Y-%m-%d}"]) for row in rows]
        return Table(self.columns, made, label=f"{self.words}名单")


def _programmes(rows: Sequence[Any]) -> str:
    return "、".join(dict.fromkeys(row.programme for row in rows))


def _paid(row: decisions.BoardRow) -> str:
    return money.show(row.amount_fen) if row.amount_fen else NOTHING_PAID


def _household(row: decisions.BoardRow) -> Sequence[str]:
    return [row.name, row.village, str(row.members), row.programme, row.category or "—", _paid(row)]


def _household_on_the_wall(row: decisions.BoardRow) -> Sequence[str]:
    amount = money.show(row.amount_fen) if row.amount_fen else "—"
    return [row.name, row.village, str(row.members), amount, f"{row.to_on:%m-%d}"]


def _found(kind: str, ref: str) -> tuple[Any, Any] | None:
    notice = decisions.notices(kind).filter(ref=ref).first()
    return (notice, decisions.board_rows_of(notice)["web"]) if notice else None


def _stop_found(ref: str) -> tuple[Any, Any] | None:
    notice = stopping.showing().filter(ref=ref).first()
    return (notice, stopping.web_row(notice)) if notice else None


def _relief_found(ref: str) -> tuple[Any, Any] | None:
    case = relief.showing().filter(ref=ref).first()
    return (case, relief.web_row(case)) if case else None


def _of_decisions(code: str, amount: str, **words: Any) -> Kind:
    """A proposal before or the result after a decision, of a household."""
    return Kind(
        code=code,
        words=KIND_WORDS[code],
        counted=partial(decisions.public_places, code),
        web=partial(decisions.public_board, code),
        wall=partial(decisions.board, code),
        find=partial(_found, code),
        columns=[
            "申请人", "村（社区）", Column("家庭人数", numeric=True), "救助类型", "类别", Column(amount, numeric=True),
            f"{KIND_WORDS[code]}期",
        ],
        cells=_household,
        wall_columns=["申请人", "村（社区）", "人数", amount, f"{KIND_WORDS[code]}至"],
        wall_cells=_household_on_the_wall,
        **words,
    )  # fmt: skip


_ROWS = (
    _of_decisions(
        NOTICE,
        "拟月保障金（元）",
        sentence="下列家庭（个人）经审核拟予确认，现予公示。对公示内容有异议的，请在公示期内反映，反映人的信息依法保密。",
        phone=OBJECTION,
        wall_title="社会救助审核确认公示",
        wall_sentence=lambda rows: f"{_programmes(rows)}。对公示内容有异议的，请在公示期内反映，反映人信息依法保密。",
    ),
    _of_decisions(
        ANNOUNCEMENT,
        "月保障金（元）",
        sentence="下列家庭（个人）已经确认，现予公布，接受社会监督。",
        phone="咨询电话",
        wall_title="社会救助对象公布",
        wall_sentence=lambda rows: f"{_programmes(rows)}。已经确认，接受社会监督。",
    ),
    Kind(
        code="stop",
        words="终止公示",
        sentence=(
            "下列人员拟终止特困人员救助供养，现予公示。对公示内容有异议的，请在公示期内反映，反映人的信息依法保密。"
        ),
        phone=OBJECTION,
        counted=stopping.counted,
        web=stopping.web_rows,
        wall=stopping.board,
        find=_stop_found,
        columns=["姓名", "村（社区）", "救助类型", "拟终止的事由", "公示期"],
        cells=lambda row: [row.name, row.village, row.programme, row.ground],
        wall_title="特困人员救助供养终止公示",
        wall_sentence=lambda rows: (
            f"拟终止{Programme.TEKUN.label}。对公示内容有异议的，请在公示期内反映，反映人信息依法保密。"
        ),
        wall_columns=["姓名", "村（社区）", "拟终止的事由", "公示至"],
        wall_cells=lambda row: [row.name, row.village, row.ground, f"{row.to_on:%m-%d}"],
        wall_signs=(NAME_SIGNS, VILLAGE_SIGNS, GROUND_SIGNS),
        rare=True,
    ),
    Kind(
        code="relief",
        words="临时救助公布",
        sentence="下列人员（家庭）已经得到临时救助，现予公布，接受社会监督。",
        phone="咨询电话",
        counted=relief.counted,
        web=relief.web_rows,
        wall=relief.board,
        find=_relief_found,
        columns=["姓名", "村（社区）", Column("人次", numeric=True), Column("救助金（元）", numeric=True), "公布期"],
        cells=lambda row: [row.name, row.village, str(row.persons), money.show(row.amount_fen)],
        wall_title="临时救助公布",
        wall_sentence=lambda rows: "已经得到临时救助，接受社会监督。",
        wall_columns=["姓名", "村（社区）", "人次", "救助金（元）", "公布至"],
        wall_cells=lambda row: [
            row.name,
            row.village,
            str(row.persons),
            money.show(row.amount_fen),
            f"{row.to_on:%m-%d}",
        ],
        rare=True,
    ),
)
KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _ROWS}
"""Every kind by its code, in the order of tabs and of the pages on the wall."""


def hanging(district: str) -> dict[str, dict[str, int]]:
    """Per township and village how much is to be seen, of every kind."""
    found: dict[str, dict[str, int]] = {}
    for kind in KINDS.values():
        for township, villages in kind.counted(district).items():
            summed = found.setdefault(township, {})
            for village, number in villages.items():
                summed[village] = summed.get(village, 0) + number
    return found


def lines(kind: Kind, row: Any) -> int:
    """How many lines of the wall a row takes: a long name is never cut, it goes on below."""
    return max(-(-len(cell) // signs) for cell, signs in zip(kind.wall_cells(row), kind.wall_signs, strict=False))


def find(ref: str) -> tuple[Kind, Any, Any] | None:
    """The kind, the notice and its row for the web of an entry that hangs today."""
    for kind in KINDS.values():
        found = kind.find(ref)
        if found:
            return (kind, *found)
    return None


def phones(rows: Sequence[Any]) -> str:
    """The telephones of the rows, each once."""
    return "、".join(dict.fromkeys(row.objection_phone for row in rows if row.objection_phone))
