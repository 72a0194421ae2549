"""Pinyin keys for sorting and searching names, surnames read as surnames (单 shan, 曾 zeng, 仇 qiu)."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

# A surname is read in its own way whatever the word list says.
_SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "乐": "yue", "区": "ou", "查": "zha", "任": "ren", "华": "hua",
    "盖": "ge", "朴": "piao", "尉": "wei", "万俟": "moqi", "尉迟": "yuchi", "缪": "miao", "翟": "zhai", "冼": "xian",
    "折": "she", "黑": "he", "种": "chong", "秘": "bi", "繁": "po", "员": "yun", "覃": "qin", "纪": "ji", "召": "shao",
}  # fmt: skip
_INITIAL_OF_COMPOUND = {"万俟": "mq", "尉迟": "yc"}


def _split(name: str) -> tuple[str, str]:
    for length in (2, 1):
        if name[:length] in _SURNAMES:
            return name[:length], name[length:]
    return "", name


@lru_cache(maxsize=4096)
def spell(name: str) -> tuple[str, str]:
    """Full pinyin and initials of a name in lower case; characters without a reading stand for themselves."""
    surname, rest = _split(name.replace("·", ""))
    full = _SURNAMES.get(surname, "") + "".join(lazy_pinyin(rest))
    head = _INITIAL_OF_COMPOUND.get(surname, _SURNAMES.get(surname, "")[:1])
    initials = head + "".join(lazy_pinyin(rest, style=Style.FIRST_LETTER))
    return full.lower()[:200], initials.lower()[:100]
