"""Money is a whole number of fen, and this is the one place that rounds (K1, rules.md §9).

Between facts and result a figure is an ``int`` or an exact ``Fraction`` of fen; yuan
exist only where a person types or reads them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

Fen: TypeAlias = int

FEN_PER_YUAN = 100
MAX_FEN = 100_000_000_000_00

ROUNDING_LABELS: dict[str, str] = {
    "half_up": "四舍五入到分",
    "up": "进位到分",
    "down": "舍去分以下",
    "yuan_up": "进位到元",
    "yuan_half_up": "四舍五入到元",
    "yuan_down": "舍去元以下",
}

_AMOUNT = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


class BadAmount(ValueError):
    """A text is no amount of money; the message is a Chinese sentence for the person who typed it."""


def parse_yuan(text: str) -> Fen:
    """Fen of an amount typed in yuan, such as ``"1,062.00"``, ``"￥350"`` or ``"２８元"``.

    Raises BadAmount when the text is empty, negative, has more than two decimals or is
    not a plain number. Never rounds.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("¥").removesuffix("元").strip()
    if not plain:
        raise BadAmount("金额没有填写，请填写以元为单位的数字，没有则填 0。")
    if plain.startswith("-"):
        raise BadAmount(f"金额“{text.strip()}”是负数，请填写不小于 0 的金额。")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise BadAmount(_why_not(text.strip(), plain))
    fen = int(found[1].replace(",", "")) * FEN_PER_YUAN + int((found[2] or "").ljust(2, "0"))
    if fen > MAX_FEN:
        raise BadAmount(f"金额“{text.strip()}”过大，请核对是否多写了数字。")
    return fen


def _why_not(shown: str, plain: str) -> str:
    if re.fullmatch(r"[\d,]+\.\d{3,}", plain):
        return f"金额“{shown}”的小数超过两位，请填写到分为止（两位小数）。"
    if re.fullmatch(r"[\d,]+(\.\d*)?", plain):
        return f"金额“{shown}”的逗号或小数点位置不对，请写成 1062.00 或 1,062.00。"
    return f"“{shown}”不是金额，请只填写数字，例如 1062.00。"


def show(fen: Fen) -> str:
    """Yuan with two decimals and grouping: ``106200`` becomes ``"1,062.00"``."""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def show_exact(value: Fraction | int) -> str:
    """Yuan of an unrounded figure in fen; a figure between two fen shows four decimals and 约."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return show(exact.numerator)
    tenthousandths = abs(exact) * 100
    shown = half_up(tenthousandths)
    yuan, rest = divmod(shown, 10_000)
    about = "" if tenthousandths.denominator == 1 else "约 "
    return f"{about}{'-' if exact < 0 else ''}{yuan:,}.{rest:04d}"


def in_words(fen: Fen) -> str:
    """Amount in capital numerals for papers and vouchers: ``106205`` is 壹仟零陆拾贰元零伍分.

    Raises BadAmount for a negative amount, which no paper states.
    """
    if fen < 0:
        raise BadAmount("负数金额不能写成大写。")
    yuan, rest = divmod(fen, FEN_PER_YUAN)
    jiao, last = divmod(rest, 10)
    text = _integer_in_words(yuan) + "元" if yuan else ""
    if rest == 0:
        return (text or "零元") + "整"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif yuan:
        text += "零"
    return text + (_DIGITS[last] + "分" if last else "整")


def _integer_in_words(number: int) -> str:
    text = ""
    for index in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10_000**index % 10_000
        if not group:
            continue
        if text and (group < 1000 or number // 10_000 ** (index + 1) % 10_000 == 0):
            text += "零"
        text += _group_in_words(group) + _GROUPS[index]
    return text


def _group_in_words(group: int) -> str:
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        gap = gap or (digit == 0 and bool(text))
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
    return text


def half_up(value: Fraction) -> int:
    """The whole number nearest to a figure that is not negative; of two, the greater."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _up(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def _down(value: Fraction) -> int:
    return value.numerator // value.denominator


_ROUNDINGS: dict[str, tuple[Callable[[Fraction], int], int]] = {
    "half_up": (half_up, 1),
    "up": (_up, 1),
    "down": (_down, 1),
    "yuan_half_up": (half_up, FEN_PER_YUAN),
    "yuan_up": (_up, FEN_PER_YUAN),
    "yuan_down": (_down, FEN_PER_YUAN),
}


def round_fen(value: Fraction | int, mode: str) -> Fen:
    """Whole fen of an exact figure in fen, by a mode of ``ROUNDING_LABELS`` (``benefit.rounding_mode``).

    Magnitudes are rounded and the sign kept, so a reversal rounds like the entry it
    reverses. Raises ValueError for an unknown mode.
    """
    if mode not in _ROUNDINGS:
        raise ValueError(f"取整方式“{mode}”不认识，可用：{'、'.join(ROUNDING_LABELS)}。")
    how, step = _ROUNDINGS[mode]
    exact = Fraction(value) / step
    rounded = how(abs(exact)) * step
    return -rounded if exact < 0 else rounded
