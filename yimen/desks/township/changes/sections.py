"""The parts of the page 核定变化: which an event and a programme ask for, each with what is stored beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import QueryDict

from yimen.casework.awards import change_queries as changes
from yimen.desks.shared import residences
from yimen.desks.shared.caseacts.spending import Spent
from yimen.desks.shared.shapes import Section
from yimen.desks.township.changes import forms
from yimen.desks.township.changes.parts import reported_facts
from yimen.law.aftercare.changing import JOINING, LEAVING
from yimen.law.aftercare.terms import DETAILS, RESIDENCE, ChangeEvent
from yimen.law.calendar import today
from yimen.law.terms import Programme

_HEALTH = frozenset({ChangeEvent.ILLNESS, ChangeEvent.DISABILITY, ChangeEvent.LABOUR})
_CARE = frozenset({ChangeEvent.SELF_CARE, ChangeEvent.SUPPORT_FORM})
_QUIET = frozenset({ChangeEvent.VOLUNTARY_EXIT, ChangeEvent.JOB_REFUSAL, *DETAILS})
"""Events after which nothing has to be reckoned."""
_FIRST = "先填发生变化的内容，没有变的不用填；再在“处理”里保留“按核算结果办理”，系统按规定算出增、减、停。"
_BY_EVENT = {
    "people": LEAVING | {ChangeEvent.NEW_HEAD},
    "joining": JOINING,
    "share": frozenset({ChangeEvent.JOB_REFUSAL}),
    "way": frozenset({ChangeEvent.TRANSFER}),
    "residence": frozenset({ChangeEvent.LIVING_APART}),
    "details": DETAILS - RESIDENCE,
}
"""The parts that an event asks for whatever the programme."""


def _asked(change: Any) -> set[str]:
    """Which parts of the page an event needs."""
    event, programme = ChangeEvent(change.event), Programme(change.award.programme)
    parts = {part for part, events in _BY_EVENT.items() if event in events}
    if programme is Programme.TEKUN:
        return parts | ({"care"} if event in _CARE else set())
    if event in _QUIET or (event is ChangeEvent.TRANSFER and not _by_amount(change.award)):
        return parts
    parts |= {"incomes", "things"}
    if programme is Programme.RIGID_EXPENDITURE:
        parts.add("spending")
    return parts | ({"health"} if event in _HEALTH | JOINING | {ChangeEvent.OTHER} else set())


def _by_amount(award: Any) -> bool:
    """Whether the household is reckoned anew where it moves to: 低保 of a household."""
    return bool(award.programme == Programme.DIBAO and not award.single)


def sections_of(change: Any, data: QueryDict | None) -> list[Section]:
    """The page for one change."""
    asked = _asked(change)
    made = [Section("report", "登记的变动", facts=reported_facts(change))]
    for part, build in _BUILDERS.items():
        if part in asked:
            made += build(change, data)
    return [*made, Section("result", "处理", note=_FIRST, form=forms.ResultForm(change, data))]


def _rows(formset: Any, data: Any, prefix: str, people: Sequence[tuple[str, str]] | None) -> Any:
    more = {} if people is None else {"form_kwargs": {"people": people}}
    return formset(data, prefix=prefix, **more)


def _people(change: Any, data: Any) -> list[Section]:
    return [Section("people", "减少的成员和户主", form=forms.PeopleForm(change, data))]


def _joining(change: Any, data: Any) -> list[Section]:
    return [Section("joining", "新增的成员", formset=_rows(forms.NEWCOMERS, data, "joining", None))]


def _health(change: Any, data: Any) -> list[Section]:
    rows = _rows(forms.HEALTH, data, "health", forms.members_of(change.award))
    return [Section("health", "健康、残疾", note="写现在的情况；认定的重病填病名。", formset=rows)]


def _incomes(change: Any, data: Any) -> list[Section]:
    basis, made = changes.basis_of(change.award, today()), []
    known = forms.AmountsForm(basis, data)
    if known.fields:
        note = f"{basis.source}。只填与现在不同的。"
        made.append(Section("amounts", "已有的收入", note=note, form=known))
    count = forms.CountForm(change, basis, data)
    made.append(Section("count", "计入保障的人员", note="一般不用改，照登记的情况核对。", form=count))
    note = basis.lacking or "变化后多出来的收入，一行一项。"
    settled = forms.SettledForm(data) if basis.lacking or basis.implied else None
    rows = _rows(forms.INCOMES, data, "incomes", forms.members_of(change.award))
    made.append(Section("incomes", "新增的收入", note=note, form=settled, formset=rows))
    return made


def _things(change: Any, data: Any) -> list[Section]:
    rows = _rows(forms.THINGS, data, "things", forms.members_of(change.award))
    return [Section("things", "新增的财产", formset=rows)]


def _spending(change: Any, data: Any) -> list[Section]:
    """The twelve months of 刚性支出: what is stored goes on counting unless they are told anew."""
    people, kinds = forms.members_of(change.award), changes.kinds_of_spending(change.award)
    told_of = {"people": [ref for ref, _ in people], "until": change.reported_on, "kinds": kinds}
    numbers = "，".join(f"{number} {words}" for number, (_, words) in enumerate(people, 1))
    note = f"支出、总收入没有变化的不填，照认定时的算。{changes.window_words(change)}成员序号：{numbers}。"
    table = Spent(data, prefix="spent", form_kwargs=told_of)
    return [Section("spending", "十二个月的刚性支出", note=note, form=forms.TwelveMonthsForm(data), formset=table)]


def _form(key: str, title: str, form: Any, note: str = "") -> Callable[[Any, Any], list[Section]]:
    return lambda change, data: [Section(key, title, note=note, form=form(change, data))]


def _care(change: Any, data: Any) -> list[Section]:
    return [Section("care", "自理能力和供养形式", form=forms.CareForm(data))]


def _details(change: Any, data: Any) -> list[Section]:
    note = "只填要变更的；账户变更由另一名负责人确认。"
    return [Section("details", "变更为", note=note, form=forms.DetailsForm(data))]


_BUILDERS: dict[str, Callable[[Any, Any], list[Section]]] = {
    "people": _people,
    "joining": _joining,
    "health": _health,
    "incomes": _incomes,
    "things": _things,
    "spending": _spending,
    "share": _form("share", "本人份额", forms.ShareForm),
    "way": _form("way", "迁往哪里", forms.WayForm),
    "residence": _form("residence", "住在哪里", forms.ResidenceForm, residences.NOTE),
    "care": _care,
    "details": _details,
}
"""Each part with what makes it, in the order of the page."""
