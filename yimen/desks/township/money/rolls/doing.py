"""Small helps that the pages of a roll share: addresses, words and tags, who did what, progress."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.jobs import desk as jobs
from yimen.desks.shared import runs
from yimen.desks.shared.moments import moment
from yimen.desks.shared.shapes import Fact, Link, Tag
from yimen.desks.township.money.parts import roles_of
from yimen.law.money import show as yuan
from yimen.law.payments.terms import RollKind, RollState

TITLE = "发放名册"
TONES = {
    RollState.DRAWING: "amber",
    RollState.PREVIEWED: "amber",
    RollState.PROPOSED: "blue",
    RollState.APPROVED: "blue",
    RollState.RUNNING: "blue",
    RollState.DONE: "green",
    RollState.WITHDRAWN: "neutral",
}


def may(officer: Officer, act: str, roll: Any) -> bool:
    """Whether the officer holds a post for the act in the township of the roll."""
    return officer.holds(roles_of(act), roll.area_id)


def url(name: str, roll: Any) -> str:
    """An address of a roll."""
    return reverse(f"township:{name}", args=[roll.ref])


def title(roll: Any) -> str:
    """A roll by its month and kind."""
    return f"{roll.month} {'补充名册' if roll.kind == RollKind.FURTHER else '发放名册'}"


def crumbs(roll: Any = None) -> list[Link]:
    """The way back."""
    links = [Link(TITLE, reverse("township:rolls"))]
    return [*links, Link(title(roll), url("roll", roll))] if roll is not None else links


def tag(roll: Any) -> Tag:
    """Where a roll stands."""
    state = RollState(roll.state)
    return Tag(TONES[state], state.label)


def roll_facts(roll: Any) -> list[Fact]:
    """What it comes to, and who did what."""
    facts = [Fact("乡街", roll.area.name), Fact("月份", roll.month), Fact("账户以哪天为准", f"{roll.frozen_on}")]
    if counts := roll.counts:
        facts.append(Fact("发放", f"{counts['households']} 户 {counts['persons']} 人，{yuan(counts['total_fen'])} 元"))
    facts.append(Fact("编制", f"{roll.proposed_by.name}　{roll.opened_on}"))
    if roll.submitted_at:
        facts.append(Fact("提交", moment(roll.submitted_at)))
    if roll.approved_by:
        facts.append(Fact("批准", f"{roll.approved_by.name}　{moment(roll.approved_at)}"))
    if roll.released_by:
        facts.append(Fact("发布", f"{roll.released_by.name}　{moment(roll.released_at)}"))
    if roll.state == RollState.DONE:
        facts += [
            Fact("冻结", moment(roll.finished_at)),
            Fact("校验码", roll.lines_digest.removeprefix("sha256:")[:16]),
        ]
    if roll.note:
        facts.append(Fact("退回原因", roll.note))
    return facts


def job_of(roll: Any) -> jobs.JobView | None:
    """The latest job on a roll."""
    return jobs.job_view(roll.job_ref) if roll.job_ref else None


def progress(roll: Any, view: jobs.JobView | None) -> dict[str, Any] | None:
    """What the progress card shows while a job is at work on the roll."""
    return runs.progress(view, url("roll_job", roll))
