"""An opinion's stored facts are read back to the very facts that it was reckoned from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.rooms.examined import build, examined
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.decisions import acts
from yimen.casework.decisions.facts import household_facts
from yimen.casework.decisions.models import Opinion
from yimen.law.rules import reckon_dibao
from yimen.law.rules.facts_form import household_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 10)


def test_a_stored_opinion_can_be_reckoned_again_from_what_it_keeps(travel: Callable[[date], None]) -> None:
    travel(DAY)
    world = build()
    case = examined(world)
    acts.propose(world.officer("孙审核"), case.ref, approve=True, reasons="收入低于标准，财产符合规定。")
    opinion = Opinion.objects.get(application=case)
    stored = household_of(opinion.inputs["facts"])
    assert stored == household_facts(case, DAY)
    areas = offices.scopes(case.village_id)
    again = reckon_dibao(stored, figures.book(), areas, DAY, case.household.urban)
    assert again.amount_fen == opinion.amount_fen
    assert again.covered == opinion.covered
