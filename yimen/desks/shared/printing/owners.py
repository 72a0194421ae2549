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
    reviews = recertify.of_papers(officer, found)
    changed = changes.of_papers(officer, found)
    raised = uplifts.of_papers(officer, found)
    told = additions.of_papers(officer, found)
    owners = {}
    for paper in found:
        if paper.subject_kind == recertify.KIND and paper.subject_id in reviews:
            award = reviews[paper.subject_id].award
            home, url = award.household, reverse("township:recertify_one", args=[award.ref])
            owners[paper.pk] = Owner(home.head.name, award.village.name, url, ("household", home.ref, home.head.ref))
        elif paper.subject_kind == changes.KIND and paper.subject_id in changed:
            award = changed[paper.subject_id].award
            home, url = award.household, reverse("township:change", args=[paper.subject_ref])
            owners[paper.pk] = Owner(home.head.name, award.village.name, url, ("household", home.ref, home.head.ref))
        elif paper.subject_kind == additions.KIND and paper.subject_id in told:
            award = told[paper.subject_id].award
            home, url = award.household, reverse("household", args=[award.household.ref])
            owners[paper.pk] = Owner(home.head.name, award.village.name, url, ("household", home.ref, home.head.ref))
        elif paper.subject_kind == uplifts.LINE and paper.subject_id in raised:
            award = raised[paper.subject_id].award
            home, url = award.household, reverse("township:award", args=[award.ref])
            owners[paper.pk] = Owner(home.head.name, award.village.name, url, ("household", home.ref, home.head.ref))
        elif paper.subject_kind == "application" and paper.subject_id in cases:
            owners[paper.pk] = owner_of_case(cases[paper.subject_id])
    return owners
