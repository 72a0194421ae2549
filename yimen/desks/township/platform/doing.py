"""Small helps that the pages of the reconciliation share: addresses, the four steps, tags, tiles, progress."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.base.jobs import desk as jobs
from yimen.base.offices import queries as offices
from yimen.casework.monthclose.platform.queries import Reconciled, lacking_names
from yimen.desks.shared import runs
from yimen.desks.shared.months import month_asked, month_words
from yimen.desks.shared.shapes import Link, Step, Tag, Tile
from yimen.gateways.platform import working
from yimen.law.platform import Handling, LineKind, MonthState, PlatformState

ROLES = TOWNSHIP_ROLES
READERS = TOWNSHIP_ROLES | DISTRICT_ROLES
TITLE = "平台对账"
_STEPS = ("从平台导出并上传", "核对列名", "逐条处理差异", "出具对账表")
STATE_TONES = {MonthState.NONE: "neutral", MonthState.OPEN: "amber", MonthState.AGREED: "green"}
RUN_TONES = {PlatformState.READING: "amber", PlatformState.COMPARED: "green", PlatformState.REPLACED: "neutral"}
HANDLING_TONES = {
    Handling.OPEN: "red",
    Handling.ADOPTING: "blue",
    Handling.FIX: "amber",
    Handling.FIXED: "blue",
    Handling.KEPT: "neutral",
    Handling.SETTLED: "green",
}
KINDS = (LineKind.DIFFERS, LineKind.OURS, LineKind.THEIRS, LineKind.REFUSED)


def officer_of(request: HttpRequest) -> Officer:
    """Who asks."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


def url(name: str, run: Any) -> str:
    """An address of a file."""
    return reverse(f"township:{name}", args=[run.ref])


def month_url(name: str, month: str, township: str = "") -> str:
    """An address of a month; the district names the township."""
    query = f"?township={township}" if township else ""
    return f"{reverse(f'township:{name}', args=[month])}{query}"


def place_asked(request: HttpRequest) -> str:
    """The township meant: the officer's own; for the district the one named. Raises Unknown for another's."""
    officer, asked = officer_of(request), request.GET.get("township", "")[:9]
    own = officer.areas(TOWNSHIP_ROLES)
    if own:
        if asked and asked not in own:
            raise Unknown(asked)
        return asked or own[0]
    places = [row.code for row in offices.townships(officer.district)]
    if asked and asked not in places:
        raise Unknown(asked)
    return asked or places[0]


def of_place(officer: Officer, township: str) -> str:
    """What an address carries so that the district comes back to the same township."""
    return "" if officer.areas(TOWNSHIP_ROLES) else township


def crumbs(officer: Officer, *, month: str = "", township: str = "", run: Any = None) -> list[Link]:
    """The way back."""
    links = [Link(TITLE, reverse("township:platform"))]
    if month:
        links.append(
            Link(month_words(month_asked(month)), month_url("platform_month", month, of_place(officer, township)))
        )
    return [*links, Link(run.file_name, url("platform_run", run))] if run is not None else links


def steps(run: Any = None, found: Reconciled | None = None) -> Sequence[Step]:
    """The four steps with where the month stands."""
    if found is not None:
        at = {MonthState.NONE: 0, MonthState.OPEN: 2, MonthState.AGREED: 4 if found.sheet else 3}[found.state]
    else:
        at = 0 if run is None else 1 if run.state == PlatformState.READING else 2
    return [
        Step(text, "done" if number < at else "now" if number == at else "ahead") for number, text in enumerate(_STEPS)
    ]


def state_tag(found: Reconciled) -> Tag:
    """How the month stands."""
    return Tag(STATE_TONES[found.state], found.state.label)


def run_tag(run: Any) -> Tag:
    """Where a file stands."""
    state = PlatformState(run.state)
    return Tag(RUN_TONES[state], state.label)


def handling_tag(line: Any) -> Tag:
    """What became of a difference."""
    handling = Handling(line.handling)
    return Tag(HANDLING_TONES[handling], handling.label)


def sentence(found: Reconciled) -> str:
    """One sentence on the month and what comes next."""
    if found.state is MonthState.NONE:
        return "这个月还没有比对平台数据。请从平台导出本乡街的在保对象，直接上传。"
    lacking = f"还没有比对：{lacking_names(found)}。" if found.lacking else ""
    if found.open:
        refused = f"，其中 {found.refused} 行没有读出来" if found.refused else ""
        return f"还有 {found.open} 条差异没有办结{refused}。{lacking}"
    if lacking:
        return lacking
    kept = f"除 {found.kept} 条写明理由保留的差异外" if found.kept else ""
    if found.sheet:
        return f"{kept or '完全'}一致，对账表已出具，请打印由两人签名。"
    return f"{kept or '完全'}一致，可打印对账表。"


def the_run(found: Reconciled) -> str:
    """The address of the file that counts in a month; empty where there is none, or one for each programme."""
    return reverse("township:platform_run", args=[found.runs[0]]) if len(found.runs) == 1 else ""


_TILES = (
    (LineKind.DIFFERS, "字段不同", "differs", "户", "amber"),
    (LineKind.OURS, "只有我方", "ours", "户", "amber"),
    (LineKind.THEIRS, "只有平台", "theirs", "户", "amber"),
    (LineKind.REFUSED, "没有读取", "refused", "行", "red"),
)


def tiles(counts: dict[str, int], address: str = "") -> list[Tile]:
    """The figures of a file or of a month; with the file's address each leads to its lines."""
    if not counts:
        return []
    found = [Tile("一致", f"{counts.get('same', 0)} 户", note=f"我方 {counts.get('awards', 0)} 户", tone="green")]
    for kind, words, name, unit, tone in _TILES:
        many = counts.get(name, 0)
        note = f"{counts.get('fields', 0)} 处" if kind is LineKind.DIFFERS else ""
        url = f"{address}?show={kind}" if address and many else ""
        found.append(Tile(words, f"{many} {unit}", note=note, tone=tone if many else "", url=url))
    return found


def job_view(run: Any) -> jobs.JobView | None:
    """The job of a file, as long as it tells something."""
    view = working.job_of(run)
    if view is None or (view.state == "failed" and run.state != PlatformState.READING):
        return None
    return view


def progress(run: Any, view: jobs.JobView | None) -> dict[str, Any] | None:
    """What the progress card shows while a job is at work on the file."""
    return runs.progress(view, url("platform_job", run))
