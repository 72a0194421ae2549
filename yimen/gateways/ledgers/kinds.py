"""Of which assistance a ledger is: by its name and title, else by its headings; what each kind tells and must tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yimen.gateways.ledgers.wordings import FIELDS, NOT_TAKEN
from yimen.law.ledger import RECOGNISED
from yimen.law.terms import Programme

_WHO = ("head_name", "head_identity")
REQUIRED: dict[Programme, tuple[str, ...]] = {
    Programme.DIBAO: (*_WHO, "category", "amount", "start_month"),
    Programme.TEKUN: (*_WHO, "support_form", "self_care", "amount", "start_month"),
    Programme.EDGE: (*_WHO, "recognised_on"),
    Programme.RIGID_EXPENDITURE: (*_WHO, "recognised_on", "valid_to"),
}
_TEKUN_ONLY = frozenset({"support_form", "self_care", "institution", "basic", "care", "urban"})
_RECOGNITION_ONLY = frozenset({"recognised_on", "valid_to"})
_MONEY = frozenset({"amount", "category", "start_month", "holder", "bank", "account"})
_SEVERAL = frozenset(
    {"member_name", "member_identity", "relation", "covered_flag", "covered", "uncovered", "household_no"}
)
_LEFT: dict[Programme, frozenset[str]] = {
    Programme.DIBAO: _TEKUN_ONLY | _RECOGNITION_ONLY,
    Programme.TEKUN: _RECOGNITION_ONLY | _SEVERAL | {"category"},
    Programme.EDGE: _TEKUN_ONLY | _MONEY,
    Programme.RIGID_EXPENDITURE: _TEKUN_ONLY | _MONEY | {"recertify_on"},
}
"""Fields that a kind of ledger does not take although their headings are known."""
_EDGE_WORDS = re.compile(r"(低保|最低生活保障)?边缘(家庭|户|人口)?")
_WORDS = (
    (Programme.EDGE, re.compile("边缘")),
    (Programme.RIGID_EXPENDITURE, re.compile("刚性支出|支出型")),
    (Programme.TEKUN, re.compile("特困|五保")),
    (Programme.DIBAO, re.compile("低保|最低生活保障")),
)


def named(text: str) -> set[Programme]:
    """The programmes that a title or a file's name speaks of; 低保边缘 is not 低保."""
    rest = _EDGE_WORDS.sub("", text)
    return {kind for kind, words in _WORDS if words.search(text if kind is Programme.EDGE else rest)}


def recognise(text: str, fields: Sequence[str]) -> Programme | None:
    """Of which assistance a table is, by what stands above it and by its headings; None where they do not say, or disagree."""
    has, told = {field.partition(":")[0] for field in fields}, named(text)
    if has & {"support_form", "self_care", "basic"}:
        by_heads = {Programme.TEKUN}
    elif has & {"category", "amount"}:
        by_heads = {Programme.DIBAO}
    else:
        by_heads = set(RECOGNISED)
    if len(told) == 1 and (told <= by_heads or by_heads == {Programme.DIBAO}):
        return next(iter(told))
    both = (told or by_heads) & by_heads
    return next(iter(both)) if len(both) == 1 else None


def fields_of(kind: Programme) -> dict[str, str]:
    """The fields that a kind of ledger takes, with their labels."""
    return {field: label for field, label in FIELDS.items() if field not in _LEFT[kind]}


def for_kind(fields: Sequence[str], kind: Programme) -> list[str]:
    """What the columns mean in a ledger of this kind; a row of 特困 is a person, whoever else is named in it."""
    meant = list(fields)
    if kind is Programme.TEKUN and "member_name" in meant:
        own = {"head_name": NOT_TAKEN, "head_identity": NOT_TAKEN}
        own |= {"member_name": "head_name", "member_identity": "head_identity"}
        meant = [own.get(field, field) for field in meant]
        if "head_identity" not in meant and "head_identity" in fields:
            meant[list(fields).index("head_identity")] = "head_identity"
    return [NOT_TAKEN if field.partition(":")[0] in _LEFT[kind] else field for field in meant]
