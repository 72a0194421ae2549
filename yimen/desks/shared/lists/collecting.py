"""A request that wants the whole table instead of a page: put on by the export, looked at by paging and by ``show``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

AT_ONCE = 5_000
PORTION = 2_000


class TooMany(Exception):
    """More rows than are written while somebody waits: the background does it."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@dataclass
class Collecting:
    """What the export wants and what the page gave. ``portion`` None: everything at once, at most :data:`AT_ONCE` rows.

    In the background the page is opened once per portion (from 1), each with :data:`PORTION` rows.
    """

    portion: int | None = None
    full: bool = False
    total: int | None = None
    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)

    def cut(self, count: int) -> tuple[int, int]:
        """Which rows, of how many, the page has to show. Raises TooMany."""
        self.total = count
        if self.portion is not None:
            return (self.portion - 1) * PORTION, min(self.portion * PORTION, count)
        if count > AT_ONCE:
            raise TooMany(count)
        return 0, count


def collecting(request: HttpRequest) -> Collecting | None:
    """The export behind this request, if it is one."""
    found: Collecting | None = getattr(request, "collecting", None)
    return found
