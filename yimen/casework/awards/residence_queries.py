"""Reading where households on assistance live away from their hukou place (人户分离), for lists, files and visits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from yimen.casework.awards.models import Award, Residence

APART, AT_HOME = "apart", "home"


def current_of(households: Iterable[int]) -> dict[int, Residence]:
    """Where each of these households lives now, of those that live elsewhere; in one statement."""
    rows = Residence.objects.filter(household__in=list(households), to_on__isnull=True)
    return {row.household_id: row for row in rows.select_related("village__parent")}


def of_household(household: int) -> list[Residence]:
    """Every residence away from the hukou place, the newest first."""
    rows = Residence.objects.filter(household=household).select_related("village__parent", "change", "ended_by")
    return list(rows.order_by("-id"))


def chosen(rows: QuerySet[Award], word: str) -> QuerySet[Award]:
    """Those of these awards whose household lives elsewhere (``apart``) or at its hukou place (``home``)."""
    away = Residence.objects.filter(to_on__isnull=True).order_by().values("household")
    if word == APART:
        return rows.filter(household__in=away)
    return rows.exclude(household__in=away) if word == AT_HOME else rows


def area_words(row: Residence) -> str:
    """Where in few words: township and village within the district, else that it is another district."""
    if row.village is None:
        return "外区"
    return f"{row.village.parent.name if row.village.parent else ''}{row.village.name}"


def whole_words(row: Residence) -> str:
    """Where, with the address, for who has to go there."""
    return f"{area_words(row)}　{row.address}" if row.village else row.address


def areas_of(awards: Sequence[Award]) -> dict[int, set[str]]:
    """The codes of township and village where the household of each award lives elsewhere within the district.

    Their officers help with the visit (D15 paragraph 2).
    """
    found = current_of(award.household_id for award in awards)
    made = {}
    for award in awards:
        row = found.get(award.household_id)
        if row is not None and row.village is not None:
            made[award.pk] = {str(row.village_id), str(row.village.parent_id)}
    return made
