"""Findings in words, and what a register's words say about a declaration in words."""

from __future__ import annotations

from collections.abc import Sequence

from yimen.law.checks import Item
from yimen.law.money import show
from yimen.law.terms import Marriage, Match, Period

LAND_AREA = "land_area"
OTHER_ITEMS = {LAND_AREA: "承包土地", "other": "其他收入", "machinery": "大型农机具", "fixture": "林木等其他定着物"}
# Words with which a register says that the person is not, or no longer, as declared.
_AGAINST = ("不一致", "不符", "注销", "迁出", "不在册", "查无")
_IN_WORDS = {
    str(Period.MONTH): "/月",
    str(Period.QUARTER): "/季",
    str(Period.SEASON): "/半年",
    str(Period.YEAR): "/年",
    str(Period.ONCE): "（一次性）",
}  # of declared amounts; the found ones use the same words for the same periods


def amount(fen: int, period: str) -> str:
    """1,200.00元/月."""
    return f"{show(fen)}元{_IN_WORDS.get(period, '')}"


def finding(known: Item, value: str, fen: int | None, count: int | None, period: str, detail: str) -> str:
    """One finding in one phrase."""
    parts = [value.strip()]
    if fen is not None:
        parts.append(amount(fen, period))
    elif count is not None:
        parts.append(f"{count}{known.unit}")
    words = "，".join(part for part in parts if part)
    return f"{words}（{detail.strip()}）" if detail.strip() else words


def _plain(text: str) -> str:
    return "".join(sign for sign in text if not sign.isspace() and sign not in "，,。；;（）()、")


def match_text(code: str, declared: str, found: Sequence[str]) -> Match:
    """Whether the words of a register agree with the declared ones; in doubt they differ and a person looks."""
    words = [_plain(text) for text in found]
    if code == "members":
        return Match.DIFFERENT if any(sign in text for text in words for sign in _AGAINST) else Match.AGREED
    if code == "death" or not declared:
        return Match.DIFFERENT
    said = _plain(declared)
    return Match.AGREED if all(text.startswith(said) or said in text for text in words) else Match.DIFFERENT


def match_nothing(code: str, declared: str) -> Match | None:
    """What it means that a register answered and has no entry; None leaves it to the common rule."""
    if code == "marriage":
        # Marriages of earlier decades stand in no electronic register: nothing found contradicts only nothing.
        return Match.AGREED if declared == Marriage.SINGLE.label else Match.NO_SOURCE
    return None
