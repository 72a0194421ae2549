"""核定变化: what has become other, with what is stored beside it; the rules say what follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from yimen.base.access.officer import TOWNSHIP_ROLES
from yimen.casework.awards import acts, change_queries as changes
from yimen.casework.awards.changes.entries import FindingEntry, HealthEntry, NewIncome, NewThing
from yimen.casework.households.entries import AccountEntry, PersonEntry
from yimen.desks.shared import residences
from yimen.desks.shared.actpage import version_of
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Block, Fact, Section
from yimen.desks.township.changes import forms
from yimen.desks.township.changes.acting import act_page
from yimen.desks.township.changes.parts import award_facts, officer_of, reported_facts
from yimen.law.aftercare.changing import JOINING, LEAVING, ChangeState
from yimen.law.aftercare.terms import DETAILS, RESIDENCE, ChangeEvent
from yimen.law.calendar import today
from yimen.law.terms import Programme

_HEALTH = frozenset({ChangeEvent.ILLNESS, ChangeEvent.DISABILITY, ChangeEvent.LABOUR})
_CARE = frozenset({ChangeEvent.SELF_CARE, ChangeEvent.SUPPORT_FORM})
_QUIET = frozenset({ChangeEvent.VOLUNTARY_EXIT, ChangeEvent.JOB_REFUSAL, *DETAILS})
"""Events after which nothing has to be reckoned."""
_FIRST = "先填发生变化的内容，没有变的不用填；再在“处理”里保留“按核算结果办理”，系统按规定算出增、减、停。"


def _asked(change: Any) -> set[str]:
    """Which parts of the page an event needs."""
    event, programme = ChangeEvent(change.event), Programme(change.award.programme)
    parts = set()
    if event in LEAVING or event is ChangeEvent.NEW_HEAD:
        parts.add("people")
    if event in JOINING:
        parts.add("joining")
    if event is ChangeEvent.JOB_REFUSAL:
        parts.add("share")
    if event is ChangeEvent.TRANSFER:
        parts.add("way")
    if event is ChangeEvent.LIVING_APART:
        parts.add("residence")
    if event in DETAILS - RESIDENCE:
        parts.add("details")
    if event in _CARE and programme is Programme.TEKUN:
        parts.add("care")
    if programme is Programme.DIBAO and event not in _QUIET:
        parts |= {"incomes", "things"}
        if event in _HEALTH | JOINING | {ChangeEvent.OTHER}:
            parts.add("health")
    return parts


def _rows(formset: Any, data: Any, prefix: str, people: Sequence[tuple[str, str]] | None) -> Any:
    more = {} if people is None else {"form_kwargs": {"people": people}}
    return formset(data, prefix=prefix, **more)


def _sections(change: Any, data: QueryDict | None) -> list[Section]:
    parts, people = _asked(change), forms.members_of(change.award)
    made = [Section("report", "登记的变动", facts=reported_facts(change))]
    if "people" in parts:
        made.append(Section("people", "减少的成员和户主", form=forms.PeopleForm(change, data)))
    if "joining" in parts:
        made.append(Section("joining", "新增的成员", formset=_rows(forms.NEWCOMERS, data, "joining", None)))
    if "health" in parts:
        note = "写现在的情况；认定的重病填病名。"
        made.append(Section("health", "健康、残疾", note=note, formset=_rows(forms.HEALTH, data, "health", people)))
    if "incomes" in parts:
        made += _income_sections(change, data, people)
    if "things" in parts:
        made.append(Section("things", "新增的财产", formset=_rows(forms.THINGS, data, "things", people)))
    single = {
        "share": ("本人份额", "", forms.ShareForm),
        "way": ("迁往哪里", "", forms.WayForm),
        "residence": ("住在哪里", residences.NOTE, forms.ResidenceForm),
    }
    for key, (title, note, form) in single.items():
        if key in parts:
            made.append(Section(key, title, note=note, form=form(change, data)))
    if "care" in parts:
        made.append(Section("care", "自理能力和供养形式", form=forms.CareForm(data)))
    if "details" in parts:
        note = "只填要变更的；账户变更由另一名负责人确认。"
        made.append(Section("details", "变更为", note=note, form=forms.DetailsForm(data)))
    return [*made, Section("result", "处理", note=_FIRST, form=forms.ResultForm(change, data))]


def _income_sections(change: Any, data: Any, people: Sequence[tuple[str, str]]) -> list[Section]:
    basis, made = changes.basis_of(change.award, today()), []
    known = forms.AmountsForm(basis, data)
    if known.fields:
        note = f"{basis.source}。只填与现在不同的。"
        made.append(Section("amounts", "已有的收入", note=note, form=known))
    count = forms.CountForm(change, basis, data)
    made.append(Section("count", "计入保障的人员", note="一般不用改，照登记的情况核对。", form=count))
    note = basis.lacking or "变化后多出来的收入，一行一项。"
    settled = forms.SettledForm(data) if basis.lacking or basis.implied else None
    rows = _rows(forms.INCOMES, data, "incomes", people)
    made.append(Section("incomes", "新增的收入", note=note, form=settled, formset=rows))
    return made


# -- what was filled in ------------------------------------------------------------------------


def _filled(section: Section | None) -> Iterable[dict[str, Any]]:
    """The rows of a table that were filled in."""
    rows = section.formset.forms if section is not None and section.formset is not None else []
    return [row.cleaned_data for row in rows if row.has_changed()]


def _entry(sections: Sequence[Section]) -> FindingEntry:
    parts = {section.key: section for section in sections}

    def data(key: str) -> dict[str, Any]:
        section = parts.get(key)
        return dict(section.form.cleaned_data) if section is not None and section.form is not None else {}

    result, people, details = data("result"), data("people"), data("details")
    form = parts["people"].form if "people" in parts else None
    amounts = parts["amounts"].form if "amounts" in parts else None
    share, way, care = data("share"), data("way"), data("care")
    return FindingEntry(
        reasons=result["reasons"],
        ground=result["ground"],
        effect=result["effect"],
        paid_through=result["paid_through"],
        until_month=result.get("until_month", ""),
        leaving=tuple(people.get("leaving", ())),
        new_head=people.get("new_head", ""),
        apart_head=people.get("apart_head", ""),
        relations=form.relations() if isinstance(form, forms.PeopleForm) else {},
        joining=[_newcomer(row) for row in _filled(parts.get("joining"))],
        dependents=tuple(data("count").get("dependents", ())),
        uncounted=tuple(data("count").get("uncounted", ())),
        settled=bool(data("incomes").get("settled")),
        incomes=amounts.amounts() if isinstance(amounts, forms.AmountsForm) else {},
        new_incomes=[
            NewIncome(row["person"], row["kind"], row["label"], row["amount"], row["period"])
            for row in _filled(parts.get("incomes"))
        ],
        property=[
            NewThing(row["kind"], row["label"], row["value"], row["owner"]) for row in _filled(parts.get("things"))
        ],
        health=[HealthEntry(**row) for row in _filled(parts.get("health"))],
        own_person=share.get("own_person", ""),
        own_cut_fen=share.get("own_cut"),
        self_care=care.get("self_care", ""),
        support_form=care.get("support_form", ""),
        account=_account(details),
        phone=details.get("phone", ""),
        group=details.get("group", ""),
        address=details.get("address", ""),
        to_village=way.get("to_village", ""),
        to_place=way.get("to_place", ""),
        **data("residence"),
    )


def _newcomer(row: dict[str, Any]) -> PersonEntry:
    return PersonEntry(
        name=row["name"],
        identity=row["identity"],
        relation=row["relation"],
        work_capacity=row["work_capacity"],
        disability_kind=row["disability_kind"],
        disability_grade=row["disability_grade"],
        illness=row["illness"],
        long_co_resident=row["together"],
        can_live_independently=not row["dependent"],
    )


def _account(details: dict[str, Any]) -> AccountEntry | None:
    if not details.get("number"):
        return None
    relation = details.get("holder_relation") or "self"
    return AccountEntry(details["holder"], details["bank"], details["number"], relation)


@route("changes.findings", "change", "place", TOWNSHIP_ROLES, ("GET", "POST"))
def findings(request: HttpRequest, ref: str) -> HttpResponse:
    """Take up where that was not done yet, and establish what has changed; the page of the change then shows what follows."""
    officer = officer_of(request)
    change = changes.find(officer, ref)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return _sections(change, data)

    def run(sections: Sequence[Section]) -> None:
        entry, version = _entry(sections), version_of(request)
        if change.state == ChangeState.REPORTED:
            acts.take_up_change(officer, ref=ref, version=version)
            version = None
        acts.record_change_findings(officer, ref=ref, finding=entry, version=version)

    facts: list[Fact] = award_facts(change.award)
    return act_page(
        request, change, "核定变化", build, run, submit="核定并重新核算", aside=[Block("保障情况", facts=facts)]
    )
