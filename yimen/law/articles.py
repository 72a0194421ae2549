"""The documents that pages cite, and which articles they have: a citation of an article that does not exist is refused.

``D7`` is article 7 of the measures of 2021 on dibao, ``T8`` of those on 特困, ``R4`` of those on 刚性支出 of 2024, ``L40`` article
40 of the law of 2026, ``N四（二）`` a section of the notice of 2022, ``P四（一）`` a section of the district's plan (rules.md §0).
"""

from __future__ import annotations

import re

#: Letter -> (how the document is cited, number of its last article).
ARTICLES = {
    "D": ("民发〔2021〕57号", 42),
    "L": ("社会救助法", 78),
    "R": ("民发〔2024〕57号", 14),
    "T": ("民发〔2021〕43号", 29),
}
#: Letter -> (how the document is cited, its sections with the number of their items).
SECTIONS = {
    "N": ("民发〔2022〕83号", {"一": 4, "二": 2, "三": 3, "四": 3, "五": 5}),
    "P": ("实施方案", {"二": 3, "三": 3, "四": 6, "五": 3, "六": 4}),
}
_DIGITS = "零一二三四五六七八九"


class UnknownArticle(ValueError):
    """A citation names a document or an article that does not exist."""


def chinese(number: int) -> str:
    """A number from 1 to 99 as articles are numbered: 四十二."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return f"{head}{_DIGITS[ones] if ones else ''}"


def cited(code: str) -> str:
    """The words of a citation; :class:`UnknownArticle` where the document has no such place."""
    letter, rest = code[:1], code[1:]
    if letter in ARTICLES and rest.isdigit():
        name, last = ARTICLES[letter]
        if 1 <= int(rest) <= last:
            return f"{name}第{chinese(int(rest))}条"
    if letter in SECTIONS and (found := re.fullmatch(r"([一二三四五六])（([一二三四五六七八九])）\d?", rest)):
        name, sections = SECTIONS[letter]
        if 1 <= _DIGITS.index(found[2]) <= sections.get(found[1], 0):
            return f"{name}{rest}"
    raise UnknownArticle(f"没有这一条：{code}")
