"""分类审核认定: every programme's result of one application side by side, what is open and where it is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access import gate
from yimen.base.access.memory import under_way
from yimen.base.access.officer import Officer
from yimen.casework.applications import queries as applications
from yimen.casework.decisions import queries as decisions
from yimen.casework.investigation import programme_queries as found
from yimen.desks.shared import pages
from yimen.desks.shared.panel import WEIGHED, tables_of
from yimen.desks.shared.paperviews import note_case_read
from yimen.desks.shared.routes import CASE_STAFF, route
from yimen.desks.shared.shapes import Action, Block, Cell, Empty, Link, Page, Row, Table, Tag
from yimen.desks.shared.work import Powers, act_url, case_url, fits
from yimen.law import procedure
from yimen.law.calendar import today
from yimen.law.reckoning.assessment import Assessment, Outcome, Verdict
from yimen.law.rules import BadFacts
from yimen.law.terms import Order, Programme, Stage

TITLE = "分类审核认定"
NOTE = "一份申请按每个项目并列试算。没有查明的事实、没有设置的参数，既不当作符合，也不当作不符合。"
DECIDED = "本件已经作出决定，以决定文书为准，这里不再试算。"
_BEFORE = frozenset({Stage.REGISTERED, Stage.SUPPLEMENTING})

_TONES = {Verdict.MET: "green", Verdict.NOT_MET: "neutral", Verdict.OPEN: "amber"}
_HEADS = ("项目和结果", "说明")


def programme_blocks(officer: Officer, application: Any, *, leads_on: bool = True) -> list[Block]:
    """The card of the case page; nothing before check and acceptance and after the decision. ``leads_on``: to the whole page."""
    if Stage(application.stage) not in WEIGHED:
        return []
    try:
        assessed = decisions.assessment(application, today())
    except BadFacts as bad:
        return [Block(TITLE, empty=Empty(f"还不能核算：{bad.sentence}"), actions=_acts(officer, application, None))]
    whole = Action("各项目逐步核算", reverse("programmes", args=[application.ref]))
    return [
        Block(
            TITLE,
            assessed.proposal,
            tag=Tag("amber", "试算"),
            table=_table(application, assessed),
            actions=[*_acts(officer, application, assessed), *([whole] if leads_on else [])],
        )
    ]


def _table(application: Any, assessed: Assessment) -> Table:
    shown = _ordered(application, assessed.outcomes)
    return Table(_HEADS, [_row(application, outcome) for outcome in shown], label=TITLE)


def _ordered(application: Any, outcomes: Iterable[Outcome]) -> list[Outcome]:
    """What the applicant hopes for comes first; nothing else depends on it."""
    return sorted(outcomes, key=lambda outcome: outcome.programme.value != application.wished)


def _row(application: Any, outcome: Outcome) -> Row:
    word = f"{outcome.verdict.label}，建议" if outcome.proposed else outcome.verdict.label
    return Row([Cell(outcome.title, tag=Tag(_TONES[outcome.verdict], word)), _why(application, outcome)])


def _why(application: Any, outcome: Outcome) -> Cell:
    if outcome.verdict is Verdict.OPEN:
        unset = reverse("figures") if outcome.missing else ""
        return Cell("".join(outcome.open_points), url=unset)
    if outcome.verdict is Verdict.NOT_MET:
        return Cell("".join(f"{reason.sentence}（{reason.basis}）" for reason in outcome.reasons))
    shown = outcome.shown.removeprefix(Verdict.MET.label).lstrip("，")
    return Cell(shown, url=f"{reverse('programmes', args=[application.ref])}#{anchor(outcome)}")


def anchor(outcome: Outcome) -> str:
    """Where an outcome stands on the page of all programmes."""
    return f"{outcome.programme.value}-{outcome.person or 'home'}-{'rest' if outcome.scope else 'all'}"


def _acts(officer: Officer, application: Any, assessed: Assessment | None) -> list[Action]:
    """Where this officer may record what is asked now; the person where a programme asks it of one."""
    powers, order = Powers(officer.district), Order(application.order)
    able = [
        row
        for act in ("record_tekun_facts", "assess_self_care", "record_spending")
        if (row := procedure.step(order, act))
        and Stage(application.stage) in row.stages
        and fits(officer, row, application, powers, today())
    ]
    made: list[Action] = []
    for row in able:
        url = act_url(application.ref, row.act)
        if row.act == "record_spending":
            made.append(Action(row.label, url))
            continue
        people = _asked(assessed)
        made += [Action(f"{row.label}：{name}", f"{url}?person={ref}") for ref, name in people]
        made += [] if people else [Action(row.label, url)]
    return made


def _asked(assessed: Assessment | None) -> list[tuple[str, str]]:
    """Whom 特困 was weighed for and did not refuse."""
    outcomes = assessed.of(Programme.TEKUN) if assessed else ()
    return [(row.person, row.name) for row in outcomes if row.person and row.verdict is not Verdict.NOT_MET]


@route("application.programmes", "application", "place", CASE_STAFF)
def programmes(request: HttpRequest, ref: str) -> HttpResponse:
    """Every programme's Reckoning whole, with the result and the proposal first."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    application = gate.fetch(officer, applications.applications(), ref)
    note_case_read(officer, application, "查看分类审核认定", "page")
    crumbs = [Link(application.applicant.name, case_url(ref)), Link(TITLE, "", current=True)]
    with under_way():
        blocks = list(_whole(officer, application))
    return pages.show(request, "shared/reckoning.html", page=Page(TITLE, NOTE, crumbs=crumbs), blocks=blocks)


def _whole(officer: Officer, application: Any) -> Iterator[Block]:
    if Stage(application.stage) not in WEIGHED:
        early = Stage(application.stage) in _BEFORE
        yield Block(TITLE, empty=Empty("提请核对或者受理以后才并列试算。" if early else DECIDED))
        return
    yield from programme_blocks(officer, application, leads_on=False)
    yield from _recorded(application)
    try:
        assessed = decisions.assessment(application, today())
    except BadFacts:
        return
    for outcome in _ordered(application, assessed.outcomes):
        yield from _steps(outcome)


def _steps(outcome: Outcome) -> Iterator[Block]:
    """One programme's result, and its sheet below; what is open has no sheet."""
    tag = Tag(_TONES[outcome.verdict], outcome.verdict.label)
    said = outcome.shown.removeprefix(outcome.verdict.label).lstrip("，：")
    yield Block(outcome.title, text=said, tag=tag, anchor=anchor(outcome))
    if outcome.reckoning is not None:
        # The proposal of the sheet speaks of one programme alone; that of all stands on top.
        yield from tables_of(outcome.reckoning)[1:]


def _recorded(application: Any) -> Iterator[Block]:
    """Who recorded what, and when."""
    rows = [
        ("特困认定情况", row.person.name, row.recorded_on, row.recorded_by.name)
        for row in found.tekun_records(application).values()
    ]
    rows += [
        ("生活自理能力", f"{row.person.name}：{row.get_level_display()}", row.assessed_on, "、".join(row.names))
        for row in found.self_care(application).values()
    ]
    if (spending := found.spending(application)) is not None:
        count = len(found.spent(application))
        rows.append(("刚性支出", f"{count} 项" if count else "没有", spending.recorded_on, spending.recorded_by.name))
    if rows:
        shown = [Row([what, about, f"{day:%Y-%m-%d}", who]) for what, about, day, who in rows]
        yield Block("已经登记的", table=Table(["事项", "内容", "日期", "登记、评估"], shown, label="已经登记的"))
