"""Small helps that the pages of 提标 share: addresses, words and tags of a run, its progress."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES
from yimen.base.jobs import desk as jobs
from yimen.desks.shared import runs
from yimen.desks.shared.moments import moment
from yimen.desks.shared.shapes import Fact, Link, Tag
from yimen.law.aftercare.uplift import UpliftEffect, UpliftOutcome, UpliftState
from yimen.law.money import show as yuan

TITLE = "提高标准"
READERS = DISTRICT_ROLES
TONES = {
    UpliftState.DRAWING: "amber",
    UpliftState.PREVIEWED: "amber",
    UpliftState.PROPOSED: "blue",
    UpliftState.RUNNING: "blue",
    UpliftState.DONE: "green",
    UpliftState.WITHDRAWN: "neutral",
}
EFFECTS = {
    UpliftEffect.RAISED: "green",
    UpliftEffect.SAME: "neutral",
    UpliftEffect.FALLS: "red",
    UpliftEffect.UNKNOWN: "amber",
}
OUTCOMES = {
    UpliftOutcome.WAITING: "neutral",
    UpliftOutcome.DONE: "green",
    UpliftOutcome.LEFT: "amber",
    UpliftOutcome.APART: "amber",
    UpliftOutcome.NONE: "neutral",
}


def url(name: str, run: Any) -> str:
    """An address of a run."""
    return reverse(f"district:{name}", args=[run.ref])


def title(run: Any) -> str:
    """A run by its month."""
    return f"{run.month} 起提高标准"


def crumbs(run: Any = None) -> list[Link]:
    """The way back."""
    links = [Link(TITLE, reverse("district:uplifts"))]
    return [*links, Link(title(run), url("uplift", run))] if run is not None else links


def tag(run: Any) -> Tag:
    """Where a run stands."""
    state = UpliftState(run.state)
    return Tag(TONES[state], state.label)


def figure_facts(run: Any) -> list[Fact]:
    """The new figures with their documents."""
    return [
        Fact(row["label"], row["shown"], note=f"{row['document']}，{row['valid_from']} 起施行") for row in run.figures
    ]


def run_facts(run: Any) -> list[Fact]:
    """Who did what, and what it comes to."""
    counts = run.counts
    facts = [Fact("起始月份", run.month), *figure_facts(run)]
    if counts:
        more = counts["after_fen"] - counts["before_fen"]
        facts += [
            Fact("提高", f"{counts['raised']} 户，每月共增加 {yuan(more)} 元"),
            Fact("不变", f"{counts['same']} 户"),
            Fact("减少或不再符合", f"{counts['falls']} 户（不执行，另行核实）"),
            Fact("无法核算", f"{counts['unknown']} 户（不执行，列明原因）"),
        ]
    facts.append(Fact("核算", f"{run.proposed_by.name}　{run.opened_on}"))
    if run.proposed_at:
        facts.append(Fact("提交", moment(run.proposed_at)))
    if run.released_by:
        facts.append(Fact("发布", f"{run.released_by.name}　{moment(run.released_at)}"))
    if run.note:
        facts.append(Fact("撤回（退回）原因", run.note))
    return facts


def job_of(run: Any) -> jobs.JobView | None:
    """The latest job on a run."""
    return jobs.job_view(run.job_ref) if run.job_ref else None


def progress(run: Any, view: jobs.JobView | None) -> dict[str, Any] | None:
    """What the progress card shows while a job is at work on the run."""
    return runs.progress(view, url("uplift_job", run))
