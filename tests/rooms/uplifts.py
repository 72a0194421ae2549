"""A new standard of the district, and the two people who carry it through."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.rooms.examined import World as Examined
from tests.rooms.ledgers import code
from tests.rooms.world import World
from yimen.base.powers import acts as powers
from yimen.casework.awards import acts, versions
from yimen.casework.awards.models import Award
from yimen.casework.awards.uplift import basis, ledger_facts
from yimen.law.aftercare.terms import AwardCause
from yimen.law.terms import Role

URBAN, RURAL = "dibao.standard.urban", "dibao.standard.rural"
MONTH = "2026-12"


def proposer(world: World | Examined) -> Any:
    return world.officer("吴区确认") if isinstance(world, Examined) else world.at_district(Role.SUPERVISOR)


def releaser(world: World | Examined) -> Any:
    return world.officer("郑区确认") if isinstance(world, Examined) else world.at_district(Role.DISTRICT_DECIDER)


def set_figure(world: World | Examined, key: str, fen: int, since: date = date(2026, 12, 1)) -> None:
    """A figure of the district, drafted by one and released by another."""
    row = powers.propose_figure(proposer(world), key=key, value=fen, valid_from=since, document="安澜民发〔2026〕1号")
    powers.release_figure(releaser(world), ref=row.ref)


def too_high(award: Award, fen: int = 300_000) -> None:
    """The award pays more than its facts give: what a raise then finds is a fall."""
    facts = ledger_facts.people_of(basis.load([award.pk])[0])
    said = versions.Basis("x", "x", date(2026, 11, 1))
    versions.add(award, "2026-11", AwardCause.CHANGE, said, monthly_fen=fen, facts=facts)
    Award.objects.filter(pk=award.pk).update(monthly_fen=fen)


def drawn(world: World | Examined, keys: tuple[str, ...] = (URBAN,), month: str = MONTH) -> Any:
    """Opened and previewed."""
    run = acts.open_uplift(proposer(world), keys=keys, month=month)
    return acts.draw_up_uplift(proposer(world), run.ref)


def released(world: World | Examined, run: Any) -> Any:
    """Proposed and released, not yet carried out."""
    acts.propose_uplift(proposer(world), ref=run.ref)
    by = releaser(world)
    return acts.release_uplift(by, ref=run.ref, code=code(by))


def raised(world: World | Examined, keys: tuple[str, ...] = (URBAN,), month: str = MONTH) -> Any:
    """The whole way."""
    run = released(world, drawn(world, keys, month))
    return acts.carry_on_uplift(releaser(world), run.ref)
