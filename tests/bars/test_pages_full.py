"""Lists with two hundred rows, the longest names and every stage (B1, state "full"; B12)."""

from __future__ import annotations

from django.db import transaction

from tests.bars.look import Looker
from tests.journeys.grounds import Grounds, Visit
from yimen.base.refs import new_ref
from yimen.casework.applications.models import Application
from yimen.casework.households.models import Household, Person
from yimen.demo.people import LONG
from yimen.law.terms import Role, Stage

ROWS = 200


@transaction.atomic
def fill(township: str) -> None:
    """Cases in every stage for people with the longest names, as rows only: what a list shows, and nothing behind it."""
    patterns = list(
        Application.objects.filter(township_id=township).select_related("applicant", "household").order_by("id")
    )
    for number in range(ROWS + 120):
        pattern = patterns[number % len(patterns)]
        person, home = pattern.applicant, pattern.household
        person = Person.objects.get(pk=person.pk)
        person.pk, person.ref, person._state.adding = None, new_ref(), True
        person.name, person.identity_index = LONG[0], f"full-{number}"
        person.save(force_insert=True)
        home = Household.objects.get(pk=home.pk)
        home.pk, home.ref, home.head, home._state.adding = None, new_ref(), person, True
        home.save(force_insert=True)
        pattern.pk, pattern.ref, pattern.number = None, new_ref(), f"AL{number:010d}"
        pattern.progress_code, pattern._state.adding = new_ref(), True
        pattern.applicant, pattern.household = person, home
        pattern.save(force_insert=True)
        patterns[number % len(patterns)] = Application.objects.select_related("applicant", "household").get(
            pk=pattern.pk
        )


def test_full_lists(grounds: Grounds, looker: Looker) -> None:
    case = grounds.case("approve")
    fill(case.township_id)
    clerk, decider = grounds.account(Role.HANDLER, case), grounds.account(Role.DISTRICT_DECIDER)
    for name, url, who, role in (
        ("queue", "/township/?tab=all&size=200", clerk, Role.HANDLER),
        ("cases", "/district/cases/?tab=all&size=200", decider, Role.DISTRICT_DECIDER),
    ):
        looker.open(Visit(name, url, who, role))
        assert looker.page.locator("main tbody tr").count() >= ROWS, url
        looker.look(Visit(name, url, who, role))
    assert not looker.wrong, "\n".join(looker.wrong)


def test_every_stage_is_there(grounds: Grounds) -> None:
    """Else the list above would not show every tag."""
    found = set(Application.objects.values_list("stage", flat=True))
    assert len(found) >= 10 and found <= {str(stage) for stage in Stage}
