"""What the sheet of essential expenses says (forms.md 23): as recorded, by month, by kind with its receipts, beside the ratio asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.casework.applications import letters, queries as applications
from yimen.casework.applications.models import Application
from yimen.casework.investigation.programme_models import SpendingRecord, SpentRow
from yimen.law.money import round_fen, show
from yimen.law.rules.applied import months_of_period
from yimen.law.rules.rigid import COMPARISON, RATIO
from yimen.law.rules.rigid_spending import share_of, window
from yimen.law.standards import Unset
from yimen.law.terms import ExpenseKind, Period, Schooling


def rigid_expenditure_sheet(
    walk: Walk, application: Application, record: SpendingRecord, rows: Sequence[SpentRow], months: int
) -> dict[str, Any]:
    """Every expense as recorded, what the household bore itself of each kind, and the income of the same months."""
    first, last = window(application.applied_on, months)
    counted = [row for row in rows if not outside(row, first, last)]
    total = sum((own_fen(row, months) for row in counted), Fraction(0))
    return {
        **letters.fitting("rigid_expenditure_sheet", application, walk.officer.staff),
        "household_size": len(applications.participants(application)),
        "from_date": first,
        "to_date": last,
        "spent": [_row(row, first, last) for row in rows],
        "months": list(_months(counted, first, last, months)),
        "sums": list(_sums(counted, months)),
        "total": _fen(total),
        "income": record.total_income_fen,
        "income_source": record.total_income_source
        or (
            ""
            if record.total_income_fen is not None
            else "没有查明合计数的，按认定月收入乘以月数折算，见收入财产核算单"
        ),
        "ratio": _ratio(total, record.total_income_fen),
        "limit": _limit(application, walk.on),
        "recorded_on": record.recorded_on,
    }


def _fen(amount: Fraction) -> int:
    return round_fen(amount, "half_up")


def _ratio(total: Fraction, income_fen: int | None) -> str:
    if income_fen is None:
        return "总收入合计数没有查明，见收入财产核算单"
    return share_of(total / income_fen) if income_fen else "总收入为零，无法计算比例"


def _limit(application: Application, on: date) -> str:
    """The ratio of the place and how it is compared, or that nobody has set it (R4, L22)."""
    try:
        ratio, comparison = (figures.figure(key, application.village_id, on) for key in (RATIO, COMPARISON))
    except Unset as unset:
        return f"未设置：{unset.sentence}"
    return f"{comparison.shown()}{share_of(ratio.as_fraction())}（{ratio.document}）"


def _sums(rows: Sequence[SpentRow], months: int) -> Iterator[dict[str, Any]]:
    """Every kind with what has a receipt, what was recognised without one, and what has neither."""
    for kind in ExpenseKind:
        mine = [row for row in rows if row.kind == kind]
        proofs = {
            "receipted": [row for row in mine if row.receipt],
            "recognised": [row for row in mine if not row.receipt and row.recognised],
            "without": [row for row in mine if not row.receipt and not row.recognised],
        }
        if mine:
            yield {
                "kind": kind.label,
                "count": len(mine),
                **{name: _own_sum(found, months) for name, found in proofs.items() if found},
                "amount": _own_sum(mine, months),
            }


def _own_sum(rows: Sequence[SpentRow], months: int) -> int:
    return _fen(sum((own_fen(row, months) for row in rows), Fraction(0)))


def _months(rows: Sequence[SpentRow], first: date, last: date, months: int) -> Iterator[dict[str, Any]]:
    """The household's own share by month and kind; what recurs in every period stands in one line below."""
    for label, month in _month_labels(first, last):
        dated = [row for row in rows if row.paid_on and (row.paid_on.year, row.paid_on.month) == month]
        yield {"month": label, **_by_kind(dated, months)}
    if recurring := [row for row in rows if row.paid_on is None]:
        yield {"month": f"固定支出（{months}个月）", **_by_kind(recurring, months)}


def _month_labels(first: date, last: date) -> Iterator[tuple[str, tuple[int, int]]]:
    """The calendar months that the window touches; one that begins within a month touches a month more."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        year, month = divmod(number, 12)
        yield f"{year}年{month + 1}月", (year, month + 1)


def _by_kind(rows: Sequence[SpentRow], months: int) -> dict[str, int]:
    found = {str(kind.value): [row for row in rows if row.kind == kind] for kind in ExpenseKind}
    said = {kind: _own_sum(mine, months) for kind, mine in found.items() if mine}
    return {**said, "total": _own_sum(rows, months)} if said else {}


def own_fen(row: SpentRow, months: int) -> Fraction:
    """What the household bore of an expense in all the months, exactly; education not yet held to the public fee."""
    times = months_of_period(Period(row.period)) * months if row.period else Fraction(1)
    return (row.amount_fen - row.reimbursed_fen) * times


def outside(row: SpentRow, first: date, last: date) -> bool:
    """Whether an expense was paid outside the months that count."""
    return row.paid_on is not None and not first <= row.paid_on <= last


def _row(row: SpentRow, first: date, last: date) -> dict[str, Any]:
    proof = row.receipt or (f"另行认定：{row.recognised}" if row.recognised else "没有票据")
    notes = [
        "不在核算期内，不计入" if outside(row, first, last) else "",
        Schooling(row.schooling).label if row.schooling else "",
        f"公办收费{show(row.public_fee_fen)}元" if row.public_fee_fen is not None else "",
        "定点医药机构" if row.designated else "",
    ]
    return {
        "kind": ExpenseKind(row.kind).label,
        "label": row.label,
        "person": row.person.name if row.person else "全家",
        "day": f"{row.paid_on:%Y-%m-%d}" if row.paid_on else Period(row.period).label,
        "amount": row.amount_fen,
        "reimbursed": row.reimbursed_fen,
        "own": row.amount_fen - row.reimbursed_fen,
        "proof": proof,
        "note": "；".join(note for note in notes if note),
    }
