"""What is paid on top of a granted amount in its first month: 价格临时补贴 and the like (L32), for the paper that explains it."""

from __future__ import annotations

from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.applications.models import Application
from yimen.casework.decisions.grants import Grant
from yimen.law.aftercare.additions import KEY, Added, Standing, additions_in, paid_in, rate_words
from yimen.law.aftercare.terms import AwardPhase
from yimen.law.calendar import last_day
from yimen.law.money import show
from yimen.law.standards import BadFigure, Unset


def added_words(application: Application, grants: list[Grant], grant: Grant, month: str) -> list[str]:
    """The additions of the month in which a grant begins, each in words; none where none is in force.

    All grants of the decision are weighed together, so that nobody is promised one twice. A figure that is not whole
    promises nothing: it stops the payment itself (``awards.additions``).
    """
    places = offices.scopes(application.township_id)
    try:
        rows = paid_in(figures.book().find(KEY, places, last_day(month)), month)
    except (BadFigure, Unset):
        return []
    household = str(application.pk)
    standing = [
        Standing(each.key, household, each.programme, AwardPhase.RUNNING, tuple(sorted(each.persons)))
        for each in grants
    ]
    return [_words(added) for added in additions_in(month, standing, rows) if added.award == grant.key]


def _words(added: Added) -> str:
    row = added.addition
    paid = f"{len(added.persons)} 人当月 {show(added.fen)} 元"
    return f"{row.label}：{rate_words(row)}，{row.from_month} 至 {row.to_month}，{paid}（{row.document}）"
