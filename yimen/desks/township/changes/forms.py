"""The forms of a change. What is stored is shown or offered, only what is other is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from yimen.base.offices import queries as offices
from yimen.casework.awards import change_queries as changes
from yimen.casework.awards.changes.working import ANEW, SETTLED
from yimen.casework.households import queries as households
from yimen.desks.shared.caseacts.parts import Several
from yimen.desks.shared.fields import (
    Day,
    IdentityNumber,
    Name,
    Pick,
    TableForm,
    Text,
    Whole,
    Yes,
    Yuan,
    table_of,
    terms,
)
from yimen.law.aftercare.terms import ChangeEffect, ChangeEvent, ChangeSource
from yimen.law.calendar import age, month_of, today
from yimen.law.money import show as yuan
from yimen.law.rules import Method
from yimen.law.rules.members import ADULT
from yimen.law.terms import (
    DisabilityKind,
    IncomeKind,
    Period,
    PropertyKind,
    Relation,
    SelfCare,
    SupportForm,
    WorkCapacity,
)


def members_of(award: Any) -> list[tuple[str, str]]:
    """The members now, for a choice."""
    rows = households.members(award.household)
    return [(row.person.ref, f"{row.person.name}（{Relation(row.relation).label}）") for row in rows]


class ReportForm(forms.Form):
    """What has changed, since when, who says so."""

    event = Pick("发生了什么变化", terms(ChangeEvent), empty="请选择")
    concerns = Several("涉及哪些成员", needed=False)
    since = Day("发生日期")
    statement = Text("情况说明", longest=1000, rows=3)
    source = Pick("消息来源", terms(ChangeSource), empty="请选择")
    reported_by = Text("报告人", longest=100)

    def __init__(self, award: Any, data: Any, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["concerns"].choices = members_of(award)  # type: ignore[attr-defined]


class DeathDayForm(forms.Form):
    """The one thing that the check does not tell of a death; the three months run from it."""

    since = Day("死亡日期")


class ResultForm(forms.Form):
    """What follows: by the rules unless another lawful effect is chosen."""

    effect = Pick("处理", [], needed=False, empty="按核算结果办理")
    ground = Pick("法定事由", [], needed=False, empty="按变化的原因选定")
    until_month = Text("渐退期到哪个月止", longest=7, needed=False)
    paid_through = Text("已发放到哪个月", longest=7, needed=False)
    reasons = Text("核定的情况和理由", longest=2000, rows=3)

    def __init__(self, change: Any, data: Any, **more: Any) -> None:
        super().__init__(data, initial={"paid_through": month_of(today())}, **more)
        award, event = change.award, ChangeEvent(change.event)
        effects = changes.possible(change)
        self.fields["effect"].choices = [("", "按核算结果办理"), *((str(each), each.label) for each in effects)]  # type: ignore[attr-defined]
        found = {row.code: row for effect in effects for row in changes.grounds(award, effect, today())}
        near = [row for row in found.values() if event in row.events]
        rows = [*near, *(row for row in found.values() if row not in near)]
        self.fields["ground"].choices = [("", "按变化的原因选定"), *((row.code, row.label) for row in rows)]  # type: ignore[attr-defined]
        if ChangeEffect.GRACE not in effects:
            del self.fields["until_month"]
        if changes.last_paid(award.pk):
            del self.fields["paid_through"]  # the rolls know it


class PeopleForm(forms.Form):
    """Who leaves, who heads the household then, how the others are related to the new head."""

    leaving = Several("离开本户的成员", needed=False)
    new_head = Pick("新户主", [], needed=False, empty="户主不变")
    apart_head = Pick("分出家庭的户主", [], needed=False, empty="只分出一人的不选")

    def __init__(self, change: Any, data: Any) -> None:
        super().__init__(data, initial={"leaving": list(change.concerns)})
        people = members_of(change.award)
        self.fields["leaving"].choices = people  # type: ignore[attr-defined]
        self.fields["new_head"].choices = [("", "户主不变"), *people]  # type: ignore[attr-defined]
        whose = "与新户主的关系"
        if change.event == ChangeEvent.SPLIT:
            whose = "与分户后本人一家户主的关系"
            self.fields["apart_head"].choices = [("", "只分出一人的不选"), *people]  # type: ignore[attr-defined]
        else:
            del self.fields["apart_head"]
        for ref, words in people:
            name = words.partition("（")[0]
            self.fields[f"relation_{ref}"] = Pick(
                f"{name}{whose}", terms(Relation, Relation.SELF), needed=False, empty="按原来的关系推定"
            )

    def relations(self) -> dict[str, str]:
        """Those that were confirmed, by person."""
        found = self.cleaned_data.items()
        return {
            name.removeprefix("relation_"): value for name, value in found if name.startswith("relation_") and value
        }


class NewcomerForm(TableForm):
    """Somebody who joins the household."""

    name = Name("姓名", longest=100)
    identity = IdentityNumber()
    relation = Pick("与户主关系", terms(Relation, Relation.SELF), empty="请选择")
    work_capacity = Pick("劳动能力", terms(WorkCapacity), empty="请选择")
    together = Yes("长期同住")
    dependent = Yes("不能独立生活")
    disability_kind = Pick("残疾类别", terms(DisabilityKind))
    disability_grade = Whole("残疾等级", needed=False, least=1, most=4)
    illness = Text("重病病名", longest=60, needed=False)


class IncomeForm(TableForm):
    """An income that was not there before."""

    person = Pick("成员", [], empty="请选择")
    kind = Pick("收入种类", terms(IncomeKind), empty="请选择")
    label = Text("收入名称", longest=60)
    amount = Yuan("金额（元）")
    period = Pick("周期", terms(Period, Period.ONCE))

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = [("", "请选择"), *people]  # type: ignore[attr-defined]


class ThingForm(TableForm):
    """Property that was not there before."""

    owner = Pick("归谁所有", [], needed=False, empty="全家共有")
    kind = Pick("财产种类", terms(PropertyKind), empty="请选择")
    label = Text("财产名称", longest=60)
    value = Yuan("价值（元）")

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].choices = [("", "全家共有"), *people]  # type: ignore[attr-defined]


class HealthForm(TableForm):
    """A member's state as it is now."""

    person = Pick("成员", [], empty="请选择")
    disability_kind = Pick("残疾类别", terms(DisabilityKind))
    disability_grade = Whole("残疾等级", needed=False, least=1, most=4)
    illness = Text("重病病名", longest=60, needed=False)
    work_capacity = Pick("劳动能力", terms(WorkCapacity), needed=False, empty="不变")

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = [("", "请选择"), *people]  # type: ignore[attr-defined]


