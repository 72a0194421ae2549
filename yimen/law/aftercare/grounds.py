"""Lawful grounds (法定事由) for changing, suspending or ending an award: a closed list, as data (D32; L47, L48; T24).

A ground that a place adds stands in the figure ``change.grounds_local`` with its document. Recognitions (边缘家庭,
刚性支出困难家庭) carry no money, so they can only end or move.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from yimen.law.aftercare.ground_rows import ROWS, Ground
from yimen.law.aftercare.terms import ADVERSE, ChangeEffect, ChangeEvent
from yimen.law.articles import cited
from yimen.law.sources import in_force
from yimen.law.standards import BadFigure, Figure
from yimen.law.terms import Programme

__all__ = ["GROUNDS", "Duties", "Ground", "articles_of", "duties_of", "ground_of", "grounds_for", "grounds_of_event"]

LOCAL = "change.grounds_local"
GROUNDS: dict[str, Ground] = {row.code: row for row in ROWS}
"""Every ground of the texts by its code, in the order in which a page offers them."""


@dataclass(frozen=True)
class Duties:
    """What must happen before and after an act on a ground, with the articles in force on its day.

    ``hearing``: hear the household first (L48). ``written_notice``: tell it in writing with reasons and remedies.
    ``public_notice``: show the proposal in public, for ``tekun.stop_public_notice_days`` days (T26).
    ``check_other_programmes``: see at once whether it fits another programme (T27). ``second_person``: another person
    than who proposed it confirms. ``district``: the department decides, not the township (L73).
    """

    hearing: bool
    written_notice: bool
    public_notice: bool
    own_share_only: bool
    check_other_programmes: bool
    second_person: bool
    district: bool
    articles: tuple[str, ...]


def ground_of(code: str, local: Figure | None = None) -> Ground:
    """The ground of a code. Raises KeyError where neither the texts nor the place has it."""
    found = GROUNDS.get(code) or next((row for row in _local(local) if row.code == code), None)
    if found is None:
        raise KeyError(code)
    return found


def grounds_for(programme: Programme, effect: ChangeEffect, on: dt.date, local: Figure | None = None) -> list[Ground]:
    """The grounds on which an effect is allowed on a day; ``local`` is the figure ``change.grounds_local`` if it is set.

    Raises BadFigure for a local row that cannot be read.
    """
    rows = (*GROUNDS.values(), *_local(local))
    return [row for row in rows if row.allows(programme, effect) and (row.local or articles_of(row, programme, on))]


def grounds_of_event(programme: Programme, event: ChangeEvent, on: dt.date) -> list[Ground]:
    """The grounds that an event may lead to, whatever the effect."""
    rows = (row for row in GROUNDS.values() if programme in row.programmes and event in row.events)
    return [row for row in rows if articles_of(row, programme, on)]


def articles_of(ground: Ground, programme: Programme, on: dt.date) -> tuple[str, ...]:
    """The articles that a ground itself rests on, as far as they were in force on the day."""
    own = (code for code in ground.articles if _belongs(code, programme))
    return tuple(in_force([cited(code) for code in own], on))


def duties_of(
    ground: Ground, programme: Programme, effect: ChangeEffect, on: dt.date, *, falls: bool = False
) -> Duties:
    """What an effect on this ground asks for. Raises ValueError where the ground does not allow it.

    ``falls``: the amount becomes less by it, as with a move to where the standard is lower: then it is a cut (L48).
    """
    if not ground.allows(programme, effect):
        raise ValueError(f"“{ground.label}”不是对{programme.label}办理“{effect.label}”的法定事由。")
    adverse = effect in ADVERSE or falls
    ends = effect is ChangeEffect.END
    hearing = adverse and effect not in ground.unheard
    public = ends and programme is Programme.TEKUN
    told = adverse or effect in {ChangeEffect.INCREASE, ChangeEffect.GRACE, ChangeEffect.RESUME, ChangeEffect.TRANSFER}
    general = [code for code in _GENERAL[adverse] if _belongs(code, programme)]
    general += ["T26", "T27"] if public else []
    return Duties(
        hearing=hearing,
        written_notice=told,
        public_notice=public,
        own_share_only=ground.own_share_only,
        check_other_programmes=ends and ground.check_other_programmes,
        second_person=ground.second_person,
        district=ground.district,
        articles=tuple(
            in_force([*articles_of(ground, programme, on), *ground.documents, *(cited(code) for code in general)], on)
        ),
    )


_GENERAL = {False: ("L47",), True: ("D32", "L47", "L48")}
_OF = {"D": Programme.DIBAO, "N": Programme.DIBAO, "T": Programme.TEKUN, "R": Programme.RIGID_EXPENDITURE}
_TEKUN, _DIBAO = (Programme.TEKUN,), (Programme.DIBAO,)
_ONLY = {
    "D7": (Programme.DIBAO, Programme.EDGE),
    "D8": (Programme.EDGE,),
    "L16": _TEKUN,
    "L17": _TEKUN,
    "L18": _DIBAO,
    "L19": _DIBAO,
    "L20": _DIBAO,
    "L21": (Programme.EDGE,),
    "L22": (Programme.RIGID_EXPENDITURE,),
}
"""Articles that speak of other programmes than their document: the household of D7 and D8 is also the edge household's."""


def _belongs(code: str, programme: Programme) -> bool:
    """Whether an article speaks of a programme: the law of all, each set of measures of its own."""
    if code in _ONLY:
        return programme in _ONLY[code]
    return _OF.get(code[:1], programme) is programme


def _local(figure: Figure | None) -> Iterable[Ground]:
    for row in figure.as_rows() if figure else ():
        try:
            yield Ground(
                code=f"local.{row['code']}",
                label=str(row["label"]),
                public=str(row.get("public", "按本地规定应当调整")),
                programmes=tuple(Programme(str(each)) for each in _texts(row.get("programmes"))),
                effects=tuple(ChangeEffect(str(each)) for each in _texts(row.get("effects"))),
                events=(ChangeEvent.OTHER,),
                documents=(figure.document,) if figure else (),
                local=True,
            )
        except (KeyError, ValueError) as bad:
            raise BadFigure(f"本地规定的事由“{row.get('label', row)}”写得不完整，请由区级核对后重新发布。") from bad


def _texts(value: object) -> list[object]:
    if not isinstance(value, list) or not value:
        raise ValueError("no list")
    return value
