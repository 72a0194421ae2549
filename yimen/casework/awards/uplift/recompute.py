"""The standing check: every running award's present amount, reckoned again from its facts and the figures of its day.

What differs is listed with both amounts and the line that differs. Whoever was taken over from a ledger whose amount
says nothing of an income has no rule to be held against, and is counted apart. Nothing is changed here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from yimen.base.figures import queries as figures
from yimen.base.runs.desk import Tell, quiet
from yimen.casework.awards.models import Award, AwardVersion, ChangeFinding
from yimen.casework.awards.uplift import basis, sheets
from yimen.casework.awards.uplift.basis import Held, Version
from yimen.casework.awards.uplift.library import Library, processes
from yimen.casework.decisions.models import Opinion
from yimen.law.again import Asked, Found, Reckoner, reckon_again
from yimen.law.ledger import AwardOrigin
from yimen.law.money import show as yuan
from yimen.law.terms import Programme

PORTION = 2_000
_AMOUNT = re.compile(r"[\d,]+(\.\d+)?元")
RECOGNISED = frozenset({Programme.EDGE, Programme.RIGID_EXPENDITURE})
NO_HISTORY = "没有保障历史，金额没有依据。"
COLUMN = "在保登记的金额与保障历史的最后一次金额不同。"
GRACE = "渐退期内的金额应当与给予渐退期以前相同。"


@dataclass(frozen=True)
class Differing:
    """A stored amount that does not follow from its rule; fen a month, ``rule_fen`` None where the rule gives none."""

    award: str
    number: str
    head: str
    township: str
    stored_fen: int
    rule_fen: int | None
    line: str
    why: str = ""

    def plain(self) -> dict[str, Any]:
        """As the register of checks keeps it."""
        return asdict(self)


def reason(why: str) -> str:
    """Why nothing can be reckoned, without the amounts of the one household, so that equal reasons count together."""
    return _AMOUNT.sub("若干元", why)


@dataclass
class Checked:
    """What a check found. ``unfounded`` counts awards without a basis, by the reason."""

    awards: int = 0
    unfounded: dict[str, int] = field(default_factory=dict)
    differing: list[Differing] = field(default_factory=list)

    def unfounded_by(self, why: str) -> None:
        """One more award without a basis; the same reason with other amounts is the same reason."""
        words = reason(why)
        self.unfounded[words] = self.unfounded.get(words, 0) + 1

    @property
    def without_basis(self) -> int:
        """How many awards have nothing to be reckoned from."""
        return sum(self.unfounded.values())


def recompute(area: str = "", *, tell: Tell = quiet) -> Checked:
    """Reckon every running award of an area (a code of any level, empty for all) again."""
    rows = running(area)
    total, found = rows.count(), Checked()
    library = Library(days(rows))
    with Reckoner(library.books, processes(total)) as reckoner:
        for numbers in portions(rows):
            _portion(basis.load(numbers), library, reckoner, found)
            tell(found.awards, total)
    return found


def running(area: str) -> QuerySet[Award]:
    """Awards that run, of an area (a code of any level, empty for all)."""
    rows = Award.objects.filter(end_month="", voided_on__isnull=True)
    return (rows.filter(village__code__startswith=area) if area else rows).order_by("pk")


def portions(rows: QuerySet[Award]) -> Iterator[list[int]]:
    """Their keys, some at a time."""
    after = 0
    while numbers := list(rows.filter(pk__gt=after).values_list("pk", flat=True)[:PORTION]):
        yield numbers
        after = numbers[-1]


def days(rows: QuerySet[Award]) -> set[dt.date]:
    """The days whose figures count for them."""
    wanted = rows.order_by().values("pk")
    found = set(AwardVersion.objects.filter(award__in=wanted).order_by().values_list("on", flat=True).distinct())
    opinions = Opinion.objects.filter(decisions__awards__in=wanted).order_by()
    return found | set(opinions.values_list("on", flat=True).distinct())


def _portion(awards: Sequence[Held], library: Library, reckoner: Reckoner, found: Checked) -> None:
    asked: list[tuple[Held, Version, Asked]] = []
    for held in awards:
        found.awards += 1
        paying = basis.paying_versions(held)
        if not paying:
            found.differing.append(_row(held, None, "每月保障金", NO_HISTORY))
            continue
        last = basis.repeated(held, paying[-1])
        if held.monthly_fen != last.monthly_fen:
            found.differing.append(_row(held, last.monthly_fen, "每月保障金", COLUMN))
        elif held.programme not in RECOGNISED and not _graced(held, paying, found):
            question = basis.question(held, last, library)
            if question.asked is None:
                found.unfounded_by(question.why)
            else:
                asked.append((held, last, question.asked))
    results = reckoner.each([one for *_, one in asked], explained=False)
    for (held, last, one), result in zip(asked, results, strict=True):
        _judge(held, last, one, library, result, found)


def _graced(held: Held, paying: Sequence[Version], found: Checked) -> bool:
    """Whether the present version is one of grace; then its amount is that of the version before."""
    if not basis.in_grace(paying[-1]):
        return False
    before = next((row for row in reversed(paying) if not basis.in_grace(row)), None)
    if before is not None and before.monthly_fen != paying[-1].monthly_fen:
        found.differing.append(_row(held, before.monthly_fen, "每月保障金", GRACE))
    return True


def _judge(held: Held, last: Version, asked: Asked, library: Library, result: Found, found: Checked) -> None:
    if _holds(result, last.monthly_fen):
        return
    if result.problem and held.origin == AwardOrigin.LEDGER:
        found.unfounded_by(result.problem)
        return
    # A figure that was released later on the very day did not count yet when the amount was reckoned.
    before = figures.book_known_on(basis.known(held, last) - timedelta(days=1))
    earlier = reckon_again(asked, {**library.books, asked.book: before}, explained=False)
    if _holds(earlier, last.monthly_fen) or _adjusted(last, result):
        return
    whole = reckon_again(asked, library.books)
    line = sheets.first_difference(sheets.stored(held.pk, last), whole.sheet) or _amount_line(last, whole)
    rule = None if whole.problem else whole.amount_fen
    found.differing.append(_row(held, rule, line, whole.problem or "；".join(whole.conditions)))


def _holds(result: Found, fen: int) -> bool:
    return not result.problem and result.eligible and result.amount_fen == fen


def _adjusted(last: Version, result: Found) -> bool:
    """A change that cut the own share by its decision: the rule gives the amount before the cut, the finding the one after."""
    if last.basis_kind != "change" or last.said_fen is None or last.said_fen != result.amount_fen:
        return False
    finding = ChangeFinding.objects.filter(change__ref=last.basis_ref).order_by("-id").first()
    return finding is not None and finding.after_fen == last.monthly_fen


def _amount_line(last: Version, whole: Found) -> str:
    return (
        "每月保障金"
        if whole.problem
        else f"每月保障金：登记 {yuan(last.monthly_fen)} 元，应为 {yuan(whole.amount_fen)} 元"
    )


def _row(held: Held, rule: int | None, line: str, why: str = "") -> Differing:
    return Differing(held.ref, held.number, held.head, held.township, held.monthly_fen, rule, line, why)
