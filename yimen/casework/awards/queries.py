"""Reading awards."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, F, Q, QuerySet, Sum

from yimen.base.access import gate
from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.prepared import prepared
from yimen.casework.applications.models import Application
from yimen.casework.awards.models import Award, AwardPerson, LedgerRun
from yimen.casework.households.models import Household
from yimen.law.ledger import SHORT, AwardState
from yimen.law.terms import Programme, SupportForm

LOW_INCOME = "低收入家庭"
RECOGNISED = (str(Programme.EDGE), str(Programme.RIGID_EXPENDITURE))
BASIC = (Programme.DIBAO, Programme.TEKUN)
"""Basic living assistance: one person never on both (rules.md §10)."""


@gate.scope(Award)
def _award_scope(officer: Officer) -> Q:
    return gate.by_place(officer)


@gate.scope(LedgerRun)
def _ledger_scope(officer: Officer) -> Q:
    """Only the township itself sees the ledgers it brings: whole lists of people with their accounts."""
    return Q(township_id__in=officer.areas(TOWNSHIP_ROLES))


def awards() -> QuerySet[Award]:
    """All awards with what a list shows, the newest first."""
    rows = Award.objects.select_related("household__head", "application__applicant", "township", "village", "decision")
    return rows.annotate(covered=Count("persons", filter=Q(persons__active=True), distinct=True)).order_by("-id")


def award_of(application: Application) -> Award | None:
    """The first award that came of an application, if any; a decision may have opened several."""
    return awards().filter(application=application).order_by("id").first()


def awards_of(application: Application) -> list[Award]:
    """Every award that came of an application, in the order of its decision."""
    return list(awards().filter(application=application).order_by("id"))


def held_by(identity_indexes: Iterable[str]) -> list[AwardPerson]:
    """Whatever these persons are on or recognised as now, in any programme."""
    rows = AwardPerson.objects.filter(person__identity_index__in=list(identity_indexes), active=True)
    return list(
        rows.select_related("person", "award__household__head", "award__township", "award__village").order_by("id")
    )


def of_household(household: Household) -> list[Award]:
    """Every award of a household, the newest first."""
    return list(awards().filter(household=household))


def persons(award: Award) -> list[AwardPerson]:
    """The persons an award covers or covered."""
    return list(AwardPerson.objects.filter(award=award).select_related("person").order_by("id"))


def in_township(township: str) -> QuerySet[Award]:
    """Awards of a township that have not ended, by village and number."""
    return awards().filter(township_id=township, end_month="").order_by("village_id", "number")


def _active(identity_indexes: Iterable[str]) -> QuerySet[AwardPerson]:
    basic = [str(each) for each in BASIC]
    return AwardPerson.objects.filter(
        person__identity_index__in=list(identity_indexes), programme__in=basic, active=True
    )


@prepared
def _anybody(identity_indexes: list[str]) -> QuerySet[AwardPerson, int]:
    return _active(identity_indexes).order_by("pk").values_list("pk", flat=True)[:1]


def any_active(identity_indexes: Iterable[str]) -> bool:
    """Whether any of these persons is covered in basic assistance now."""
    return bool(_anybody(list(identity_indexes)))


def active_persons(identity_indexes: Iterable[str]) -> list[AwardPerson]:
    """Active coverage of these persons in basic assistance."""
    rows = _active(identity_indexes).select_related(
        "person", "award__household__head", "award__township", "award__village"
    )
    return list(rows.order_by("id"))


def covered_words(row: AwardPerson) -> str:
    """Where and since when somebody is covered."""
    award = row.award
    place = f"{award.township.name}{award.village.name}“{award.household.head.name}”户"
    return f"已在{place}享受{Programme(award.programme).label}（{award.number}，自 {award.start_month}）"


def counts(township: str) -> tuple[int, int, int]:
    """Households, persons and fen a month now on assistance in a township."""
    rows = list(in_township(township))
    return len(rows), sum(row.covered for row in rows), sum(row.monthly_fen for row in rows)


def spans(officer: Officer) -> list[tuple[str, str, int]]:
    """How many awards of assistance began in a month and end with a month ("" while they run), for every such pair."""
    rows = gate.within(officer, Award.objects.exclude(programme__in=RECOGNISED).order_by())
    return list(rows.values_list("start_month", "end_month").annotate(count=Count("id")))


def spread(officer: Officer, step_fen: int) -> list[tuple[str, int, int]]:
    """Running awards of assistance by group and by whole steps of their monthly amount: group, step, number."""
    rows = gate.within(officer, Award.objects.filter(end_month="").exclude(programme__in=RECOGNISED).order_by())
    found = rows.annotate(step=F("monthly_fen") / step_fen).values_list("programme", "category", "step")
    return [(group_of(kind, word), step, count) for kind, word, step, count in found.annotate(count=Count("id"))]


def places(officer: Officer) -> list[tuple[str, str, int]]:
    """Running awards by township and group: township, group, number."""
    rows = gate.within(officer, Award.objects.filter(end_month="").order_by())
    found: dict[tuple[str, str], int] = {}
    for place, kind, word, count in rows.values_list("township_id", "programme", "category").annotate(
        count=Count("id")
    ):
        key = place, group_of(kind, word)
        found[key] = found.get(key, 0) + count
    return [(place, group, count) for (place, group), count in found.items()]


def group_of(programme: str, category: str) -> str:
    """How reports group an award: dibao by category, 特困, and 边缘 with 刚性支出 as 低收入家庭, the plan's umbrella word."""
    if programme == Programme.DIBAO:
        return category
    return LOW_INCOME if programme in RECOGNISED else SHORT[Programme.TEKUN].removesuffix("供养")


