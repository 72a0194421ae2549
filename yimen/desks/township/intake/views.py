"""Pages of the intake: the form, its drafts, the look-up of an identity number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from yimen.base.access import gate
from yimen.base.access.officer import TOWNSHIP_ROLES, VILLAGE_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.base.offices import queries as offices
from yimen.base.refs import is_ref, new_ref
from yimen.casework.applications import acts, queries
from yimen.casework.awards import queries as awards
from yimen.casework.households import queries as households
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Fact, Link, Page, Section
from yimen.desks.shared.work import case_url
from yimen.desks.township.intake import forms as entry
from yimen.desks.township.intake.reading import (
    entries,
    known_home,
    known_means,
    known_members,
    known_obligors,
    material_rows,
)
from yimen.desks.township.intake.review import SUBMIT, review
from yimen.desks.township.intake.shelf import IntakeShelf
from yimen.law.calendar import today
from yimen.law.identity import BadIdentity, read_identity
from yimen.law.terms import ENDS, AppliedBy, Role

ROLES = (Role.HANDLER, Role.AIDE)


def _villages(officer: Officer) -> list[tuple[str, str]]:
    found = []
    for code in officer.areas(TOWNSHIP_ROLES):
        found += [(row.code, row.name) for row in offices.villages(code)]
    found += [(code, offices.area(code).name) for code in officer.areas(VILLAGE_ROLES)]
    return found


def _staff(officer: Officer) -> list[tuple[str, str]]:
    township = officer.office.area_id[:9]
    codes = [township, officer.district, *(row.code for row in offices.villages(township))]
    return [(row.ref, f"{row.name}（{row.office.name}，{offices.duty_label(row)}）") for row in offices.staff_of(codes)]


class _Maker:
    """Makes the sections of the page from stored facts, a draft, or what was posted."""

    def __init__(self, officer: Officer, household: Any) -> None:
        self.officer, self.household = officer, household
        self.villages, self.staff = _villages(officer), _staff(officer)
        self.account = households.account_at_last(household) if household else None

    def _start(self) -> dict[str, Any]:
        home = known_home(self.household) if self.household else {}
        by = AppliedBy.VILLAGE if self.officer.roles <= VILLAGE_ROLES else AppliedBy.SELF
        return {"applied_by": by, **home}

    def sections(self, data: QueryDict | None, _files: Any = None) -> Sequence[Section]:
        known = self.household is not None
        members = known_members(self.household) if known else [{"relation": "self"}]
        obligors = known_obligors(self.household) if known else []
        incomes, things = known_means(self.household) if known else ([], [])
        applied_by = (data or {}).get("method-applied_by", str(self._start()["applied_by"]))
        return [
            Section(
                "method",
                "申请方式与住处",
                form=entry.MethodForm(data, prefix="method", initial=self._start(), villages=self.villages),
            ),
            Section(
                "members",
                "申请人与共同生活成员",
                "第一行填申请人本人。性别、出生日期由身份证号得出，不用填写。",
                formset=entry.Members(data, prefix="members", initial=members),
                paste=True,
            ),
            Section(
                "obligors",
                "赡养抚养义务人",
                "共同生活的家庭成员以外的法定义务人。查询其信息须经其本人同意。",
                formset=entry.Obligors(data, prefix="obligors", initial=obligors),
                paste=True,
            ),
            Section(
                "incomes",
                "收入",
                "照申请人所说填写，原来按年、按季说的就按年、按季填，不用换算。",
                formset=entry.Incomes(data, prefix="incomes", initial=incomes),
                paste=True,
            ),
            Section(
                "properties", "财产", formset=entry.Properties(data, prefix="properties", initial=things), paste=True
            ),
            Section("reason", "困难原因", form=entry.ReasonForm(data, prefix="reason")),
            Section(
                "expenses",
                "刚性支出",
                "看病、上学、康复等支出，没有可不填。",
                formset=entry.Expenses(data, prefix="expenses"),
                paste=True,
            ),
            self._account(data),
            Section(
                "relatives",
                "近亲属申明",
                form=entry.RelativeSwitchForm(data, prefix="kin"),
                formset=entry.Relatives(data, prefix="relatives", form_kwargs={"staff": self.staff}),
            ),
            Section(
                "materials",
                "材料",
                "能由核对取得的不要求提供（社会救助法第六十二条）。承诺授权在登记后打印签字。",
                formset=entry.Materials(data, prefix="materials", initial=material_rows(applied_by)),
            ),
        ]

    def _account(self, data: QueryDict | None) -> Section:
        if self.account:
            shown = [
                Fact("开户人", self.account.holder),
                Fact("开户银行", self.account.bank),
                Fact("账号", f"尾号 {self.account.number[-4:]}"),
            ]
            return Section("account", "领取账户", "已登记，不用再填。需要更换的，另行办理账户变更。", facts=shown)
        return Section("account", "领取账户", "可以以后再填。", form=entry.AccountForm(data, prefix="account"))


@route("application.apply", "application", "place", ROLES, ("GET", "POST"))
def intake(request: HttpRequest) -> HttpResponse:
    """The whole application on one page; a known household comes with its facts, a draft with its words."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    ref = request.GET.get("household", "")
    household = gate.fetch(officer, households.households(), ref) if ref else None
    maker = _Maker(officer, household)
    asked = request.POST.get("draft", "") or request.GET.get("draft", "")
    shelf = IntakeShelf(officer, asked if is_ref(asked) else new_ref())

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return maker.sections(data, files)

    def run(sections: Sequence[Section]) -> str:
        return case_url(acts.apply(officer, intake=entries(sections, shelf.ref)).ref)

    page = ActPage(
        Page(
            "新登记申请",
            "一次填完，随填随存；已登记的内容不用再填。",
            crumbs=[Link("待办", "/"), Link("新登记申请", "", current=True)],
            tools=[] if asked else _unfinished(officer),
        ),
        build,
        run,
        SUBMIT,
        cancel=Link("返回", "/"),
        shelf=shelf,
        again=f"{request.path}?{urlencode({**({'household': ref} if ref else {}), 'draft': shelf.ref})}",
        review=review,
        template="township/intake.html",
        hidden={"draft": shelf.ref},
    )
    return page.answer(request)


