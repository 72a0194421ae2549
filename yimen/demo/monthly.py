"""The monthly comparison of the demo: last month compared and settled, this month asked with one source late and hits waiting.

The sources have nothing new but what stands here: for each kind a household, in another one as far as there are enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from yimen.casework.monthclose import acts
from yimen.casework.monthclose.comparison import queries
from yimen.demo.places import DISTRICT, TOWNSHIPS
from yimen.demo.theatre import Theatre, at
from yimen.gateways.provincial import monthly, practice
from yimen.gateways.provincial.plain import result_to_plain
from yimen.gateways.provincial.shapes import AskedCase, AskedPerson
from yimen.law import calendar
from yimen.law.calendar import add_months, age, first_day, month_of
from yimen.law.rules.members import ADULT
from yimen.law.terms import Role

# Days of the month, the next working day where it is none: asked, answered, due, looked into by the townships.
_ASKED, _ANSWERED, _DUE, _LOOKED = 3, 9, 12, 19
_LATE = "tax"
_LAST = (
    ("vehicle_register", {"vehicle": {"value_text": "两轮摩托车", "count": 1}}),
    ("bank", {"deposit": {"value_text": "活期存款", "amount_fen": 3_860_000, "period": "balance"}}),
)
_NOW = (
    ("funeral", {"death": "在殡仪馆火化，已登记"}),
    ("social_insurance", {"pension": {"value_text": "城乡居民养老保险待遇", "amount_fen": 36_500, "period": "month"}}),
    ("vehicle_register", {"vehicle": {"value_text": "小型轿车", "count": 1}}),
    ("market_register", {"business": {"value_text": "个体工商户，在营", "count": 1}}),
    ("bank", {"deposit": {"value_text": "定期存款", "amount_fen": 6_400_000, "period": "balance"}}),
    ("medical_insurance", {"wage": {"value_text": "职工医保参保", "amount_fen": 234_000, "period": "month"}}),
    ("assistance_register", {"assistance": "已享受孤儿基本生活保障"}),
    ("assistance_register", {"duplicate": "在示例市另一个区按月领取低保金"}),
    ("real_estate", {"house": {"value_text": "住宅", "count": 1}}),
    ("household_register", {"members": "已迁出本市"}),
)
_EXPLAINED = ("早年的摩托车，已经报废，还没有办注销。", "报废回收证明")
_DISMISSED = "同名同姓的另一个人，身份证号末四位不同，银行已更正。"

Person = tuple[AskedCase, AskedPerson]


class Monthly:
    """Plays the comparisons of the last two months, day by day."""

    def __init__(self, stage: Theatre) -> None:
        self.stage = stage

    def day(self, day: date) -> None:
        """What this day brings, if it is one of the days of its month."""
        if day < add_months(first_day(self.stage.today), -1):
            return
        for number, hour, work in ((_ASKED, 9, self._ask), (_ANSWERED, 11, self._answer), (_LOOKED, 15, self._settle)):
            if day == self.stage.working_day(day.replace(day=number)):
                with calendar.travel(at(day, hour, 40)):
                    work(day)

    def _checker(self) -> Any:
        return self.stage.officer(DISTRICT, Role.CHECKER)

    def _present(self, day: date) -> bool:
        return month_of(day) == month_of(self.stage.today)

    def _ask(self, day: date) -> None:
        due = self.stage.working_day(day.replace(day=_DUE))
        acts.ask_comparison(self._checker(), month=month_of(day), due_on=due)

    def _answer(self, day: date) -> None:
        """Every source but the late one answers; what is new is about as many households as there are."""
        by = self._checker()
        run = queries.run_of(DISTRICT, month_of(day))
        if run is None:
            return
        parts = list(queries.parts_of(by, run).select_related("feed__run__district"))
        people = list(_adults(monthly.request_of(part) for part in parts[:1]))
        news: dict[str, dict[str, dict[str, Any]]] = {}
        for number, (source, found) in enumerate(_NOW if self._present(day) else _LAST):
            if people:
                ref = people[number % len(people)][1].person_ref
                news.setdefault(source, {}).setdefault(ref, {}).update(found)
        for part in parts:
            source = part.feed.source
            if source == _LATE and self._present(day):
                continue
            truth: dict[str, dict[str, Any]] = {ref: dict(told) for ref, told in queries.known_of(part).items()}
            for ref, told in news.get(source, {}).items():
                truth.setdefault(ref, {}).update(told)
            answer = practice.answer(monthly.request_of(part), "demo", day, truth)
            acts.take_comparison(by, content=result_to_plain(answer))

    def _settle(self, day: date) -> None:
        """Last month the townships settled what was found and had consents signed; of this month everything waits."""
        if self._present(day):
            return
        run = queries.run_of(DISTRICT, month_of(day))
        for code, *_ in TOWNSHIPS:
            by = self.stage.officer(code, Role.HANDLER)
            if run is not None:
                _consents(by, run, day)
            for hit in queries.hits(by, state="open"):
                if hit.kind == "vehicle":
                    acts.explain_comparison_hits(by, refs=[hit.ref], reason=_EXPLAINED[0], evidence=_EXPLAINED[1])
                else:
                    acts.dismiss_comparison_hits(by, refs=[hit.ref], reason=_DISMISSED)


def _consents(by: Any, run: Any, day: date) -> None:
    """Who was taken over from a ledger signs, so that the next comparison asks about him; one in twelve is not at home."""
    grown: list[tuple[str, str]] = []
    young: dict[str, list[tuple[str, str]]] = {}
    for number, row in enumerate(queries.left_out(by, run)):
        if row.signed or row.award.end_month or number % 12 == 11 or row.person.died_on:
            continue
        pair, head = (row.award.ref, row.person.ref), row.award.household.head.name
        if age(row.person.birth_date, day) < ADULT:
            young.setdefault(head, []).append(pair)
        else:
            grown.append(pair)
    if grown:
        acts.record_standing_consents(by, who=grown, signed_on=day)
    for head, pairs in young.items():
        acts.record_standing_consents(by, who=pairs, signed_on=day, guardian=head)


def _adults(requests: Iterator[Any]) -> Iterator[Person]:
    """One grown-up of each household, household by household."""
    for request in requests:
        for case in request.cases:
            grown = [person for person in case.persons if int(person.identity[6:10]) < 1990]
            if grown:
                yield case, grown[-1]
