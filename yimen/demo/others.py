"""The ledgers of 特困, 边缘 and 刚性支出: drawn apart from those of 低保, so that a seed still gives the same people there."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow
from yimen.demo.people import Crowd, Somebody
from yimen.demo.places import TOWNSHIPS
from yimen.law.calendar import add_months, month_of
from yimen.law.rules.tekun_amount import reckon_standing
from yimen.law.terms import Programme, Relation, SelfCare, SupportForm

# Of a hundred households of the district, how many are on each; the others are on 低保 or apply.
SHARES = {Programme.TEKUN: 8, Programme.EDGE: 6, Programme.RIGID_EXPENDITURE: 3}
# Level of self-care: how many of a hundred, and how many of them are cared for in an institution.
_LEVELS = ((SelfCare.ABLE, 47, 12), (SelfCare.PARTLY_LOST, 32, 30), (SelfCare.LOST, 21, 64))
_GROUPS = ("1组", "2组", "3组", "4组", "5组", "6组")
_OLDEST = 120  # months
_REVIEWED_FROM, _REVIEWED_WITHIN = 60, 360
# How many days before the ledger of 刚性支出 came a household was recognised: some run out soon after the demo's today.
_RIGID_FROM, _RIGID_UNTIL = 6, 215


class Others:
    """Draws rows of one programme, township by township."""

    def __init__(self, crowd: Crowd, seed: int, today: date) -> None:
        self.crowd, self.today = crowd.beside(f"others {seed}"), today
        self.draw = random.Random(f"others {seed}")

    def rows(self, kind: Programme, code: str, many: int, on: date) -> list[LedgerRow]:
        """The ledger of one township on the day on which it is taken over."""
        _, name, _, villages = next(item for item in TOWNSHIPS if item[0] == code)
        chosen = sorted(self.draw.choices(range(len(villages)), k=many))
        make = self._tekun if kind is Programme.TEKUN else self._recognised
        return [
            make(
                kind,
                on,
                place=f"第{number + 3}行",
                village=f"{code}{at + 1:03d}",
                village_name=villages[at],
                group=self.draw.choice(_GROUPS),
                urban=name.endswith("街道"),
            )
            for number, at in enumerate(chosen)
        ]

    def thinned(self, rows: list[LedgerRow], less: int) -> list[LedgerRow]:
        """Some rows left out, one at the least kept; the first three stay, among them the rare names."""
        spare = list(range(3, len(rows)))
        left = set(self.draw.sample(spare, min(less, len(spare))))
        return [row for at, row in enumerate(rows) if at not in left]

    def _tekun(self, kind: Programme, on: date, *, urban: bool, **where: Any) -> LedgerRow:
        age = self.draw.random()
        ages = (8, 15) if age < 0.04 else (38, 59) if age < 0.16 else (62, 88)
        person = self.crowd.person(on, *ages)
        level, _, inside = self.draw.choices(_LEVELS, [row[1] for row in _LEVELS])[0]
        housed = ages[0] > 30 and self.draw.randrange(100) < inside
        form = SupportForm.INSTITUTIONAL if housed else SupportForm.AT_HOME
        institution = _home_of(where["village"]) if housed else ""
        basic, care = table(level, form, where["village"], on, urban)
        started = add_months(on, -min(_OLDEST, 1 + int(self.draw.expovariate(1 / 45))))
        return LedgerRow(
            people=(LedgerPerson(person.name, person.identity),),
            category="",
            monthly_fen=basic + care,
            basic_fen=basic,
            care_fen=care,
            start_month=month_of(started),
            recertify_on=str(on + timedelta(days=self.draw.randint(_REVIEWED_FROM, _REVIEWED_WITHIN))),
            holder=institution or person.name,
            bank="示例农村商业银行",
            account="9901" + "".join(str(self.draw.randrange(10)) for _ in range(15)),
            programme=kind,
            self_care=str(level),
            support_form=str(form),
            institution=institution,
            urban=urban,
            **where,
        )

    def _recognised(self, kind: Programme, on: date, *, urban: bool, **where: Any) -> LedgerRow:
        people = self._family(on)
        while len({one.name for one, _ in people}) < len(people):
            people = self._family(on)
        expires = kind is Programme.RIGID_EXPENDITURE
        days = self.draw.randint(_RIGID_FROM, _RIGID_UNTIL) if expires else self.draw.randint(20, 700)
        day = on - timedelta(days=days)
        due = on + timedelta(days=self.draw.randint(_REVIEWED_FROM, _REVIEWED_WITHIN))
        return LedgerRow(
            people=tuple(LedgerPerson(one.name, one.identity, relation) for one, relation in people),
            category="",
            monthly_fen=0,
            start_month=month_of(day),
            programme=kind,
            recognised_on=str(day),
            valid_to=str(add_months(day, 12)) if expires else "",
            recertify_on="" if expires else str(due),
            **where,
        )

    def _family(self, on: date) -> list[tuple[Somebody, str]]:
        """Parents with children, or an elderly couple: who is not poor enough for 低保, or has more to pay than can be borne."""
        if self.draw.random() < 0.35:
            man, woman = self.crowd.person(on, 60, 78), self.crowd.person(on, 58, 76)
            return [(man, Relation.SELF), (woman, Relation.SPOUSE)]
        head = self.crowd.person(on, 33, 54)
        spouse = [(self.crowd.person(on, 30, 52), str(Relation.SPOUSE))] if self.draw.random() < 0.7 else []
        children = [
            (self.crowd.person(on, 4, 19, surname=head.name[0]), str(Relation.CHILD))
            for _ in range(self.draw.choice((1, 1, 2)))
        ]
        return [(head, Relation.SELF), *spouse, *children]


def _home_of(village: str) -> str:
    """The home for the elderly of a township: the streets have one together."""
    name = next(item[1] for item in TOWNSHIPS if item[0] == village[:9])
    return "安澜区中心敬老院" if name.endswith("街道") else f"{name}敬老院"


def table(level: SelfCare, form: SupportForm, village: str, on: date, urban: bool) -> tuple[int, int]:
    """Basic living and care by the published table of a day, in fen a month; together what the rules give."""
    book, areas = figures.book(), offices.scopes(village)
    keys = [f"tekun.basic.{'urban' if urban else 'rural'}", f"tekun.care.{level}"]
    if form is SupportForm.INSTITUTIONAL:
        keys = [f"{key}.institutional" if book.find(f"{key}.institutional", areas, on) else key for key in keys]
    basic, care = (book.figure(key, areas, on).as_int() for key in keys)
    if basic + care != reckon_standing(level, form, "", book, areas, on, urban).amount_fen:
        raise ValueError(f"the table of {on} does not give {basic + care} fen")
    return basic, care
