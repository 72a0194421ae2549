"""The households that were on assistance before: a ledger per township, as it was kept in Excel, taken over at the start."""

from __future__ import annotations

import hashlib
import random
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from yimen.base.access import second
from yimen.base.files import desk as files
from yimen.base.offices import queries as offices
from yimen.base.refs import new_ref
from yimen.casework.awards import acts as awards
from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow, LedgerSource
from yimen.demo import ledger_files
from yimen.demo.families import Maker
from yimen.demo.others import SHARES, Others
from yimen.demo.people import LONG, RARE, Somebody
from yimen.demo.places import TOWNSHIPS
from yimen.demo.theatre import Theatre, at
from yimen.gateways.ledgers import door, parsing, table
from yimen.gateways.ledgers.reading import places_of, read_ledger
from yimen.law import calendar
from yimen.law.calendar import add_months, month_of
from yimen.law.ledger import LEDGER_NAMES, LineState
from yimen.law.terms import Programme, Relation, Role, Sex

# Households of each township in a hundred, in their order: most live in the villages.
_WEIGHTS = (15, 13, 10, 24, 22, 16)
# Yuan a month for one person, in the streets and in the villages, when the ledgers were kept.
_STANDARD = {True: 690, False: 490}
# Category: how many of a hundred, the share of the standard that is paid, and months over which the next review is drawn.
_CATEGORIES = (("A", 38, 70, 100, 12), ("B", 41, 45, 78, 6), ("C", 21, 18, 50, 3))
# The scheme of the demo reviews nobody more often than this; what was due in the first days was done before the ledger came.
_SHORTEST, _DONE_BEFORE = 6, 60
_SIZES = ((1, 60), (2, 22), (3, 11), (4, 5), (5, 2))
_GROUPS = ("1组", "2组", "3组", "4组", "5组", "6组")
_RIGID_BEFORE = 170  # days
_OLDEST = 140  # months; few have been on assistance longer


class Stock:
    """Draws the ledgers' rows, township by township."""

    def __init__(self, maker: Maker, today: date) -> None:
        self.crowd, self.today = maker.crowd, today
        self.draw = random.Random(f"stock {maker.draw.random()}")
        self.weights = {
            f"{code}{number:03d}": self.draw.uniform(0.5, 1.8)
            for code, _, _, names in TOWNSHIPS
            for number in range(1, len(names) + 1)
        }

    def rows(self, code: str, many: int, on: date) -> list[LedgerRow]:
        """The ledger of one township."""
        position, (_, name, _, villages) = next(item for item in enumerate(TOWNSHIPS) if item[1][0] == code)
        codes = [f"{code}{number:03d}" for number in range(1, len(villages) + 1)]
        chosen = sorted(self.draw.choices(codes, [self.weights[each] for each in codes], k=many))
        urban = name.endswith("街道")
        made = []
        for number, village in enumerate(chosen, 1):
            special = RARE[position] if number == 2 and position < len(RARE) else LONG if number == 3 else None
            place = villages[int(village[-3:]) - 1]
            made.append(self._row(f"第{number + 2}行", village, place, urban, on, special))
        return made

    def _row(
        self, place: str, village: str, village_name: str, urban: bool, on: date, special: tuple[str, Sex] | None
    ) -> LedgerRow:
        people = self._people(on, special)
        while len({one.name for one, _ in people}) < len(people):
            people = self._people(on, special)  # two of one name cannot be told apart in a ledger
        category, _, low, high, months = self.draw.choices(_CATEGORIES, [row[1] for row in _CATEGORIES])[0]
        covered = len(people) - (len(people) > 2 and self.draw.random() < 0.06)
        yuan = _STANDARD[urban] * self.draw.randint(low, high) // 100 * covered
        started = add_months(on, -min(_OLDEST, 1 + int(self.draw.expovariate(1 / 38))))
        account = "9900" + "".join(str(self.draw.randrange(10)) for _ in range(15))
        return LedgerRow(
            place=place,
            village=village,
            village_name=village_name,
            people=tuple(
                LedgerPerson(one.name, one.identity, relation, covered=row < covered)
                for row, (one, relation) in enumerate(people)
            ),
            category=category,
            monthly_fen=max(yuan, 50) * 100,
            start_month=month_of(started),
            group=self.draw.choice(_GROUPS),
            recertify_on=str(on + timedelta(days=self._days_until_review(months))),
            bank="示例农村商业银行",
            account=account,
        )

    def _days_until_review(self, months: int) -> int:
        """Spread over the interval of the scheme; drawn as ever, so that a seed still gives the same people."""
        drawn, of = self.draw.randint(-6, 30 * months) + 6, 30 * months + 6
        return _DONE_BEFORE + drawn * (30 * max(months, _SHORTEST) - _DONE_BEFORE) // of

    def _people(self, on: date, special: tuple[str, Sex] | None) -> list[tuple[Somebody, str]]:
        size = 1 if special else self.draw.choices([size for size, _ in _SIZES], [weight for _, weight in _SIZES])[0]
        if size == 1:
            name, sex = special or ("", None)
            young = self.draw.random() < 0.35
            return [(self.crowd.person(on, *((38, 59) if young else (60, 88)), sex=sex, name=name), Relation.SELF)]
        if size == 2 and self.draw.random() < 0.5:
            man = self.crowd.person(on, 61, 84, sex=Sex.MALE)
            return [
                (man, Relation.SELF),
                (self.crowd.person(on, 58, 80, sex=Sex.FEMALE), Relation.SPOUSE),
            ]
        head = self.crowd.person(on, 32, 54)
        children = [
            (self.crowd.person(on, 3, 17, surname=head.name[0]), Relation.CHILD)
            for _ in range(max(1, min(size - 1, 2)))
        ]
        others = [(self.crowd.person(on, 60, 80), Relation.PARENT) for _ in range(size - 1 - len(children))]
        return [(head, Relation.SELF), *children, *others]


