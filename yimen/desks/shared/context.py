"""What every template may count on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from yimen.desks.shared.frame import frame_of


def page(request: HttpRequest) -> dict[str, Any]:
    """``frame`` and a quiet ``refusal``; a view's own values win."""
    return {"frame": frame_of(request), "refusal": None}
