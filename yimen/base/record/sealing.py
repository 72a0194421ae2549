"""Sealing the record and exporting the anchor that is kept outside (K12, K13)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from yimen.base.canonical import canonical_text
from yimen.base.record.content import NOTHING, SEAL_FIELDS, Roll, digest_of
from yimen.base.record.desk import algorithm
from yimen.base.record.models import Entry, Seal
from yimen.law import calendar

ANCHOR_FORMAT = "yimen-anchor-1"
INTERIM_ENTRIES = 10_000
INTERIM_MINUTES = 60


@contextmanager
def still() -> Iterator[None]:
    """A transaction in which nobody else writes an entry and every writer before it has finished.

    SQLite: the transaction is IMMEDIATE, one writer at a time. PostgreSQL: a SHARE ROW EXCLUSIVE lock, taken by a function that
    belongs to the owner of the table, because the application's own role may only select and insert (K31).
    """
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT record_entry_still()")
        yield


def seal_now(day: date | None = None) -> Seal | None:
    """Seal every entry not yet sealed. With ``day`` it is the seal of that day and exists even if nothing was written.

    Returns None when there is nothing to seal, or the day has its seal already.
    """
    with still():
        if day is not None and Seal.objects.filter(kind="daily", day=day).exists():
            return None
        last = _last_seal()
        roll, gaps = _roll_after(last.last_seq if last else 0)
        if day is None and not roll.count:
            return None
        return _write_seal(last, roll, gaps, day)


def seal_if_due() -> Seal | None:
    """Called again and again by the worker: the seal of yesterday, or an interim one after an hour or 10,000 entries."""
    yesterday = calendar.today() - timedelta(days=1)
    last = _last_seal()
    if last and not Seal.objects.filter(kind="daily", day__gte=yesterday).exists():
        return seal_now(yesterday)
    waiting = Entry.objects.filter(seq__gt=last.last_seq if last else 0).order_by("seq")
    oldest = waiting.values_list("at", flat=True).first()
    if oldest is None:
        return None
    old = calendar.now() - oldest >= timedelta(minutes=INTERIM_MINUTES)
    return seal_now() if old or waiting.count() >= INTERIM_ENTRIES else None


def export_anchor() -> dict[str, Any]:
    """What an outside place keeps: the last seal, and the count and digest of the entries written since (the tail)."""
    with still():
        last = _last_seal()
        roll, _gaps = _roll_after(last.last_seq if last else 0)
        return {
            "format": ANCHOR_FORMAT,
            "exported_at": calendar.now().isoformat(timespec="seconds"),
            "entries": Entry.objects.count(),
            "seal": None
            if last is None
            else {name: getattr(last, name) for name in ("number", "digest", "last_seq", "count")},
            "tail": {"count": roll.count, "last_seq": roll.last_seq, "digest": roll.digest if roll.count else NOTHING},
        }


def anchor_text() -> str:
    """The anchor as one line of JSON."""
    return canonical_text(export_anchor())


def _last_seal() -> Seal | None:
    return Seal.objects.order_by("-number").first()


def _roll_after(seq: int) -> tuple[Roll, list[list[int]]]:
    """The running digest of the entries after ``seq``, and the ranges of numbers that are absent among them."""
    roll, gaps, expected = Roll(algorithm()), [], seq + 1
    rows = Entry.objects.filter(seq__gt=seq).order_by("seq").values_list("seq", "digest")
    for number, digest in rows.iterator(chunk_size=5000):
        if number > expected:
            gaps.append([expected, number - 1])
        roll.add(number, digest)
        expected = number + 1
    return roll, gaps


def _write_seal(last: Seal | None, roll: Roll, gaps: list[list[int]], day: date | None) -> Seal:
    before = last.last_seq if last else 0
    seal = Seal(
        number=last.number + 1 if last else 1,
        kind="interim" if day is None else "daily",
        day=day or calendar.today(),
        sealed_at=calendar.now(),
        first_seq=before + 1,
        last_seq=roll.last_seq or before,
        count=roll.count,
        gaps_text=canonical_text(gaps),
        entries=roll.digest,
        previous=last.digest if last else NOTHING,
        algorithm=roll.algorithm,
    )
    seal.digest = digest_of(seal, SEAL_FIELDS)
    seal.save(force_insert=True)
    return seal
