"""Starting, pausing, stopping and reading clocks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from yimen.base.clocks.models import Clock, ClockPause
from yimen.base.figures import queries as figures
from yimen.base.offices.queries import working_calendar
from yimen.base.prepared import insert, prepared, update
from yimen.law.calendar import Calendar, Span, due
from yimen.law.procedure import CLOCKS, PAUSABLE, PAUSED_IN, ClockRule
from yimen.law.standards import Unset
from yimen.law.terms import Stage, Tone


@dataclass(frozen=True)
class ClockView:
    """A clock as pages show it: what is left in words, a tone, and why."""

    code: str
    label: str
    text: str
    tone: str
    started_on: date
    due_on: date | None
    stopped_on: date | None
    left: int | None
    provisional: bool
    figure: str
    articles: tuple[str, ...]
    who: str
    paused_for: str

    @property
    def overdue(self) -> bool:
        return self.left is not None and self.left < 0


def start(
    kind: str, subject_id: int, code: str, on: date, area: str, *, delegated: bool = False, key: str = ""
) -> Clock:
    """Start a clock on a day; the day itself is not counted. Raises law.standards.Unset if a required limit is unset.

    ``key`` is the figure that sets its length in place of the rule's own, where the case is about another programme.
    """
    clock = _started(kind, subject_id, code, on, area, delegated, key)
    return insert([clock])[0]


def start_until(kind: str, days: Mapping[int, date], code: str, on: date, words: str) -> None:
    """Start the clocks of many subjects whose last day is known already, by the subject's number; ``words`` say from where."""
    unit = CLOCKS[code].unit
    Clock.objects.bulk_create(
        [
            Clock(subject_kind=kind, subject_id=number, code=code, started_on=on, unit=unit, due_on=day, figure=words)
            for number, day in days.items()
        ]
    )


def _started(kind: str, subject_id: int, code: str, on: date, area: str, delegated: bool, key: str = "") -> Clock:
    rule = CLOCKS[code]
    key = key or (rule.delegated_key if delegated and rule.delegated_key else rule.key)
    clock = Clock(subject_kind=kind, subject_id=subject_id, code=code, started_on=on, unit=rule.unit)
    try:
        figure = figures.figure(key, area, on)
    except Unset:
        if rule.required:
            raise
        return clock
    clock.length, clock.figure = figure.as_int(), figure.document
    limit = due(on, clock.length, rule.unit, working_calendar())
    clock.due_on, clock.provisional = limit.date, limit.provisional
    return clock


def running(kind: str, subject_id: int, code: str) -> Clock | None:
    """The running clock of a code, if any."""
    return Clock.objects.filter(subject_kind=kind, subject_id=subject_id, code=code, stopped_on__isnull=True).first()


def stop(kind: str, subject_ids: Iterable[int], codes: Iterable[str], on: date) -> None:
    """Stop running clocks of these subjects; ``*`` stops all of them."""
    _stop(_going_of(kind, list(subject_ids)), codes, on)


def _running() -> QuerySet[Clock]:
    """The running clocks, each knowing (``still``) whether it stands still."""
    still = Exists(ClockPause.objects.filter(clock=OuterRef("pk"), to_on__isnull=True).order_by())
    return Clock.objects.filter(stopped_on__isnull=True).annotate(still=still).order_by("id")


@prepared
def _going(kind: str, subject_id: int) -> QuerySet[Clock]:
    return _running().filter(subject_kind=kind, subject_id=subject_id)


@prepared
def _going_of(kind: str, subject_ids: list[int]) -> QuerySet[Clock]:
    return _running().filter(subject_kind=kind, subject_id__in=subject_ids)


def _stop(going: Iterable[Clock], codes: Iterable[str], on: date) -> list[Clock]:
    """Stop the named ones; those that go on."""
    wanted, going = set(codes), list(going)
    ended = [clock for clock in going if clock.code in wanted or "*" in wanted]
    if standing := [clock.pk for clock in ended if clock.still]:  # type: ignore[attr-defined]  # annotated
        ClockPause.objects.filter(clock_id__in=standing, to_on__isnull=True).update(to_on=on)
    if len(ended) == 1:
        update(ended[0], {"stopped_on": on})
    elif ended:
        Clock.objects.filter(id__in=[clock.pk for clock in ended]).update(stopped_on=on)
    return [clock for clock in going if clock not in ended]


def step(
    kind: str,
    subject_id: int,
    on: date,
    area: str,
    *,
    stops: Collection[str],
    starts: Collection[str],
    stage: Stage | None,
    delegated: bool,
    keys: Mapping[str, str] | None = None,
) -> None:
    """What a step of a subject does to its clocks: stop, start, and keep pace with the stage it came to, if any.

    ``keys`` names the figure of a clock whose length is another than its rule's.
    Raises law.standards.Unset if a required limit is unset.
    """
    going = _going(kind, subject_id) if stops or stage else []
    going = _stop(going, stops, on)
    if starts:
        own = keys or {}
        fresh = [_started(kind, subject_id, code, on, area, delegated, own.get(code, "")) for code in starts]
        going += insert(fresh)
    if stage:
        _keep_pace(going, stage, area, on)


