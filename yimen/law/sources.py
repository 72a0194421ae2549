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
_TITLES = {
    "社会救助法": "《中华人民共和国社会救助法》",
    "民发〔2021〕57号": "《最低生活保障审核确认办法》（民发〔2021〕57号）",
    "民发〔2021〕43号": "《特困人员认定办法》（民发〔2021〕43号）",
    "民发〔2022〕83号": "《关于进一步做好最低生活保障等社会救助兜底工作的通知》（民发〔2022〕83号）",
    "民发〔2024〕57号": "《刚性支出困难家庭认定办法》（民发〔2024〕57号）",
}
"""Documents by the short form in which rules cite them, with their full names for letters."""


def cites(text: str, on: date) -> bool:
    """Whether everything that a citation names was in force on the day."""
    return all(on >= since or name not in text for name, since in _NOT_BEFORE)


def in_force(articles: Iterable[str], on: date) -> list[str]:
    """Those citations that could be made on the day, each once, in their order."""
    return [article for article in dict.fromkeys(articles) if article and cites(article, on)]


def dated(text: str, on: date) -> str:
    """Citations parted by ``；`` without those that could not yet be made; perhaps empty."""
    return text if on >= LAW_FROM else "；".join(in_force(text.split("；"), on))


def titled(articles: Iterable[str], on: date) -> list[str]:
    """Citations in force on the day as a letter makes them: each document once, by its full name, with all its articles."""
    found: dict[str, list[str]] = {}
    for article in in_force(articles, on):
        short = next((each for each in _TITLES if article.startswith(each)), "")
        found.setdefault(_TITLES.get(short, ""), []).append(article.removeprefix(short))
    named = [f"{title}{'、'.join(parts)}" for title, parts in found.items() if title]
    return [*named, *found.get("", ())]
