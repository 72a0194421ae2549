"""What the handbook says about the law after the decision, made from the law floor: the closed list of grounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from yimen.law.aftercare.grounds import Duties, articles_of, duties_of, grounds_for
from yimen.law.aftercare.terms import ChangeEffect
from yimen.law.terms import Programme

DAY = dt.date(2026, 11, 24)
Table = Callable[[Iterable[str], Iterable[Iterable[object]]], str]
_FIRST = (
    ("hearing", "听取意见"),
    ("public_notice", "公示"),
    ("district", "报区级"),
    ("own_share_only", "只涉及本人份额"),
)


def grounds(asked: str, table: Table) -> str:
    """The grounds of a programme by effect, with what must be done first and the articles in force."""
    programme = Programme(asked)
    rows = []
    for effect in ChangeEffect:
        for ground in grounds_for(programme, effect, DAY):
            duties = duties_of(ground, programme, effect, DAY)
            rows.append((effect.label, ground.label, _first(duties), "；".join(articles_of(ground, programme, DAY))))
    return table(("处理", "事由", "先要做的", "依据"), rows)


def _first(duties: Duties) -> str:
    return "、".join(label for name, label in _FIRST if getattr(duties, name))