class AmountsForm(forms.Form):
    """One box for each stored income: empty means as before."""

    def __init__(self, basis: Any, data: Any) -> None:
        super().__init__(data)
        names = {person.ref: person.name for person in basis.facts.people}
        for row in basis.facts.incomes:
            if row.method is Method.STATED:
                label = (
                    f"{names.get(row.person, '')}　{row.label}"
                    f"（现 {yuan(row.amount_fen)} 元，{Period(row.period).label}）改为（元）"
                )
                self.fields[f"amount_{row.ref}"] = Yuan(label, needed=False)

    def amounts(self) -> dict[str, int]:
        """Those that are other now, in fen, by reference."""
        found = {name.removeprefix("amount_"): value for name, value in self.cleaned_data.items()}
        return {ref: value for ref, value in found.items() if value is not None}


class CountForm(forms.Form):
    """Who counts though grown, and who does no longer."""

    dependents = Several("不能独立生活、仍计入的成年成员", needed=False)
    uncounted = Several("不再计入保障的成员", needed=False)

    def __init__(self, change: Any, basis: Any, data: Any) -> None:
        known = [person.ref for person in basis.facts.people if person.dependent_adult]
        super().__init__(data, initial={"dependents": known})
        grown = {person.ref for person in basis.facts.people if age(person.birth_date, today()) >= ADULT}
        people = members_of(change.award)
        self.fields["dependents"].choices = [row for row in people if row[0] in grown]  # type: ignore[attr-defined]
        self.fields["uncounted"].choices = people  # type: ignore[attr-defined]


