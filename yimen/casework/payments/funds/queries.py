"""What stands where: balances and sums of the ledger, reckoned in the database; fen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, F, Q, QuerySet, Sum, When

from yimen.base.access import gate
from yimen.base.access.officer import DISTRICT_ROLES, PAYING_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.offices import queries as offices
from yimen.casework.payments.fund_models import FundOrder, FundPosting
from yimen.law.payments.funds import HELD, FundAccount, FundOrderState, FundProgramme, FundSource

__all__ = [
    "Standing",
    "balances",
    "by_month",
    "find",
    "orders",
    "places",
    "postings",
    "sources",
    "spending",
    "standings",
]


def _districts(officer: Officer) -> set[str]:
    return {code[:6] for code in officer.areas(DISTRICT_ROLES)}


@gate.scope(FundOrder)
def _order_scope(officer: Officer) -> Q:
    """The district's own orders; what was booked for a township it sees in the journal."""
    return Q(district__in=_districts(officer))


@gate.scope(FundPosting)
def _posting_scope(officer: Officer) -> Q:
    return Q(district__in=_districts(officer)) | Q(township__in=officer.areas(TOWNSHIP_ROLES | PAYING_ROLES))


def orders(officer: Officer) -> QuerySet[FundOrder]:
    """Orders within an officer's scope, what waits for the second person first."""
    rows = gate.within(officer, FundOrder.objects.select_related("proposed_by", "released_by", "reverses"))
    waits = Case(When(state=str(FundOrderState.PROPOSED), then=0), default=1)
    return rows.alias(waits=waits).order_by("waits", "-id")


def find(officer: Officer, ref: str) -> FundOrder:
    """One order. Raises Unknown out of scope."""
    rows = FundOrder.objects.select_related("proposed_by", "released_by", "reverses", "district")
    return gate.fetch(officer, rows, ref)


def postings(officer: Officer) -> QuerySet[FundPosting]:
    """The journal within an officer's scope, the newest first."""
    return gate.within(officer, FundPosting.objects.select_related("township", "by")).order_by("-id")


def places(officer: Officer) -> dict[str, str]:
    """The townships whose money an officer sees: code and name, in their order."""
    found: dict[str, str] = {}
    for district in sorted(_districts(officer)):
        found |= {row.code: row.name for row in offices.townships(district)}
    return found | offices.names_of(officer.areas(TOWNSHIP_ROLES | PAYING_ROLES))


@dataclass
class Standing:
    """One place and programme: fen by account, credits and debits summed. ``place`` is "" for the district itself."""

    place: str
    programme: FundProgramme
    come: dict[FundAccount, int] = field(default_factory=dict)
    gone: dict[FundAccount, int] = field(default_factory=dict)

    def of(self, account: FundAccount) -> int:
        """What stands in an account; of 退回, what came back."""
        balance = self.come.get(account, 0) - self.gone.get(account, 0)
        return -balance if account is FundAccount.RETURNED else balance

    @property
    def spent(self) -> int:
        """Paid out, less what came back."""
        return self.of(FundAccount.SPENT) - self.of(FundAccount.RETURNED)

    @property
    def given(self) -> int:
        """What the township was given from the district, less what it gave back; of the district, what has arrived."""
        if not self.place:
            return self.come.get(FundAccount.DISTRICT, 0)
        return self.spent + sum(
            self.of(each) for each in (FundAccount.TOWNSHIP, FundAccount.RESERVE, FundAccount.UNDER_WAY)
        )


def standings(rows: QuerySet[FundPosting]) -> list[Standing]:
    """Every place and programme of these postings, in two statements; the district's own first."""
    found: dict[tuple[str, str], Standing] = {}
    for side in ("debit", "credit"):
        sums = rows.order_by().values_list("township_id", "programme", side).annotate(fen=Sum("fen"))
        for township, programme, account, fen in sums:
            owner = "" if FundAccount(account) not in _OWN else str(township or "")
            standing = found.setdefault((owner, programme), Standing(owner, FundProgramme(programme)))
            held = standing.come if side == "debit" else standing.gone
            held[FundAccount(account)] = held.get(FundAccount(account), 0) + fen
    order = list(FundProgramme)
    return [found[key] for key in sorted(found, key=lambda key: (key[0], order.index(FundProgramme(key[1]))))]


