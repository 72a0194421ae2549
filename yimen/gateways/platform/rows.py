"""Single rows of the platform: cells read with the ledgers' readers, whatever is no known word kept as written.

A number that Excel has cut is never compared: the row is refused with its number and what to do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from yimen.casework.monthclose.platform.entries import PlatformRow
from yimen.gateways.ledgers import cells
from yimen.gateways.ledgers.cells import BadCell, Cut, shown
from yimen.gateways.ledgers.reading import Places
from yimen.law.ledger import relation_of
from yimen.law.platform import programme_of, standing_of
from yimen.law.terms import Programme, Relation

_FIFTEEN = "身份证号只有15位，像是被截断了（Excel 只保留15位），也可能是旧号码。请重新从平台导出完整的18位号码，不要用 Excel 打开另存。"
_NAMED = 500
_MASKED = "身份证号中间是星号（打码），不能比对。请从平台导出完整号码。"


@dataclass
class Told:
    """What a file said besides its rows: other assistance, members, another place; accounts that cannot be compared."""

    others: int = 0
    members: int = 0
    masked: int = 0
    skipped: list[tuple[int, str]] = field(default_factory=list)


class RowReader:
    """Reads the rows of one file. ``fields`` are those of the columns handed on, in their order."""

    def __init__(
        self,
        fields: Sequence[str],
        places: Places,
        month: str,
        programme: str,
        *,
        known_area: bool,
        wanted: Iterable[str] = (),
    ) -> None:
        self.fields, self.places, self.month, self.programme = list(fields), places, month, programme
        self.known_area, self.wanted = known_area, set(wanted)
        self.told = Told()
        self._villages: dict[str, str] = {}

    def rows(self, lines: Iterable[tuple[int, list[Any]]]) -> Iterator[PlatformRow]:
        """Every household of the file, faults named."""
        for number, raw in lines:
            made = self._row(number, dict(zip(self.fields, raw, strict=False)))
            if made is not None:
                yield made

    # -- one row -----------------------------------------------------------------------------

    def _row(self, number: int, raw: dict[str, Any]) -> PlatformRow | None:
        programme = self._programme(raw)
        if self._apart(number, raw, programme):
            return None
        row = PlatformRow(number, shown(raw.get("head_name", ""))[:100], "", programme, {}, {})
        odd: dict[str, str] = {}
        row.odd = odd
        row.their_number = shown(raw.get("their_number", ""))[:60]
        row.problem = self._identity(row, raw, odd) or self._belongs(raw)
        if row.problem:
            return row
        self._name(row, raw, odd)
        for key, read in _READERS.items():
            if key in raw:
                self._value(row, key, raw[key], read, odd)
        self._account(row, raw, odd)
        self._village(row, raw, odd)
        self._amount(row, raw)
        return row

    def _programme(self, raw: dict[str, Any]) -> str:
        if "programme" not in raw:
            return self.programme
        found = programme_of(shown(raw["programme"]))
        return str(found) if found else ""

    def _apart(self, number: int, raw: dict[str, Any], programme: str) -> bool:
        """Whether the row is about something else: other assistance, another programme than asked, a member of a household."""
        if not programme or (self.wanted and programme not in self.wanted):
            self.told.others += 1
            self.told.skipped.append(
                (number, f"不在这次对账范围：{shown(raw.get('programme', ''))[:20] or '没有写项目'}")
            )
            return True
        relation = re.sub(r"\s", "", shown(raw.get("relation", "")))
        if relation and relation_of(relation) is not Relation.SELF:
            self.told.members += 1
            return True
        return False

    def _identity(self, row: PlatformRow, raw: dict[str, Any], odd: dict[str, str]) -> str:
        cell = raw.get("head_identity", "")
        plain = re.sub(r"[\s'‘’`]", "", unicodedata.normalize("NFKC", shown(cell)))
        if not plain:
            return "没有身份证号，不能比对。请在平台补上后重新导出。"
        if "*" in plain:
            return _MASKED
        if len(plain) == 15 and plain.isdigit():
            return _FIFTEEN
        try:
            row.identity = cells.identity(cell, known_area=self.known_area).number
        except Cut as cut:
            return str(cut)
        except BadCell:
            # A number that is none stands in the platform itself: that is a difference, found by name or account.
            row.identity = plain[:30]
            odd["head_identity"] = plain[:30]
        return ""

    def _belongs(self, raw: dict[str, Any]) -> str:
        place = re.sub(r"\s", "", shown(raw.get("township", "")))
        here = self.places.township
        if place and here not in place and place not in here:
            return f"这一行写的是“{place[:20]}”，不是{here}。请只导出本乡街的数据。"
        if shown(raw.get("month", "")):
            try:
                month = cells.month(raw["month"])
            except BadCell as bad:
                return f"所属月份：{bad}"
            if month != self.month:
                return f"这一行是 {month} 的数据，对账的月份是 {self.month}。请导出对应月份的数据。"
        return ""

    def _name(self, row: PlatformRow, raw: dict[str, Any], odd: dict[str, str]) -> None:
        try:
            row.name = cells.name(raw.get("head_name", ""))
        except BadCell:
            odd["head_name"] = row.name or "（没有）"

    def _value(self, row: PlatformRow, key: str, cell: Any, read: Callable[[Any], Any], odd: dict[str, str]) -> None:
        if key == "persons" and row.programme == Programme.TEKUN and not shown(cell):
            return  # one row is one person
        try:
            row.values[key] = read(cell)
        except BadCell:
            odd[key] = shown(cell)[:60] or "（没有）"

    def _account(self, row: PlatformRow, raw: dict[str, Any], odd: dict[str, str]) -> None:
        if "account" not in raw:
            return
        text = shown(raw["account"])
        if "*" in text:
            self.told.masked += 1
            return
        try:
            row.values["account"] = cells.account(raw["account"])
        except Cut as cut:
            row.problem = str(cut)
        except BadCell:
            odd["account"] = text[:40]

    def _village(self, row: PlatformRow, raw: dict[str, Any], odd: dict[str, str]) -> None:
        if "village" not in raw:
            return
        row.village = shown(raw["village"])[:60]
        if row.village not in self._villages:
            try:
                self._villages[row.village] = self.places.find(row.village) if row.village else ""
            except BadCell:
                self._villages[row.village] = "?"
        code = self._villages[row.village]
        if code == "?":
            odd["village"] = row.village
        else:
            row.values["village"] = code

    def _amount(self, row: PlatformRow, raw: dict[str, Any]) -> None:
        """The sum of a file that tells only its parts; an empty cell of an amount is nothing a month."""
        basic, care = row.values.pop("basic", None), row.values.pop("care", None)
        if "amount" not in raw and (basic is not None or care is not None):
            row.values["amount"] = (basic or 0) + (care or 0)
        for key in ("amount", "supplement"):
            if key in raw and key not in row.odd:
                row.values[key] = row.values.get(key) or 0


def _standing(cell: Any) -> str:
    found = standing_of(shown(cell))
    if found is None:
        raise BadCell("")
    return str(found)


def _category(cell: Any) -> str:
    return cells.category(cell) if shown(cell) else ""


def _urban(cell: Any) -> bool:
    found = cells.urban(cell)
    if found is None:
        raise BadCell("")
    return found


def _count(cell: Any) -> int:
    found = cells.count(cell)
    if found is None:
        raise BadCell("")
    return found


_READERS: dict[str, Callable[[Any], Any]] = {
    "urban": _urban,
    "category": _category,
    "persons": _count,
    "amount": cells.part,
    "supplement": cells.part,
    "basic": cells.part,
    "care": cells.part,
    "start_month": cells.month,
    "standing": _standing,
}
