"""Whether the ledger says what the rolls, the bank and the orders say; every difference is one sentence with both sums (I1)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Min, Q, Sum

from yimen.base.offices import queries as offices
from yimen.casework.payments.fund_models import FundOrder, FundPosting
from yimen.casework.payments.funds.posting import BOUNCE, RETURN
from yimen.casework.payments.funds.queries import balances, spending
from yimen.casework.payments.models import LineEvent
from yimen.casework.payments.relief import queries as relief
from yimen.law.money import show
from yimen.law.payments.funds import HELD, OF_TOWNSHIP, FundAccount, FundOrderState, FundProgramme, differences
from yimen.law.payments.terms import LineEventKind

_PLACES = 100
Key = tuple[str, ...]
"""Month, township, programme, and urban or rural."""


def problems(district: str = "", since: str = "") -> list[str]:
    """What does not agree, of one district or of all, from a month on or ever; empty where every figure equals the rolls."""
    return [*_rolls(district, since), *_orders(district), *relief.problems(district), *_below_zero(district)]


def paid_by_lines(district: str = "", since: str = "") -> dict[Key, int]:
    """What the bank has paid and not given back, by the lines of the rolls; of places whose money is kept here, since it is."""
    found: dict[Key, int] = {}
    rows = LineEvent.objects.filter(line__month__gte=since).order_by()
    for kept in _kept(district):
        for kind, sign in ((LineEventKind.PAID, 1), (LineEventKind.RETURNED, -1)):
            sums = (
                rows.filter(kept, kind=kind)
                .values_list("line__month", "line__township_id", "line__programme", "line__urban")
                .annotate(fen=Sum("line__total_fen"))
            )
            for month, township, programme, urban, fen in sums:
                key = (month, township, programme, _place(urban))
                found[key] = found.get(key, 0) + sign * fen
    return found


def _kept(district: str) -> Iterable[Q]:
    """Answers of the bank since the first entry of their township; of that very day those that were entered. Some places each."""
    entries = FundPosting.objects.filter(township__isnull=False, district__code__startswith=district).order_by()
    first = list(entries.values_list("township_id").annotate(day=Min("on")))
    booked = entries.filter(basis_kind__in=[RETURN, BOUNCE]).values("basis_ref")
    for begin in range(0, len(first), _PLACES):
        kept = Q(pk__in=[])
        for township, day in first[begin : begin + _PLACES]:
            kept |= Q(line__township=township) & (Q(on__gt=day) | Q(on=day, basis_ref__in=booked))
        yield kept


def spent_by_ledger(district: str = "", since: str = "") -> dict[Key, int]:
    """What the ledger has booked of the same."""
    rows = FundPosting.objects.filter(
        basis_kind__in=[RETURN, BOUNCE], district__code__startswith=district, month__gte=since
    )
    months = rows.order_by().values_list("month", flat=True).distinct()
    found: dict[Key, int] = {}
    for month in list(months):
        for (township, programme, urban), fen in spending(rows, [month]).items():
            found[(month, township, programme, _place(urban))] = fen
    return found


def _place(urban: bool | None) -> str:
    return "城市" if urban else "农村"


def _rolls(district: str, since: str) -> Iterable[str]:
    ledger, lines = spent_by_ledger(district, since), paid_by_lines(district, since)
    for key, ours, theirs in differences(ledger, lines):
        month, township, programme, place = key
        name = offices.names_of([township]).get(township, township)
        yield (
            f"{month} {name}{place}{FundProgramme(programme).label}：资金账支出 {show(ours)} 元，名册已发放 {show(theirs)} 元，"
            f"相差 {show(ours - theirs)} 元。"
        )


def _orders(district: str) -> Iterable[str]:
    """Each booked order by its own rows, in the ledger exactly once."""
    wanted = FundOrder.objects.filter(state=FundOrderState.RELEASED, district__code__startswith=district).order_by()
    ordered = {(ref,): fen for ref, fen in wanted.values_list("ref", "fen")}
    rows = FundPosting.objects.filter(basis_kind=FundOrder.KIND, district__code__startswith=district).order_by()
    booked = {(ref,): fen for ref, fen in rows.values_list("basis_ref").annotate(fen=Sum("fen"))}
    for key, ours, theirs in differences(booked, ordered):
        yield f"资金单 {key[0]}：记账 {show(ours)} 元，复核的是 {show(theirs)} 元。"


def _below_zero(district: str) -> Iterable[str]:
    codes = FundPosting.objects.filter(district__code__startswith=district, township__isnull=False)
    places = sorted(set(codes.order_by().values_list("township_id", flat=True)))
    for account in sorted(HELD & OF_TOWNSHIP):
        for (township, programme), fen in balances(places, FundAccount(account)).items():
            if fen < 0:
                name = offices.names_of([township]).get(township, township)
                yield f"{name}{FundProgramme(programme).label}“{FundAccount(account).label}”为负数：{show(fen)} 元。"
