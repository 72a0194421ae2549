"""登记核对授权: ticked people of the list have signed on paper; from the next comparison on they are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from yimen.base.access.officer import TOWNSHIP_ROLES
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.comparison import queries
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.fields import Day, Text
from yimen.desks.shared.listing import listing
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Link, Page, Section
from yimen.desks.township.comparison.parts import crumbs, officer_of, places_of
from yimen.law.calendar import today
from yimen.law.comparison import LeftOutReason

_TITLE = "登记核对授权"
_MOST = 200
_NOTE = "纸质授权书已经签好、收回的才登记，一次登记同一天签的。未成年人由监护人签，单独勾选登记；义务人只能本人签。"


class StandingForm(forms.Form):
    """On which day they signed, and until when it holds."""

    signed_on = Day("签署日期")
    valid_to = Day("授权到期日", needed=False)
    guardian = Text("监护人姓名（未成年人）", longest=100, needed=False)


def _rows(request: HttpRequest, pairs: Sequence[tuple[str, str]]) -> list[Any]:
    officer = officer_of(request)
    run = queries.latest(next(iter(places_of(officer)), officer.district))
    if run is None or not pairs:
        return []
    wanted, found = set(pairs), []
    for obligors in (False, True):
        rows = queries.left_out(officer, run, obligors=obligors).filter(award__ref__in={award for award, _ in pairs})
        found += [row for row in rows if (row.award.ref, (row.obligor or row.person).ref) in wanted]
    return found


@route("comparison.consent", "award", "place", TOWNSHIP_ROLES, ("GET", "POST"))
def consent(request: HttpRequest) -> HttpResponse:
    """From the ticked rows to the page, whose address holds references only; there the day, once for all."""
    officer, back = officer_of(request), reverse("township:comparison_left_out")
    if ticked := request.POST.getlist("ref"):
        return redirect(f"{request.path}?who={','.join(dict.fromkeys(ticked))}")
    given = [part.partition(".") for part in request.GET.get("who", "").split(",") if part][:_MOST]
    rows = _rows(request, [(award, who) for award, _, who in given])
    if not rows:
        messages.warning(request, "请先勾选已经签署授权书的人。")
        return redirect(back)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        people = [
            (row.award.household.head.name, row.award.village.name,
             f"义务人{row.obligor.name}" if row.obligor else row.person.name, LeftOutReason(row.reason).label)
            for row in rows
        ]  # fmt: skip
        table = listing("", "户主 村（社区） 签署的人 原来", people).table
        form = StandingForm(data, initial={"signed_on": today()})
        return [
            Section("consent", _TITLE, note=_NOTE, form=form),
            Section("people", f"勾选的 {len(rows)} 人", table=table),
        ]

    def run(sections: Sequence[Section]) -> str:
        entries = sections[0].form.cleaned_data  # type: ignore[union-attr]
        who = [(row.award.ref, (row.obligor or row.person).ref) for row in rows]
        made = acts.record_standing_consents(officer, who=who, **entries)
        messages.success(request, f"已登记 {len(made)} 人的授权，下次比对提请。")
        return back

    page = Page(
        _TITLE, "没有授权就不能核对；登记以后，下次比对提请这些人。", crumbs=[*crumbs(), Link("没有提请", back)]
    )
    cancel = Link("返回", back)
    return ActPage(page, build, run, _TITLE, cancel=cancel, drafts=False, enter_next=False).answer(request)
