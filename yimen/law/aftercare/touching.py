"""Which awards of a household an event touches, so that one report opens a change for each (D30; T24; L21, L46).

低保 of a household, 边缘 and 刚性支出 rest on the members and means of all, and so does 单人保, which goes on only while the
household meets the conditions of 边缘 (L21.2); 特困 rests on the person covered.
"""

from __future__ import annotations

from yimen.law.aftercare.terms import ChangeEvent
from yimen.law.terms import Programme

_HOUSEHOLD = frozenset({
    ChangeEvent.BIRTH, ChangeEvent.DEATH, ChangeEvent.MARRIAGE, ChangeEvent.MOVED_IN, ChangeEvent.MOVED_OUT,
    ChangeEvent.SPLIT, ChangeEvent.NEW_HEAD, ChangeEvent.WORK, ChangeEvent.INCOME, ChangeEvent.PROPERTY,
    ChangeEvent.ILLNESS, ChangeEvent.DISABILITY, ChangeEvent.LABOUR, ChangeEvent.SCHOOL, ChangeEvent.OBLIGOR,
    ChangeEvent.CUSTODY, ChangeEvent.FALSE_REPORT, ChangeEvent.TRANSFER,
})  # fmt: skip
"""What changes members or means. An exit, a refusal, an account concern the one award for which they are reported."""
_OF_TEKUN = frozenset({ChangeEvent.TRANSFER})
_CARE = frozenset({ChangeEvent.SELF_CARE, ChangeEvent.SUPPORT_FORM})


def touches(event: ChangeEvent, programme: Programme, *, covered: bool) -> bool:
    """Whether an event touches a further award of the household; ``covered``: one of the people meant is on it."""
    if programme is Programme.TEKUN:
        return event in _OF_TEKUN or (covered and event in _HOUSEHOLD | _CARE)
    return event in _HOUSEHOLD
