"""Sixty requests a minute from one address, then 429 (K22).

The counter lies in memory of fixed size that all web processes share when they are forked from one (``yimen serve``
does that), and not in the database: a row written for every look at the board would let a stranger hold up the one
writer that the officers need, and a table of addresses would grow as long as somebody asks. Neighbours in a slot of
the table share its count; with 65,536 slots that is rare, and it never lets anybody ask more.
"""

from __future__ import annotations

import hashlib
import ipaddress
import mmap
import struct
import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from yimen.desks.shared.pages import show
from yimen.desks.shared.shapes import Link

MOST, WINDOW = 60, 60
_SLOT = struct.Struct("=III")  # number of the window, count in it, count in the one before
_SLOTS = 65_536
_table = mmap.mmap(-1, _SLOTS * _SLOT.size)
_lock = threading.Lock()

View = Callable[..., HttpResponse]


def address(request: HttpRequest) -> str:
    """Who asks: behind the TLS proxy the last address it noted, else the peer; an IPv6 network counts as one."""
    text = str(request.META.get("REMOTE_ADDR", ""))
    if settings.YIMEN_TLS:
        text = request.headers.get("X-Forwarded-For", text).rpartition(",")[2].strip()
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return text
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def too_many(who: str, moment: float | None = None) -> bool:
    """Count one request; whether it is one too many in the last minute (the window before weighs in by its rest)."""
    seconds = time.monotonic() if moment is None else moment
    window, passed = divmod(int(seconds), WINDOW)
    at = int.from_bytes(hashlib.sha256(who.encode()).digest()[:4], "big") % _SLOTS * _SLOT.size
    with _lock:
        kept, count, before = _SLOT.unpack_from(_table, at)
        if kept != window:
            count, before = 0, count if kept == window - 1 else 0
        count = min(count + 1, 10 * MOST)
        _SLOT.pack_into(_table, at, window, count, before)
    return count * WINDOW + before * (WINDOW - passed) > MOST * WINDOW


def forget() -> None:
    """Begin anew; for the tests."""
    with _lock:
        _table[:] = bytes(len(_table))


def limited(view: View) -> View:
    """Let a view answer at most sixty times a minute to one address."""

    @wraps(view)
    def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not too_many(address(request)):
            return view(request, *args, **kwargs)
        response = show(
            request,
            "shared/error.html",
            429,
            title="请稍候再查",
            sentence=f"同一网络地址一分钟内查询超过 {MOST} 次，已暂停一分钟。",
            advice="请一分钟后刷新本页；急需了解情况请致电乡镇（街道）社会救助窗口或 12345。",
            number=getattr(request, "number", ""),
            links=[Link("回到公示查询", "/public/")],
        )
        response["Retry-After"] = str(WINDOW)
        return response

    return counted
