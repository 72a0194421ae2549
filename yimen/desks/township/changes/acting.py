"""The page of each act of a change: one page, one act; what is stored is shown and never asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from yimen.base.access import gate
from yimen.base.access.officer import TOWNSHIP_ROLES, VILLAGE_ROLES
from yimen.casework.awards import acts, change_queries as changes, queries as awards
from yimen.casework.awards.changes.entries import DecisionEntry, ReportEntry, ServiceEntry, ViewsEntry
from yimen.desks.shared.actpage import ActPage, version_of
from yimen.desks.shared.caseacts.parts import refused_at
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Block, Fact, Link, Page, Section
from yimen.desks.township.changes import forms, laterforms
from yimen.desks.township.changes.one import compared, hung_facts
from yimen.desks.township.changes.parts import award_facts, crumbs, going_facts, officer_of, reported_facts, url
from yimen.law.aftercare.terms import ChangeEvent
from yimen.law.calendar import today
from yimen.law.terms import Role

_BOTH = ("GET", "POST")
_DECIDERS = frozenset({Role.HEAD, Role.DISTRICT_DECIDER})


def given(sections: Sequence[Section], number: int = 0) -> dict[str, Any]:
    """The cleaned entries of a section's form."""
    return dict(sections[number].form.cleaned_data)  # type: ignore[union-attr]


def page(change: Any, title: str) -> Page:
    """The head of an act's page."""
    award = change.award
    words = f"{award.household.head.name}　{award.village.name}　{ChangeEvent(change.event).label}"
    return Page(title, words, crumbs=crumbs(change, title))


def act_page(request: HttpRequest, change: Any, title: str, build: Any, run: Any, **more: Any) -> HttpResponse:
    """One act on one change, back to its page afterwards."""

    def done(sections: Sequence[Section]) -> str:
        run(sections)
        return url(change)

    return ActPage(
        page=page(change, title), build=build, run=done, submit=more.pop("submit", title), version=change.version,
        cancel=Link("返回", url(change)), enter_next=False, **more,
    ).answer(request)  # fmt: skip


# -- report ------------------------------------------------------------------------------


@route("changes.report", "award", "place", TOWNSHIP_ROLES | VILLAGE_ROLES, _BOTH)
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """Register a change of a household on assistance: from the office or from the village's phone."""
    officer = officer_of(request)
    award = gate.fetch(officer, awards.awards(), ref)
    village = officer.roles <= VILLAGE_ROLES
    source = "village" if village else "household"
    first = {"source": source, "reported_by": officer.staff.name if village else award.household.head.name}

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        note = "只登记发生了什么。核实、核算、听取意见和决定在后面办理；登记死亡的，发放马上暂缓。"
        form = forms.ReportForm(award, data, initial=first)
        facts = [] if village else award_facts(award)
        return [Section("report", "发生了什么变化", note=note, form=form), Section("award", "保障情况", facts=facts)][
            : 1 if village else 2
        ]

    def run(sections: Sequence[Section]) -> str:
        made = acts.report_together(officer, award_ref=award.ref, report=ReportEntry(**given(sections)))
        return url(made)

    home = award.household
    back = reverse("household", args=[home.ref])
    return ActPage(
        page=Page("登记变动", f"{home.head.name}　{award.village.name}", crumbs=[Link(home.head.name, back)]),
        build=build,
        run=run,
        submit="登记变动",
        cancel=Link("返回", back),
        enter_next=False,
    ).answer(request)


# -- hearing -----------------------------------------------------------------------------


@route("changes.hear", "change", "place", TOWNSHIP_ROLES, _BOTH)
def hearing(request: HttpRequest, ref: str) -> HttpResponse:
    """Who was heard, what was said and answered, or why it was not possible."""
    officer = officer_of(request)
    change = changes.find(officer, ref)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        note = "先把拟作的处理和下面的数据告诉本人，再照原话记录。有不同意见的必须写明答复。"
        return [
            Section("proposal", "拟作的处理", facts=_proposal(change)),
            Section("views", "听取意见", note=note, form=laterforms.ViewsForm(change, data, officer.staff)),
        ]

    def run(sections: Sequence[Section]) -> None:
        data = given(sections, 1)
        entry = ViewsEntry(officers=data.pop("investigators"), **data)
        acts.hear_views(officer, ref=ref, views=entry, version=version_of(request))

    return act_page(request, change, "听取意见", build, run, submit="登记听取意见", aside=_beside(change))


def _proposal(change: Any) -> list[Fact]:
    finding = changes.finding_of(change)
    if finding is None:
        return [Fact("核定", "还没有核定，请先核定变化。")]
    return [
        Fact("处理", changes.proposal_words(finding)),
        Fact("法定事由", changes.ground_label(change, today())),
        Fact("情况和理由", finding.reasons),
    ]


def _beside(change: Any) -> list[Block]:
    finding = changes.finding_of(change)
    return [compared(finding)] if finding is not None and finding.figures else []


# -- notice ------------------------------------------------------------------------------


