"""Households out of the rows of a sheet: one row a household, or one row a member with the head's cells blank or repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from yimen.gateways.ledgers import cells, people
from yimen.gateways.ledgers.cells import BadCell, shown
from yimen.gateways.ledgers.people import Drafted
from yimen.gateways.ledgers.table import Grid, Head, is_blank, why_no_household
from yimen.law.terms import Relation

Cells = list[Any]
_HOUSEHOLD = (
    "village", "group", "address", "phone", "covered", "uncovered", "category", "amount", "start_month", "recertify_on",
    "holder", "bank", "account", "township", "support_form", "self_care", "institution", "basic", "care", "urban",
    "recognised_on", "valid_to",
)  # fmt: skip


@dataclass
class Household:
    """A household as written: its rows (Excel's numbers), its cells by field with their row, its persons."""

    sheet: str
    numbers: list[int] = field(default_factory=list)
    written: dict[str, list[Any]] = field(default_factory=dict)
    people: list[Drafted] = field(default_factory=list)
    problems: list[list[str]] = field(default_factory=list)
    sexes: list[tuple[Drafted, str]] = field(default_factory=list)
    head_name: str = ""
    head_identity: str = ""
    key: str = ""

    def wrong(self, column: str, sentence: str) -> None:
        """A fault of this household."""
        self.problems.append([column, sentence])

    @property
    def head(self) -> Drafted | None:
        return self.people[0] if self.people else None


@dataclass(frozen=True)
class Skipped:
    """A row that is no household."""

    sheet: str
    row: int
    why: str


class SheetReader:
    """Walks down one sheet. ``fields`` gives the field of each column, "" or "-" for those left out."""

    def __init__(self, grid: Grid, head: Head, fields: Sequence[str]) -> None:
        self.grid, self.head = grid, head
        self.columns = {name: column for column, name in enumerate(fields) if name not in {"", "-"}}
        self.numbered = sorted(
            {int(name.partition(":")[2]) for name in self.columns if name.startswith("member_name:")}
        )
        person = [name for name in self.columns if name.partition(":")[0].endswith(("_name", "_identity"))]
        self.person_columns = [self.columns[name] for name in person]
        self.skipped: list[Skipped] = []

    def households(self) -> Iterator[Household]:
        """Every household of the sheet, in order."""
        current: Household | None = None
        for number, row in enumerate(self.grid.rows, start=1):
            if number <= self.head.last + 1 or is_blank(row):
                continue
            if why := why_no_household(row, self.head, self.person_columns):
                self.skipped.append(Skipped(self.grid.name, number, why))
                continue
            if current is None or self._begins(current, row):
                if current:
                    yield current
                current = self._open(row)
            current.numbers.append(number)
            self._take(current, row)
        if current:
            yield current

    # -- cells -------------------------------------------------------------------------------

    def _cell(self, row: Cells, name: str) -> Any:
        column = self.columns.get(name)
        return "" if column is None or column >= len(row) else row[column]

    def _text(self, row: Cells, name: str) -> str:
        return shown(self._cell(row, name))

    # -- where a household begins ------------------------------------------------------------

    def _begins(self, current: Household, row: Cells) -> bool:
        if key := self._text(row, "household_no"):
            return key != current.key
        if "head_name" in self.columns:
            return self._another_head(current, row)
        if "relation" not in self.columns:
            return True
        relation = self._relation(row)
        return relation in ("", Relation.SELF) or relation is None

    def _another_head(self, current: Household, row: Cells) -> bool:
        name, identity = self._text(row, "head_name"), self._text(row, "head_identity")
        if not name and not identity:
            return False
        if "member_name" not in self.columns:
            return True
        same = name in ("", current.head_name) and identity in ("", current.head_identity)
        return not same or self._relation(row) == Relation.SELF

    def _relation(self, row: Cells) -> str | None:
        try:
            return cells.relation(self._cell(row, "relation"))
        except BadCell:
            return None if "head_name" not in self.columns else "?"

    def _open(self, row: Cells) -> Household:
        made = Household(self.grid.name, key=self._text(row, "household_no"))
        made.head_name, made.head_identity = self._text(row, "head_name"), self._text(row, "head_identity")
        if made.head_name or made.head_identity:
            covered = self._flag(made, row, "covered_flag") if "member_name" not in self.columns else None
            made.people.append(Drafted(made.head_name, self._cell(row, "head_identity"), str(Relation.SELF), covered))
        elif "head_name" in self.columns:
            made.wrong("户主姓名", "这一行没有户主，也接不上前面的家庭，请补上户主姓名和身份证号。")
        elif self._relation(row) != Relation.SELF:
            made.wrong("与户主关系", "这一行没有写明与户主关系（户主本人请写“本人”），不知属于哪一户，请补上。")
        return made

    # -- what a row says ---------------------------------------------------------------------

    def _take(self, household: Household, row: Cells) -> None:
        for name in _HOUSEHOLD:
            cell = self._cell(row, name)
            if shown(cell):
                household.written.setdefault(name, []).append(cell)
        before = len(household.people)
        self._take_member(household, row)
        for number in self.numbered:
            self._take_numbered(household, row, number)
        if sex := self._text(row, "sex"):
            fresh = household.people[before:] or household.people[:1]
            household.sexes += [(fresh[0], sex)] if fresh else []

    def _take_member(self, household: Household, row: Cells) -> None:
        name, identity = self._cell(row, "member_name"), self._cell(row, "member_identity")
        if not shown(name) and not shown(identity):
            return
        covered, relation = self._flag(household, row, "covered_flag"), self._cell(row, "relation")
        several = len(people.split(shown(name))) > 1 or any(sign in shown(name) for sign in "（(")
        if several or "relation" not in self.columns:
            found = people.listed(name, identity, relation, covered, household.wrong)
        else:
            found = [people.one(name, identity, relation, covered, household.wrong)]
        for person in found:
            self._add(household, person)

    def _add(self, household: Household, person: Drafted) -> None:
        head = household.head
        if head and self._is_head(person, head):
            head.cell = head.cell if shown(head.cell) else person.cell
            head.covered = head.covered if person.covered is None else person.covered
        else:
            household.people.append(person)

    def _is_head(self, person: Drafted, head: Drafted) -> bool:
        if "head_name" not in self.columns:
            return False
        same_name = person.name.replace(" ", "") == head.name.replace(" ", "")
        same_number = not shown(head.cell) or not shown(person.cell) or shown(head.cell) == shown(person.cell)
        return same_number and same_name and person.relation in ("", Relation.SELF)

    def _take_numbered(self, household: Household, row: Cells, number: int) -> None:
        name, identity = (self._cell(row, f"{part}:{number}") for part in ("member_name", "member_identity"))
        if not shown(name) and not shown(identity):
            return
        covered = self._flag(household, row, f"covered_flag:{number}")
        relation = self._cell(row, f"relation:{number}")
        if f"relation:{number}" not in self.columns:
            household.people += people.listed(name, identity, relation, covered, household.wrong)
            return
        household.people.append(people.one(name, identity, relation, covered, household.wrong))

    def _flag(self, household: Household, row: Cells, name: str) -> bool | None:
        try:
            return cells.flag(self._cell(row, name))
        except BadCell as bad:
            household.wrong("是否保障", str(bad))
            return None
