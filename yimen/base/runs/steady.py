"""Two helps for work over very many rows: the collector kept out of the way, and the next portion begun before the last is kept."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
_SELDOM = (200_000, 20, 50)
_USUAL = gc.get_threshold()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Seldom, and with nothing to look at of what was there before: for work of minutes."""
    gc.collect()
    gc.freeze()
    try:
        with seldom():
            yield
    finally:
        gc.unfreeze()


@contextmanager
def seldom() -> Iterator[None]:
    """With the collector of cycles at work seldom: it finds little in rows and would take a tenth of the time, or more.

    Where two threads do so at once, the first that ends ends it for both.
    """
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)


def ahead(begun: Iterable[T], many: int = 2) -> Iterator[T]:
    """What was begun, in order, each handed on only after ``many`` further ones were begun behind it."""
    waiting: deque[T] = deque()
    for each in begun:
        waiting.append(each)
        if len(waiting) > many:
            yield waiting.popleft()
    yield from waiting