_OWN = frozenset(
    {FundAccount.TOWNSHIP, FundAccount.RESERVE, FundAccount.UNDER_WAY, FundAccount.SPENT, FundAccount.RETURNED}
)


def balances(townships: Iterable[str], account: FundAccount = FundAccount.TOWNSHIP) -> dict[tuple[str, str], int]:
    """What stands in an account by township and programme, in one statement."""
    rows = FundPosting.objects.filter(township__in=list(townships)).order_by()
    sums = rows.values_list("township_id", "programme").annotate(
        come=Sum("fen", filter=Q(debit=account)), gone=Sum("fen", filter=Q(credit=account))
    )
    return {(str(code), programme): (come or 0) - (gone or 0) for code, programme, come, gone in sums}


def sources(rows: QuerySet[FundPosting]) -> list[tuple[FundProgramme, FundSource, int, int, int]]:
    """By programme and source: promised, arrived, and what of it the district still holds."""
    asked = rows.filter(township__isnull=True) | rows.filter(
        Q(debit=FundAccount.DISTRICT) | Q(credit=FundAccount.DISTRICT)
    )
    sums = (
        asked.order_by()
        .values_list("programme", "source")
        .annotate(
            promised=Sum("fen", filter=Q(debit=FundAccount.PROMISED)),
            unpromised=Sum("fen", filter=Q(credit=FundAccount.PROMISED, debit=FundAccount.FINANCE)),
            arrived=Sum("fen", filter=Q(debit=FundAccount.DISTRICT, credit=FundAccount.PROMISED)),
            unarrived=Sum("fen", filter=Q(debit=FundAccount.PROMISED, credit=FundAccount.DISTRICT)),
            come=Sum("fen", filter=Q(debit=FundAccount.DISTRICT)),
            gone=Sum("fen", filter=Q(credit=FundAccount.DISTRICT)),
        )
    )
    made = []
    for programme, source, promised, unpromised, arrived, unarrived, come, gone in sums:
        budget = (promised or 0) - (unarrived or 0) - (unpromised or 0)
        came = (arrived or 0) - (unarrived or 0)
        made.append((FundProgramme(programme), FundSource(source), budget, came, (come or 0) - (gone or 0)))
    first, then = list(FundProgramme), list(FundSource)
    return sorted(made, key=lambda row: (first.index(row[0]), then.index(row[1])))


def spending(rows: QuerySet[FundPosting], months: Iterable[str]) -> dict[tuple[str, str, bool | None], int]:
    """Net spending of some months by township, programme and urban: what was paid less what came back."""
    asked = rows.filter(month__in=list(months)).order_by()
    found: dict[tuple[str, str, bool | None], int] = {}
    for condition, sign in (
        (Q(debit=FundAccount.SPENT), 1), (Q(credit=FundAccount.SPENT), -1),
        (Q(credit=FundAccount.RETURNED), -1), (Q(debit=FundAccount.RETURNED), 1),
    ):  # fmt: skip
        sums = asked.filter(condition).values_list("township_id", "programme", "urban").annotate(fen=Sum("fen"))
        for code, programme, urban, fen in sums:
            key = (str(code), programme, urban)
            found[key] = found.get(key, 0) + sign * fen
    return found


def by_month(rows: QuerySet[FundPosting]) -> list[tuple[str, int, int]]:
    """Month by month: what the townships were given, and what was spent net of what came back."""
    given = Q(debit__in=[str(each) for each in HELD & _OWN], credit=FundAccount.DISTRICT)
    back = Q(debit=FundAccount.DISTRICT, credit__in=[str(each) for each in HELD & _OWN])
    sums = rows.order_by().values_list("month").annotate(
        given=Sum("fen", filter=given), back=Sum("fen", filter=back),
        spent=Sum("fen", filter=Q(debit=FundAccount.SPENT)), unspent=Sum("fen", filter=Q(credit=FundAccount.SPENT)),
        returned=Sum("fen", filter=Q(credit=FundAccount.RETURNED)), again=Sum("fen", filter=Q(debit=FundAccount.RETURNED)),
    )  # fmt: skip
    made = [
        (month, (given or 0) - (back or 0), (spent or 0) - (unspent or 0) - (came or 0) + (again or 0))
        for month, given, back, spent, unspent, came, again in sums.annotate(first=F("month")).values_list(
            "month", "given", "back", "spent", "unspent", "returned", "again"
        )
    ]
    return sorted(made)
