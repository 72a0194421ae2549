"""What a batch works on: cases, or households on assistance. How they are found, named and shown; nothing else differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.casework.applications import queries as applications
from yimen.casework.awards import recertify_queries as recertify, uplift_queries as uplifts
from yimen.desks.shared.reviews import NOT_BEGUN
from yimen.desks.shared.shapes import Link
from yimen.desks.shared.work import case_url
from yimen.law.money import show as yuan
from yimen.law.recertify import RecertifyState
from yimen.law.terms import Stage


@dataclass(frozen=True)
class Subjects:
    """``visible`` are those within scope; ``number``, ``name``, ``place`` and ``state`` are what a row shows of one."""

    object: str
    visible: Callable[[Officer], Any]
    number: Callable[[Any], str]
    name: Callable[[Any], Link]
    place: Callable[[Any], str]
    state: Callable[[Any], str]
    version: Callable[[Any], int | None]
    heads: Sequence[str]
    unit: str
    what: str
    back: Link
    ready: Callable[[Sequence[Any]], Sequence[Any]] = lambda found: found

    def find(self, officer: Officer, refs: Sequence[str]) -> list[Any]:
        """Those of these references within scope, in their order."""
        rows = self.visible(officer).filter(ref__in=list(refs)).order_by("id")
        found = {one.ref: one for one in self.ready(list(rows))}
        return [found[ref] for ref in dict.fromkeys(refs) if ref in found]

    def fetch(self, officer: Officer, ref: str) -> Any:
        """The one of a reference within scope, else Unknown."""
        return self.ready([gate.fetch(officer, self.visible(officer), ref)])[0]


def _with_reviews(awards: Sequence[Any]) -> Sequence[Any]:
    """Each award with its review under way, or None."""
    reviews = recertify.open_of(awards)
    for award in awards:
        award.review = reviews.get(award.pk)
    return awards


def review_words(award: Any) -> str:
    """Where the review of an award stands."""
    return RecertifyState(award.review.state).label if award.review else NOT_BEGUN


def fall_words(line: Any) -> str:
    """What a raise found of a household, and whether its change is registered."""
    less = f"每月 {yuan(line.before_fen)} → {yuan(line.after_fen)} 元"
    return f"{less}，已登记变更" if line.change_id else less


def review_url(award: Any) -> str:
    """The page of the review of an award."""
    return reverse("township:recertify_one", args=[award.ref])


CASES = Subjects(
    "application",
    applications.visible,
    number=lambda case: case.number,
    name=lambda case: Link(case.applicant.name, case_url(case.ref)),
    place=lambda case: case.village.name,
    state=lambda case: Stage(case.stage).label,
    version=lambda case: case.version,
    heads=("申请人", "案号", "村（社区）", "现在的环节"),
    unit="件",
    what="案件",
    back=Link("待办", "home"),
)
FALLS = Subjects(
    "award",
    uplifts.falling,
    number=lambda award: award.number,
    name=lambda award: Link(award.household.head.name, reverse("township:award", args=[award.ref])),
    place=lambda award: award.village.name,
    state=lambda award: fall_words(award.fall),
    version=lambda award: None,
    heads=("户主", "编号", "村（社区）", "减少或不再符合"),
    unit="户",
    what="家庭",
    back=Link("提高标准时减少的家庭", "township:uplift_falls"),
    ready=uplifts.with_falls,
)
AWARDS = Subjects(
    "award",
    recertify.running,
    number=lambda award: award.number,
    name=lambda award: Link(award.household.head.name, review_url(award)),
    place=lambda award: award.village.name,
    state=review_words,
    version=lambda award: award.review.version if award.review else None,
    heads=("户主", "编号", "村（社区）", "复核"),
    unit="户",
    what="家庭",
    back=Link("复核", "township:recertify"),
    ready=_with_reviews,
)
