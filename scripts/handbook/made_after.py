"""What the handbook says about the law after the decision, made from the law floor: the closed list of grounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from yimen.law.aftercare.grounds import GROUNDS, Duties, articles_of, duties_of
from yimen.law.aftercare.terms import ChangeEffect
from yimen.law.terms import Programme

DAY = dt.date(2026, 11, 24)
Table = Callable[[Iterable[str], Iterable[Iterable[object]]], str]
_FIRST = (("hearing", "听取意见"), ("public_notice", "公示"), ("district", "报区级"))


def grounds(asked: str, table: Table) -> str:
    """The grounds of a programme: what each carries, what must be done before, and the articles in force."""
    programme = Programme(asked)
    rows = []
    for ground in GROUNDS.values():
        effects = [effect for effect in ChangeEffect if ground.allows(programme, effect)]
        if effects:
            done = "；".join(_effect(effect, duties_of(ground, programme, effect, DAY)) for effect in effects)
            rows.append((ground.label, done, "；".join(articles_of(ground, programme, DAY))))
    return table(("事由", "可以办理", "依据"), rows)


def _effect(effect: ChangeEffect, duties: Duties) -> str:
    first = "、".join(label for name, label in _FIRST if getattr(duties, name))
    asked = [f"先{first}" if first else "", "限本人份额" if duties.own_share_only else ""]
    told = "，".join(part for part in asked if part)
    return f"{effect.label}（{told}）" if told else effect.label
