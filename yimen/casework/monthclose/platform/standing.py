"""Which files count in a month, and whether the township and the platform agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from yimen.casework.monthclose.platform import ours
from yimen.casework.monthclose.platform_models import PlatformLine, PlatformRun, PlatformSheet
from yimen.law.platform import UNRESOLVED, Handling, LineKind, MonthState, PlatformState
from yimen.law.terms import Programme

_UNRESOLVED = [str(each) for each in UNRESOLVED]


def in_force(township: str, month: str) -> dict[str, PlatformRun]:
    """The file that counts for each programme: the last one that holds it."""
    rows = PlatformRun.objects.filter(township_id=township, month=month, state=str(PlatformState.COMPARED))
    found: dict[str, PlatformRun] = {}
    for run in rows.select_related("proposed_by").order_by("finished_at", "id"):
        found |= dict.fromkeys(run.programmes, run)
    return found


def lines_in_force(township: str, month: str, programmes: Sequence[str] = ()) -> QuerySet[PlatformLine]:
    """The differences of the files that count, those settled since left out; of these programmes, or of all."""
    wanted = Q(pk__in=[])
    held = in_force(township, month)
    for run in {run.pk: run for run in held.values()}.values():
        own = [each for each, other in held.items() if other == run and (not programmes or each in programmes)]
        if own:
            wanted |= Q(run=run) & (Q(programme__in=own) | Q(kind=str(LineKind.REFUSED)))
    rows = PlatformLine.objects.filter(wanted).exclude(handling=str(Handling.SETTLED))
    return rows.order_by("run_id", "position")


def replace_older(run: PlatformRun) -> None:
    """Mark the files of the month of which nothing counts any more."""
    counting = {each.pk for each in in_force(run.township_id, run.month).values()}
    rows = PlatformRun.objects.filter(township_id=run.township_id, month=run.month, state=str(PlatformState.COMPARED))
    rows.exclude(pk__in=counting).update(state=PlatformState.REPLACED)


@dataclass(frozen=True)
class Reconciled:
    """How a township stands with the platform in a month. ``open`` are differences that still wait for somebody.

    ``lacking`` are programmes with awards in the month of which no file was compared; ``kept`` differences that stay for
    a reason; ``sheet`` the reference of the 对账表 drawn up for the files that count now, "" where there is none.
    """

    township: str
    month: str
    state: MonthState
    awards: int = 0
    same: int = 0
    open: int = 0
    kept: int = 0
    refused: int = 0
    lacking: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    sheet: str = ""
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def filed(self) -> bool:
        """Whether the month agrees and its sheet is drawn up for signature."""
        return self.state is MonthState.AGREED and bool(self.sheet)


_SUMMED = ("rows", "awards", "same", "differs", "fields", "ours", "theirs", "refused", "ended")


def reconciled(township: str, month: str) -> Reconciled:
    """How a township stands with the platform in a month; a handful of statements, whatever its size."""
    held = in_force(township, month)
    standing = ours.standing(township, month).order_by().values_list("award__programme")
    due = {programme for (programme,) in standing.distinct()}
    lacking = tuple(sorted(due - held.keys()))
    if not held:
        return Reconciled(township, month, MonthState.NONE, lacking=lacking)
    runs = {run.pk: run for run in held.values()}
    lines = lines_in_force(township, month)
    told = dict(lines.order_by().values_list("handling").annotate(many=Count("pk")))
    refused = lines.filter(kind=str(LineKind.REFUSED)).count()
    waiting = sum(told.get(each, 0) for each in _UNRESOLVED)
    counts = {word: sum(run.counts.get(word, 0) for run in runs.values()) for word in _SUMMED}
    refs = tuple(sorted(run.ref for run in runs.values()))
    return Reconciled(
        township,
        month,
        MonthState.OPEN if waiting or lacking else MonthState.AGREED,
        awards=counts["awards"],
        same=counts["same"],
        open=waiting,
        kept=told.get(str(Handling.KEPT), 0),
        refused=refused,
        lacking=lacking,
        runs=refs,
        sheet=_sheet(township, month, held),
        counts=counts,
    )


def _sheet(township: str, month: str, held: dict[str, PlatformRun]) -> str:
    """The last sheet, while it speaks for the files that count in the form in which they count."""
    row = PlatformSheet.objects.filter(township_id=township, month=month).order_by("-id").first()
    return row.ref if row and row.runs == spoken_for(held) else ""


def spoken_for(held: dict[str, PlatformRun]) -> dict[str, str]:
    """What a sheet speaks for: by programme the file and the digest of its differences."""
    return {programme: f"{run.ref} {run.lines_digest}" for programme, run in sorted(held.items())}


def lacking_names(state: Reconciled) -> str:
    """The programmes without a file, in words."""
    return "、".join(Programme(each).label for each in state.lacking)
