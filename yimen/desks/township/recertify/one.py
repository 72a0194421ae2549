"""The review of one household: what is known, what was found, what comes next; a change is recorded here, never carried out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from yimen.base.access import gate
from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.base.clocks import desk as clocks
from yimen.casework.awards import acts, queries as awards, recertify_queries as queries
from yimen.casework.awards.recertify.entries import ChangeEntry
from yimen.desks.shared import residences
from yimen.desks.shared.actpage import ActPage, version_of
from yimen.desks.shared.batches.recertifying import CheckForm, check_entry
from yimen.desks.shared.batches.subjects import review_url
from yimen.desks.shared.caseacts.parts import Several
from yimen.desks.shared.changes import report_actions
from yimen.desks.shared.fields import Day, Text, Yuan, terms
from yimen.desks.shared.pages import show
from yimen.desks.shared.reads import note_household_read
from yimen.desks.shared.reviews import TONES, due_cell, history
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Fact, Link, Page, Section, Tag
from yimen.desks.shared.splits import intake_url
from yimen.law.calendar import today
from yimen.law.identity import mask_identity
from yimen.law.ledger import RECOGNISED, SHORT
from yimen.law.money import show as yuan
from yimen.law.recertify import ChangeKind, DataCheck, RecertifyState
from yimen.law.terms import Programme, Role, SelfCare

_BOTH = ("GET", "POST")
CHANGING = "复核发现有变化，须另办变更：点“登记变动”。变更办结以前金额不变、照常发放，本户一直列在“待办变更”里。"


def _officer(request: HttpRequest) -> Officer:
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


def _award(officer: Officer, ref: str) -> Any:
    award = gate.fetch(officer, queries.running(officer).select_related("application"), ref)
    award.review = queries.open_of([award]).get(award.pk)
    return award


def _crumbs(award: Any, *more: str) -> list[Link]:
    links = [Link("复核", reverse("township:recertify")), Link(award.household.head.name, review_url(award))]
    return [*links, *(Link(text, "", current=True) for text in more)]


# -- the page ----------------------------------------------------------------------------


def _paid(award: Any) -> Block:
    names = "、".join(row.person.name for row in awards.persons(award) if row.active)
    due = due_cell(award.recertify_on, today(), None, award.valid_to)
    facts = [
        Fact("编号", award.number),
        Fact("项目、类别", f"{Programme(award.programme).label}　{awards.kind_words(award)}"),
        Fact("认定人员" if award.programme in RECOGNISED else "保障人员", names),
    ]
    if award.self_care:
        facts.append(Fact("自理能力", SelfCare(award.self_care).label))
    if award.institution:
        facts.append(Fact("供养机构", award.institution))
    if award.monthly_fen:
        facts.append(Fact("月保障金", f"{yuan(award.monthly_fen)} 元，自 {award.start_month}"))
    else:
        facts.append(
            Fact("认定", f"自 {award.start_month}" + (f"，有效期至 {award.valid_to}" if award.valid_to else ""))
        )
    facts += residences.facts(award.household)
    facts.append(Fact("应复核" if award.recertify_on else "期满", due.text, tag=due.tag))
    return Block("保障情况", facts=facts)


def _finding_facts(review: Any, finding: Any) -> list[Fact]:
    facts = [
        Fact("核查", f"{finding.checked_on:%Y-%m-%d}　{'、'.join(name for _, name in finding.investigators)}"),
        Fact("信息核对", DataCheck(finding.data_check).label),
        Fact("结果", queries.outcome_words(review.award, finding.outcome)),
    ]
    if finding.changes:
        since = f"，自 {finding.since:%Y-%m-%d}" if finding.since else ""
        facts.append(Fact("有变化的方面", "、".join(ChangeKind(code).label for code in finding.changes) + since))
    if words := queries.reckoned_words(finding.reckoned):
        facts.append(Fact("重新核算", words))
    return [*facts, Fact("情况说明", finding.note or "—"), Fact("登记", review.recorded_by.name)]


def _now(officer: Officer, award: Any) -> Block:
    review = award.review
    if award.recertify_on is None:
        until = f"{SHORT[Programme(award.programme)]}不作定期复核。认定有效期至 {award.valid_to}。"
        letter = queries.letters([award]).get(award.pk)
        told = f"{letter.number}（{letter.issued_on:%Y-%m-%d}）" if letter else "还没有制发"
        facts = [Fact("期满告知书", told)]
        return Block("期满", facts=facts, note=f"{until}期满仍有困难的重新申请，没有变化的内容不再填写。")
    if review is None:
        return Block("本次复核", text="还没有开始。开始后由两名以上人员核查，再登记续保或者有变化。")
    found, state = queries.find(officer, review.ref), RecertifyState(review.state)
    facts = [Fact("开始", f"{found.started_on:%Y-%m-%d}　{found.started_by.name}")]
    for clock in clocks.clocks_of(queries.KIND, [found.pk], today()).get(found.pk, ()):
        facts.append(Fact("时限", f"{clock.due_on:%Y-%m-%d}", tag=Tag(clock.tone, clock.text)))
    if found.returned_reason:
        facts.append(Fact("退回理由", found.returned_reason))
    finding = queries.finding_of(found)
    if finding is not None:
        facts += _finding_facts(found, finding)
    if found.confirmed_by:
        facts.append(Fact("负责人", f"{found.confirmed_by.name}　{found.confirmed_on:%Y-%m-%d}"))
    note = CHANGING if state is RecertifyState.CHANGING else ""
    return Block("本次复核", note=note, tag=Tag(TONES[state], state.label), facts=facts)


def _actions(officer: Officer, award: Any) -> list[Action]:
    """What can be done now, by this officer; the next step first."""
    review = award.review
    if not officer.holds(TOWNSHIP_ROLES, award.township_id):
        return []
    if review is not None and review.state == RecertifyState.CHANGING:
        return report_actions(officer, [award])
    steps = _steps(officer, award, review) if award.recertify_on else []
    return [*steps, *_expiring(award, primary=not steps)] if award.valid_to else steps


def _steps(officer: Officer, award: Any, review: Any) -> list[Action]:
    """The next steps of a review."""
    tick = f"?cases={award.ref}:{review.version if review else ''}"
    if review is None:
        return [Action("开始复核", reverse("batch-start_recertification") + tick, primary=True)]
    if review.state == RecertifyState.STARTED:
        change = reverse("township:recertify_change", args=[award.ref])
        return [
            Action("续保登记（没有明显变化）", reverse("batch-renew") + tick, primary=True),
            Action("登记有变化", change),
        ]
    if review.state == RecertifyState.RECORDED and officer.holds({Role.HEAD}, award.township_id):
        back = reverse("township:recertify_return", args=[award.ref])
        return [
            Action("确认复核", reverse("batch-confirm_recertification") + tick, primary=True),
            Action("退回复核", back),
        ]
    return []


@route("recertify.read", "award", "place", TOWNSHIP_ROLES | DISTRICT_ROLES)
def recertify_one(request: HttpRequest, ref: str) -> HttpResponse:
    """The review of one household; the read is logged."""
    officer = _officer(request)
    award = _award(officer, ref)
    home = award.household
    note_household_read(officer, home, "定期复核")
    return show(
        request,
        "shared/household.html",
        page=Page(home.head.name, crumbs=[*_crumbs(award)[:1], Link(home.head.name, "", current=True)]),
        line=f"{award.township.name} · {award.village.name} {home.group}",
        identity=Fact("身份证", mask_identity(home.head.identity)),
        blocks=[_now(officer, award), history(home)],
        side=[_paid(award), Block("家庭档案", actions=[Action("查看家庭档案", reverse("household", args=[home.ref]))])],
        actions=_actions(officer, award),
    )


# -- a change ----------------------------------------------------------------------------


class ChangeForm(CheckForm):
    """What has changed. The amounts that are stored are shown and typed anew only where they are other."""

    changes = Several("有变化的方面", choices=terms(ChangeKind))
    since = Day("变化发生日期", needed=False)
    field_order = ("changes", "since", "note", "investigators", "checked_on", "data_check")

    def __init__(self, officer: Officer, award: Any, data: Any) -> None:
        super().__init__(officer, [award], data)
        self.fields["note"].required = True
        self.fields["note"].error_messages["required"] = "请写明变化的情况。"


class AmountForm(forms.Form):
    """One box for each income that is stored: empty means as before."""

    def __init__(self, known: Sequence[queries.KnownIncome], data: Any) -> None:
        super().__init__(data)
        for row in known:
            label = f"{row.who}　{row.label}（现 {yuan(row.amount_fen)} 元，{row.period}）改为（元）"
            self.fields[f"amount_{row.ref}"] = Yuan(label, needed=False)

    def amounts(self) -> dict[str, int]:
        """Those that are other now, in fen, by reference."""
        found = {name.removeprefix("amount_"): value for name, value in self.cleaned_data.items()}
        return {ref: value for ref, value in found.items() if value is not None}


def _today_facts(award: Any) -> list[Fact]:
    again = queries.reckon_again(award, today())
    return [
        *([Fact("现在每月", f"{yuan(award.monthly_fen)} 元")] if award.monthly_fen else []),
        Fact("按现在的标准重新核算", queries.reckoned_words(again.plain({}))),
    ]


def _started(award: Any) -> Any:
    if award.review is None:
        raise Unknown(award.ref)
    return award.review


@route("recertify.record", "award", "place", TOWNSHIP_ROLES, _BOTH)
def recertify_change(request: HttpRequest, ref: str) -> HttpResponse:
    """Record that something has changed: the new Reckoning stands beside the amount, which stays."""
    officer = _officer(request)
    award = _award(officer, ref)
    review, known = _started(award), queries.known_incomes(award, today())

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        sections = [Section("change", "有什么变化", note=CHANGING, form=ChangeForm(officer, award, data))]
        if known:
            words = "已有的收入不用再填，只填与现在不同的。"
            sections.append(Section("incomes", "收入", note=words, form=AmountForm(known, data)))
        return [*sections, Section("now", "金额对照", facts=_today_facts(award))]

    def run(sections: Sequence[Section]) -> str:
        data = sections[0].form.cleaned_data  # type: ignore[union-attr]
        form = sections[1].form
        amounts = form.amounts() if isinstance(form, AmountForm) else {}
        change = ChangeEntry(data["changes"], data["since"], amounts)
        acts.record_change(officer, ref=review.ref, check=check_entry(data), change=change, version=version_of(request))
        return review_url(award)

    return ActPage(
        page=Page(
            "登记有变化", f"{award.household.head.name}　{award.village.name}", crumbs=_crumbs(award, "登记有变化")
        ),
        build=build,
        run=run,
        submit="登记有变化",
        version=review.version,
        cancel=Link("返回", review_url(award)),
        enter_next=False,
    ).answer(request)


def _expiring(award: Any, *, primary: bool) -> list[Action]:
    """Of a recognition with a last day: apply anew, tell in time, end past that day."""
    again = intake_url(award.household)
    over, tick = award.valid_to <= today(), f"?cases={award.ref}:"
    made = [Action("期满，重新申请", again, primary=primary and over)]
    letter = queries.letters([award]).get(award.pk)
    if letter:
        made.append(Action("打开期满告知书", reverse("paper", args=[letter.ref])))
    else:
        made.append(Action("告知认定期满", reverse("batch-invite_again") + tick, primary=primary and not over))
    return [*made, Action("期满终止", reverse("batch-end_expired") + tick)] if over else made


class ReturnForm(forms.Form):
    """Why the leader does not confirm."""

    reason = Text("退回理由", longest=200, rows=2)


@route("recertify.return", "award", "place", frozenset({Role.HEAD}), _BOTH)
def recertify_return(request: HttpRequest, ref: str) -> HttpResponse:
    """Back to who recorded it, with a reason."""
    officer = _officer(request)
    award = _award(officer, ref)
    review = _started(award)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        finding = queries.finding_of(queries.find(officer, review.ref))
        facts = _finding_facts(queries.find(officer, review.ref), finding) if finding else []
        return [Section("return", "退回复核", form=ReturnForm(data)), Section("found", "登记的内容", facts=facts)]

    def run(sections: Sequence[Section]) -> str:
        reason = sections[0].form.cleaned_data["reason"]  # type: ignore[union-attr]
        acts.return_recertification(officer, ref=review.ref, reason=reason, version=version_of(request))
        return review_url(award)

    return ActPage(
        page=Page("退回复核", f"{award.household.head.name}　{award.village.name}", crumbs=_crumbs(award, "退回复核")),
        build=build,
        run=run,
        submit="退回",
        version=review.version,
        cancel=Link("返回", review_url(award)),
        enter_next=False,
    ).answer(request)
