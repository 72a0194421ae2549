"""What awards are paid on top in a month: 价格临时补贴 and other additions of the figure ``additions.area`` (L32); money in fen.

Read from the history and the figures of the month, never stored: nobody gets one addition twice, whatever awards he is on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import AdditionNotice, Award, AwardVersion
from yimen.law.aftercare.additions import KEY, Added, Addition, Standing, additions_in, read_additions
from yimen.law.aftercare.history import in_force
from yimen.law.aftercare.months import months_between
from yimen.law.aftercare.terms import PAYING, AwardPhase
from yimen.law.calendar import first_day, last_day
from yimen.law.terms import Programme

_PAYING = [str(phase) for phase in PAYING]


def additions_at(area: str, month: str) -> tuple[Addition, ...]:
    """The additions that are paid in an area in a month, as the figure of its last day says.

    Raises BadFigure where a row of the figure is not whole. No figure means that nothing is paid on top.
    """
    figure = figures.book().find(KEY, offices.scopes(area), last_day(month))
    rows = read_additions(figure) if figure else ()
    return tuple(row for row in rows if row.from_month <= month <= row.to_month)


def additions_due(awards: QuerySet[Award, Any], month: str) -> dict[int, tuple[Added, ...]]:
    """What each of these awards is paid on top in a month, by the award's number; awards that get nothing are not in it.

    The number of statements is the same for ten awards and for a hundred thousand. ``Added.award`` is the reference of the
    award, ``Added.persons`` the numbers of the persons as text. Other awards of the same households are weighed too, so that
    nobody of them is paid twice.
    """
    townships = list(awards.order_by().values_list("township", flat=True).distinct())
    rows = {code: each for code in townships if (each := additions_at(code, month))}
    if not rows:
        return {}
    programmes = {str(each) for some in rows.values() for row in some for each in row.programmes}
    wanted = awards.order_by().filter(township__in=list(rows), programme__in=sorted(programmes))
    of_places: dict[str, list[Standing]] = {}
    numbers: dict[str, int] = {}
    for code, number, standing in _standing_in(wanted, month):
        of_places.setdefault(code, []).append(standing)
        numbers[standing.award] = number
    asked = set(awards.order_by().values_list("pk", flat=True))
    found: dict[int, tuple[Added, ...]] = {}
    for code, standings in sorted(of_places.items()):
        for added in additions_in(month, standings, rows.get(code, ())):
            number = numbers[added.award]
            if number in asked:
                found[number] = (*found.get(number, ()), added)
    return found


def _standing_in(awards: QuerySet[Award, Any], month: str) -> Iterable[tuple[str, int, Standing]]:
    """Township, number and standing of the awards paid in a month in the households of these, in one statement."""
    later = AwardVersion.objects.filter(award=OuterRef("award"), from_month__lte=month, seq__gt=OuterRef("seq"))
    rows = AwardVersion.objects.filter(
        ~Exists(later),
        Q(award__valid_to__isnull=True) | Q(award__valid_to__gte=first_day(month)),
        award__household__in=awards.values("household"),
        award__voided_on__isnull=True,
        from_month__lte=month,
        phase__in=_PAYING,
    )
    columns = (
        "award__township",
        "award_id",
        "award__ref",
        "award__household_id",
        "award__programme",
        "phase",
        "persons",
    )
    for code, number, ref, home, programme, phase, persons in rows.order_by("award_id").values_list(*columns):
        people = tuple(str(person) for person, _ in persons)
        yield code, number, Standing(ref, str(home), Programme(programme), AwardPhase(phase), people)


def additions_of(award: Award, months: Sequence[str]) -> dict[str, tuple[Added, ...]]:
    """What one award is paid on top in each of these months, in two statements; as :func:`additions_due`."""
    rows = {month: additions_at(award.township_id, month) for month in months}
    if not any(rows.values()):
        return dict.fromkeys(months, ())
    awards = list(Award.objects.filter(household=award.household_id, voided_on__isnull=True).order_by("pk"))
    histories = _histories([one.pk for one in awards])
    found = {}
    for month in months:
        stood = [_standing(one, histories.get(one.pk, ()), month) for one in awards] if rows[month] else []
        added = additions_in(month, [one for one in stood if one is not None], rows[month])
        found[month] = tuple(each for each in added if each.award == award.ref)
    return found


def _histories(awards: Sequence[int]) -> Mapping[int, list[AwardVersion]]:
    found: dict[int, list[AwardVersion]] = {}
    rows = AwardVersion.objects.filter(award__in=awards).defer("facts", "reckoning").order_by("award", "seq")
    for row in rows:
        found.setdefault(row.award_id, []).append(row)
    return found


def _standing(award: Award, versions: Sequence[AwardVersion], month: str) -> Standing | None:
    version = in_force(versions, month)
    if version is None or (award.valid_to and award.valid_to < first_day(month)):
        return None
    persons = tuple(str(person) for person, _ in version.persons)
    return Standing(award.ref, str(award.household_id), Programme(award.programme), AwardPhase(version.phase), persons)


def months_of(addition: Addition) -> list[str]:
    """Every month in which it is paid."""
    return list(months_between(addition.from_month, addition.to_month))


# -- who was told ----------------------------------------------------------------------------


@gate.scope(AdditionNotice)
def _scope(officer: Officer) -> Q:
    return gate.by_place(officer, "award__township", "award__village")


def notices(officer: Officer) -> QuerySet[AdditionNotice]:
    """Every notice of an addition within scope."""
    return gate.within(officer, AdditionNotice.objects.select_related("award__household__head", "award__village"))


def of_papers(officer: Officer, papers: Iterable[Paper]) -> dict[int, AdditionNotice]:
    """The notices within scope that these papers are, by their id, in one statement."""
    wanted = {paper.subject_id for paper in papers if paper.subject_kind == AdditionNotice.KIND}
    return {row.pk: row for row in notices(officer).filter(pk__in=wanted)}


def find_notice(officer: Officer, ref: str) -> AdditionNotice:
    """One notice within scope. Raises Unknown."""
    rows = AdditionNotice.objects.select_related("award__household__head")
    return gate.fetch(officer, rows, ref)


def told_of(awards: Iterable[int], addition: Addition) -> set[int]:
    """Which of these awards were told of an addition, in one statement."""
    rows = AdditionNotice.objects.filter(
        award__in=list(awards), code=addition.code, from_month=addition.from_month, to_month=addition.to_month
    )
    return set(rows.order_by().values_list("award", flat=True))


def papers_of(rows: Iterable[AdditionNotice]) -> dict[int, Paper]:
    """The paper of each notice without opening its data, by the notice's id, in one statement."""
    found = Paper.objects.filter(subject_kind=AdditionNotice.KIND, subject_id__in=[row.pk for row in rows])
    return {paper.subject_id: paper for paper in found.defer("data").order_by("id")}


@dataclass(frozen=True)
class Line:
    """One addition of one award over its months: ``months`` are month, number of persons, fen."""

    award: int
    addition: Addition
    months: tuple[tuple[str, int, int], ...]

    @property
    def total_fen(self) -> int:
        """What it comes to in all its months, in fen."""
        return sum(fen for _, _, fen in self.months)


def lines_of(awards: QuerySet[Award, Any], wanted: Iterable[Addition]) -> list[Line]:
    """What these awards get of some additions over all their months, by award; a few statements for each month."""
    rows = set(wanted)
    months = sorted({month for row in rows for month in months_of(row)})
    found: dict[tuple[int, Addition], list[tuple[str, int, int]]] = {}
    for month in months:
        for number, several in additions_due(awards, month).items():
            for added in several:
                if added.addition in rows:
                    found.setdefault((number, added.addition), []).append((month, len(added.persons), added.fen))
    return [Line(number, addition, tuple(parts)) for (number, addition), parts in sorted(found.items(), key=_by_award)]


def _by_award(item: tuple[tuple[int, Addition], Any]) -> tuple[int, str]:
    return item[0][0], item[0][1].from_month
