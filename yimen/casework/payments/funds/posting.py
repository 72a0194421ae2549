"""Booking: balanced rows, nothing below zero, nothing twice. The only writer of the ledger (K1 to K3, I1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, Sum

from yimen.base.access.refusal import Refused
from yimen.base.offices.models import Area, Staff
from yimen.base.offices.queries import names_of
from yimen.casework.payments.fund_models import FundPosting
from yimen.law.money import Fen, show
from yimen.law.payments.funds import HELD, OF_TOWNSHIP, FundAccount, FundProgramme, FundSource, lacking

Totals = Mapping[tuple[str, str, bool], Fen]
"""Fen by township, programme and whether the household is urban."""

RETURN, ROLL, BOUNCE = "bank_return", "roll", "bank_bounce"
"""Kinds of basis: what the bank answered, a roll that was released, money that came back after it had been paid."""


@dataclass(frozen=True)
class Entry:
    """One movement to be booked. ``part`` tells it from the others of the same basis."""

    part: str
    debit: FundAccount
    credit: FundAccount
    fen: Fen
    programme: FundProgramme
    township: str = ""
    source: FundSource = FundSource.POOLED
    urban: bool | None = None


@dataclass(frozen=True)
class Basis:
    """On what a booking rests: kind and reference, the month that it concerns, the day, in words, by whom."""

    kind: str
    ref: str
    month: str
    on: dt.date
    words: str
    by: Staff


def locked(district: str, townships: Iterable[str]) -> None:
    """Wait for whoever else books for these places; within a transaction."""
    codes = sorted({district, *townships} - {""})
    rows = Area.objects.select_for_update(no_key=True).filter(code__in=codes).order_by("code")
    list(rows.values_list("code", flat=True))


def book(district: str, basis: Basis, entries: Sequence[Entry]) -> list[FundPosting]:
    """Book movements of one basis together or not at all.

    Raises Refused where an account would fall below zero, with the sentence how much is lacking.
    """
    with transaction.atomic():
        locked(district, (entry.township for entry in entries))
        made = FundPosting.objects.bulk_create(_row(district, basis, entry) for entry in entries if entry.fen)
        _nothing_below_zero(district, entries)
    return made


def _row(district: str, basis: Basis, entry: Entry) -> FundPosting:
    return FundPosting(
        key=f"{basis.kind}:{basis.ref}:{entry.part}",
        district_id=district,
        township_id=entry.township or None,
        debit=entry.debit,
        credit=entry.credit,
        fen=entry.fen,
        programme=entry.programme,
        source=entry.source,
        urban=entry.urban,
        month=basis.month,
        basis_kind=basis.kind,
        basis_ref=basis.ref,
        words=basis.words,
        on=basis.on,
        by=basis.by,
    )


def balance(
    district: str, account: FundAccount, programme: FundProgramme, *, township: str = "", source: str = ""
) -> Fen:
    """What stands in an account, summed in the database: debits less credits. ``source`` only of the district's own."""
    rows = FundPosting.objects.filter(district=district, programme=programme).order_by()
    if account in OF_TOWNSHIP and township:
        rows = rows.filter(township=township)
    if source:
        rows = rows.filter(source=source)
    sums = rows.aggregate(come=Sum("fen", filter=Q(debit=account)), gone=Sum("fen", filter=Q(credit=account)))
    return (sums["come"] or 0) - (sums["gone"] or 0)


def _nothing_below_zero(district: str, entries: Sequence[Entry]) -> None:
    """What was given away must have been there. Asked after the rows are in, under the lock of their places."""
    asked = {
        (entry.credit, entry.programme, entry.township if entry.credit in OF_TOWNSHIP else "", _source(entry))
        for entry in entries
        if entry.credit in HELD
    }
    for account, programme, township, source in sorted(asked):
        left = balance(district, account, programme, township=township, source=source)
        if left < 0:
            taken = sum(
                entry.fen
                for entry in entries
                if (entry.credit, entry.programme) == (account, programme) and township in ("", entry.township)
            )
            raise Refused(
                lacking(_name(district, account, township, source), programme, left + taken, taken), "no_funds"
            )


def _source(entry: Entry) -> str:
    """The district keeps its money apart by source; a township spends from all it has."""
    return "" if entry.credit in OF_TOWNSHIP else str(entry.source)


def _name(district: str, account: FundAccount, township: str, source: str) -> str:
    code = township or district
    what = f"（{FundSource(source).label}）" if source else ""
    return f"{names_of([code]).get(code, code)}“{account.label}”{what}"


# -- what the rolls and the bank bring about ---------------------------------------------------


def commit(by: Staff, *, roll: str, month: str, on: dt.date, totals: Totals) -> list[FundPosting]:
    """Set aside what a released roll pays: from the township's money to what is under way. Once per roll.

    Raises Refused where the township has less than the roll needs: such a roll is not released.
    """
    basis = Basis(ROLL, roll, month, on, "名册发布，资金备付", by)
    return _once(basis, [_entry(key, fen, FundAccount.UNDER_WAY, FundAccount.TOWNSHIP) for key, fen in _some(totals)])