def recognised(officer: Officer) -> int:
    """Households recognised now as 边缘 or 刚性支出, which are paid nothing."""
    return gate.within(officer, Award.objects.filter(end_month="", programme__in=RECOGNISED)).count()


def totals(officer: Officer) -> tuple[int, int, int]:
    """Households, persons and fen a month now on assistance within an officer's scope; recognitions are not assistance."""
    rows = gate.within(officer, Award.objects.filter(end_month="").exclude(programme__in=RECOGNISED).order_by())
    money = rows.aggregate(count=Count("id"), fen=Sum("monthly_fen"))
    covered = AwardPerson.objects.filter(active=True, award__in=rows).count()
    return money["count"], covered, money["fen"] or 0


_STATES = {
    AwardState.RUNNING: Q(end_month=""),
    AwardState.ENDED: ~Q(end_month="") & Q(voided_on__isnull=True),
    AwardState.VOIDED: Q(voided_on__isnull=False),
}


def in_state(officer: Officer, state: AwardState) -> QuerySet[Award]:
    """Awards of a state within an officer's scope, with what a line of the roll shows; in no order yet."""
    rows = gate.within(officer, Award.objects.filter(_STATES[state]))
    return rows.select_related("household__head", "village", "township")


def running(officer: Officer) -> QuerySet[Award]:
    """Awards now paid within an officer's scope."""
    return in_state(officer, AwardState.RUNNING)


def state_words(award: Award) -> str:
    """How an award stands, in words for a page and an export."""
    if award.state == AwardState.VOIDED:
        return f"已撤销（{award.voided_on} 撤销台账导入，不作数）"
    return f"已停止（{award.end_month}）" if award.state == AwardState.ENDED else AwardState.RUNNING.label


def kind_words(award: Award) -> str:
    """Of what kind an award is, as a list shows it: the category of 低保, the form of 特困, else its programme."""
    if award.programme == Programme.DIBAO:
        return f"{award.category} 单人保".strip() if award.single else award.category
    if award.programme == Programme.TEKUN and award.support_form:
        return f"特困 {SupportForm(award.support_form).label.removesuffix('供养')}"
    return SHORT[Programme(award.programme)].removesuffix("供养").removeprefix("低保").removesuffix("困难家庭")


def programmes(officer: Officer) -> list[Programme]:
    """The programmes of which somebody within an officer's scope has a running award, in the order of the law."""
    rows = gate.within(officer, Award.objects.filter(end_month="").order_by())
    found = set(rows.values_list("programme", flat=True).distinct())
    return [kind for kind in Programme if str(kind) in found]


def sums(rows: QuerySet[Award]) -> tuple[int, int, int]:
    """Households, persons and fen a month of these awards, reckoned in the database."""
    plain = rows.order_by().select_related(None)
    money = plain.aggregate(count=Count("id"), fen=Sum("monthly_fen"))
    persons = AwardPerson.objects.filter(active=True, award__in=plain.values("pk")).count()
    return money["count"], persons, money["fen"] or 0


def covered_counts(awards: Iterable[Award]) -> dict[int, int]:
    """How many persons each of these awards covers, in one statement."""
    rows = AwardPerson.objects.filter(award__in=[award.pk for award in awards], active=True).order_by()
    return dict(rows.values_list("award_id").annotate(count=Count("id")))


def categories(officer: Officer) -> list[str]:
    """The categories that running awards have, for a drop-down."""
    rows = gate.within(officer, Award.objects.filter(end_month=""))
    return sorted(word for word in rows.order_by().values_list("category", flat=True).distinct() if word)


def running_of(officer: Officer, homes: Iterable[Household]) -> dict[int, Award]:
    """The running award of each of these households, by household, in one statement."""
    rows = gate.within(officer, Award.objects.filter(end_month="", household__in=[home.pk for home in homes]))
    return {row.household_id: row for row in rows.order_by("id")}