class SettledForm(forms.Form):
    """Every income was entered person by person."""

    settled = Yes(SETTLED)


class TwelveMonthsForm(forms.Form):
    """Of 刚性支出: whether the spending is told anew, and the income of the twelve months where it is another one now."""

    spent_anew = Yes(ANEW)
    total_income = Yuan("十二个月家庭总收入（元）", needed=False)


class ShareForm(forms.Form):
    """The own share of who refused work (D34)."""

    own_person = Pick("拒绝介绍工作的成员", [], needed=False, empty="请选择")
    own_cut = Yuan("减发本人份额（元）", needed=False)

    def __init__(self, change: Any, data: Any) -> None:
        super().__init__(data, initial={"own_person": next(iter(change.concerns), "")})
        self.fields["own_person"].choices = [("", "请选择"), *members_of(change.award)]  # type: ignore[attr-defined]


class CareForm(forms.Form):
    """Level of self-care and form of support of 特困 as they are now."""

    self_care = Pick("生活自理能力", terms(SelfCare), needed=False, empty="不变")
    support_form = Pick("供养形式（本人选择）", terms(SupportForm), needed=False, empty="不变")


class DetailsForm(forms.Form):
    """Account, telephone, address."""

    holder = Text("开户人", longest=100, needed=False)
    holder_relation = Pick("开户人是户主的", terms(Relation), needed=False)
    bank = Text("开户银行", longest=80, needed=False)
    number = Text("银行账号", longest=40, needed=False)
    phone = Text("户主电话", longest=30, needed=False)
    group = Text("组、楼栋", longest=40, needed=False)
    address = Text("住址", longest=120, needed=False)

    def clean(self) -> Mapping[str, Any]:
        data = super().clean() or {}
        given = [name for name in ("holder", "bank", "number") if data.get(name)]
        if given and len(given) < 3:
            for name in {"holder", "bank", "number"} - set(given):
                self.add_error(name, f"变更账户请填写{self.fields[name].label}。")
        return data


class ResidenceForm(forms.Form):
    """Where the household lives away from its hukou place, whom to ask and who helps there."""

    live_village = Pick("现住村（社区）", [], needed=False, empty="不在本区")
    live_address = Text("现居住地址", longest=120)
    live_contact = Text("居住地联系人", longest=60, needed=False)
    live_phone = Text("联系电话", longest=30, needed=False)
    live_helper = Text("居住地协助单位", longest=100, needed=False)
    live_helper_phone = Text("协助单位电话", longest=30, needed=False)

    def __init__(self, change: Any, data: Any) -> None:
        super().__init__(data)
        own = change.award.village_id
        rows = [row for row in _villages(change.award.township_id[:6]) if row[0] != own]
        self.fields["live_village"].choices = [("", "不在本区"), *rows]  # type: ignore[attr-defined]


def _villages(district: str) -> list[tuple[str, str]]:
    """Every village and community of a district, for a choice."""
    return [
        (village.code, f"{place.name}{village.name}")
        for place in offices.townships(district)
        for village in offices.villages(place.code)
    ]


class WayForm(forms.Form):
    """Where the household moves."""

    to_village = Pick("迁入本区哪个村（社区）", [], needed=False, empty="不在本区")
    to_place = Text("迁往外区的地址", longest=200, needed=False)

    def __init__(self, change: Any, data: Any) -> None:
        super().__init__(data)
        here = change.award.township_id
        rows = [row for row in _villages(here[:6]) if not row[0].startswith(here)]
        self.fields["to_village"].choices = [("", "不在本区"), *rows]  # type: ignore[attr-defined]


NEWCOMERS = table_of(NewcomerForm, extra=1)
INCOMES = table_of(IncomeForm, extra=1)
THINGS = table_of(ThingForm, extra=1)
HEALTH = table_of(HealthForm, extra=1)
