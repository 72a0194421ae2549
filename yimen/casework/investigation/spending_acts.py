"""The essential spending of the months before the application, for 刚性支出困难家庭 (R4, R5)."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from yimen.base.access.acts import act
from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.base.prepared import insert
from yimen.casework.applications import queries as applications
from yimen.casework.applications.models import Application
from yimen.casework.investigation import programme_queries as queries, spending_papers as papers
from yimen.casework.investigation.programme_checks import problem, wrong
from yimen.casework.investigation.programme_entries import SpendingEntry, SpentEntry
from yimen.casework.investigation.programme_models import SpendingRecord, SpentRow
from yimen.law.terms import ExpenseKind, Period, Schooling

MOST_ROWS = 120


@act("record_spending", Application)
def record_spending(walk: Walk, application: Application, *, entry: SpendingEntry) -> None:
    """The essential spending of the months before the application, whole: what was recorded before is replaced by it."""
    people = {row.person.ref: row.person for row in applications.participants(application)}
    _check_spending(application, entry, set(people))
    record = SpendingRecord(
        application=application,
        total_income_fen=entry.total_income_fen,
        total_income_source=entry.total_income_source.strip()[:200],
        none_found=entry.none_found,
        recorded_on=walk.on,
        recorded_by=walk.officer.staff,
    )
    insert([record])
    rows = [
        SpentRow(
            record=record,
            kind=row.kind,
            label=row.label.strip()[:80],
            person=people.get(row.person_ref),
            amount_fen=row.amount_fen,
            reimbursed_fen=row.reimbursed_fen,
            paid_on=row.paid_on,
            period=row.period,
            schooling=row.schooling,
            public_fee_fen=row.public_fee_fen,
            designated=row.designated,
            receipt=row.receipt.strip()[:60],
            recognised=row.recognised.strip()[:120],
            item=row.item,
        )
        for row in entry.rows
    ]
    insert(rows)
    months = figures.figure(queries.LOOKBACK, application.village_id, walk.on).as_int()
    walk.issue("rigid_expenditure_sheet", papers.rigid_expenditure_sheet(walk, application, record, rows, months))
    walk.note(spending=record.ref, rows=len(rows), income_established=record.total_income_fen is not None)


def _check_spending(application: Application, entry: SpendingEntry, people: set[str]) -> None:
    if entry.none_found and entry.rows:
        raise wrong("spending-none_found", "表里已有支出，请不要再勾选“没有刚性支出”，或者删去各行。")
    if not entry.rows and not entry.none_found:
        raise wrong("spending-none_found", "请至少登记一项支出；确实没有的，勾选“没有刚性支出”。")
    if len(entry.rows) > MOST_ROWS:
        raise wrong("spending-none_found", f"一次最多登记 {MOST_ROWS} 行，同类零星支出请合并。")
    if entry.total_income_fen is not None and entry.total_income_fen < 0:
        raise wrong("spending-total_income", "金额不能是负数。")
    if entry.total_income_fen is not None and not entry.total_income_source.strip():
        raise wrong("spending-total_income_source", "请写明十二个月总收入是怎么查明的，例如工资流水、养老金发放记录。")
    codes = {choice.code for choice in queries.local_choices(queries.OTHER_KINDS, application)}
    for number, row in enumerate(entry.rows):
        if row.person_ref and row.person_ref not in people:
            raise wrong(f"rows-{number}-member", "请选择是哪位家庭成员的支出。")
        for field, sentence in spent_problems(row, application.applied_on, codes):
            raise wrong(f"rows-{number}-{field}", sentence)


def spent_problems(row: SpentEntry, applied_on: date, codes: Container[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with one row: the field and a sentence."""
    if row.kind not in {str(kind.value) for kind in ExpenseKind}:
        yield problem("kind", "请从列表中选择类别。")
    if row.amount_fen <= 0:
        yield problem("amount", "金额应大于 0。")
    if not 0 <= row.reimbursed_fen <= max(row.amount_fen, 0):
        yield problem("reimbursed", "报销、补助的金额不能超过支出金额，请核对。")
    if (row.public_fee_fen or 0) < 0:
        yield problem("public_fee", "金额不能是负数。")
    yield from _when_problems(row, applied_on)
    if row.kind == ExpenseKind.EDUCATION and row.schooling not in {str(each.value) for each in Schooling}:
        yield problem("schooling", "教育支出请选择就读阶段。")
    if row.kind == ExpenseKind.REHABILITATION and not row.person_ref:
        yield problem("member", "康复支出请写明是哪位残疾成员的。")
    if row.kind == ExpenseKind.OTHER and row.item not in codes:
        words = "请选择是当地另外认定的哪一种支出。" if codes else "当地没有另外认定其他支出，请改选别的类别。"
        yield ("item" if codes else "kind"), words


def _when_problems(row: SpentEntry, applied_on: date) -> Iterator[tuple[str, str]]:
    if row.paid_on is None and not row.period:
        yield problem("paid_on", "请填写支出日期；每月（季、年）都有的固定支出，改填周期。")
    elif row.paid_on is not None and row.period:
        yield problem("period", "支出日期和周期只填一项。")
    elif row.period and (row.period == Period.ONCE or row.period not in {str(each.value) for each in Period}):
        yield problem("period", "一次性的支出请填写支出日期。")
    elif row.paid_on is not None and row.paid_on > applied_on:
        yield problem("paid_on", f"支出日期晚于申请日期（{applied_on:%Y-%m-%d}），请核对。")