def pause(clock: Clock, on: date, waiting_for: str) -> None:
    """Let a clock stand still from a day, with whom it waits for."""
    ClockPause.objects.create(clock=clock, from_on=on, waiting_for=waiting_for)


def resume(clock: Clock, on: date) -> None:
    """Let a paused clock run again and move its due day."""
    clock.pauses.filter(to_on__isnull=True).update(to_on=on)
    _reckon(clock, clock.length)


def keep_pace(kind: str, subject_id: int, stage: Stage, area: str, on: date) -> None:
    """Let the clocks of decision stand still, or run again, as the place's rule says for a stage."""
    _keep_pace(_going(kind, subject_id), stage, area, on)


def _keep_pace(going: Iterable[Clock], stage: Stage, area: str, on: date) -> None:
    code, waiting_for = PAUSED_IN.get(stage, ("", ""))
    try:
        paused = code in figures.figure("clock.pauses", area, on).as_texts() if code else False
    except Unset:
        paused = False
    for clock in going:
        standing = getattr(clock, "still", False)
        if clock.code not in PAUSABLE:
            continue
        if paused and not standing:
            pause(clock, on, waiting_for)
        elif standing and not paused:
            resume(clock, on)


def extend(clock: Clock, length: int, figure: str) -> None:
    """Give a running clock a longer limit (working days) with where it comes from."""
    _reckon(clock, length, figure)


def _reckon(clock: Clock, length: int | None, figure: str = "") -> None:
    if length is None:
        return
    spans = tuple(Span(row.from_on, row.to_on) for row in clock.pauses.all() if row.to_on)
    limit = due(clock.started_on, length, clock.unit, working_calendar(), spans)
    clock.length, clock.due_on, clock.provisional = length, limit.date, limit.provisional
    clock.figure = figure or clock.figure
    clock.save(update_fields=["length", "due_on", "provisional", "figure"])


def left(row: Clock, on: date, days: Calendar) -> int | None:
    """Days left in the clock's own unit; 0 on the due day, negative when overdue; None without a limit."""
    if row.due_on is None:
        return None
    if row.unit == "working_day":
        if row.due_on >= on:
            return days.working_days_between(on, row.due_on)
        return -days.working_days_between(row.due_on, on)
    return (row.due_on - on).days


def _words(row: Clock, rule: ClockRule, rest: int | None, waiting: str) -> tuple[str, Tone]:
    unit = "个工作日" if row.unit == "working_day" else "天"
    if row.stopped_on:
        return f"{row.stopped_on:%m-%d} 已停止", Tone.NEUTRAL
    if waiting:
        return f"已暂停：{waiting}", Tone.NEUTRAL
    if rest is None or row.due_on is None:
        return "时限未设置", Tone.NEUTRAL
    if rule.code == "public_notice":
        return (f"公示至 {row.due_on:%m-%d}", Tone.BLUE) if rest >= 0 else ("公示期满", Tone.GREEN)
    if rest < 0:
        return f"已超期 {-rest} {unit}", Tone.RED
    if rest == 0:
        return "今天到期", Tone.RED
    tone = Tone.RED if rest == 1 else Tone.AMBER if rest <= 3 else Tone.GREEN
    return f"剩 {rest} {unit}", tone


def view(row: Clock, on: date, days: Calendar) -> ClockView:
    """How a page shows a clock today."""
    rule = CLOCKS[row.code]
    rest = left(row, on, days)
    waiting = next((pause.waiting_for for pause in row.pauses.all() if pause.to_on is None), "")
    text, tone = _words(row, rule, rest, waiting)
    return ClockView(
        row.code,
        rule.label,
        text + ("（暂定）" if row.provisional and not row.stopped_on else ""),
        tone.value,
        row.started_on,
        row.due_on,
        row.stopped_on,
        rest if not row.stopped_on else None,
        row.provisional,
        row.figure,
        rule.articles,
        rule.who,
        waiting,
    )


def clocks_of(kind: str, ids: Iterable[int], on: date, *, running_only: bool = True) -> dict[int, list[ClockView]]:
    """Clocks of many subjects in two queries, the most pressing first."""
    rows = Clock.objects.filter(subject_kind=kind, subject_id__in=list(ids))
    if running_only:
        rows = rows.filter(stopped_on__isnull=True)
    days = working_calendar()
    found: dict[int, list[ClockView]] = {}
    for row in rows.prefetch_related("pauses").order_by("due_on", "id"):
        found.setdefault(row.subject_id, []).append(view(row, on, days))
    for views in found.values():
        views.sort(key=lambda clock: (clock.due_on is None, clock.due_on or clock.started_on))
    return found