def expenditure(
    by: Staff, *, ref: str, month: str, on: dt.date, paid: Totals, failed: Totals | None = None
) -> list[FundPosting]:
    """Book what a bank return says: ``paid`` is spent, ``failed`` is the township's again. Once per return.

    Spent from what its roll had set aside, the rest from the township's money. Called again with the same sums it changes
    nothing and gives the rows that stand; with others it raises Refused. Refused too where the money is not there.
    """
    basis = Basis(RETURN, ref, month, on, "银行回盘，已发放", by)
    if known := _known(basis):
        _same(known, paid)
        return known
    district = _district(paid, failed or {})
    if not district:
        return []
    with transaction.atomic():
        locked(district, {key[0] for key in (*paid, *(failed or {}))})
        if known := _known(basis):  # somebody was faster while we waited
            _same(known, paid)
            return known
        return book(district, basis, _answered(district, _some(paid), _some(failed or {})))


def returned(by: Staff, *, ref: str, month: str, on: dt.date, totals: Totals) -> list[FundPosting]:
    """Book money that came back after the bank had said it was paid: the township's again, its spending falls. Once per ``ref``."""
    basis = Basis(BOUNCE, ref, month, on, "发放后退回", by)
    return _once(basis, [_entry(key, fen, FundAccount.TOWNSHIP, FundAccount.RETURNED) for key, fen in _some(totals)])


def _once(basis: Basis, entries: Sequence[Entry]) -> list[FundPosting]:
    if not entries:
        return []
    district = entries[0].township[:6]
    with transaction.atomic():
        locked(district, {entry.township for entry in entries})
        if known := _known(basis):
            if sum(row.fen for row in known) != sum(entry.fen for entry in entries):
                raise _other(basis)
            return known
        return book(district, basis, entries)


def _answered(
    district: str,
    paid: Sequence[tuple[tuple[str, str, bool], Fen]],
    failed: Sequence[tuple[tuple[str, str, bool], Fen]],
) -> list[Entry]:
    """Spent from what is under way as far as that reaches; what failed leaves it again."""
    entries: list[Entry] = []
    waiting: dict[tuple[str, str], Fen] = {}
    for answers, account in ((paid, FundAccount.SPENT), (failed, FundAccount.TOWNSHIP)):
        for key, fen in answers:
            place = key[:2]
            if place not in waiting:
                programme = FundProgramme(key[1])
                waiting[place] = balance(district, FundAccount.UNDER_WAY, programme, township=key[0])
            ready = min(fen, waiting[place])
            waiting[place] -= ready
            entries.append(_entry(key, ready, account, FundAccount.UNDER_WAY))
            if account is FundAccount.SPENT:
                entries.append(_entry(key, fen - ready, account, FundAccount.TOWNSHIP))
    return [entry for entry in entries if entry.fen]


def _entry(key: tuple[str, str, bool], fen: Fen, debit: FundAccount, credit: FundAccount) -> Entry:
    township, programme, urban = key
    part = f"{township}:{programme}:{'urban' if urban else 'rural'}:{debit}:{credit}"
    return Entry(part, debit, credit, fen, FundProgramme(programme), township, urban=urban)


def _some(totals: Totals) -> list[tuple[tuple[str, str, bool], Fen]]:
    """What is more than nothing, in a steady order. Raises ValueError below zero."""
    if any(fen < 0 for fen in totals.values()):
        raise ValueError("a total below zero")
    return sorted((key, fen) for key, fen in totals.items() if fen)


def _district(*totals: Totals) -> str:
    found = {key[0][:6] for each in totals for key in each}
    if len(found) > 1:
        raise ValueError("one booking concerns one district")
    return next(iter(found), "")


def _known(basis: Basis) -> list[FundPosting]:
    return list(FundPosting.objects.filter(basis_kind=basis.kind, basis_ref=basis.ref).order_by("id"))


def _same(known: Sequence[FundPosting], paid: Totals) -> None:
    """The rows that stand say what is said now."""
    booked: dict[tuple[str, str, bool], Fen] = {}
    for row in known:
        if row.debit == FundAccount.SPENT:
            key = (str(row.township_id), str(row.programme), bool(row.urban))
            booked[key] = booked.get(key, 0) + row.fen
    if booked != dict(_some(paid)):
        raise Refused(
            f"这份回盘已经记账 {show(sum(booked.values()))} 元，与这次的合计 {show(sum(paid.values()))} 元不同，没有再记账。请核对文件。",
            "booked_otherwise",
        )


def _other(basis: Basis) -> Refused:
    return Refused(
        f"“{basis.words}”（{basis.ref}）已经记过账，金额与这次不同，没有再记账。请核对。", "booked_otherwise"
    )
