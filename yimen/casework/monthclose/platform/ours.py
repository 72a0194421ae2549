"""Our side of a month: every award that stands in it by its history, where the household belonged then; set-based."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from yimen.casework.awards.models import Award, AwardVersion
from yimen.casework.households.models import BankAccount, Membership, Person
from yimen.casework.households.queries import in_use
from yimen.law.aftercare.terms import AwardPhase
from yimen.law.calendar import first_day, today
from yimen.law.platform import STANDING_OF, Side, values_of
from yimen.law.terms import Programme

_PORTION = 5_000
_STANDS = [str(phase) for phase in (AwardPhase.RUNNING, AwardPhase.GRACE, AwardPhase.HELD)]
_COLUMNS = (
    "award_id", "award__programme", "urban", "category", "phase", "monthly_fen", "persons", "village_id",
    "award__start_month", "award__household_id", "award__household__head_id", "award__household__head__name",
    "award__household__head__identity_index",
)  # fmt: skip


class Whose(NamedTuple):
    """Where the particulars of one of our sides are found: household and person."""

    household: int
    person: int


def standing(township: str, month: str, programme: str = "") -> QuerySet[AwardVersion]:
    """The version in force of every award that stands in a month in a township, suspended ones and recognitions too."""
    return standing_in([township], month, programme)


def standing_in(townships: Sequence[str], month: str, programme: str = "") -> QuerySet[AwardVersion]:
    """The same for several townships."""
    later = AwardVersion.objects.filter(award=OuterRef("award"), from_month__lte=month, seq__gt=OuterRef("seq"))
    rows = AwardVersion.objects.filter(
        ~Exists(later),
        Q(award__valid_to__isnull=True) | Q(award__valid_to__gte=first_day(month)),
        township__in=list(townships),
        from_month__lte=month,
        phase__in=_STANDS,
    )
    return rows.filter(award__programme=programme) if programme else rows


def sides(township: str, month: str, programme: str = "") -> Iterator[Side]:
    """Our awards of a month as sides, three statements for every 5,000."""
    rows = standing(township, month, programme).order_by("award_id").values_list(*_COLUMNS)
    source = rows.iterator(chunk_size=_PORTION)
    while portion := list(islice(source, _PORTION)):
        yield from _portion(portion)


def _portion(rows: Sequence[tuple[Any, ...]]) -> Iterator[Side]:
    accounts = _accounts({row[9] for row in rows})
    people = _people({row[6][0][0] for row in rows if row[1] == Programme.TEKUN and row[6] and row[6][0][0] != row[10]})
    for row in rows:
        yield _side(row, accounts, people)


def _side(row: tuple[Any, ...], accounts: dict[int, str], people: dict[int, tuple[str, str]]) -> Side:
    award, programme, urban, category, phase, fen, persons, village, start, home, head, name, index = row
    if programme == Programme.TEKUN and persons:
        head = persons[0][0]
        name, index = people.get(head, (name, index))
    held = phase == AwardPhase.HELD
    values = values_of(
        head_name=name,
        head_identity=index,
        programme=programme,
        urban=urban,
        category=category,
        persons=len(persons),
        # Nothing is due while an award rests; what the platform keeps on show for it is no difference.
        amount=None if held else fen,
        supplement=None if held else sum(pair[1] for pair in persons),
        account=accounts.get(home, ""),
        start_month=start,
        village=village,
        standing=str(STANDING_OF[AwardPhase(phase)]),
    )
    return Side(award, programme, index, name, village, values, Whose(home, head))


def _accounts(homes: Iterable[int]) -> dict[int, str]:
    rows = BankAccount.objects.filter(in_use(today()), household_id__in=list(homes))
    return dict(rows.order_by("id").values_list("household_id", "number_index"))


def _people(wanted: Iterable[int]) -> dict[int, tuple[str, str]]:
    rows = Person.objects.filter(pk__in=list(wanted)).order_by()
    return {pk: (name, index) for pk, name, index in rows.values_list("pk", "name", "identity_index")}


def add_members(left: Sequence[Side]) -> None:
    """Give these sides the blind indexes of all members now, so that another member as head is known again."""
    for start in range(0, len(left), _PORTION):
        part = left[start : start + _PORTION]
        found: dict[int, list[str]] = {}
        homes = {side.extra.household for side in part}
        rows = Membership.objects.filter(household_id__in=homes, to_on__isnull=True).order_by()
        for home, index in rows.values_list("household_id", "person__identity_index"):
            found.setdefault(home, []).append(index)
        for side in part:
            if side.programme != Programme.TEKUN:
                side.others = found.get(side.extra.household, ())


class Particulars:
    """Identity numbers and accounts in clear of the sides that a difference has to show."""

    def __init__(self, wanted: Sequence[Side]) -> None:
        people, homes = {side.extra.person for side in wanted}, {side.extra.household for side in wanted}
        self.identities: dict[int, str] = dict(_in_parts(Person.objects.all(), "pk", people, "identity"))
        rows = BankAccount.objects.filter(in_use(today()))
        self.accounts: dict[int, str] = dict(_in_parts(rows, "household_id", homes, "number"))

    def identity(self, side: Side) -> str:
        """The number of the person of a side."""
        return self.identities.get(side.extra.person, "")

    def account(self, side: Side) -> str:
        """The number of the account in use; "" where there is none."""
        return self.accounts.get(side.extra.household, "")


def _in_parts(rows: QuerySet[Any], key: str, wanted: Iterable[int], what: str) -> Iterator[tuple[int, str]]:
    numbers = sorted(wanted)
    for start in range(0, len(numbers), _PORTION):
        part = rows.filter(**{f"{key}__in": numbers[start : start + _PORTION]}).order_by("pk")
        yield from part.values_list(key, what)


def ended_words(indexes: Iterable[str], month: str) -> dict[str, str]:
    """For persons whom only the platform has: what became of their last award with us, by blind index."""
    found: dict[str, str] = {}
    wanted = sorted(set(indexes))
    for start in range(0, len(wanted), _PORTION):
        rows = Award.objects.filter(persons__person__identity_index__in=wanted[start : start + _PORTION])
        columns = ("persons__person__identity_index", "programme", "end_month", "township__name")
        for index, programme, end, place in rows.order_by("id").values_list(*columns):
            name = Programme(programme).label
            if end and end <= month:
                found[index] = f"我方{name}自 {end} 起已停止。"
            elif not end:
                found[index] = f"我方{name}现在{place}。"
    return found
