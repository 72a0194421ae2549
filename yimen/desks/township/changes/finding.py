"""核定变化: what has become other, with what is stored beside it; the rules say what follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from yimen.base.access.officer import TOWNSHIP_ROLES
from yimen.casework.awards import acts, change_queries as changes
from yimen.casework.awards.changes.entries import FindingEntry, HealthEntry, NewIncome, NewThing
from yimen.casework.households.entries import AccountEntry, PersonEntry
from yimen.casework.investigation.programme_entries import SpentEntry
from yimen.desks.shared.actpage import version_of
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Block, Fact, Section
from yimen.desks.township.changes import forms
from yimen.desks.township.changes.acting import act_page
from yimen.desks.township.changes.parts import award_facts, officer_of
from yimen.desks.township.changes.sections import sections_of
from yimen.law.aftercare.changing import ChangeState

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
        paid_through=result.get("paid_through", ""),
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
        spent_anew=bool(data("spending").get("spent_anew")),
        spent=_spent(parts.get("spending")),
        total_income_fen=data("spending").get("total_income"),
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


def _spent(section: Section | None) -> list[SpentEntry]:
    rows: list[Any] = section.formset.forms if section is not None and section.formset is not None else []
    return [row.entry(row.cleaned_data) for row in rows if row.has_changed() and not row.cleaned_data.get("DELETE")]


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
        return sections_of(change, data)

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
