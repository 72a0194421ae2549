"""Telling households of an addition: one act for a village or township, and their notices as one file to print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.access.once import once
from yimen.base.access.refusal import Refused
from yimen.base.offices import queries as offices
from yimen.casework.awards import acts, additions as queries
from yimen.casework.awards.announcing import MOST
from yimen.desks.shared import months as view
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.additions import months_words
from yimen.desks.shared.months import month_asked, month_words
from yimen.desks.shared.printing import choosing
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Fact, Link, Page, Section
from yimen.desks.township.additions import READERS, households_url
from yimen.law import procedure
from yimen.law.aftercare.additions import rate_words
from yimen.law.money import show as yuan

_TOWNSHIP = len("990101001")
_NOTE = (
    f"每户制一份《临时加发告知书》，写明名称、文号、各月人数和金额；已经告知过的不再制发。一次最多 {MOST} 户，没办完的再点一次。"
    "制发后到名单里勾选，成批打印。"
)


def place_words(area: str) -> str:
    """A township, or a village with its township."""
    name = offices.area(area).name
    return name if len(area) <= _TOWNSHIP else f"{offices.area(area[:_TOWNSHIP]).name}{name}"


@route(
    "additions.announce",
    "award",
    "place",
    frozenset(procedure.OFFICE_STEPS["announce_addition"].roles),
    ("GET", "POST"),
)
def announce(request: HttpRequest, month: str, area: str) -> HttpResponse:
    """What is told to how many households; sent, each of them has its notice."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    month, code = month_asked(month), request.GET.get("code", "")[:40]
    township = area[:_TOWNSHIP]
    wanted = view.Wanted(month, township, area if area != township else "")
    every = queries.counts(wanted.narrowed(officer), month, "township_id")
    code = code or next((row.addition.code for row in every), "")
    found = [row for row in every if row.addition.code == code]
    if not found:
        # The same words for a place that is not the officer's and for one that does not exist.
        raise Refused(f"{month_words(month)}这里没有家庭享受这项加发，或者不在您的范围内。", "nothing", 409)
    back = f"{reverse('township:additions_month', args=[month])}?township={township}"

    def build(data: Any, files: Any) -> Sequence[Section]:
        return [Section("addition", place_words(area), _NOTE, facts=_facts(found))]

    def run(sections: Sequence[Section]) -> str:
        acts.announce_addition(officer, area=area, month=month, code=code)
        return households_url(month, area, code)

    label = found[0].addition.label
    crumbs = [Link("临时加发", reverse("township:additions")), Link(month_words(month), back)]
    return ActPage(
        page=Page(f"告知{label}", "逐户书面告知这项加发的名称、月份和金额。", crumbs=crumbs),
        build=build,
        run=run,
        submit="制发告知书",
        cancel=Link("返回", back),
        enter_next=False,
        drafts=False,
    ).answer(request)


def _facts(found: Sequence[queries.Count]) -> list[Fact]:
    facts = []
    for row in found:
        facts += [
            Fact("加发", row.addition.label, note=row.addition.document),
            Fact("月份", months_words(row.addition)),
            Fact("标准", rate_words(row.addition)),
            Fact("这个月", f"{row.households} 户 {row.persons} 人，{yuan(row.fen)} 元"),
            Fact("还没告知", f"{row.households - row.told} 户"),
        ]
    return facts


@route("papers.print", "award", "place", READERS, ("POST",))
def print_notices(request: HttpRequest, month: str) -> HttpResponse:
    """The notices of the ticked households as one file."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    month, refs = month_asked(month), request.POST.getlist("ref")

    def work() -> str:
        found = queries.notices_for(officer, refs[:MOST], month)
        if not found:
            raise Refused("勾选的家庭还没有告知书。请先在“临时加发”里制发，再打印。", "nothing", 422)
        papers = queries.papers_of(found)
        lines = [{"paper": papers[row.pk].ref} for row in found if row.pk in papers]
        return choosing.start(officer, title="临时加发告知书", lines=lines, duplex=False)

    body = {"ref": refs, "path": request.path}
    ref = once(request.user, request.POST.get("once", ""), body, work)  # type: ignore[arg-type]
    return redirect("township:print_run", ref)
