"""What the headings of townships' ledgers mean, by the table of customary wordings (wordings.py).

A heading that is not in the table stays unknown and is listed for the officer; it is never guessed from its content.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from yimen.gateways.ledgers.kinds import REQUIRED
from yimen.gateways.ledgers.wordings import FIELDS, NOT_TAKEN, WORDINGS
from yimen.law.terms import Programme

__all__ = ["FIELDS", "NOT_TAKEN", "field_of", "label_of", "missing", "plain", "resolve"]


_TABLE: dict[str, str] = {word: field for field, words in WORDINGS.items() for word in words.split()}
# Heads that mean nothing without knowing whose: taken under a group head only where the group is one of these.
_BARE = {"name", "identity", "relation", "phone", "address", "sex", "covered_flag"}
_GENERAL = {
    "",
    "基本",
    "基础",
    "人员",
    "个人",
    "家庭",
    "家庭基本",
    "本人",
    "人员基本",
    "个人基本",
    "户",
    "家庭人员",
    "在保",
}
_FILLERS = ("基本信息", "基本情况", "信息", "情况", "资料", "明细", "部分")
_UNITS = ("万元", "角", "季", "年", "人均", "每人", "千元")
_BRACKETS = re.compile(r"[(\[【〔{][^)\]】〕}]*[)\]】〕}]")
_INDEX = re.compile(r"(\d{1,2}|[一二三四五六七八九十])")
_CHINESE = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}
_MEMBER = {
    "name": "member_name", "identity": "member_identity", "member_name": "member_name", "relation": "relation",
    "member_identity": "member_identity", "covered_flag": "covered_flag",
}  # fmt: skip


def plain(head: str) -> str:
    """A heading without blanks, line breaks, width, punctuation and units; "" for one whose unit is not ours."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", head))
    inside = "".join(_BRACKETS.findall(text))
    if any(unit in inside for unit in _UNITS):
        return ""
    return re.sub(r"[*、,，。.;；:：/\\\-_“”\"'·・]", "", _BRACKETS.sub("", text))


def _stripped(group: str) -> str:
    text = plain(group)
    for filler in _FILLERS:
        text = text.removesuffix(filler)
    return text


def field_of(head: str, group: str = "") -> str:
    """The field a heading means: a key of FIELDS, ``name``, ``identity``, ``member_name:2``, NOT_TAKEN, or "" if unknown."""
    if not group and re.search(r"\S[：:]\S", head):
        group, _, head = re.split(r"([：:])", head, maxsplit=1)
    word, over = plain(head), _stripped(group)
    if not over:
        return _single(word)
    if joined := _single(over + word):
        return joined
    found = _single(word) if word else _single(plain(group))
    if found in _BARE or found.partition(":")[0] in _BARE:
        return found if over in _GENERAL else ""
    return found


def _single(word: str) -> str:
    if word in _TABLE:
        return _TABLE[word]
    place = _INDEX.search(word)
    if place is None:
        return ""
    base = _TABLE.get(word[: place.start()] + word[place.end() :], "")
    number = _CHINESE.get(place[1]) or int(place[1]) if place[1] in _CHINESE or place[1].isdigit() else 0
    return f"{_MEMBER[base]}:{number}" if base in _MEMBER and number else ""


def resolve(found: Sequence[str]) -> list[str]:
    """Fields of all columns with ``name`` and ``identity`` settled by their neighbours; a field named twice is unknown."""
    fields = list(found)
    by_person = "relation" in fields or "head_name" in fields
    role = "member_name" if by_person and "member_name" not in fields else "head_name"
    fields = [role if field == "name" else field for field in fields]
    whose = ""
    for at, field in enumerate(fields):
        base, _, number = field.partition(":")
        if base in {"head_name", "member_name"}:
            whose = field
        elif base == "identity":
            fields[at] = whose.replace("_name", "_identity") or "head_identity"
        elif base in {"relation", "covered_flag"} and not number and ":" in whose:
            fields[at] = f"{base}:{whose.partition(':')[2]}"
    twice = {field for field in fields if field not in {"", NOT_TAKEN} and fields.count(field) > 1}
    return ["" if field in twice else field for field in fields]


def missing(fields: Sequence[str], kind: Programme = Programme.DIBAO) -> list[str]:
    """Labels of what no column tells and every ledger of this kind must."""
    known = {field.partition(":")[0] for field in fields}
    lacking = [field for field in REQUIRED[kind] if field not in known]
    if {"basic", "care"} <= known:
        lacking = [field for field in lacking if field != "amount"]
    if "member_name" in known and "relation" in known:
        # One row a person: the head is the person whose relation says so.
        lacking = [field for field in lacking if field not in {"head_name", "head_identity"}]
        lacking += [field for field in ("member_identity",) if field not in known and "head_identity" not in known]
    return [FIELDS[field] for field in lacking]


def label_of(field: str) -> str:
    """A field in words: 成员2姓名."""
    base, _, number = field.partition(":")
    if base == NOT_TAKEN:
        return "不导入"
    label = FIELDS.get(base, "")
    if number:
        return label.replace("成员", f"成员{number}") if "成员" in label else f"成员{number}{label}"
    return label
