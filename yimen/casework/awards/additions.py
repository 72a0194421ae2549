"""What awards are paid on top in a month: 价格临时补贴 and other additions of the figure ``additions.area`` (L32); money in fen.

Read from the history and the figures of the month, never stored: nobody gets one addition twice, whatever awards he is on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import AdditionNotice, Award, AwardVersion
from yimen.law.aftercare.additions import KEY, Added, Addition, Standing, additions_in, paid_in, read_additions
from yimen.law.aftercare.history import in_force
from yimen.law.aftercare.months import months_between
from yimen.law.aftercare.terms import PAYING, AwardPhase
from yimen.law.calendar import first_day, last_day
from yimen.law.standards import BadFigure, Figure, Unset
from yimen.law.terms import Programme

KIND = AdditionNotice.KIND
_PAYING = [str(phase) for phase in PAYING]


def additions_at(area: str, month: str) -> tuple[Addition, ...]:
    """The additions that are paid in an area in a month, as the figure of its last day says.

    Raises Refused where the figure is not confirmed or a row of it not whole. No figure: nothing is paid on top.
    """
    try:
        figure = figures.book().find(KEY, offices.scopes(area), last_day(month))
        return paid_in(figure, month)
    except (BadFigure, Unset) as wrong:
        raise Refused(str(wrong), "figure") from wrong


def additions_due(awards: QuerySet[Award, Any], month: str) -> dict[int, tuple[Added, ...]]:
    """What each of these awards is paid on top in a month, by the award's number; awards that get nothing are not in it.

    By the figure of the township to which the household belonged in the month. The number of statements is the same for ten
    awards and for a hundred thousand. ``Added.award`` is the reference of the award, ``Added.persons`` the numbers of the
    persons as text. Other awards of the same households are weighed too, so that nobody of them is paid twice.
    """
    return {number: added for number, (_, added) in _due_with_place(awards, month).items()}


class _Stood(NamedTuple):
    """Where and on what an award stood in a month."""

    township_id: str
    village_id: str
    programme: str


def _due_with_place(awards: QuerySet[Award, Any], month: str) -> dict[int, tuple[_Stood, tuple[Added, ...]]]:
    townships = _townships_of(awards.order_by().values("pk"))
    rows = {code: each for code in townships if (each := additions_at(code, month))}
    if not rows:
        return {}
    programmes = {str(each) for some in rows.values() for row in some for each in row.programmes}
    wanted = awards.order_by().filter(programme__in=sorted(programmes))
    of_places: dict[str, list[Standing]] = {}
    stood: dict[str, tuple[int, _Stood]] = {}
    for number, place, standing in _standing_in(wanted, month):
        of_places.setdefault(place.township_id, []).append(standing)
        stood[standing.award] = number, place
    asked = set(awards.order_by().values_list("pk", flat=True))
    found: dict[int, tuple[_Stood, tuple[Added, ...]]] = {}
    for code, standings in sorted(of_places.items()):
        for added in additions_in(month, standings, rows.get(code, ())):
            number, place = stood[added.award]
            if number in asked:
                found[number] = place, (*found.get(number, (place, ()))[1], added)
    return found


def _townships_of(awards: Any) -> list[str]:
    """Every township to which the households of these awards ever belonged."""
    rows = AwardVersion.objects.filter(award__in=awards).order_by()
    return sorted(rows.values_list("township", flat=True).distinct())


def _standing_in(awards: QuerySet[Award, Any], month: str) -> Iterable[tuple[int, _Stood, Standing]]:
    """Number, place and standing of the awards paid in a month in the households of these, in one statement."""
    later = AwardVersion.objects.filter(award=OuterRef("award"), from_month__lte=month, seq__gt=OuterRef("seq"))
    rows = AwardVersion.objects.filter(
        ~Exists(later),
        Q(award__valid_to__isnull=True) | Q(award__valid_to__gte=first_day(month)),
        award__household__in=awards.values("household"),
        award__voided_on__isnull=True,
        from_month__lte=month,
        phase__in=_PAYING,
    )
    place, own = ("township_id", "village_id", "award__programme"), ("award__ref", "award__household_id")
    for number, *told in rows.order_by("award_id").values_list("award_id", *place, *own, "phase", "persons"):
        stood, (ref, home, phase, persons) = _Stood(*told[:3]), told[3:]
        people = tuple(str(person) for person, _ in persons)
        yield number, stood, Standing(ref, str(home), Programme(stood.programme), AwardPhase(phase), people)


def additions_of(award: Award, months: Sequence[str]) -> dict[str, tuple[Added, ...]]:
    """What one award is paid on top in each of these months, in two statements; as :func:`additions_due`."""
    found = _of_household(award.household_id, months)
    return {month: tuple(each for each in found[month] if each.award == award.ref) for month in months}


def _of_household(household: int, months: Iterable[str]) -> dict[str, tuple[Added, ...]]:
    """What every award of a household is paid on top in each of these months, by the figure of its township then."""
    awards = list(Award.objects.filter(household=household, voided_on__isnull=True).order_by("pk"))
    histories = _histories([one.pk for one in awards])
    found = {}
    for month in months:
        of_places: dict[str, list[Standing]] = {}
        for one in awards:
            version = in_force(histories.get(one.pk, ()), month)
            if version is not None and (standing := _standing(one, version, month)):
                of_places.setdefault(version.township_id, []).append(standing)
        found[month] = tuple(
            added
            for code, standings in sorted(of_places.items())
            if (rows := additions_at(code, month))
            for added in additions_in(month, standings, rows)
        )
    return found


def _histories(awards: Sequence[int]) -> Mapping[int, list[AwardVersion]]:
    found: dict[int, list[AwardVersion]] = {}
    rows = AwardVersion.objects.filter(award__in=awards).defer("facts", "reckoning").order_by("award", "seq")
    for row in rows:
        found.setdefault(row.award_id, []).append(row)
    return found


def _standing(award: Award, version: AwardVersion, month: str) -> Standing | None:
    if award.valid_to and award.valid_to < first_day(month):
        return None
    persons = tuple(str(person) for person, _ in version.persons)
    return Standing(award.ref, str(award.household_id), Programme(award.programme), AwardPhase(version.phase), persons)


def every_addition(areas: Iterable[str]) -> list[Addition]:
    """Every addition that a figure of these areas or above ever named, in force or not, the latest months first."""
    book, found = figures.book(), dict[Addition, None]()
    for area in areas:
        for figure in book.versions(KEY, offices.scopes(area)):
            if figure.confirmed and figure.valid_from is not None:
                found.update(dict.fromkeys(_whole(figure)))
    return sorted(found, key=lambda row: (row.to_month, row.from_month, row.label), reverse=True)


def _whole(figure: Figure) -> Sequence[Addition]:
    try:
        return read_additions(figure)
    except BadFigure as wrong:
        raise Refused(str(wrong), "figure") from wrong


@dataclass(frozen=True)
class Count:
    """One addition in one place and month: households and persons that get it, fen in all, households told of it."""

    addition: Addition
    place: str
    households: int
    persons: int
    fen: int
    told: int


def counts(awards: QuerySet[Award, Any], month: str, by: str = "village_id") -> list[Count]:
    """What a month of every addition comes to by ``village_id``, ``township_id`` or ``programme``, in a constant number of statements."""
    due = _due_with_place(awards, month)
    told = _told(awards) if due else set()
    found: dict[tuple[Addition, str], list[int]] = {}
    for number, (place, several) in due.items():
        for added in several:
            sums = found.setdefault((added.addition, getattr(place, by)), [0, 0, 0, 0])
            known = (number, added.addition.code, added.addition.from_month, added.addition.to_month) in told
            for at, more in enumerate((1, len(added.persons), added.fen, int(known))):
                sums[at] += more
    made = [Count(addition, place, *sums) for (addition, place), sums in found.items()]
    return sorted(made, key=lambda row: (row.addition.label, row.place, row.addition.from_month, -row.fen))


def sums(awards: QuerySet[Award, Any], month: str, by: str) -> dict[str, int]:
    """What is paid on top in a month by a column (``programme``, ``township_id``), in fen; nothing where there is none."""
    found: dict[str, int] = {}
    for row in counts(awards, month, by):
        found[row.place] = found.get(row.place, 0) + row.fen
    return found


def _told(awards: QuerySet[Award, Any]) -> set[tuple[int, str, str, str]]:
    """Award, code and months of every notice, in one statement."""
    rows = AdditionNotice.objects.filter(award__in=awards.order_by().values("pk")).order_by()
    return set(rows.values_list("award", "code", "from_month", "to_month"))


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


def lines_of_household(awards: Sequence[Award]) -> list[Line]:
    """What the awards of one household were and are paid on top, over all months of every addition, by month."""
    wanted = every_addition(_townships_of([award.pk for award in awards]))
    months = sorted({month for row in wanted for month in months_of(row)})
    if not awards or not months:
        return []
    numbers = {award.ref: award.pk for award in awards}
    found: dict[tuple[int, Addition], list[tuple[str, int, int]]] = {}
    for month, several in _of_household(awards[0].household_id, months).items():
        for added in several:
            if added.award in numbers:
                key = (numbers[added.award], added.addition)
                found.setdefault(key, []).append((month, len(added.persons), added.fen))
    made = [Line(number, addition, tuple(parts)) for (number, addition), parts in found.items()]
    return sorted(made, key=lambda line: (line.addition.from_month, line.award))


def notices_in(awards: QuerySet[Award, Any] | Sequence[int]) -> dict[tuple[int, str, str], AdditionNotice]:
    """Every notice of these awards (or of those of these numbers) by award, code and first month, in one statement."""
    wanted = awards.order_by().values("pk") if isinstance(awards, QuerySet) else awards
    rows = AdditionNotice.objects.filter(award__in=wanted).order_by("id")
    return {(row.award_id, row.code, row.from_month): row for row in rows}


def notices_for(officer: Officer, refs: Sequence[str], month: str) -> list[AdditionNotice]:
    """The notices of these awards for additions of a month, in the order in which they are carried out."""
    rows = notices(officer).filter(award__ref__in=refs, from_month__lte=month, to_month__gte=month)
    return list(rows.order_by("award__village_id", "award__number", "id"))
