"""Explanation sheets: packed for storing, found again for any version of an award, and compared line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from yimen.base.canonical import canonical
from yimen.casework.awards.models import Award, AwardVersion, UpliftLine
from yimen.casework.decisions.grants import grants_of, reckoning_for
from yimen.law.aftercare.terms import AwardCause
from yimen.law.again import unpack as unpacked
from yimen.law.reckoning import Reckoning

Sheet = dict[str, Any]


def pack(rows: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], str]:
    """Sheets as a sealed value holds them, and the digest of that: ``{month, packed, facts}``, as law.again packed them."""
    held = {"rows": [dict(row) for row in rows]}
    return held, hashlib.sha256(canonical(held)).hexdigest()


def unpack(stored: Mapping[str, Any] | None) -> list[Sheet]:
    """The rows of :func:`pack` with their sheets; none where nothing was stored."""
    rows = stored["rows"] if stored else ()
    return [{**row, "sheet": unpacked(row["packed"])} for row in rows]


def stored(award: int, version: Any) -> Sheet | None:
    """The Reckoning that a version was made with, as it was stored then; None where there was none."""
    if version.cause == AwardCause.UPLIFT:
        line = UpliftLine.objects.filter(run__ref=version.basis_ref, award=award).first()
        rows = unpack(line.sheets) if line else []
        return next((row["sheet"] for row in rows if row["month"] == version.from_month), None)
    if version.cause == AwardCause.GRANTED:
        return _granted(award)
    kept = AwardVersion.objects.filter(award=award, seq=version.seq).values_list("reckoning", flat=True).first()
    return kept if kept and kept.get("lines") is not None else None


def _granted(award: int) -> Sheet | None:
    """The Reckoning that the award's own grant rests on."""
    found = Award.objects.select_related("decision__opinion").get(pk=award)
    if found.decision is None:
        return None
    opinion = found.decision.opinion
    covered = set(found.persons.values_list("person__ref", flat=True))
    for grant in grants_of(opinion):
        if grant.programme == found.programme and grant.single == found.single and grant.persons <= covered:
            return reckoning_for(opinion, grant).to_json()
    return None


def first_difference(before: Sheet | None, after: Sheet | None) -> str:
    """The first line in which two Reckonings say otherwise, in words; empty where they agree or one is missing."""
    if before is None or after is None:
        return ""
    try:
        old, new = Reckoning.from_json(before), Reckoning.from_json(after)
    except ValueError:
        return ""
    said = {line.code: line for line in old.walk() if line.op not in {"ref", "group"}}
    changed = [
        (said[line.code], line)
        for line in new.walk()
        if line.op not in {"ref", "group"} and line.code in said and said[line.code].value != line.value
    ]
    # A line differs because one below it does: what has no parts of its own, a fact or a figure, is the cause.
    chosen = next((pair for pair in changed if not pair[1].operands), changed[0] if changed else None)
    return f"{chosen[1].name}：当时 {chosen[0].shown}，现算 {chosen[1].shown}" if chosen else ""
