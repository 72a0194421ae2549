"""What is known of a household, as adopted for the reckoning; money in fen.

``declared_fen`` is what the applicant stated where something else was adopted, shown
beside it and never used. ``source`` says where an adopted amount comes from.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from yimen.law.terms import (
    DisabilityKind,
    IncomeKind,
    Period,
    PropertyKind,
    Relation,
    Sex,
    Term,
    WorkCapacity,
)


class BadFacts(ValueError):
    """The facts contradict each other; ``where`` is the path of the field, the message a Chinese sentence."""

    def __init__(self, where: str, sentence: str) -> None:
        self.where = where
        self.sentence = sentence
        super().__init__(f"{where}：{sentence}")


class Method(Term):
    """How an income came to be known."""

    STATED = "stated", "按金额"
    CROP = "crop", "按亩推算"
    TRADE = "trade", "按行业推算"
    LABOUR = "labour", "按劳动力系数推算"


@dataclass(frozen=True)
class PersonFacts:
    """A person who lives in the household or belongs to the family.

    ``relation`` is to the applicant; ``spouse_of`` and ``child_of`` name another person of
    the household where the relation to the applicant does not tell. ``legal_duty`` says
    whether a legal duty of support links the person to the household (None: by relation).
    ``status`` is a code of ``member.excluded_statuses``; ``other_programme`` names the
    assistance that already covers the person; ``not_covered_ground`` is a code of
    ``member.not_covered_grounds``.
    """

    ref: str
    name: str
    relation: Relation
    birth_date: dt.date
    sex: Sex | None = None
    spouse_of: str = ""
    child_of: str = ""
    legal_duty: bool | None = None
    long_coresident: bool = False
    full_time_student: bool = False
    dependent_adult: bool = False
    status: str = ""
    status_years: int = 0
    disability: DisabilityKind = DisabilityKind.NONE
    disability_grade: int = 0
    serious_illness: bool = False
    work_capacity: WorkCapacity = WorkCapacity.NONE
    employed: bool = False
    other_programme: str = ""
    not_covered_ground: str = ""

    @property
    def severely_disabled(self) -> bool:
        """Grade 1 or 2 of any kind, or intellectual or mental grade 3 (D8)."""
        third = self.disability in {DisabilityKind.INTELLECTUAL, DisabilityKind.MENTAL}
        return 1 <= self.disability_grade <= (3 if third else 2)


@dataclass(frozen=True)
class IncomeFact:
    """An income of a person. ``item`` is a code: of an exclusion, a crop or a trade.

    STATED: ``amount_fen`` for one ``period``, ``costs_fen`` for the same period.
    CROP: ``quantity`` mu of ``item``. TRADE: ``quantity`` months a year in trade ``item``.
    ``rate_fen`` chooses within the reference (a mu and year, a month). LABOUR: nothing more.
    """

    ref: str
    person: str
    kind: IncomeKind
    amount_fen: int = 0
    period: Period = Period.MONTH
    item: str = ""
    label: str = ""
    method: Method = Method.STATED
    costs_fen: int = 0
    quantity: Fraction = Fraction(0)
    rate_fen: int | None = None
    irregular: bool = False
    declared_fen: int | None = None
    source: str = ""


@dataclass(frozen=True)
class ExpenseFact:
    """A rigid cost that may be deducted: ``kind`` is ``disability`` or ``illness`` (D13)."""

    ref: str
    person: str
    kind: str
    amount_fen: int
    period: Period = Period.MONTH
    label: str = ""
    source: str = ""


@dataclass(frozen=True)
class PropertyFact:
    """A thing owned; without ``owner`` it belongs to the household.

    ``use`` is a code that the limits for vehicles and houses may exempt (``disability``,
    ``livelihood``, ``dangerous``); ``exemption`` a code of ``property.dibao.exemptions``.
    """

    ref: str
    kind: PropertyKind
    value_fen: int = 0
    owner: str = ""
    label: str = ""
    use: str = ""
    exemption: str = ""
    declared_fen: int | None = None
    source: str = ""


@dataclass(frozen=True)
class ObligorFact:
    """A person outside the household who owes support to ``supports``; money in fen a month.

    ``family_income_fen`` of the obligor's whole family is None where it is not known (no
    consent, L41): then only what is really paid or ordered by a court counts.
    """

    ref: str
    name: str
    relation: Relation
    supports: str
    birth_date: dt.date
    family_members: int = 1
    family_income_fen: int | None = None
    supported_count: int = 1
    children_count: int = 1
    assisted: bool = False
    actual_fen: int = 0
    court_fen: int = 0
    note: str = ""


@dataclass(frozen=True)
class HouseholdFacts:
    """A household that applies. ``single_ground`` set means one person applies alone (D8)."""

    people: tuple[PersonFacts, ...]
    incomes: tuple[IncomeFact, ...] = ()
    expenses: tuple[ExpenseFact, ...] = ()
    properties: tuple[PropertyFact, ...] = ()
    obligors: tuple[ObligorFact, ...] = ()
    single_ground: str = ""
    single_reason: str = ""
    edge_confirmed: bool = False

    @property
    def applicant(self) -> PersonFacts:
        """The person who applies. Raises BadFacts when it is not exactly one."""
        found = [person for person in self.people if person.relation is Relation.SELF]
        if len(found) != 1:
            raise BadFacts("people", f"应当有且只有一名申请人（关系为本人），现在有{len(found)}名。")
        return found[0]

    @property
    def single(self) -> bool:
        """Whether one person applies alone."""
        return bool(self.single_ground)

    def person(self, ref: str) -> PersonFacts:
        """The person of a reference. Raises KeyError."""
        return {person.ref: person for person in self.people}[ref]


def check_facts(facts: HouseholdFacts, on: dt.date) -> None:
    """Raise BadFacts at the first contradiction: applicant, references, amounts, dates."""
    _ = facts.applicant
    for where, sentence in _problems(facts, on):
        raise BadFacts(where, sentence)


def _problems(facts: HouseholdFacts, on: dt.date) -> Iterator[tuple[str, str]]:
    people = {person.ref for person in facts.people}
    yield from _repeated("people", (person.ref for person in facts.people))
    yield from _repeated("incomes", (income.ref for income in facts.incomes))
    yield from _repeated("obligors", (obligor.ref for obligor in facts.obligors))
    for person in facts.people:
        yield from _person_problems(person, people, on)
    for where, ref in _references(facts):
        if ref and ref not in people:
            yield where, f"“{ref}”不是本户人员，请改为人员清单中的编号。"
    for where, fen in _amounts(facts):
        if fen is not None and fen < 0:
            yield where, "金额不能是负数。"
    yield from _obligor_problems(facts)


def _repeated(where: str, refs: Iterable[str]) -> Iterator[tuple[str, str]]:
    for ref, times in Counter(refs).items():
        if times > 1:
            yield where, f"编号“{ref}”出现了{times}次，每行的编号应当不同。"


def _person_problems(person: PersonFacts, people: set[str], on: dt.date) -> Iterator[tuple[str, str]]:
    where = f"people.{person.ref}"
    if person.birth_date > on:
        yield where, f"{person.name}的出生日期{person.birth_date}晚于核算日期{on}，请核对。"
    if not 0 <= person.disability_grade <= 4:
        yield where, f"{person.name}的残疾等级应为一至四级。"
    if bool(person.disability_grade) != (person.disability is not DisabilityKind.NONE):
        yield where, f"{person.name}的残疾类别和等级应当同时填写。"
    for ref in (person.spouse_of, person.child_of):
        if ref == person.ref or (ref and ref not in people):
            yield where, f"{person.name}的配偶或父母“{ref}”不是本户的另一名人员。"


def _references(facts: HouseholdFacts) -> Iterator[tuple[str, str]]:
    for income in facts.incomes:
        yield f"incomes.{income.ref}.person", income.person or "（空）"
    for expense in facts.expenses:
        yield f"expenses.{expense.ref}.person", expense.person or "（空）"
    for owned in facts.properties:
        yield f"properties.{owned.ref}.owner", owned.owner
    for obligor in facts.obligors:
        yield f"obligors.{obligor.ref}.supports", obligor.supports or "（空）"


def _amounts(facts: HouseholdFacts) -> Iterator[tuple[str, int | None]]:
    for income in facts.incomes:
        yield f"incomes.{income.ref}", min(income.amount_fen, income.costs_fen, income.rate_fen or 0)
    for expense in facts.expenses:
        yield f"expenses.{expense.ref}", expense.amount_fen
    for owned in facts.properties:
        yield f"properties.{owned.ref}", owned.value_fen
    for obligor in facts.obligors:
        yield f"obligors.{obligor.ref}", min(obligor.family_income_fen or 0, obligor.actual_fen, obligor.court_fen)


def _obligor_problems(facts: HouseholdFacts) -> Iterator[tuple[str, str]]:
    for obligor in facts.obligors:
        if min(obligor.family_members, obligor.supported_count, obligor.children_count) < 1:
            yield f"obligors.{obligor.ref}", f"义务人{obligor.name}的家庭人数、被赡养人数和子女数都至少为1。"
