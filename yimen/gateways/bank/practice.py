"""The bank of the demo: answers a file as its template says, all paid but a few, openly invented."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from yimen.casework.payments import bank_queries as queries
from yimen.gateways.bank.writing import compose
from yimen.law.payments.bank_layout import BankLayouts
from yimen.law.payments.bank_terms import BankAnswerKind, BankField
from yimen.law.payments.terms import FailCause

_EVERY = 12
_CAUSES = (FailCause.NAME, FailCause.CLOSED, FailCause.LIMIT)


def usual(count: int) -> list[int]:
    """Which serials fail where nobody says which: two near the beginning, then one in twelve."""
    return sorted({*range(2, min(3, count) + 1), *range(_EVERY, count + 1, _EVERY)}) or [1]


def answer(file: Any, failing: Collection[int]) -> bytes:
    """The answer to a file: these serials fail, by turns for another cause."""
    layouts = BankLayouts.of(file.template.layouts)
    paid = _code(layouts, BankAnswerKind.PAID)
    failed = _failed(layouts)
    wrong = {serial: failed[place % len(failed)] for place, serial in enumerate(sorted(failing))}
    told = list(queries.told(file))
    return _written(layouts, file, told, [wrong.get(each[BankField.SERIAL], (paid, "")) for each in told])


def came_back(file: Any, serials: Collection[int]) -> bytes:
    """What a bank says later of lines that it had paid: the money has come back."""
    layouts = BankLayouts.of(file.template.layouts)
    told = [each for each in queries.told(file) if each[BankField.SERIAL] in serials]
    said = (_code(layouts, BankAnswerKind.RETURNED), "账户状态异常，款项退回")
    return _written(layouts, file, told, [said] * len(told))


def _code(layouts: BankLayouts, kind: BankAnswerKind) -> str:
    return next((code for code, meaning in layouts.codes.items() if meaning.kind is kind), "??")


def _written(
    layouts: BankLayouts, file: Any, told: Sequence[dict[BankField, Any]], said: Sequence[tuple[str, str]]
) -> bytes:
    lines = [
        {**each, BankField.RESULT: code, BankField.CAUSE: words} for each, (code, words) in zip(told, said, strict=True)
    ]
    controls = {
        BankField.BATCH: file.number, BankField.COUNT: len(told), BankField.TOTAL: sum(each[BankField.AMOUNT] for each in told),
        BankField.MONTH: file.month, BankField.DATE: file.on.isoformat(), BankField.TOWNSHIP: file.area.name,
    }  # fmt: skip
    return compose(layouts.back, lines, controls)


def _failed(layouts: BankLayouts) -> list[tuple[str, str]]:
    """The bank's codes of a failure with their words, in a steady order."""
    known = {meaning.cause: code for code, meaning in layouts.codes.items() if meaning.kind is BankAnswerKind.FAILED}
    found = [(known[cause], cause.label) for cause in _CAUSES if cause in known]
    return found or [(code, cause.label) for cause, code in known.items() if cause] or [("??", "")]
