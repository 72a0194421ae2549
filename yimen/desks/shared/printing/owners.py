"""Whose papers they are: of a case, of a review or a change of a household. For lists of results and for the read log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.papers.models import Paper
from yimen.casework.awards import (
    additions,
    change_queries as changes,
    recertify_queries as recertify,
    uplift_queries as uplifts,
)
from yimen.casework.payments.recovery import queries as recovery
from yimen.casework.payments.relief import queries as relief
from yimen.casework.payments.rosters import queries as slips
from yimen.desks.shared.printing.choosing import cases_of
from yimen.desks.shared.work import case_url


@dataclass(frozen=True)
class Owner:
    """Name, village and page of whose paper it is; ``read`` is what the log of reads notes."""

    name: str
    village: str
    url: str
    read: tuple[str, str, str]


def owner_of_case(case: Any) -> Owner:
    """The owner of a paper of a case."""
    read = ("application", case.ref, case.applicant.ref)
    return Owner(case.applicant.name, case.village.name, case_url(case.ref, "papers"), read)


def owners_of(officer: Officer, papers: Iterable[Paper]) -> dict[int, Owner]:
    """The owner of each paper within scope, by the paper's id, in one statement for each kind."""
    found = list(papers)
    cases = cases_of(officer, [paper for paper in found if paper.subject_kind == "application"])
    households = _of_awards(officer, found)
    helped = relief.of_papers(officer, found)
    owners = {}
    for paper in found:
        if (paper.subject_kind, paper.subject_id) in households:
            award, url = households[paper.subject_kind, paper.subject_id]
            home = award.household
            owners[paper.pk] = Owner(home.head.name, award.village.name, url, ("household", home.ref, home.head.ref))
        elif paper.subject_kind == relief.KIND and paper.subject_id in helped:
            case = helped[paper.subject_id]
            address = reverse("township:relief_one", args=[case.ref])
            read = (relief.KIND, case.ref, case.person.ref)
            owners[paper.pk] = Owner(case.person.name, case.village.name, address, read)
        elif paper.subject_kind == "application" and paper.subject_id in cases:
            owners[paper.pk] = owner_of_case(cases[paper.subject_id])
    return owners


def _of_awards(officer: Officer, papers: list[Paper]) -> dict[tuple[str, int], tuple[Any, str]]:
    """The award behind each paper of a household on assistance, with the page that shows it, by kind and number."""
    found: dict[tuple[str, int], tuple[Any, str]] = {}
    for number, review in recertify.of_papers(officer, papers).items():
        found[recertify.KIND, number] = review.award, reverse("township:recertify_one", args=[review.award.ref])
    for number, award in recertify.told_awards(officer, papers).items():
        found[recertify.EXPIRY, number] = award, reverse("township:award", args=[award.ref])
    for number, change in changes.of_papers(officer, papers).items():
        found[changes.KIND, number] = change.award, reverse("township:change", args=[change.ref])
    for number, row in recovery.of_papers(officer, papers).items():
        found[recovery.KIND, number] = row.award, reverse("township:recovery", args=[row.ref])
    for number, line in slips.of_papers(officer, papers).items():
        found[slips.KIND, number] = line.award, reverse("township:roll_line", args=[line.roll.ref, line.award.ref])
    for number, notice in additions.of_papers(officer, papers).items():
        found[additions.KIND, number] = notice.award, reverse("household", args=[notice.award.household.ref])
    for number, line in uplifts.of_papers(officer, papers).items():
        found[uplifts.LINE, number] = line.award, reverse("township:award", args=[line.award.ref])
    return found
