"""Page of 登记刚性支出: the essential spending of the months before the application, row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.casework.applications import queries as applications
from yimen.casework.investigation import acts, programme_queries as found
from yimen.casework.investigation.programme_entries import SpendingEntry, SpentEntry
from yimen.desks.shared.caseacts.page import CaseAct, Desk, as_built, case_act
from yimen.desks.shared.caseacts.parts import given
from yimen.desks.shared.fields import Day, Pick, TableForm, Text, Whole, Yes, Yuan, table_of, terms
from yimen.desks.shared.shapes import Fact, Section
from yimen.law.calendar import today
from yimen.law.rules.rigid_spending import window
from yimen.law.standards import Unset
from yimen.law.terms import ExpenseKind, Period, Relation, Schooling

PREFIX = "rows"
_ROW = re.compile(rf"{PREFIX}-(\d+)-(\w+)")


class SpendingForm(forms.Form):
    """What concerns the months as a whole."""

    total_income = Yuan("同期家庭总收入（元）", needed=False)
    total_income_source = Text("总收入怎么查明的", longest=200, needed=False)
    none_found = Yes("问过了，没有刚性支出")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("total_income") is not None and not data.get("total_income_source"):
            self.add_error("total_income_source", "请写明十二个月总收入是怎么查明的，例如工资流水、养老金发放记录。")
        return data


class SpentForm(TableForm):
    """One expense; a date, or a period for what recurs."""

    folded = True
    kind = Pick("类别", terms(ExpenseKind), empty="请选择")
    label = Text("内容", longest=80, needed=False)
    member = Whole("成员序号（0 为全家）", least=0, most=30, initial=0)
    amount = Yuan("金额（元）")
    reimbursed = Yuan("报销、补助（元）", needed=False)
    paid_on = Day("支出日期", needed=False)
    period = Pick("或者周期", terms(Period, Period.ONCE), needed=False, empty="—")
    receipt = Text("票据号", longest=60, needed=False)
    recognised = Text("没有票据的认定理由", longest=120, needed=False)
    designated = Yes("定点医药机构")
    schooling = Pick("就读阶段", terms(Schooling), needed=False, empty="—")
    public_fee = Yuan("公办收费（元）", needed=False)
    item = Pick("当地另定项目", [], needed=False, empty="—")

    def __init__(self, *args: Any, people: Sequence[str], until: date, kinds: Sequence[Any], **more: Any) -> None:
        """``people`` are the members by reference in the order of their numbers; the months that count end at ``until``."""
        super().__init__(*args, **more)
        self.people, self.until, self.kinds = people, until, kinds
        self.fields["item"].choices = [("", "—"), *((row.code, row.label) for row in kinds)]  # type: ignore[attr-defined]
        if not kinds:
            del self.fields["item"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("member") or 0) > len(self.people):
            self.add_error("member", f"本户登记 {len(self.people)} 人，请填 0 至 {len(self.people)}。")
        if not self.errors and self.has_changed():
            codes = {row.code for row in self.kinds}
            for name, sentence in acts.spent_problems(self.entry(data), self.until, codes):
                self.add_error(name, sentence)
        return data

    def entry(self, data: dict[str, Any]) -> SpentEntry:
        """The row as the act takes it."""
        number = data.get("member") or 0
        return SpentEntry(
            kind=data["kind"],
            amount_fen=data["amount"],
            label=data["label"],
            person_ref=self.people[number - 1] if number else "",
            paid_on=data["paid_on"],
            period=data["period"],
            reimbursed_fen=data["reimbursed"] or 0,
            schooling=data["schooling"],
            public_fee_fen=data["public_fee"],
            designated=data["designated"],
            receipt=data["receipt"],
            recognised=data["recognised"],
            item=data.get("item", ""),
        )


KINDS = (
    Fact("基本生活", "家庭成员的基本生活支出", "第五条（一）"),
    Fact("医疗", "定点医药机构的费用，扣除医保、救助、商业保险等；凭票据", "第五条（二）"),
    Fact("教育", "幼儿园至全日制本科，以就学地同类公办学校收费为限", "第五条（三）"),
    Fact("残疾康复", "扣除补助、保险后的个人负担；凭票据", "第五条（四）"),
    Fact("其他", "区级以上另外认定的支出", "第五条（五）"),
)
Spent = table_of(SpentForm, extra=2, max_num=acts.MOST_SPENT, absolute_max=acts.MOST_SPENT + 10, can_delete=True)


def _number(desk: Desk, person_id: int | None) -> int:
    ids = [row.person_id for row in desk.participants]
    return ids.index(person_id) + 1 if person_id in ids else 0


def _stored(desk: Desk) -> tuple[list[dict[str, Any]], str]:
    """The rows recorded last; before that, what the applicant declared as expenses."""
    if found.spending(desk.application) is not None:
        rows = [
            {
                "kind": row.kind, "label": row.label, "member": _number(desk, row.person_id), "amount": row.amount_fen,
                "reimbursed": row.reimbursed_fen or None, "paid_on": row.paid_on, "period": row.period,
                "receipt": row.receipt, "recognised": row.recognised, "designated": row.designated,
                "schooling": row.schooling, "public_fee": row.public_fee_fen, "item": row.item,
            }
            for row in found.spent(desk.application)
        ]  # fmt: skip
        return rows, ""
    rows = [
        {
            "kind": row.kind,
            "label": row.label,
            "member": _number(desk, row.person_id),
            "amount": row.amount_fen,
            "period": "" if row.period == Period.ONCE else row.period,
        }
        for row in applications.expenses(desk.application)
    ]
    return rows, f"已带入申请时申报的 {len(rows)} 项支出，请核对票据后补全。" if rows else ""


def _head_start(desk: Desk) -> dict[str, Any]:
    record = found.spending(desk.application)
    if record is None:
        return {}
    return {
        "total_income": record.total_income_fen,
        "total_income_source": record.total_income_source,
        "none_found": record.none_found,
    }


def _window(desk: Desk) -> str:
    try:
        months = figures.figure(found.LOOKBACK, desk.application.village_id, today()).as_int()
    except Unset as unset:
        return str(unset)
    first, last = window(desk.application.applied_on, months)
    return f"算申请前 {months} 个月：{first} 至 {last}。"


def _build(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    rows, told = _stored(desk)
    kinds = found.local_choices(found.OTHER_KINDS, desk.application)
    members = [row.person.ref for row in desk.participants]
    told_of = {"people": members, "until": desk.application.applied_on, "kinds": kinds}
    table = Spent(data, prefix=PREFIX, initial=rows, form_kwargs=told_of)
    people = [
        Fact(f"{number}", f"{row.person.name}（{Relation(row.relation).label}）")
        for number, row in enumerate(desk.participants, 1)
    ]
    note = f"{_window(desk)}{told}每月（季、年）固定的支出填周期，金额填一期的；其余填支出日期。"
    return [
        Section("spending", "申请前十二个月", form=SpendingForm(data, prefix="spending", initial=_head_start(desk))),
        Section("people", "成员序号", facts=people),
        Section("rows", "刚性支出", note, formset=table, paste=True),
        Section("kinds", "哪些支出可以计入", "民发〔2024〕57号", facts=KINDS),
    ]


def _keep(desk: Desk, sections: Sequence[Section]) -> object:
    forms_: list[Any] = list(sections[2].formset.forms)  # type: ignore[union-attr]
    kept = [
        (number, form)
        for number, form in enumerate(forms_)
        if form.cleaned_data.get("kind") and not form.cleaned_data.get("DELETE")
    ]
    data = given(sections)
    entry = SpendingEntry(
        [form.entry(form.cleaned_data) for _, form in kept],
        total_income_fen=data["total_income"],
        total_income_source=data["total_income_source"],
        none_found=data["none_found"],
    )
    try:
        return acts.record_spending(desk.officer, desk.application.ref, version=desk.version, entry=entry)
    except Refused as refused:
        if match := _ROW.fullmatch(refused.field or ""):
            field = f"{PREFIX}-{kept[int(match[1])][0]}-{match[2]}"
            raise Refused(refused.sentence, refused.code, refused.status, field) from refused
        raise


case_act(
    CaseAct(
        "record_spending",
        _build,
        _keep,
        submit="保存，制核算表",
        stored=as_built(_build),
    )
)
