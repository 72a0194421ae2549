"""What the pages and papers of a roll show: its lines before and after the freeze, sums, differences, warnings; fen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.households.models import BankAccount, Membership
from yimen.casework.payments.custody_queries import kept, unfiled
from yimen.casework.payments.models import DraftLine, DraftPart, LineEvent, PayLine, PayPart, Roll
from yimen.casework.payments.roll_queries import with_status
from yimen.law.aftercare.months import later_month
from yimen.law.payments.terms import Difference, RollState
from yimen.law.payments.warnings import LineWarning

SUMS = ("base_fen", "supplement_fen", "addition_fen", "arrears_fen", "recovery_fen", "total_fen")
_SHOWN = ("award__household__head", "village", "account", "household")


def lines(officer: Officer, roll: Roll) -> QuerySet[Any]:
    """What the roll pays: the preview, or once it is frozen the lines themselves; in their order."""
    if roll.state == RollState.DONE:
        rows: QuerySet[Any] = gate.within(officer, PayLine.objects.filter(roll=roll))
    else:
        rows = gate.within(officer, DraftLine.objects.filter(roll=roll, left_out=""))
    return rows.order_by("position")


def left_out(officer: Officer, roll: Roll) -> QuerySet[DraftLine]:
    """Who stands in the preview and is not paid by this roll, with the reason."""
    rows = gate.within(officer, DraftLine.objects.filter(roll=roll).exclude(left_out=""))
    return rows.select_related(*_SHOWN).order_by("position")


def ended(officer: Officer, roll: Roll) -> QuerySet[PayLine]:
    """Lines of the month before whose award has none in this month any more, neither paid nor left out."""
    now = DraftLine.objects.filter(roll=roll, award=OuterRef("award"))
    paid = PayLine.objects.filter(award=OuterRef("award"), month=roll.month)
    rows = PayLine.objects.filter(~Exists(now), ~Exists(paid), township=roll.area_id, month=before(roll))
    return gate.within(officer, rows).select_related(*_SHOWN).order_by("village_id", "position")


def before(roll: Roll) -> str:
    """The month before that of the roll."""
    return later_month(roll.month, -1)


def totals(officer: Officer, roll: Roll) -> list[dict[str, Any]]:
    """Households, persons and sums by programme and by urban and rural."""
    rows = lines(officer, roll).order_by().values("programme", "urban")
    found = rows.annotate(
        households=Count("pk"), people=Coalesce(Sum("persons"), 0), **{f"sum_{name}": Sum(name) for name in SUMS}
    )
    return sorted(found, key=lambda row: (row["programme"], not row["urban"]))


def villages(officer: Officer, roll: Roll) -> list[tuple[str, str, int]]:
    """Code and name of each village with a line, and how many."""
    rows = lines(officer, roll).order_by("village_id").values_list("village_id", "village__name")
    return list(rows.annotate(count=Count("pk")))


_DIFFERENCES = {
    Difference.NEW: Q(last_fen__isnull=True),
    Difference.CHANGED: Q(last_fen__isnull=False) & ~Q(last_fen=F("total_fen")),
    Difference.SAME: Q(last_fen=F("total_fen")),
}


def differing(rows: QuerySet[Any], difference: Difference) -> QuerySet[Any]:
    """Those of the lines that differ from the month before in this way. Who is not paid any more: :func:`ended`."""
    return rows.filter(_DIFFERENCES[difference])


def differences(officer: Officer, roll: Roll) -> dict[Difference, int]:
    """How many lines of each kind, in two statements."""
    named = {str(kind): Count("pk", filter=rule) for kind, rule in _DIFFERENCES.items()}
    found = lines(officer, roll).order_by().aggregate(**named)
    return {kind: found[str(kind)] for kind in _DIFFERENCES} | {Difference.ENDED: ended(officer, roll).count()}


def warned(rows: QuerySet[Any], roll: Roll) -> QuerySet[Any]:
    """The lines with what is to be looked at, each an annotation named like its LineWarning."""
    same = BankAccount.objects.filter(number_index=OuterRef("account__number_index"), to_on__isnull=True)
    member = Membership.objects.filter(
        household=OuterRef("household"), to_on__isnull=True, person__name=OuterRef("account__holder")
    )
    last = PayLine.objects.filter(award=OuterRef("award"), month=before(roll)).order_by("pk")
    return rows.select_related(*_SHOWN).annotate(
        shared=Exists(same.exclude(household=OuterRef("household"))),
        member=Exists(member),
        last_account=Subquery(last.values("account")[:1]),
        kept=kept(OuterRef("household")),
        unfiled=unfiled(OuterRef("household")),
    )


_WARNINGS = {
    LineWarning.NO_ACCOUNT: Q(account__isnull=True),
    LineWarning.SHARED: Q(shared=True),
    LineWarning.OUTSIDE: Q(account__isnull=False, member=False),
    LineWarning.CUSTODY: Q(kept=True),
    LineWarning.UNFILED: Q(unfiled=True),
    LineWarning.NEW_ACCOUNT: Q(last_account__isnull=False) & ~Q(last_account=F("account")),
}


def any_warning(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of warned lines those with at least one warning."""
    wanted = Q()
    for rule in _WARNINGS.values():
        wanted |= rule
    return rows.filter(wanted)