def take_over(stage: Theatre, stock: Stock, others: Others, many: int, households: int, on: date) -> int:
    """The ledgers of 低保, 特困 and 边缘 on one morning: brought by the handler, confirmed by the head. Returns the households.

    So many rows of 低保 are drawn as if it were alone, and those left out whose place the other programmes take: the
    rest of the district stays the same people.
    """
    total, taken = sum(_WEIGHTS), 0
    rest = sum(share for kind, share in SHARES.items()) / 100 * households
    for position, (code, name, _, _) in enumerate(TOWNSHIPS):
        weight = _WEIGHTS[position] / total
        rows = stock.rows(code, max(1, round(many * weight)), on)
        rows = others.thinned(rows, round(rest * weight))
        with calendar.travel(at(on, 9 + position)):
            _take(stage, code, name, on, rows)
        taken += len(rows)
        for minute, kind in ((10, Programme.TEKUN), (20, Programme.EDGE)):
            with calendar.travel(at(on, 9 + position, minute)):
                taken += _other(stage, others, kind, position, households, on)
    return taken


def take_over_rigid(stage: Theatre, others: Others, households: int, on: date) -> int:
    """The ledgers of 刚性支出, which holds for a year at the most: they come later than the others."""
    taken = 0
    for position in range(len(TOWNSHIPS)):
        with calendar.travel(at(on, 8, 10 + 5 * position)):
            taken += _other(stage, others, Programme.RIGID_EXPENDITURE, position, households, on)
    return taken


def rigid_day(today: date) -> date:
    """When the ledgers of 刚性支出 come: so long before today that some of the recognitions have just run out."""
    return today - timedelta(days=_RIGID_BEFORE)


def _other(stage: Theatre, others: Others, kind: Programme, position: int, households: int, on: date) -> int:
    code, name, _, _ = TOWNSHIPS[position]
    many = max(1, round(SHARES[kind] / 100 * households * _WEIGHTS[position] / sum(_WEIGHTS)))
    rows = others.rows(kind, code, many, on)
    _take(stage, code, name, on, rows, kind)
    return len(rows)


def _take(
    stage: Theatre, code: str, place: str, on: date, rows: list[LedgerRow], kind: Programme = Programme.DIBAO
) -> None:
    """A ledger from its file to the awards, by the same acts as on the page; every row must come through."""
    content, name = ledger_files.ledger(place, month_of(on), rows, kind), f"{place}{LEDGER_NAMES[kind]}.xlsx"
    handler, head = stage.officer(code, Role.HANDLER), stage.officer(code, Role.HEAD)
    ref = new_ref()
    kept = files.store(
        content,
        name=name,
        document_class=door.FILE_CLASS,
        subject_kind=door.KIND,
        subject_ref=ref,
        staff_id=handler.staff.pk,
        staff_name=handler.staff.name,
        account_id=handler.account.pk,
        office_code=code,
        allowed=frozenset({"xlsx"}),
    )
    source = LedgerSource(name, hashlib.sha256(content).hexdigest(), kept.ref)
    run = awards.open_ledger(handler, source=source, township=code, ref=ref, programme=str(kind))
    run = awards.draw_up(handler, run.ref, rows=read_file(content, code, kind), sheets=["在保台账"])
    if run.counts["error"]:
        said = [row.problems for row in run.lines.filter(state=LineState.ERROR)]
        raise ValueError(f"{name}: rows were not taken over: {said}")
    awards.submit_ledger(handler, ref=ref)
    awards.take_over_ledger(head, ref=ref, code=second.code_now(head.account))
    awards.carry_on(head, ref)


def read_file(content: bytes, code: str, kind: Programme = Programme.DIBAO) -> list[LedgerRow]:
    """What the file says. It is the demo's own, so it is read here and not in a child process."""
    with TemporaryDirectory(prefix="yimen-") as folder:
        path = Path(folder) / "ledger"
        path.write_bytes(content)
        grid = table.grids(parsing.read(str(path)))[0]
    head = table.find_head(grid.rows)
    if head is None:
        raise ValueError("the ledger has no head")
    township = offices.area(code)
    villages = [(area.name, area.code) for area in offices.villages(code)]
    places = places_of(township.name, villages)
    return read_ledger([(grid, head, head.fields)], places, known_area=False, programme=kind).rows
