"""Fictional families: who lives together, what they declare, and what the practice province would find."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from yimen.casework.applications.entries import ExpenseEntry, IncomeEntry, PropertyEntry
from yimen.casework.households.entries import AccountEntry, ObligorEntry, PersonEntry
from yimen.demo.people import Crowd, Somebody
from yimen.law.terms import DisabilityKind, Marriage, Relation

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

    def entry(self, somebody: Somebody, relation: str, **facts: Any) -> PersonEntry:
        marriage = facts.pop("marriage", "married")
        return PersonEntry(somebody.name, somebody.identity, relation, marriage=marriage, phone=self._phone(), **facts)

    def _phone(self) -> str:
        return f"000-5552-{self.draw.randrange(10000):04d}"

    def deposit(self, family: Family, row: int, low: int = 200, high: int = 9000) -> None:
        fen = self.draw.randrange(low, high) * 100 + self.draw.randrange(100)
        family.properties.append(PropertyEntry("deposit", "银行存款", fen, detail="示例农村商业银行", member=row))
        family.found(row, "deposit", {"amount_fen": fen, "detail": "示例农村商业银行"})

    def pension(self, family: Family, row: int, fen: int = 0) -> None:
        amount = fen or self.draw.randrange(120, 190) * 100
        family.incomes.append(IncomeEntry("transfer", "pension", "城乡居民养老保险待遇", amount, "month", row))
        family.found(row, "pension", {"amount_fen": amount, "period": "month"})

    def land(self, family: Family, fen: int) -> None:
        family.incomes.append(IncomeEntry("business", "land", "玉米种植（净收入）", fen, "year", 0))
        family.found(0, "land", {"amount_fen": fen, "period": "year", "value_text": "承包土地和补贴"})

    def house(self, family: Family) -> None:
        family.properties.append(PropertyEntry("house", "自住住房", None, Decimal(1), "本村（社区）住房", 0))
        family.found(0, "house", {"count": 1, "value_text": "住宅1处"})

    def child_obligor(self, family: Family, fee: int) -> None:
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
        self.draw.choice((self._more_insurance, self._more_deposit, self._old_business))(family)

    def three_differences(self, family: Family) -> None:
        """Savings, an insurance and a pension that are not as they were declared."""
        self._more_insurance(family)
        self._more_deposit(family)
        declared = next(row.amount_fen for row in family.incomes if row.project == "pension")
        family.found(0, "pension", {"amount_fen": declared + 2400, "period": "month"})

    def _old_business(self, family: Family) -> None:
        family.found(0, "business", {"count": 0, "value_text": "个体工商户，已于 2019 年注销"})

    def _more_deposit(self, family: Family) -> None:
        family.found(0, "deposit", {"amount_fen": self.draw.randrange(2000, 9000) * 100, "detail": "活期存款"})

    def _more_insurance(self, family: Family) -> None:
        fen = self.draw.randrange(5, 30) * 10000
        family.found(len(family.members) - 1, "insurance", {"amount_fen": fen, "value_text": "人身保险现金价值"})
