"""登记核对发现: what the data check found about a household on assistance becomes a change with one press."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from yimen.base.access import gate
from yimen.base.access.officer import TOWNSHIP_ROLES
from yimen.casework.awards import acts, change_queries as changes, queries as awards
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Fact, Link, Page, Section
from yimen.desks.township.changes import forms
from yimen.desks.township.changes.parts import award_facts, officer_of, url
from yimen.law.aftercare.terms import ChangeEvent
from yimen.law.terms import Programme

_NOTE = "变化、涉及的成员、情况说明都由核对结果带入，不用再填。受理以后先核实，减发、停发以前照样听取意见。"


@route("changes.hits", "award", "place", TOWNSHIP_ROLES, ("GET", "POST"))
def hits(request: HttpRequest, ref: str) -> HttpResponse:
    """What waits of the check for this award, and the one press; only the day of a death has to be filled in."""
    officer = officer_of(request)
    award = gate.fetch(officer, awards.awards(), ref)
    found = changes.waiting_hits(officer, [award]).get(award.pk, [])
    home, back = award.household, reverse("household", args=[award.household.ref])
    report, chosen = changes.drawn(award, found) if found else (None, [])
    dead = report is not None and report.event == ChangeEvent.DEATH

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        facts = [Fact("变化", ChangeEvent(report.event).label)] if report else [Fact("核对发现", "没有待登记的")]
        facts += [Fact(f"发现 {number}", changes.hit_words(row, award)) for number, row in enumerate(chosen, 1)]
        form = forms.DeathDayForm(data) if dead else None
        return [
            Section("hits", "核对发现", note=_NOTE if found else "", facts=facts, form=form),
            Section("award", "保障情况", facts=award_facts(award)),
        ]

    def run(sections: Sequence[Section]) -> str:
        form = sections[0].form
        return url(acts.report_hits(officer, award_ref=award.ref, since=form.cleaned_data["since"] if form else None))

    words = f"{home.head.name}　{award.village.name}　{Programme(award.programme).label}"
    page = Page("登记核对发现", words, crumbs=[Link(home.head.name, back)])
    made = ActPage(page, build, run, "登记变动", cancel=Link("返回", back), drafts=False, enter_next=False)
    return made.answer(request)
