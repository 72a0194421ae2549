"""Invented facts about invented people, for the practice province. Same seed and number, same facts.

Nothing declared is known here: most people have nothing that a register would show, some have something they may
have forgotten to declare. Amounts are in fen and mean nothing outside the practice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.gateways.provincial.shapes import Finding
from yimen.law.checks import FoundPeriod, item
from yimen.law.identity import Identity
from yimen.law.money import Fen

_BANKS = ("练习农商银行", "练习邮政储蓄", "练习建设银行")
_THOUSAND = 1000


@dataclass(frozen=True)
class _Person:
    seed: str
    identity: Identity
    on: date

    @property
    def age(self) -> int:
        born = self.identity.birth_date
        return self.on.year - born.year - ((self.on.month, self.on.day) < (born.month, born.day))

    def draw(self, topic: str, below: int) -> int:
        """A number from 0 up to ``below``, fixed by seed, person and topic."""
        text = f"{self.seed}|{self.identity.number}|{topic}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % below

    def has(self, topic: str, per_thousand: int) -> bool:
        """Whether this person is one of the few; the same for the same seed."""
        return self.draw(topic, _THOUSAND) < per_thousand

    def amount(self, topic: str, low: Fen, high: Fen) -> Fen:
        """An amount of whole yuan between two amounts in fen."""
        return low + self.draw(topic + " amount", (high - low) // 100 + 1) * 100


def _money(person: _Person, code: str, amount: Fen, period: FoundPeriod, value: str, detail: str = "") -> Finding:
    return Finding(code, value, amount, None, str(period), month_end_before(person.on), detail)


def month_end_before(day: date) -> date:
    """The last day of the month before: what registers usually vouch for."""
    return date.fromordinal(day.replace(day=1).toordinal() - 1)


def _members(person: _Person) -> list[Finding]:
    return [Finding("members", "在册，姓名与证件号码一致", data_date=person.on)]


def _pension(person: _Person) -> list[Finding]:
    if person.age < 60 or not person.has("pension", 180):
        return []
    if person.has("pension kind", 750):
        amount = person.amount("pension", 118_00, 196_00)
        return [_money(person, "pension", amount, FoundPeriod.MONTH, "城乡居民养老保险待遇")]
    amount = person.amount("pension", 1_860_00, 2_940_00)
    return [_money(person, "pension", amount, FoundPeriod.MONTH, "企业职工养老金")]


def _wage(person: _Person) -> list[Finding]:
    if not 18 <= person.age < 60 or not person.has("wage", 60):
        return []
    amount = person.amount("wage", 1_900_00, 4_200_00)
    return [_money(person, "wage", amount, FoundPeriod.MONTH, "职工社会保险参保", "按月缴费基数")]


def _deposit(person: _Person) -> list[Finding]:
    if person.age < 16 or not person.has("deposit", 130):
        return []
    low, high = (24_000_00, 86_000_00) if person.has("deposit large", 220) else (120_00, 5_800_00)
    bank = _BANKS[person.draw("bank", len(_BANKS))]
    value = "活期和定期存款"
    return [_money(person, "deposit", person.amount("deposit", low, high), FoundPeriod.BALANCE, value, bank)]


def _vehicle(person: _Person) -> list[Finding]:
    if person.age < 18 or not person.has("vehicle", 45):
        return []
    kind = ("小型轿车", "两轮摩托车", "轻型货车")[person.draw("vehicle kind", 3)]
    year = 2012 + person.draw("vehicle year", 12)
    return [Finding("vehicle", kind, None, 1, "", month_end_before(person.on), f"{year} 年登记，状态正常")]


def _business(person: _Person) -> list[Finding]:
    if person.age < 18 or not person.has("business", 50):
        return []
    if person.has("business closed", 700):
        return [Finding("business", "个体工商户，已于 2019 年注销", None, 0, "", month_end_before(person.on), "零售业")]
    return [Finding("business", "个体工商户，在营", None, 1, "", month_end_before(person.on), "零售业")]


def _house(person: _Person) -> list[Finding]:
    if person.age < 18 or not person.has("house", 30):
        return []
    area = 42 + person.draw("house area", 70)
    return [Finding("house", "住宅 1 处", None, 1, "", month_end_before(person.on), f"建筑面积 {area} 平方米")]


def _insurance(person: _Person) -> list[Finding]:
    if not person.has("insurance", 20):
        return []
    amount = person.amount("insurance", 2_000_00, 18_000_00)
    return [_money(person, "insurance", amount, FoundPeriod.BALANCE, "人寿保险，现金价值")]


def _fund(person: _Person) -> list[Finding]:
    if not 18 <= person.age < 60 or not person.has("fund", 12):
        return []
    return [_money(person, "fund", person.amount("fund", 900_00, 21_000_00), FoundPeriod.BALANCE, "公积金账户，封存")]


def _securities(person: _Person) -> list[Finding]:
    if person.age < 18 or not person.has("securities", 6):
        return []
    amount = person.amount("securities", 50_00, 9_000_00)
    return [_money(person, "securities", amount, FoundPeriod.BALANCE, "证券账户市值")]


_PRETEND: Mapping[str, Callable[[_Person], list[Finding]]] = {
    "members": _members,
    "pension": _pension,
    "wage": _wage,
    "deposit": _deposit,
    "vehicle": _vehicle,
    "business": _business,
    "house": _house,
    "insurance": _insurance,
    "fund": _fund,
    "securities": _securities,
}


def invented(seed: str, identity: Identity, code: str, on: date) -> tuple[Finding, ...]:
    """What the practice registers hold on this item of this person; usually nothing."""
    make = _PRETEND.get(code)
    return tuple(make(_Person(seed, identity, on))) if make else ()


def told(code: str, given: Any, on: date) -> tuple[Finding, ...]:
    """Findings that a demonstration demands for an item: None, a text, a mapping, or a list of these."""
    if given is None:
        return ()
    if isinstance(given, Sequence) and not isinstance(given, str):
        return tuple(found for one in given for found in told(code, one, on))
    fields: dict[str, Any] = {"value_text": given} if isinstance(given, str) else dict(given)
    fields.pop("source", None)
    known = item(code)
    fields.setdefault("value_text", known.label)
    if fields.get("amount_fen") is not None:
        fields.setdefault("period", str(FoundPeriod.MONTH if code in ("wage", "pension") else FoundPeriod.BALANCE))
    fields.setdefault("data_date", month_end_before(on))
    return (Finding(item=code, **fields),)