def _unfinished(officer: Officer) -> list[Action]:
    """Ways back to the officer's own drafts, the last ones first."""
    return [
        Action(
            f"接着写：{row.title or '未命名'}（{localtime(row.saved_at):%m-%d %H:%M}）",
            f"{reverse('township:intake')}?draft={row.ref}",
        )
        for row in queries.drafts(officer)[:5]
    ]


@route("application.draft", "draft", "own", ROLES, ("POST",))
def discard(request: HttpRequest, ref: str) -> HttpResponse:
    """Throw a draft of one's own away."""
    acts.drop_draft(request.officer, ref)  # type: ignore[attr-defined]
    return redirect("township:intake")


def _told(officer: Officer, number: str, applies: bool) -> tuple[str, str, str]:
    """What is known of a number, in one sentence; and a link, if the household lies within scope.

    Only a member (``applies``) is held against running assistance and open applications.
    """
    known = households.known(number)
    if known is None:
        return "", "", ""
    if known.household is None:
        return f"{known.person.name}曾经登记过，现不在任何家庭中。", "", ""
    place = f"{known.household.township.name}{known.household.village.name}"
    sentence = f"{known.person.name}已登记在{place}“{known.household.head.name}”户。"
    if not applies:
        return sentence, "", ""
    taken = awards.active_persons([known.person.identity_index])
    if taken:
        sentence += f"{known.person.name}{awards.covered_words(taken[0])}，不能重复申请。"
    under_way = queries.open_with([known.person])
    if under_way and under_way.stage not in ENDS:
        sentence += f"有一件申请正在办理（{under_way.number}）。"
    try:
        gate.fetch(officer, households.households(), known.household.ref)
    except Unknown:
        return sentence + "不在本辖区，请联系当地乡街。", "", ""
    return sentence, f"{reverse('township:intake')}?household={known.household.ref}", "用已登记的家庭信息填写"


@route("person.lookup", "person", "place", ROLES, ("POST",))
def identity(request: HttpRequest) -> HttpResponse:
    """Answer at once whether a typed number is right and whom it belongs to."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    name = request.headers.get("HX-Trigger-Name", "number")
    typed = request.POST.get(name, "")
    try:
        found = read_identity(typed, allow_unknown_area=settings.YIMEN_DEMO or settings.YIMEN_TESTING)
    except BadIdentity as bad:
        return render(
            request, "township/identity_told.html", {"sentence": str(bad), "url": "", "text": "", "bad": True}
        )
    born = f"{found.sex.label}，{found.birth_date:%Y-%m-%d} 出生，{households.age(found.birth_date, today())} 岁。"
    known, url, text = _told(officer, found.number, name.startswith("members"))
    sentence = born + (known or "没有登记过。")
    return render(
        request, "township/identity_told.html", {"sentence": sentence, "url": url, "text": text, "bad": False}
    )
