"""A whole ledger read: households as the awards room takes them, each fault named with its row."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow
from yimen.gateways.ledgers import cells, people
from yimen.gateways.ledgers.cells import CUT_IDENTITY, BadCell
from yimen.gateways.ledgers.heads import FIELDS
from yimen.gateways.ledgers.kinds import for_kind
from yimen.gateways.ledgers.rows import Household, SheetReader, Skipped
from yimen.gateways.ledgers.table import Grid, Head
from yimen.gateways.ledgers.values import Values, facts_of
from yimen.law.identity import mask_identity
from yimen.law.ledger import RECOGNISED
from yimen.law.terms import Programme

_COMMITTEES = ("村民委员会", "居民委员会", "村委会", "居委会", "村民委", "居民委")
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
    sheets: Sequence[tuple[Grid, Head, Sequence[str]]],
    places: Places,
    *,
    known_area: bool = True,
    programme: Programme = Programme.DIBAO,
) -> Ledger:
    """Read the chosen sheets of a ledger of a programme; ``known_area`` is False where invented area codes are allowed."""
    sheets = [(grid, head, for_kind(fields, programme)) for grid, head, fields in sheets]
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
        ledger.rows.append(_row(household, places, programme, several=several, named=named, accounts=accounts))
    return ledger


def _settle(household: Household, known_area: bool) -> bool:
    cut = False
    for person in household.people:
        cut |= people.settle(person, known_area=known_area, problem=household.wrong)
    for person, sex in household.sexes:
        if person.number and sex in {"男", "女"} and (sex == "男") != (int(person.number[_MALE_PLACE]) % 2 == 1):
            household.wrong("性别", f"{person.name}的性别写的是“{sex}”，与身份证号不符，请核对号码。")
    return cut


def _row(
    household: Household, places: Places, programme: Programme, *, several: bool, named: bool, accounts: bool
) -> LedgerRow:
    read = Values(household)
    if programme is not Programme.TEKUN:
        _covered(household, read, "认定" if programme in RECOGNISED else "保障")
    first, last = household.numbers[0], household.numbers[-1]
    span = f"第{first}行" if first == last else f"第{first}–{last}行"
    village = _village(read, places, named)
    _check_township(read, places)
    facts = facts_of(read, programme, cut=accounts)
    persons = tuple(
        LedgerPerson(person.name, person.number, person.relation, person.covered is not False)
        for person in household.people
    )
    return LedgerRow(
        place=f"{household.sheet} {span}" if several else span,
        village=village,
        programme=programme,
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


def _covered(household: Household, read: Values, word: str) -> None:
    """Who is covered: as marked, else as named apart, else everybody if the count agrees."""
    count = read.value("covered", cells.count, None, optional=True)
    outside = {re.sub(r"\s", "", name) for name in people.split(read.text("uncovered"))}
    for name in outside - {person.name for person in household.people}:
        household.wrong(f"不{word}成员", f"“{name[:20]}”不在本户成员中，请核对。")
    for person in household.people:
        if person.name in outside:
            person.covered = False
    covered = sum(person.covered is not False for person in household.people)
    if count is None:
        read.remarks.append(f"没有写{word}人数，按 {covered} 人计。")
        return
    if count > len(household.people):
        household.wrong(
            f"{word}人数",
            f"{word}人数写的是 {count} 人，只列出 {len(household.people)} 人。请补齐其余成员的姓名和身份证号，或更正人数。",
        )
    elif count != covered:
        household.wrong(
            f"{word}人数",
            f"{word}人数写的是 {count} 人，列出可保障的有 {covered} 人。请用“是否保障”或“不保障成员”一列写明谁不保障。",
        )


def _village(read: Values, places: Places, named: bool) -> str:
    """The code of the village; from the name of the sheet where no column tells it."""
    household = read.household
    name = read.text("village") if named else household.sheet
    read.village_name = name[:60]
    if not name:
        household.wrong(FIELDS["village"], "没有填写村（社区），请补上。")
        return ""
    try:
        return places.find(name)
    except BadCell as bad:
        where = "" if named else "表中没有“村（社区）”一列，按工作表名称查找："
        household.wrong(FIELDS["village"], f"{where}{bad}")
        return ""


def _check_township(read: Values, places: Places) -> None:
    """A row of another township has strayed in."""
    name = re.sub(r"\s", "", read.text("township"))
    if name and places.township not in name and name not in places.township:
        read.household.wrong("乡街", f"这一行写的是“{name[:20]}”，不是{places.township}，只能导入本乡街的家庭。")


def places_of(township: str, villages: Iterable[tuple[str, str]]) -> Places:
    """Places from pairs of name and code."""
    return Places(township, dict(villages))
