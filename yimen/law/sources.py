"""Which documents were in force on a day: nothing dated before a law may cite it.

Citations are written ``社会救助法第十八条`` or ``《中华人民共和国社会救助法》第十八条、第四十四条``; several in one text are
parted by ``；``. What was never replaced (the 2021 measures, the 2022 notice) needs no row here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

#: The law of 30 April 2026 is in force from this day on; before it the measures of 2021 stand alone (rules.md §0).
LAW_FROM = date(2026, 7, 1)
_NOT_BEFORE = (("社会救助法", LAW_FROM),)


def cites(text: str, on: date) -> bool:
    """Whether everything that a citation names was in force on the day."""
    return all(on >= since or name not in text for name, since in _NOT_BEFORE)


def in_force(articles: Iterable[str], on: date) -> list[str]:
    """Those citations that could be made on the day, each once, in their order."""
    return [article for article in dict.fromkeys(articles) if article and cites(article, on)]


def dated(text: str, on: date) -> str:
    """Citations parted by ``；`` without those that could not yet be made; perhaps empty."""
    return text if on >= LAW_FROM else "；".join(in_force(text.split("；"), on))
