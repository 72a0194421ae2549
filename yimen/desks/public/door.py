"""The second question of a progress code (A3): five wrong answers close it for an hour, a right one opens it for a quarter.

What is counted lies in the database, so that neither a restart nor a second process opens the door again. A code that
does not exist is counted and answered like one that does: nobody learns which codes are real.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from yimen.base.refs import is_ref
from yimen.casework.applications import queries as applications
from yimen.desks.public.models import ProgressTry
from yimen.law.calendar import as_moment, now

MOST_WRONG = 5
CLOSED = timedelta(hours=1)
OPEN = timedelta(minutes=15)
KEY = "progress"
NOT_FOUND = "未找到，请核对回执上的查询码和申请人身份证号后 4 位。"


def closed_until(code: str) -> datetime | None:
    """Until when a code is closed after five wrong answers; None where it is open."""
    moment = now()
    row = ProgressTry.objects.filter(code=code, closed_until__gt=moment).first()
    return as_moment(row.closed_until) if row and row.closed_until else None


def knock(request: HttpRequest, code: str, last_four: str) -> bool:
    """Whether the answer is right; if so the code is open in this browser for a quarter of an hour."""
    if closed_until(code) is not None:
        return False
    found = applications.by_progress_code(code) if is_ref(code) else None
    wanted = found.applicant.identity[-4:] if found else ""
    given = last_four.strip().upper()
    if not found or not hmac.compare_digest(given.encode(), wanted.encode()):
        _count(code)
        return False
    ProgressTry.objects.filter(code=code).delete()
    request.session.cycle_key()
    request.session[KEY] = {"code": code, "until": (now() + OPEN).isoformat()}
    return True


def _count(code: str) -> None:
    moment = now()
    if not is_ref(code):
        return
    with transaction.atomic():
        # What is older than its hour has no effect any more; tidied here, so the table cannot grow for ever.
        ProgressTry.objects.filter(since__lt=moment - CLOSED).exclude(closed_until__gt=moment).delete()
        row, _new = ProgressTry.objects.select_for_update().get_or_create(code=code, defaults={"since": moment})
        row.wrong += 1
        if row.wrong >= MOST_WRONG:
            row.closed_until = moment + CLOSED
        row.save(update_fields=["wrong", "closed_until"])


def opened(request: HttpRequest, code: str) -> Any | None:
    """The application of a code that is open in this browser, else None."""
    kept = request.session.get(KEY)
    if not kept or kept["code"] != code or datetime.fromisoformat(kept["until"]) < now():
        return None
    return applications.by_progress_code(code)


def close(request: HttpRequest) -> None:
    """Forget that a code was open in this browser."""
    request.session.pop(KEY, None)
