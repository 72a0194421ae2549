"""Two helps for work over very many rows: the collector kept out of the way, and the next portion begun before the last is kept."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
_SELDOM = (200_000, 20, 50)


@contextmanager
def undisturbed() -> Iterator[None]:
    """With the collector of cycles at work seldom: it finds little in rows and would take a tenth of the time."""
    usual = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def ahead(begun: Iterable[T], many: int = 2) -> Iterator[T]:
    """What was begun, in order, each handed on only after ``many`` further ones were begun behind it."""
    waiting: deque[T] = deque()
    for each in begun:
        waiting.append(each)
        if len(waiting) > many:
            yield waiting.popleft()
    yield from waiting