def warnings_of(line: Any) -> list[LineWarning]:
    """What a warned line is to be looked at for."""
    account = line.account_id
    facts = {
        LineWarning.NO_ACCOUNT: account is None,
        LineWarning.SHARED: line.shared,
        LineWarning.OUTSIDE: account is not None and not line.member,
        LineWarning.CUSTODY: line.kept,
        LineWarning.UNFILED: line.unfiled,
        LineWarning.NEW_ACCOUNT: line.last_account is not None and line.last_account != account,
    }
    return [warning for warning, holds in facts.items() if holds]


def line(officer: Officer, roll: Roll, award: str) -> Any | None:
    """The line of an award in a roll, paid or left out, by the award's reference; None where it has none."""
    found = warned(lines(officer, roll), roll).filter(award__ref=award).first()
    if found is not None:
        return found
    left = gate.within(officer, DraftLine.objects.filter(roll=roll, award__ref=award))
    return warned(left, roll).first()


def parts(found: Any) -> list[Any]:
    """What a line is made of besides the amount of its month, in order."""
    if isinstance(found, PayLine):
        return list(PayPart.objects.filter(line=found).order_by("kind", "month", "id"))
    return list(DraftPart.objects.filter(roll=found.roll_id, award=found.award_id).order_by("kind", "month", "id"))


def events(found: Any) -> list[LineEvent]:
    """What became of a frozen line, in order; of a preview nothing."""
    if not isinstance(found, PayLine):
        return []
    return list(LineEvent.objects.filter(line=found).select_related("by").order_by("id"))


def of_household(officer: Officer, found: Any, most: int = 12) -> list[PayLine]:
    """The latest frozen lines of a line's household, whatever the programme, with their status; within the officer's scope."""
    rows = gate.within(officer, PayLine.objects.filter(household=found.household_id))
    return list(with_status(rows).select_related("roll", "award").order_by("-month", "-pk")[:most])


def names(pairs: str) -> list[tuple[str, int]]:
    """The persons that a line covers, with their supplement in fen: pairs of number and fen, by commas."""
    found = [pair.split(":") for pair in pairs.split(",") if pair]
    people = _people(int(number) for number, _ in found)
    return [(people.get(int(number), ""), int(fen)) for number, fen in found]


def _people(numbers: Iterable[int]) -> dict[int, str]:
    rows = Membership.objects.filter(person__in=list(numbers)).order_by("id")
    return dict(rows.values_list("person_id", "person__name"))
