"""Single cells of a result file, read strictly: what Excel may have changed on the way is refused, not guessed."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from yimen.law.money import Fen, parse_yuan

MAX_TEXT = 1000
MAX_CODE = 64
MAX_COUNT = 9999
_EXCEL_DIGITS = 15
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TAIL = re.compile(r"(?:[0-9]{14})?([0-9]{3}[0-9X])")
# Control signs but tab and new line, halves of pairs, signs that turn the direction, and what is no sign in any plane.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069"
    + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + "]"
)


class BadCell(ValueError):
    """A cell cannot be read; the message is the end of a Chinese sentence that begins with row and column."""


def is_blank(value: object) -> bool:
    """Nothing, or only blanks."""
    return value is None or (isinstance(value, str) and not value.strip())


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def _exact(value: object) -> Decimal:
    """The number that Excel shows: a sheet keeps binary fractions, of which 15 digits are what a person typed."""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise BadCell("不是有效的数字。")
        return Decimal(format(value, f".{_EXCEL_DIGITS}g"))
    number = Decimal(value) if isinstance(value, (int, Decimal)) else Decimal("NaN")
    if not number.is_finite():
        raise BadCell("不是有效的数字。")
    return number


def _small(value: object) -> Decimal:
    number = _exact(value)
    if number and not -20 < number.adjusted() < _EXCEL_DIGITS:
        raise BadCell("数字过大或过小，请核对。")
    return number


def _clean(text: str, limit: int) -> str:
    if len(text) > limit:
        raise BadCell(f"超过 {limit} 个字。")
    if unseen := _UNSEEN.search(text):
        raise BadCell(f"含有不可见或无效的字符（U+{ord(unseen[0]):04X}）。")
    return text


def text(value: object) -> str:
    """Free text as it stands. A number typed there is shown as Excel shows it, unless Excel has cut it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _clean(value, MAX_TEXT)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if _is_number(value):
        return _number_as_text(value)
    raise BadCell("应当是文字。")


def _number_as_text(value: object) -> str:
    number = _exact(value)
    if number and number.adjusted() >= _EXCEL_DIGITS:
        raise BadCell("是超过 15 位的数字，已被 Excel 截断，请把该列设为“文本”后重新填写完整号码。")
    return format(_small(number).normalize(), "f")


def code(value: object) -> str:
    """A reference or number that names something; must be a text cell, since Excel cuts numbers."""
    if is_blank(value):
        raise BadCell("没有填写。")
    if not isinstance(value, str):
        raise BadCell(
            "是数字或日期而不是文本，开头的 0 或末尾的位数可能已被 Excel 截掉，请把该列设为“文本”后重新填写。"
        )
    return _clean(value.strip(), MAX_CODE)


def identity_tail(value: object) -> str:
    """Last four signs of an identity number; a whole number is accepted and shortened."""
    written = unicodedata.normalize("NFKC", code(value)).upper()
    found = _TAIL.fullmatch(written)
    if found is None:
        raise BadCell("应当是身份证号的后四位（末位可以是 X）。")
    return found[1]


def choice(value: object, options: Mapping[str, str]) -> str:
    """A code out of ``options`` (code to Chinese label), written as code or label."""
    if type(value) is str and value in options:  # what a machine writes, by the hundred thousand
        return value
    written = code(value)
    if written in options:
        return written
    for option, label in options.items():
        if written == label:
            return option
    raise BadCell(f"“{written}”不认识。")


def day(value: object) -> date:
    """A date: an Excel date without time of day, or text such as 2026-11-20."""
    return _written_day(value) if isinstance(value, str) else _likely(_as_date(value))


@lru_cache(maxsize=512)
def _written_day(value: str) -> date:
    """A file names few days, and each of them very often."""
    return _likely(_as_date(value))


def _likely(found: date) -> date:
    if not 1900 <= found.year <= 2200:
        raise BadCell(f"日期 {found.isoformat()} 不合理，请核对年份。")
    return found


def _as_date(value: object) -> date:
    if is_blank(value):
        raise BadCell("没有填写。")
    if isinstance(value, datetime):
        if value.time() != time():
            raise BadCell("只填日期，不要带时间。")
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise BadCell(f"“{value.strip()}”不是日历上的日期。") from None
    raise BadCell("不是日期，请写成 2026-11-20 这样的格式。")


def yuan(value: object) -> Fen | None:
    """Fen of an amount in yuan with at most two decimals, exactly; None when the cell is blank."""
    if is_blank(value):
        return None
    if _is_number(value):
        number = _small(value)
        if number != round(number, 2):
            raise BadCell(f"金额 {number} 的小数超过两位，请以元为单位填写到分。")
        value = format(number, ".2f")
    if not isinstance(value, str) or len(value) > MAX_CODE:
        raise BadCell("不是金额，请以元为单位填写数字，例如 1062.00。")
    try:
        return parse_yuan(value)
    except ValueError as error:
        raise BadCell(str(error)) from None


def whole(value: object) -> int | None:
    """A count of things; None when the cell is blank."""
    if is_blank(value):
        return None
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}", value.strip()):
        return int(value.strip())
    if _is_number(value):
        number = _small(value)
        if number == number.to_integral_value() and 0 <= number <= MAX_COUNT:
            return int(number)
    raise BadCell(f"应当是 0 至 {MAX_COUNT} 的整数。")
