"""The standing rule: the columns of every award say what its last version says (decision 0022).

The columns serve the lists of today, the versions the months; whoever changes an award writes both in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from yimen.casework.awards.models import Award, AwardPerson, AwardVersion
from yimen.law.aftercare.terms import PAYING, AwardPhase

_CHUNK = 2_000


@dataclass(frozen=True)
class OutOfStep:
    """An award whose columns say otherwise than its history; ``what`` are the columns in words."""

    number: str
    what: tuple[str, ...]


def out_of_step() -> list[OutOfStep]:
    """Every award that breaks the rule, by its number; read in two statements, in one pass."""
    covers = _covers()
    cover_of: tuple[int, list[tuple[int, int]]] | None = next(covers, None)
    found = []
    for row in _last_versions().iterator(chunk_size=_CHUNK):
        while cover_of and cover_of[0] < row["pk"]:
            cover_of = next(covers, None)
        cover = cover_of[1] if cover_of and cover_of[0] == row["pk"] else []
        if what := _differing(row, cover):
            found.append(OutOfStep(row["number"], what))
    return sorted(found, key=lambda each: each.number)


def _last_versions() -> Any:
    later = AwardVersion.objects.filter(award=OuterRef("pk"), seq__gt=OuterRef("last__seq"))
    rows = Award.objects.annotate(last=FilteredRelation("versions", condition=Q(versions__seq__gte=0)))
    columns = ("pk", "number", "phase", "monthly_fen", "category", "end_month", "voided_on", "township", "village")
    told = {
        f"last_{name}": F(f"last__{name}")
        for name in ("seq", "phase", "monthly_fen", "category", "persons", "from_month", "township", "village")
    }
    return rows.filter(~Exists(later)).order_by("pk").values(*columns, **told)


def _covers() -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Who is covered by each award, in the order of the awards."""
    rows = AwardPerson.objects.filter(active=True).order_by("award", "person")
    told = rows.values_list("award", "person", "supplement_fen").iterator(chunk_size=_CHUNK)
    for award, lines in groupby(told, key=lambda line: line[0]):
        yield award, [(person, fen) for _, person, fen in lines]


def _differing(row: dict[str, Any], cover: list[tuple[int, int]]) -> tuple[str, ...]:
    """The columns that say otherwise. While an award rests, its columns keep the amount that it would pay."""
    if row["last_seq"] is None:
        return ("没有版本",)
    phase = AwardPhase(row["last_phase"])
    over = phase in (AwardPhase.ENDED, AwardPhase.VOIDED)
    persons = sorted((person, fen) for person, fen in row["last_persons"])
    same = {
        "状态": row["phase"] == phase,
        "金额": phase not in PAYING or row["monthly_fen"] == row["last_monthly_fen"],
        "类别": row["category"] == row["last_category"],
        "所在地": (row["township"], row["village"]) == (row["last_township"], row["last_village"]),
        "停止月份": bool(row["end_month"]) == over
        and (phase is not AwardPhase.ENDED or row["end_month"] == row["last_from_month"]),
        "撤销": bool(row["voided_on"]) == (phase is AwardPhase.VOIDED),
        "保障人员": over or persons == cover,
    }
    return tuple(name for name, holds in same.items() if not holds)
