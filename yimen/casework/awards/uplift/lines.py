"""What a new standard makes of each award: the preview, drawn up in portions and bound by a digest. Nothing counts yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.runs import desk as runs
from yimen.base.runs.desk import Bound, Tell, quiet, still
from yimen.base.runs.steady import ahead, undisturbed
from yimen.base.setwise import insert_rows
from yimen.casework.awards.models import Award, AwardVersion, UpliftLine, UpliftRun
from yimen.casework.awards.uplift import basis
from yimen.casework.awards.uplift.library import Library, processes
from yimen.casework.awards.uplift.planning import Planned, Segment, judge, segments
from yimen.law.aftercare.uplift import UpliftEffect, UpliftOutcome, UpliftState, programme_of
from yimen.law.again import Reckoner, reckon_again
from yimen.law.calendar import first_day, today
from yimen.law.terms import Programme

PORTION = 2_000
OFF_THE_TABLE = "现在的金额与登记的自理能力等级、供养形式按标准表应发的不同，请先核实后办理变更。"
_OUTCOMES = {
    UpliftEffect.RAISED: UpliftOutcome.WAITING,
    UpliftEffect.SAME: UpliftOutcome.NONE,
    UpliftEffect.FALLS: UpliftOutcome.APART,
    UpliftEffect.UNKNOWN: UpliftOutcome.APART,
}
BOUND = ("position", "award_id", "effect", "before_fen", "after_fen", "seq", "plan", "sheet_digest")


def concerned(run: UpliftRun) -> QuerySet[Award]:
    """The awards of the district that the new figures may concern, in the order of their numbers."""
    keys = [figure["key"] for figure in run.figures]
    programmes = {str(programme) for key in keys if (programme := programme_of(key))}
    rows = Award.objects.filter(
        township__code__startswith=run.area_id, programme__in=programmes, voided_on__isnull=True
    )
    return rows.exclude(end_month__gt="", end_month__lte=run.month).order_by("pk")


def concerns(run: UpliftRun, urban: bool) -> bool:
    """Whether a household by the urban (or the rural) standard is meant; a care standard is the same for both."""
    keys = [str(figure["key"]) for figure in run.figures]
    own, other = (".urban", ".rural") if urban else (".rural", ".urban")
    return any(own in key or other not in key for key in keys)


def draw_up(officer: Officer, ref: str, *, tell: Tell = quiet) -> UpliftRun:
    """Reckon everybody anew and keep the preview, in portions; an earlier preview gives way.

    Raises Refused once the run has been proposed.
    """
    run = runs.begin_anew(officer, UpliftRun, ref, UpliftState.DRAWING, UpliftState.PREVIEWED)
    rows = concerned(run)
    total, position = rows.count(), 0
    library = Library({today(), *_days(rows)})
    with Reckoner(library.books, processes(total)) as reckoner, undisturbed():
        done = 0
        begun = ((numbers, _begun(run, numbers, library, reckoner)) for numbers in _portions(rows))
        for numbers, planned_ in ahead(begun):
            planned = planned_()
            with transaction.atomic():
                still(run)
                insert_rows(UpliftLine, _COLUMNS, (_line(run, position + at, each) for at, each in enumerate(planned)))
            position, done = position + len(planned), done + len(numbers)
            tell(done, total)
    with transaction.atomic():
        run = still(run)
        run.counts, run.lines_digest = counts_of(run), digest_of(run)
        run.state, run.version = UpliftState.PREVIEWED, run.version + 1
        run.save()
    return run


def _portions(rows: QuerySet[Award]) -> Iterator[list[int]]:
    after = 0
    while numbers := list(rows.filter(pk__gt=after).values_list("pk", flat=True)[:PORTION]):
        yield numbers
        after = numbers[-1]


def _days(rows: QuerySet[Award]) -> Iterable[Any]:
    """Days on which amounts were taken over from ledgers: the figures of those days say what income they imply."""
    causes = [str(cause) for cause in basis.LEDGER_CAUSES]
    found = AwardVersion.objects.filter(award__in=rows.order_by().values("pk"), cause__in=causes).order_by()
    return found.values_list("on", flat=True).distinct()


def _begun(run: UpliftRun, numbers: list[int], library: Library, reckoner: Reckoner) -> Callable[[], list[Planned]]:
    """Each award with its stretches from the month on, all of them given out in one go; what comes back waits for it."""
    book = library.number(today())
    stretches: list[tuple[basis.Held, list[Segment]]] = []
    for held in basis.load(numbers):
        found = segments(held, run.month)
        if found and concerns(run, found[0].version.urban):
            stretches.append((held, found))
    asked = []
    for held, found in stretches:
        for segment in found:
            if segment.reckons:
                segment.question = basis.ask(held, segment.version, first_day(segment.month), book, library)
                segment.doubt = _doubt(held, segment, library)
                if segment.question.asked is not None:
                    asked.append((segment, segment.question.asked))
    results = reckoner.begin([one for _, one in asked])

    def planned() -> list[Planned]:
        for (segment, _), result in zip(asked, results(), strict=True):
            segment.found = result
        return [judge(held, found) for held, found in stretches]

    return planned


def _doubt(held: basis.Held, segment: Segment, library: Library) -> str:
    """特困 goes by the published table: an amount that the table of its own day does not give is looked into first."""
    if held.programme != Programme.TEKUN:
        return ""
    question = basis.question(held, segment.version, library)
    if question.asked is None:
        return question.why
    found = reckon_again(question.asked, library.books, explained=False)
    return "" if found.problem or found.amount_fen == segment.version.monthly_fen else OFF_THE_TABLE


_COLUMNS = (
    "run", "position", "award", "township", "effect", "outcome", "before_fen", "after_fen", "category_after", "reason", "seq",
    "plan", "arrears", "sheets", "sheet_digest",
)  # fmt: skip


def _line(run: UpliftRun, position: int, planned: Planned) -> tuple[Any, ...]:
    """A line in the order of its columns: making an object of each would take as long as reckoning it."""
    effect = planned.effect
    return (
        run.pk, position, planned.award, planned.township, str(effect), str(_OUTCOMES[effect]), planned.before_fen,
        planned.after_fen, planned.category_after, planned.reason[:400], planned.seq, planned.plan, {}, planned.sheets,
        planned.sheet_digest,
    )  # fmt: skip


def counts_of(run: UpliftRun) -> dict[str, int]:
    """Households and fen a month by effect."""
    counts = {"awards": 0, "before_fen": 0, "after_fen": 0, "category": 0}
    counts |= {str(effect): 0 for effect in UpliftEffect}
    rows = (
        UpliftLine.objects.filter(run=run).order_by().values_list("effect", "before_fen", "after_fen", "category_after")
    )
    for effect, before, after, category in rows.iterator(chunk_size=5_000):
        counts["awards"] += 1
        counts[effect] += 1
        counts["category"] += bool(category)
        if effect == UpliftEffect.RAISED:
            counts["before_fen"] += before
            counts["after_fen"] += after
    return counts


def digest_of(run: UpliftRun) -> str:
    """What binds the preview: every line with its plan and the digest of its explanation, in order."""
    rows = UpliftLine.objects.filter(run=run).order_by("position").values_list(*BOUND)
    return str(Bound.over(rows.iterator(chunk_size=2_000)))


def check_digest(run: UpliftRun) -> None:
    """Refuse where the lines are not those that were previewed and proposed."""
    if digest_of(run) != run.lines_digest:
        raise Refused("核算的内容与提交时不一致，不能发布。请撤回后重新核算，并告知系统管理员。", "edited")
