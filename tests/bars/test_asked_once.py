"""录一次: no form asks for what is stored; every input of every form has its line in the registry (B22)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from tests.bars.district import client_of
from tests.journeys.grounds import DESKS, Grounds
from yimen.casework.households.models import BankAccount, Household, Membership, Obligor, Person
from yimen.desks.shared import registry
from yimen.desks.shared.routes import all_routes

REGISTERED = registry.inputs()


class Inputs(HTMLParser):
    """The visible inputs of a page's forms: pairs of a name and whether something stands in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, bool]] = []
        self._select: tuple[str, bool] | None = None
        self._text = ""
        main = html[html.index("<main") : html.index("</main>")]
        self.feed(re.sub(r"<template.*?</template>", "", main, flags=re.S))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "input" and name and kind not in {"hidden", "submit", "button"}:
            filled = "checked" in given if kind in {"checkbox", "radio"} else bool(given.get("value"))
            self.found.append((name, filled))
        elif tag in {"select", "textarea"} and name:
            self._select, self._text = (name, False), ""
        elif tag == "option" and self._select and "selected" in given and given.get("value"):
            self._select = (self._select[0], True)

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag in {"select", "textarea"} and self._select:
            name, chosen = self._select
            self.found.append((name, chosen if tag == "select" else bool(self._text.strip())))
            self._select = None


def shape(name: str) -> str:
    """The name in the registry: rows and references become a star."""
    return re.sub(r"_[a-z0-9]{12}$", "_*", re.sub(r"-\d+-", "-*-", name))


def asked(grounds: Grounds, url: str, account: Any) -> list[tuple[str, bool]]:
    answer = client_of(account).get(url)
    assert answer.status_code == 200, url
    # Boxes of one name are one input: it is filled where any of them is ticked.
    found: dict[str, bool] = {}
    for name, filled in Inputs(answer.content.decode()).found:
        found[name] = found.get(name, False) or filled
    return list(found.items())


def _acts(grounds: Grounds) -> Iterator[tuple[str, str, Any]]:
    """Each act's page on a case that is ready for it, opened by who may do it."""
    for row in all_routes()[0]:
        if row.name.startswith("act-"):
            act = row.name.removeprefix("act-")
            case = grounds.case(act)
            role = next(role for desk in DESKS for role in desk if role in row.roles)
            yield act, f"/case/{case.ref}/{act}/", grounds.account(role, case)


def test_every_datum_has_one_input() -> None:
    assert len(set(registry.ASKS.values())) == len(registry.ASKS)
    claimed = [*registry.ASKS.values(), *registry.SHOWS, *registry.EXEMPT]
    born = [f"{page}:{name}" for page, names in registry.BORN.items() for name in names.split()]
    assert sorted({*claimed, *born}) == sorted([*claimed, *born]), "an input stands twice"
    assert set(registry.SHOWS.values()) <= registry.ASKS.keys()


def test_no_act_asks_for_what_is_stored(grounds: Grounds) -> None:
    wrong, seen = [], set()
    for act, url, account in _acts(grounds):
        for name, filled in asked(grounds, url, account):
            key = f"{act}:{shape(name)}"
            if key not in REGISTERED:
                wrong.append(f"{key} has no line in desks/shared/registry.py")
            elif key in registry.SHOWS and not filled:
                wrong.append(f"{key} is empty at {url}, though {registry.SHOWS[key]} is stored")
            seen.add(key)
    assert not wrong, "\n".join(sorted(set(wrong)))
    assert len(seen) > 80


def _complete(grounds: Grounds) -> Household:
    """A household of which everything is stored."""
    case = next(case for case in grounds.cases if case.household.obligors.filter(to_on=None).exists())
    home = case.household
    Household.objects.filter(pk=home.pk).update(group="3组", land_mu=2)
    people = Membership.objects.filter(household=home, to_on=None).values_list("person_id", flat=True)
    Person.objects.filter(pk__in=people).update(marriage="married", occupation="务农", nationality="汉族", student=True)
    for person in Person.objects.filter(pk__in=people).order_by("id"):
        person.phone = "13800000000"
        person.save(update_fields=["phone"])
    Obligor.objects.filter(household=home).update(
        occupation="务工", monthly_income_fen=260_000, agreed_fee_fen=10_000, inability_reason="本人患病"
    )
    assert BankAccount.objects.filter(household=home, to_on=None).exists()
    return home


def test_a_known_household_is_not_asked_again(grounds: Grounds) -> None:
    home = _complete(grounds)
    role = DESKS[1][0]
    case = next(case for case in grounds.cases if case.household_id == home.pk)
    found = asked(grounds, f"/township/intake/?household={home.ref}", grounds.account(role, case))
    names = dict(found)
    assert {f"intake:{shape(name)}" for name in names} <= REGISTERED.keys()
    known = {
        "members": home.memberships.filter(to_on=None).count(),
        "obligors": home.obligors.filter(to_on=None).count(),
    }
    wrong = []
    for name, filled in found:
        row = re.match(r"(members|obligors)-(\d+)-", name)
        spare = row is not None and int(row[2]) >= known[row[1]]
        if f"intake:{shape(name)}" in registry.ASKS.values() and not filled and not spare:
            wrong.append(f"{name} is empty, though it is stored")
    assert not wrong, "\n".join(wrong)


def test_a_fresh_form_asks_for_every_datum_once(grounds: Grounds) -> None:
    names = {f"intake:{shape(name)}" for name, _ in asked(grounds, "/township/intake/", grounds.account(DESKS[1][0]))}
    assert names >= set(registry.ASKS.values()), sorted(set(registry.ASKS.values()) - names)
    assert names <= REGISTERED.keys(), sorted(names - REGISTERED.keys())