@route("changes.notice", "change", "place", TOWNSHIP_ROLES, _BOTH)
def notice(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the proposed end of 特困 in public; after an objection with the answer to it."""
    officer = officer_of(request)
    change = changes.find(officer, ref)
    last = changes.last_notice(change)
    again = last is not None and last.objected_on is not None and last.answered_on is None

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        note = "公示七天，张贴当日不计；只写姓名、村（社区）和中性的事由。有异议的复核后重新公示。"
        facts = _proposal(change) + ([Fact("异议", last.objection)] if again and last else [])
        form = laterforms.AnswerForm(data) if again else None
        return [Section("notice", "终止公示", note=note, facts=facts, form=form)]

    def run(sections: Sequence[Section]) -> None:
        answer = given(sections)["answer"] if again else ""
        acts.publish_stop_notice(officer, ref=ref, answer=answer, version=version_of(request))

    return act_page(request, change, "终止公示", build, run, submit="开始公示")


@route("changes.posting", "change", "place", TOWNSHIP_ROLES, _BOTH)
def posting(request: HttpRequest, ref: str) -> HttpResponse:
    """Where the notice hangs and since when; the days count from when it hangs everywhere."""
    officer = officer_of(request)
    change = changes.find(officer, ref)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        notice = changes.last_notice(change)
        left = changes.missing_places(notice) if notice else []
        note = "七天从各处都张贴的那天起算，张贴当日不计；有一处贴得晚的，最后一天跟着往后移。"
        return [
            Section(
                "posting",
                "张贴",
                note=note,
                facts=[each for each in hung_facts(notice) if each.tag is None],
                form=laterforms.PostingForm(left, data),
            )
        ]

    def run(sections: Sequence[Section]) -> None:
        acts.post_stop_notice(officer, ref=ref, version=version_of(request), **given(sections))

    return act_page(request, change, "登记张贴", build, run, submit="登记张贴")


@route("changes.objection", "change", "place", TOWNSHIP_ROLES, _BOTH)
def objection(request: HttpRequest, ref: str) -> HttpResponse:
    """An objection to the notice; the objector is protected."""
    officer = officer_of(request)
    change = changes.find(officer, ref)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [
            Section("objection", "公示异议", note="异议人的姓名只存档，不公开。", form=laterforms.ObjectionForm(data))
        ]

    def run(sections: Sequence[Section]) -> None:
        acts.object_to_stop(officer, ref=ref, version=version_of(request), **given(sections))

    return act_page(request, change, "登记公示异议", build, run, submit="登记异议")


# -- to the leader, decision, service ------------------------------------------------------


@route("changes.submit", "change", "place", TOWNSHIP_ROLES, _BOTH)
def submit(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand the change to the leader."""
    officer = officer_of(request)
    change = changes.find(officer, ref)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [Section("submit", "提请决定", note="由没有参加办理的负责人决定。", facts=_proposal(change))]

    def run(sections: Sequence[Section]) -> None:
        acts.submit_change(officer, ref=ref, version=version_of(request))

    return act_page(request, change, "提请决定", build, run, aside=_beside(change))


@route("changes.decide", "change", "place", _DECIDERS, _BOTH)
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """The leader's decision, with a fresh second factor."""
    officer = officer_of(request)
    change = changes.find(officer, ref)
    asked = changes.duties(change, today())

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        form = laterforms.DecideForm(asked, data)
        return [
            Section("proposal", "提请决定的处理", facts=[*_proposal(change), *_heard_facts(change)]),
            Section("decision", "决定", form=form),
            Section("report", "登记的变动", facts=reported_facts(change)),
        ]

    def run(sections: Sequence[Section]) -> None:
        data = given(sections, 1)
        entry = DecisionEntry(data["reasons"], data.get("other_programmes", ""))
        acts.decide_change(officer, ref=ref, decision=entry, code=data["code"], version=version_of(request))

    return act_page(request, change, "决定变更", build, run, submit="作出决定", aside=_beside(change), drafts=False)


def _heard_facts(change: Any) -> list[Fact]:
    row = changes.views_of(change, changes.finding_of(change))
    if row is None:
        return []
    words = row.not_possible or f"{row.who}：{row.said}"
    facts = [Fact("听取意见", f"{row.heard_on:%Y-%m-%d}　{words}")]
    return [*facts, Fact("答复", row.answer)] if row.answer else facts


@route("changes.return", "change", "place", _DECIDERS, _BOTH)
def send_back(request: HttpRequest, ref: str) -> HttpResponse:
    """Back to who handles it."""
    officer = officer_of(request)
    change = changes.find(officer, ref)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [
            Section("return", "退回", form=laterforms.ReturnForm(data)),
            Section("what", "内容", facts=_proposal(change)),
        ]

    def run(sections: Sequence[Section]) -> None:
        acts.return_change(officer, ref=ref, reason=given(sections)["reason"], version=version_of(request))

    return act_page(request, change, "退回变更", build, run, submit="退回")


@route("changes.serve", "change", "place", TOWNSHIP_ROLES, _BOTH)
def serve(request: HttpRequest, ref: str) -> HttpResponse:
    """The notice was served; the change is done."""
    officer = officer_of(request)
    change = changes.find(officer, ref)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [Section("serve", "送达变更告知书", form=laterforms.ServeForm(change, data))]

    def run(sections: Sequence[Section]) -> None:
        with refused_at({}):
            acts.serve_change_notice(
                officer, ref=ref, service=ServiceEntry(**given(sections)), version=version_of(request)
            )

    return act_page(request, change, "登记送达", build, run)


@route("changes.receive", "change", "place", TOWNSHIP_ROLES, _BOTH)
def receive(request: HttpRequest, ref: str) -> HttpResponse:
    """The receiving township takes the household over."""
    officer = officer_of(request)
    change = changes.find(officer, ref)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        to = change.to_village
        facts = [Fact("迁入", to.name if to else "—"), Fact("起发月份", change.from_month), *award_facts(change.award)]
        note = "接收后家庭、档案和历次变动都转到本乡街；同一个月不重复发放，也不中断。"
        together = "一户的户籍地只有一个：各项保障各自决定转出，全部决定以后一并接收。"
        return [
            Section("receive", "接收转入", note=note, facts=facts),
            Section("together", "本户的各项保障", note=together, facts=going_facts(change)),
        ]

    def run(sections: Sequence[Section]) -> None:
        acts.receive_transfer(officer, ref=ref, version=version_of(request))

    return act_page(request, change, "接收转入", build, run)
