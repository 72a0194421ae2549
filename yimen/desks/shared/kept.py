"""Forms that arrived after their session had ended."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.http import HttpRequest, QueryDict

from yimen.base.access.models import KeptForm
from yimen.desks.shared.drafts import STEP
from yimen.law.calendar import now

COOKIE = "kept_form"
NAME_COOKIE = "last_user"
LONGEST = timedelta(hours=12)
_NEVER = ("/password/", "/login/", "/logout/", "/public/", "/p/", "/search/")
_SECRET = {"csrfmiddlewaretoken", "code", "password"}
_LARGEST = 400_000


def worth_keeping(request: HttpRequest) -> bool:
    """Whether the form came from a browser in which somebody was logged in, and is a form of a desk."""
    return (
        NAME_COOKIE in request.COOKIES
        and not request.path.startswith(_NEVER)
        # What a script keeps on the way is a draft; the form itself comes after it.
        and not (request.POST.get(STEP) and request.headers.get("X-Requested-With"))
        and int(request.META.get("CONTENT_LENGTH") or 0) < _LARGEST
    )


def keep(request: HttpRequest) -> str:
    """Seal what was typed; returns the token for the cookie."""
    body = {name: values for name, values in request.POST.lists() if name not in _SECRET}
    token = secrets.token_urlsafe(32)
    KeptForm.objects.filter(at__lt=now() - LONGEST).delete()
    KeptForm.objects.create(
        token=token, account_name=request.COOKIES[NAME_COOKIE][:40], path=request.path[:300], body=body, at=now()
    )
    return token


def take(request: HttpRequest) -> QueryDict | None:
    """What the same account had typed on this very page, once."""
    token = request.COOKIES.get(COOKIE)
    if not token:
        return None
    username = request.user.get_username()
    row = KeptForm.objects.filter(token=token, path=request.path, account_name=username).first()
    if row is None:
        return None
    row.delete()
    data = QueryDict(mutable=True)
    for name, values in row.body.items():
        data.setlist(name, values)
    return data
