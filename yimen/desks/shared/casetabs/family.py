"""Who they are and what they declared."""

from __future__ import annotations

from typing import Any

from yimen.base.access.officer import Officer
from yimen.casework.applications import queries as applications
from yimen.casework.households import queries as households
from yimen.desks.shared.accounts.parts import later
from yimen.desks.shared.listing import listing
from yimen.desks.shared.shapes import Block, Cell, Empty, Fact, Tag
from yimen.law.calendar import today
from yimen.law.money import show
from yimen.law.terms import ExpenseKind, IncomeKind, KinRelation, Period, PropertyKind, Relation, WorkCapacity


def family(officer: Officer, application: Any) -> list[Block]:
    """Members, what they declared, who supports them, the account, relations with staff."""
    return [
        _members(application),
        _incomes(application),
        _properties(application),
        _expenses(application),
        _obligors(application),
        _account(application),
        *_relatives(application),
    ]


def _member(row: Any) -> tuple[str | Cell, ...]:
    person = row.person
    return (
        Cell(person.name, strong=True),
        Relation(row.relation).label,
        f"{households.age(person.birth_date, today())} 岁",
        households.disability(person),
        WorkCapacity(row.work_capacity).label if row.work_capacity else "",
        person.occupation or "—",
    )


def _members(application: Any) -> Block:
    rows = [_member(row) for row in applications.participants(application)]
    return listing("家庭成员", "姓名 与申请人关系 年龄 残疾 劳动能力 工作或学校", rows)


def _owner(row: Any) -> str:
    return row.person.name if row.person else "全家"


def _incomes(application: Any) -> Block:
    rows = [
        (_owner(row), IncomeKind(row.kind).label, row.label, show(row.amount_fen), Period(row.period).label)
        for row in applications.incomes(application)
    ]
    return listing("申报收入", "谁的 类别 项目 金额（元） 期间", rows, empty="申报没有收入。")


def _properties(application: Any) -> Block:
    rows = [
        (
            _owner(row),
            PropertyKind(row.kind).label,
            row.label,
            show(row.value_fen) if row.value_fen is not None else "—",
        )
        for row in applications.properties(application)
    ]
    return listing("申报财产", "谁的 种类 名称 价值（元）", rows, empty="申报没有财产。")


def _expenses(application: Any) -> Block:
    rows = [
        (_owner(row), ExpenseKind(row.kind).label, row.label, show(row.amount_fen), Period(row.period).label)
        for row in applications.expenses(application)
    ]
    return listing("刚性支出", "谁的 类别 内容 金额（元） 期间", rows, empty="没有申报刚性支出。")


def _obligors(application: Any) -> Block:
    rows = [
        (
            row.name,
            f"{row.supports.name}的{Relation(row.relation).label}",
            show(row.agreed_fee_fen),
            row.inability_reason or "—",
        )
        for row in applications.obligors(application)
    ]
    return listing("赡养抚养义务人", "姓名 关系 每月给付（元） 无力给付的原因", rows, empty="没有登记义务人。")


def _account(application: Any) -> Block:
    account, coming = households.account_now_and_later(application.household)
    if not (account or coming):
        return Block("领取账户", empty=Empty("还没有登记领取账户。"))
    facts = later(coming)
    if account:
        last = f"尾号 {account.number[-4:]}"
        facts = [Fact("开户人", account.holder), Fact("开户银行", account.bank), Fact("账号", last), *facts]
    return Block("领取账户", facts=facts)


def _relative(row: Any) -> tuple[str | Cell | Tag, ...]:
    origins = [word for word, on in (("本人申明", row.declared), ("系统比对", row.matched)) if on]
    return (
        row.person_name,
        KinRelation(row.relation).label,
        Cell(row.staff.name, note=row.staff.office.name),
        "、".join(origins),
        Tag("green", f"已备案 {row.filed_on:%m-%d}") if row.filed_on else Tag("amber", "待备案"),
    )


def _relatives(application: Any) -> list[Block]:
    rows = [_relative(row) for row in applications.relative_filings(application)]
    return [listing("近亲属备案", "家庭成员 是其 工作人员 来源 状态", rows)] if rows else []
