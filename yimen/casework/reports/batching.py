"""Rows for the batch (``yimen batch export``): awards to be reckoned, what is due in a month, rows of filed months; fen.

No name and no free text leaves with the facts: people go by their references, on which no amount depends.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from yimen.base.figures import queries as figures
from yimen.casework.awards.uplift import basis, recompute
from yimen.casework.awards.uplift.basis import Held, Question
from yimen.casework.awards.uplift.library import Library
from yimen.casework.monthclose.models import FiledRow
from yimen.casework.payments.models import PayLine, PayPart
from yimen.law.again import Asked
from yimen.law.calendar import today
from yimen.law.closing import FROZEN
from yimen.law.standards import Book

_PORTION = 2_000
_COUNTY = 6
_RESTS = "暂停、渐退期内或者只有认定的，没有按标准核算的金额"


class Register:
    """The register of an area (a code of any level, empty for all), read county by county and a portion at a time.

    ``left_out`` counts awards that cannot be asked, by the reason; ``books`` are whole when the awards have been read.
    """

    def __init__(self, area: str = "") -> None:
        self.area = area
        self.left_out: Counter[str] = Counter()
        self.books: dict[int, Book] = {}

    def awards(self, on: dt.date | None = None) -> Iterator[tuple[str, str, Asked, int | None]]:
        """County, reference, question and stored amount of every running award.

        Each on its own day by the figures known then; with ``on``, all of them on that day by the figures known today.
        """
        library = Library(recompute.days(recompute.running(self.area)))
        self.books = library.books
        if on is not None:
            library.books[library.number(today())] = figures.book()
        for county in self._counties():
            for numbers in recompute.portions(recompute.running(county)):
                yield from self._portion(county[:_COUNTY], basis.load(numbers), on, library)

    def _portion(
        self, county: str, awards: list[Held], on: dt.date | None, library: Library
    ) -> Iterator[tuple[str, str, Asked, int | None]]:
        for held in awards:
            question = _question(held, on, library)
            if question.asked is None:
                self.left_out[recompute.reason(question.why)] += 1
            else:
                yield county, held.ref, nameless(question.asked), held.monthly_fen

    def _counties(self) -> list[str]:
        """Codes to ask for: the counties with awards, or the area itself where it is no more than one."""
        if len(self.area) >= _COUNTY:
            return [self.area]
        villages = recompute.running(self.area).order_by().values_list("village", flat=True).distinct()
        return sorted({code[:_COUNTY] for code in villages})

    def dues(self, month: str) -> Iterator[dict[str, Any]]:
        """What the frozen lines of a month (``"2026-11"``) are made of; ``parts`` are kind, month and fen."""
        lines = PayLine.objects.filter(month=month, village__code__startswith=self.area)
        for county in sorted(
            {code[:_COUNTY] for code in lines.order_by().values_list("township", flat=True).distinct()}
        ):
            own, after = lines.filter(township__code__startswith=county).order_by("pk"), 0
            while some := list(own.filter(pk__gt=after).select_related("award")[:_PORTION]):
                parts = _parts([line.pk for line in some])
                yield from (_due(county, line, parts[line.pk]) for line in some)
                after = some[-1].pk

    def filed(self, month: str) -> Iterator[dict[str, Any]]:
        """The rows of a filed month."""
        rows = FiledRow.objects.filter(
            close__month=month, close__state__in=FROZEN, village__code__startswith=self.area
        ).order_by("close__area", "pk")
        names = ("close__area", "award__ref", "programme", "urban", "standing", "persons", "paid_fen")
        for area, award, programme, urban, standing, persons, fen in rows.values_list(*names).iterator(_PORTION):
            yield {
                "county": area[:_COUNTY],
                "award": award,
                "month": month,
                "programme": programme,
                "urban": urban,
                "standing": standing,
                "persons": persons,
                "paid_fen": fen,
            }


def _question(held: Held, on: dt.date | None, library: Library) -> Question:
    paying = basis.paying_versions(held)
    if not paying or (on is None and (basis.in_grace(paying[-1]) or held.programme in recompute.RECOGNISED)):
        return Question(None, _RESTS if paying else recompute.NO_HISTORY)
    if on is None:
        return basis.question(held, paying[-1], library)
    return basis.ask(held, paying[-1], on, library.number(today()), library)


def nameless(asked: Asked) -> Asked:
    """The question with references in place of names and without free text."""
    return replace(asked, facts=_without_names(asked.facts))


def _without_names(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_names(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    plain = {key: _without_names(item) for key, item in value.items()}
    if "name" in plain:
        plain["name"] = plain.get("ref", "")
    return {**plain, "note": ""} if "note" in plain else plain


def _parts(lines: list[int]) -> dict[int, list[tuple[str, str, int]]]:
    found: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    rows = PayPart.objects.filter(line__in=lines).order_by("line", "id")
    for line, kind, month, fen in rows.values_list("line", "kind", "month", "fen"):
        found[line].append((kind, month, fen))
    return found


def _due(county: str, line: PayLine, parts: list[tuple[str, str, int]]) -> dict[str, Any]:
    return {
        "county": county,
        "award": line.award.ref,
        "programme": line.programme,
        "urban": line.urban,
        "month": line.month,
        "monthly_fen": line.base_fen + line.supplement_fen,
        "supplement_fen": line.supplement_fen,
        "parts": parts,
        "stored_fen": line.total_fen,
    }
