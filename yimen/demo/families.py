"""Fictional families: who lives together, what they declare, and what the practice province would find."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from yimen.casework.applications.entries import ExpenseEntry, IncomeEntry, PropertyEntry
from yimen.casework.households.entries import AccountEntry, ObligorEntry, PersonEntry
from yimen.demo.people import LONG, RARE, Crowd, Somebody
from yimen.law.terms import DisabilityKind, Marriage, Relation, Sex

Truth = dict[int, dict[str, Any]]
_REGISTERED = "在册，姓名与证件号码一致"


@dataclass
class Family:
    """A household as it applies; ``truth`` is by row of the member, ``obligor_truth`` by row of the obligor."""

    members: list[PersonEntry]
    incomes: list[IncomeEntry] = field(default_factory=list)
    properties: list[PropertyEntry] = field(default_factory=list)
    expenses: list[ExpenseEntry] = field(default_factory=list)
    obligors: list[ObligorEntry] = field(default_factory=list)
    land_mu: Decimal = Decimal(0)
    cause: str = "age"
    reason: str = ""
    truth: Truth = field(default_factory=dict)

    def found(self, row: int, item: str, value: Any) -> None:
        """What the check will find about a member, beside what the registers of persons say."""
        self.truth.setdefault(row, {})[item] = value

    def whole_truth(self, row: int) -> dict[str, Any]:
        """Everything the practice province says about a member: registers agree unless the plan says otherwise."""
        member = self.members[row]
        registers: dict[str, Any] = {"members": _REGISTERED}
        if member.marriage not in {"single", "unknown"}:
            registers["marriage"] = Marriage(member.marriage).label
        if member.disability_kind != "none" and member.disability_grade:
            registers["disability"] = (
                f"{DisabilityKind(member.disability_kind).label}{'一二三四'[member.disability_grade - 1]}级"
            )
        return {**registers, **self.truth.get(row, {})}


@dataclass
class Maker:
    """Draws families for a village."""

    crowd: Crowd
    draw: random.Random
    on: date

    def _entry(self, somebody: Somebody, relation: str, **facts: Any) -> PersonEntry:
        marriage = facts.pop("marriage", "married")
        return PersonEntry(somebody.name, somebody.identity, relation, marriage=marriage, phone=self._phone(), **facts)

    def _phone(self) -> str:
        return f"000-5552-{self.draw.randrange(10000):04d}"

    def _deposit(self, family: Family, row: int, low: int = 200, high: int = 9000) -> None:
        fen = self.draw.randrange(low, high) * 100 + self.draw.randrange(100)
        family.properties.append(PropertyEntry("deposit", "银行存款", fen, detail="示例农村商业银行", member=row))
        family.found(row, "deposit", {"amount_fen": fen, "detail": "示例农村商业银行"})

    def _pension(self, family: Family, row: int, fen: int = 0) -> None:
        amount = fen or self.draw.randrange(120, 190) * 100
        family.incomes.append(IncomeEntry("transfer", "pension", "城乡居民养老保险待遇", amount, "month", row))
        family.found(row, "pension", {"amount_fen": amount, "period": "month"})

    def _land(self, family: Family, fen: int) -> None:
        family.incomes.append(IncomeEntry("business", "land", "玉米种植（净收入）", fen, "year", 0))
        family.found(0, "land", {"amount_fen": fen, "period": "year", "value_text": "承包土地和补贴"})

    def _house(self, family: Family) -> None:
        family.properties.append(PropertyEntry("house", "自住住房", None, Decimal(1), "本村（社区）住房", 0))
        family.found(0, "house", {"count": 1, "value_text": "住宅1处"})

    def _child_obligor(self, family: Family, fee: int) -> None:
        child = self.crowd.person(self.on, 30, 50)
        family.obligors.append(
            ObligorEntry(
                child.name,
                child.identity,
                Relation.CHILD,
                occupation="外地务工",
                family_size=3,
                monthly_income_fen=self.draw.randrange(2500, 4200) * 100,
                agreed_fee_fen=fee,
                supported_count=1,
            )
        )

    def old_alone(self) -> Family:
        """An old person alone, with a small pension and sometimes a child who gives a little."""
        person = self.crowd.person(self.on, 62, 84)
        family = Family(
            [
                self._entry(
                    person,
                    Relation.SELF,
                    work_capacity="none",
                    marriage="widowed",
                    illness=self.draw.choice(("", "", "脑梗后遗症")),
                )
            ],
            cause="age",
            reason="年老体弱，子女无力多给，日常吃药花费大，生活困难。",
        )
        self._pension(family, 0)
        self._deposit(family, 0)
        self._house(family)
        if self.draw.random() < 0.5:
            self._child_obligor(family, self.draw.choice((0, 10000, 20000)))
        return family

    def old_couple(self) -> Family:
        """Two old people; one is ill."""
        man, woman = (
            self.crowd.person(self.on, 62, 80, sex=Sex.MALE),
            self.crowd.person(self.on, 60, 78, sex=Sex.FEMALE),
        )
        family = Family(
            [
                self._entry(man, Relation.SELF, work_capacity="none"),
                self._entry(woman, Relation.SPOUSE, work_capacity="none", illness="尿毒症"),
            ],
            cause="illness",
            reason="夫妻二人年老，妻子长期透析，自付药费多，收入只有养老金。",
        )
        for row in (0, 1):
            self._pension(family, row)
        self._deposit(family, 0, 300, 12000)
        self._house(family)
        family.expenses.append(
            ExpenseEntry("medical", "透析、门诊自付", self.draw.randrange(300, 900) * 100, "month", 1)
        )
        return family

    def disabled(self) -> Family:
        """A disabled adult with a parent."""
        ill = self.crowd.person(self.on, 28, 52)
        parent = self.crowd.person(self.on, 60, 78, sex=Sex.FEMALE)
        grade = self.draw.choice((1, 2, 2, 3))
        kind = self.draw.choice(("physical", "mental", "intellectual", "visual"))
        family = Family(
            [
                self._entry(
                    ill,
                    Relation.SELF,
                    work_capacity="lost",
                    marriage="single",
                    disability_kind=kind,
                    disability_grade=grade,
                    disability_number=f"{ill.identity}{'12345'[grade]}1",
                    can_live_independently=False,
                ),
                self._entry(parent, Relation.PARENT, work_capacity="none", marriage="widowed", long_co_resident=True),
            ],
            cause="disability",
            reason="本人残疾不能劳动，由年老的母亲照料，没有稳定收入。",
        )
        self._pension(family, 1)
        self._deposit(family, 1)
        self._house(family)
        return family

    def single_parent(self) -> Family:
        """A parent alone with children at school, working odd jobs."""
        parent = self.crowd.person(self.on, 30, 45)
        children = [
            self.crowd.person(self.on, 7, 16, surname=parent.name[0]) for _ in range(self.draw.choice((1, 1, 2)))
        ]
        members = [
            self._entry(
                parent, Relation.SELF, work_capacity="able", marriage="divorced", employed=True, occupation="打零工"
            )
        ]
        members += [
            self._entry(
                child,
                Relation.CHILD,
                work_capacity="none",
                marriage="single",
                student=True,
                occupation="安澜区示例学校",
            )
            for child in children
        ]
        family = Family(members, cause="unemployed", reason="离婚后独自抚养孩子，只能打零工，收入不固定。")
        wage = self.draw.randrange(60, 110) * 1000
        family.incomes.append(IncomeEntry("wage", "wage", "打零工", wage, "month", 0))
        self._deposit(family, 0, 100, 5000)
        return family

    def three_generations(self) -> Family:
        """Grandparents, an ill adult child, a grandchild; land."""
        old, ill, young = (
            self.crowd.person(self.on, 60, 72),
            self.crowd.person(self.on, 33, 48, sex=Sex.MALE),
            self.crowd.person(self.on, 8, 15),
        )
        members = [
            self._entry(old, Relation.SELF, work_capacity="partly", marriage="widowed"),
            self._entry(
                ill,
                Relation.CHILD,
                work_capacity="partly",
                marriage="divorced",
                illness="慢性肾病",
                can_live_independently=False,
            ),
            self._entry(
                young,
                Relation.GRANDCHILD,
                work_capacity="none",
                marriage="single",
                student=True,
                occupation="安澜区示例小学",
            ),
        ]
        mu = Decimal(self.draw.randrange(15, 60)) / 10
        family = Family(
            members, cause="no_labour", reason="儿子患病不能干重活，孙子上学，全家靠几亩地和养老金。", land_mu=mu
        )
        self._pension(family, 0)
        family.incomes.append(
            IncomeEntry("business", "land", "玉米种植（净收入）", self.draw.randrange(12, 36) * 10000, "year", 0)
        )
        self._deposit(family, 0)
        self._house(family)
        return family

    def nine(self) -> Family:
        """Nine people under one roof."""
        head = self.crowd.person(self.on, 41, 44, sex=Sex.MALE)
        wife = self.crowd.person(self.on, 39, 42, sex=Sex.FEMALE)
        members = [
            self._entry(head, Relation.SELF, work_capacity="partly", occupation="务农"),
            self._entry(wife, Relation.SPOUSE, work_capacity="partly"),
        ]
        members += [
            self._entry(
                self.crowd.person(self.on, 5, 16, surname=head.name[0]),
                Relation.CHILD,
                work_capacity="none",
                marriage="single",
                student=True,
            )
            for _ in range(5)
        ]
        members += [
            self._entry(
                self.crowd.person(self.on, 65, 72), Relation.PARENT, work_capacity="none", long_co_resident=True
            )
            for _ in range(2)
        ]
        family = Family(
            members,
            cause="no_labour",
            reason="上有老下有小，夫妻身体都不好，收入养不活九口人。",
            land_mu=Decimal("6.5"),
        )
        self._land(family, 520000)
        for row in (7, 8):
            self._pension(family, row)
        self._deposit(family, 0)
        return family

    def nothing(self) -> Family:
        """Nobody earns anything."""
        person = self.crowd.person(self.on, 50, 59)
        return Family(
            [self._entry(person, Relation.SELF, work_capacity="lost", marriage="single", illness="恶性肿瘤")],
            cause="illness",
            reason="身患重病，没有任何收入，借钱看病。",
        )

    def any_of(self) -> Family:
        """The usual mixture."""
        kinds: Sequence[Callable[[], Family]] = (
            self.old_alone,
            self.old_couple,
            self.disabled,
            self.single_parent,
            self.three_generations,
        )
        return self.draw.choices(kinds, weights=(34, 18, 18, 16, 14))[0]()

    def rare(self, number: int) -> Family:
        """An old person with a rare or very long name."""
        name, sex = (*RARE, LONG)[number % (len(RARE) + 1)]
        family = self.old_alone()
        named = self.crowd.person(self.on, 63, 80, sex=sex, name=name)
        family.members[0] = replace(family.members[0], name=named.name, identity=named.identity)
        return family

    def account(self, family: Family) -> AccountEntry:
        """A fictional account of the applicant."""
        number = "9900" + "".join(str(self.draw.randrange(10)) for _ in range(15))
        return AccountEntry(family.members[0].name, "示例农村商业银行", number)

    # -- what makes a case end one way or the other ---------------------------------------

    def hidden_wage(self, family: Family) -> None:
        """The check finds a wage that lifts the household above the line."""
        adult = next(
            (row for row, member in enumerate(family.members) if member.work_capacity in {"able", "partly"}), 0
        )
        fen = (140000 + self.draw.randrange(30, 120) * 1000) * len(family.members)
        family.found(adult, "wage", {"amount_fen": fen, "period": "month", "value_text": "职工社会保险参保"})

    def hidden_deposit(self, family: Family) -> None:
        """The check finds savings beyond the limit."""
        fen = (30000 + self.draw.randrange(10, 80) * 1000) * 100 * len(family.members)
        family.properties = [row for row in family.properties if row.kind != "deposit"]
        family.found(0, "deposit", {"amount_fen": fen, "detail": "定期存款"})

    def small_difference(self, family: Family) -> None:
        """The check finds a little more than was said: a difference to be settled, no bar."""
        kind = self.draw.randrange(3)
        if kind == 0:
            family.found(0, "business", {"count": 0, "value_text": "个体工商户，已于 2019 年注销"})
        elif kind == 1:
            family.found(0, "deposit", {"amount_fen": self.draw.randrange(2000, 9000) * 100, "detail": "活期存款"})
        else:
            adult = len(family.members) - 1
            family.found(
                adult, "insurance", {"amount_fen": self.draw.randrange(5, 30) * 10000, "value_text": "人身保险现金价值"}
            )
