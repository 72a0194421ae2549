"""A whole ledger read: households as the awards room takes them, each fault named with its row."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow
from yimen.gateways.ledgers import cells, people
from yimen.gateways.ledgers.cells import CUT_IDENTITY, BadCell, shown
from yimen.gateways.ledgers.heads import FIELDS
from yimen.gateways.ledgers.rows import Household, SheetReader, Skipped
from yimen.gateways.ledgers.table import Grid, Head
from yimen.law.identity import mask_identity
from yimen.law.money import show

_COMMITTEES = ("村民委员会", "居民委员会", "村委会", "居委会", "村民委", "居民委")
_PHONE = re.compile(r"\+?[\d-]{7,16}")
_MALE_PLACE = 16
_CLOSE = 3 / 10


@dataclass(frozen=True)
class Places:
    """The township and its villages: name to code."""

    township: str
    villages: dict[str, str]

    def find(self, written: str) -> str:
        """The code of a village by its name or code. Raises BadCell with the nearest names; never chooses one."""
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", written)).removeprefix(self.township)
        codes = set(self.villages.values())
        if plain in codes:
            return plain
        for name in (plain, *_without_committee(plain)):
            if name in self.villages:
                return self.villages[name]
        near = difflib.get_close_matches(plain, list(self.villages), n=3, cutoff=_CLOSE)
        hint = f"相近的有{'、'.join(near)}" if near else f"本乡街有{'、'.join(list(self.villages)[:5])}等"
        raise BadCell(f"“{written[:20]}”不是{self.township}的村（社区），{hint}，请改成系统中的名称。")


def _without_committee(plain: str) -> list[str]:
    found = []
    for word in _COMMITTEES:
        if plain.endswith(word):
            stem = plain.removesuffix(word)
            found += [stem, f"{stem}村", f"{stem}社区"]
    return found


@dataclass
class Ledger:
    """What a file says: households in order, and the rows left out with their reason."""

    rows: list[LedgerRow] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def read_ledger(
    sheets: Sequence[tuple[Grid, Head, Sequence[str]]], places: Places, *, known_area: bool = True
) -> Ledger:
    """Read the chosen sheets; ``known_area`` is False where invented area codes are allowed."""
    ledger, drafts, cut = Ledger(), [], False
    for grid, head, fields in sheets:
        reader = SheetReader(grid, head, fields)
        for household in reader.households():
            cut |= _settle(household, known_area)
            drafts.append(household)
        ledger.skipped += reader.skipped
    several = len(sheets) > 1
    named = any("village" in fields for _, _, fields in sheets)
    accounts = any(cells.is_cut(cell) for household in drafts for cell in household.written.get("account", ()))
    for household in drafts:
        if cut:
            _suspect(household)
        ledger.rows.append(_row(household, places, several=several, named=named, accounts=accounts))
    return ledger


def _settle(household: Household, known_area: bool) -> bool:
    cut = False
    for person in household.people:
        cut |= people.settle(person, known_area=known_area, problem=household.wrong)
    for person, sex in household.sexes:
        if person.number and sex in {"男", "女"} and (sex == "男") != (int(person.number[_MALE_PLACE]) % 2 == 1):
            household.wrong("性别", f"{person.name}的性别写的是“{sex}”，与身份证号不符，请核对号码。")
    return cut


def _row(household: Household, places: Places, *, several: bool, named: bool, accounts: bool) -> LedgerRow:
    read = _Values(household)
    _covered(household, read)
    first, last = household.numbers[0], household.numbers[-1]
    span = f"第{first}行" if first == last else f"第{first}–{last}行"
    village = read.village(places, named)
    read.check_township(places)
    facts = {
        "category": read.value("category", cells.category, ""),
        "monthly_fen": read.value("amount", cells.amount, 0),
        "start_month": read.value("start_month", cells.month, ""),
        "recertify_on": read.value("recertify_on", cells.day, "", optional=True),
        "group": read.value("group", cells.text, "", optional=True),
        "address": read.value("address", cells.text, "", optional=True),
        "bank": read.value("bank", cells.text, "", optional=True),
        "holder": read.value("holder", cells.name, "", optional=True),
        "account": read.account(cut=accounts),
        "phone": read.phone(),
    }
    persons = tuple(
        LedgerPerson(person.name, person.number, person.relation, person.covered is not False)
        for person in household.people
    )
    return LedgerRow(
        place=f"{household.sheet} {span}" if several else span,
        village=village,
        village_name=read.village_name,
        people=persons,
        sheet=household.sheet,
        first=first,
        last=last,
        remarks=(*(remark for person in household.people for remark in person.remarks), *read.remarks),
        problems=tuple((column, sentence) for column, sentence in household.problems),
        **facts,
    )


def _suspect(household: Household) -> None:
    """In a file where Excel has cut numbers, one that ends in 000 and happens to fit its check digit is cut too."""
    for person in household.people:
        if person.number.endswith("000"):
            household.wrong("身份证号", f"{person.name}（{mask_identity(person.number)}）：{CUT_IDENTITY}")


def _covered(household: Household, read: _Values) -> None:
    """Who is covered: as marked, else as named apart, else everybody if the count agrees."""
    count = read.value("covered", cells.count, None, optional=True)
    outside = {re.sub(r"\s", "", name) for name in people.split(read.text("uncovered"))}
    for name in outside - {person.name for person in household.people}:
        household.wrong("不保障成员", f"“{name[:20]}”不在本户成员中，请核对。")
    for person in household.people:
        if person.name in outside:
            person.covered = False
    covered = sum(person.covered is not False for person in household.people)
    if count is None:
        read.remarks.append(f"没有写保障人数，按 {covered} 人计。")
        return
    if count > len(household.people):
        household.wrong(
            "保障人数",
            f"保障人数写的是 {count} 人，只列出 {len(household.people)} 人。请补齐其余成员的姓名和身份证号，或更正人数。",
        )
    elif count != covered:
        household.wrong(
            "保障人数",
            f"保障人数写的是 {count} 人，列出可保障的有 {covered} 人。请用“是否保障”或“不保障成员”一列写明谁不保障。",
        )


class _Values:
    """The household's own cells, each told once."""

    def __init__(self, household: Household) -> None:
        self.household = household
        self.remarks: list[str] = []
        self.village_name = ""

    def text(self, name: str) -> str:
        written = self.household.written.get(name)
        return shown(written[0]) if written else ""

    def value(self, name: str, read: Any, empty: Any, *, optional: bool = False) -> Any:
        """The value of a field; a fault is noted with its column, and a cell told twice differently is one."""
        written = self.household.written.get(name, [])
        if not written:
            if not optional:
                self.household.wrong(FIELDS[name], f"没有填写{FIELDS[name]}，请补上。")
            return empty
        try:
            values = list(dict.fromkeys(read(cell) for cell in written))
        except BadCell as bad:
            self.household.wrong(FIELDS[name], str(bad))
            return empty
        if len(values) > 1:
            told = "、".join(show(value) if name == "amount" else _told(name, value) for value in values[:3])
            self.household.wrong(FIELDS[name], f"同一户的{FIELDS[name]}写得不一样（{told}），请只写本户的一个。")
            return empty
        if name == "amount" and len(written) > 1:
            self.remarks.append(f"金额在 {len(written)} 行各写一遍，按户金额 {show(values[0])} 元计。")
        return values[0]

    def village(self, places: Places, named: bool) -> str:
        """The code of the village; from the name of the sheet where no column tells it."""
        name = self.text("village") if named else self.household.sheet
        self.village_name = name[:60]
        if not name:
            self.household.wrong(FIELDS["village"], "没有填写村（社区），请补上。")
            return ""
        try:
            return places.find(name)
        except BadCell as bad:
            where = "" if named else "表中没有“村（社区）”一列，按工作表名称查找："
            self.household.wrong(FIELDS["village"], f"{where}{bad}")
            return ""

    def check_township(self, places: Places) -> None:
        """A row of another township has strayed in."""
        name = re.sub(r"\s", "", self.text("township"))
        if name and places.township not in name and name not in places.township:
            self.household.wrong("乡街", f"这一行写的是“{name[:20]}”，不是{places.township}，只能导入本乡街的家庭。")

    def account(self, *, cut: bool) -> str:
        """The account; one that ends as Excel cuts is refused where others of the file were cut, else pointed out."""
        number = str(self.value("account", cells.account, "", optional=True))
        if cells.looks_cut(number):
            if cut:
                self.household.wrong(FIELDS["account"], cells.CUT_ACCOUNT)
                return ""
            self.remarks.append("银行账号第 15 位以后全是 0，请与存折或银行卡核对。")
        return number

    def phone(self) -> str:
        """The telephone; what is none is left out with a remark."""
        plain = re.sub(r"\s", "", self.text("phone"))
        if plain and not _PHONE.fullmatch(plain):
            self.remarks.append("联系电话不像电话号码，没有导入。")
            return ""
        return plain


def _told(name: str, value: Any) -> str:
    return f"尾号 {value[-4:]}" if name == "account" else str(value)[:20]


def places_of(township: str, villages: Iterable[tuple[str, str]]) -> Places:
    """Places from pairs of name and code."""
    return Places(township, dict(villages))
