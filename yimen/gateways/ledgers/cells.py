"""Single cells of a ledger: what Excel has cut or changed on the way is refused with a sentence, never mended."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any

from yimen.law.identity import BadIdentity, BadName, Identity, clean_name, read_identity
from yimen.law.ledger import relation_of, self_care_of, support_form_of, urban_of
from yimen.law.money import BadAmount, Fen, parse_yuan

MAX_TEXT = 200
CUT_IDENTITY = (
    "身份证号已被 Excel 截断（末几位变成 0 或写成 E+17），请把该列设为“文本”，对照证件重新填写完整的18位号码。"
)
CUT_ACCOUNT = (
    "银行账号是数字格式，开头的 0 和 15 位以后的数字可能已丢失，请把该列设为“文本”，对照存折或银行卡重新填写。"
)
_YES = frozenset("是 享受 保障 在保 有 1 Y y √ ✓ ✔ 对 低保".split())
_NO = frozenset("否 不享受 不保障 未保障 未享受 无 0 N n × ✗ x X 非低保 不".split())
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](?:\d{1,2}日?)?)?")
_SOLID = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(?:\d{2})?")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_SPAN = re.compile(r"[至到~～]|——|—")
_NOTHING = frozenset("0 0.0 0.00 — - / 无".split())
_POWER = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")


class BadCell(ValueError):
    """A cell cannot be taken; the message says what is wrong and what to do."""


class Cut(BadCell):
    """A number that Excel has cut."""


def is_number(cell: Any) -> bool:
    """Whether the cell is a number or a date to Excel, and no text."""
    return isinstance(cell, list)


def shown(cell: Any) -> str:
    """The cell as it is shown, without blanks at its ends."""
    text = cell[0] if isinstance(cell, list) else str(cell)
    return text.replace("\u3000", " ").replace("\xa0", " ").strip()


def text(cell: Any) -> str:
    """A short text. Line breaks become blanks; what cannot be seen or runs backwards is refused."""
    plain = re.sub(r"\s+", " ", shown(cell))
    if any(unicodedata.category(sign) in {"Cc", "Cf", "Cs"} for sign in plain):
        raise BadCell("含有看不见的控制字符，请删去后重新填写。")
    if len(plain) > MAX_TEXT:
        raise BadCell(f"超过 {MAX_TEXT} 个字，请核对是否粘错了内容。")
    return plain


def name(cell: Any) -> str:
    """A person's name, by the reader of the law floor."""
    if is_number(cell):
        raise BadCell("姓名是数字或日期，请核对是否粘错了列。")
    try:
        return clean_name(shown(cell))
    except BadName as bad:
        raise BadCell(str(bad)) from bad


def identity(cell: Any, *, known_area: bool = True) -> Identity:
    """The identity number; 15 digits are converted with a remark. Raises Cut for what Excel has cut, BadCell else."""
    plain = re.sub(r"[\s'‘’`]", "", unicodedata.normalize("NFKC", shown(cell)))
    if not plain:
        raise BadCell("身份证号没有填写，请按证件填写18位号码。")
    if "*" in plain:
        raise BadCell("身份证号中间是星号（打码），请用带完整号码的台账。")
    if _POWER.fullmatch(plain) or (is_number(cell) and len(plain) > 15):
        raise Cut(CUT_IDENTITY)
    try:
        return read_identity(plain, allow_unknown_area=not known_area, allow_fifteen=True)
    except BadIdentity as bad:
        if len(plain) == 18 and plain.endswith("000"):
            raise Cut(CUT_IDENTITY) from bad
        raise BadCell(str(bad)) from bad


def account(cell: Any) -> str:
    """A bank account of 12 to 22 digits, a text cell only; "" for an empty one."""
    plain = re.sub(r"[\s'‘’`-]", "", unicodedata.normalize("NFKC", shown(cell)))
    if not plain:
        return ""
    if is_number(cell) or _POWER.fullmatch(plain):
        raise Cut(CUT_ACCOUNT)
    if "*" in plain:
        raise BadCell("银行账号中间是星号（打码），请用带完整账号的台账。")
    if not (plain.isdigit() and plain.isascii() and 12 <= len(plain) <= 22):
        raise BadCell(f"银行账号应为 12 至 22 位数字，现在是“{_short(plain)}”，请对照存折或银行卡核对。")
    return plain


def looks_cut(number: str) -> bool:
    """Whether nothing but zeros follows the fifteenth digit of an account: so Excel leaves a number that it has cut."""
    return len(number) >= 19 and not number[15:].strip("0")


def is_cut(cell: Any) -> bool:
    """Whether a cell of accounts certainly was cut: a number, or a text such as 6.217E+18."""
    return bool(shown(cell)) and (is_number(cell) or bool(_POWER.fullmatch(shown(cell).replace(" ", ""))))


def _short(plain: str) -> str:
    return f"{len(plain)} 位" if plain.isdigit() else "含有数字以外的字"


def amount(cell: Any) -> Fen:
    """Fen of an amount in yuan with at most two decimals, greater than 0."""
    plain = shown(cell)
    if is_number(cell) and len(cell) > 1:
        raise BadCell("金额写成了日期，请改为数字。")
    try:
        fen = parse_yuan(re.sub(r"元?/(户)?月$", "", plain))
    except BadAmount as bad:
        raise BadCell(str(bad)) from bad
    if fen == 0:
        raise BadCell("金额是 0，在保家庭的月保障金额须大于 0，请核对。")
    return fen


def part(cell: Any) -> Fen | None:
    """Fen of a part of an amount, which may be 0; None for an empty cell."""
    plain = shown(cell)
    if not plain:
        return None
    if plain in _NOTHING or (is_number(cell) and len(cell) == 1 and plain.strip("0.") == ""):
        return 0
    return amount(cell)


def level(cell: Any) -> str:
    """The level of self-care ability as its stored code."""
    found = self_care_of(_word(cell))
    if found is None:
        raise BadCell(f"自理能力“{shown(cell)[:20]}”不认识，请写“具备”“部分丧失”或“完全丧失”。")
    return str(found)


def support_form(cell: Any) -> str:
    """The form of support as its stored code."""
    found = support_form_of(_word(cell))
    if found is None:
        raise BadCell(f"供养方式“{shown(cell)[:20]}”不认识，请写“集中供养”或“分散供养”。")
    return str(found)


def urban(cell: Any) -> bool | None:
    """Whether the urban standard applies; None for an empty cell."""
    word = _word(cell)
    if word and urban_of(word) is None:
        raise BadCell(f"城乡类别“{shown(cell)[:20]}”不认识，请写“城镇”或“农村”。")
    return urban_of(word)


def _word(cell: Any) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", shown(cell)))


def until(cell: Any) -> str:
    """The last day of a validity: a date, or the end of a span such as ``2026-01-01至2026-12-31``; "" for an empty cell."""
    plain = _word(cell)
    if is_number(cell) or not _SPAN.search(plain):
        return day(cell)
    first, last = (day(each) for each in _SPAN.split(plain, maxsplit=1))
    if not first or not last:
        raise BadCell(f"有效期“{plain[:30]}”不完整，请写到期的日期，如 2027-03-01。")
    return last


def month(cell: Any) -> str:
    """A month: ``2024-03``, ``2024年3月``, ``202403``, ``2024.3``, ``2024-03-15``, a real date."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", shown(cell)[:10] if _dated(cell) else shown(cell)))
    if not plain:
        raise BadCell("没有填写月份，请写成 2024-03 的样子。")
    found = _MONTH.fullmatch(plain) or _SOLID.fullmatch(plain)
    if found is None or not 1 <= int(found[2]) <= 12:
        raise BadCell(f"“{plain[:20]}”不是月份，请写成 2024-03 或 2024年3月。")
    return f"{found[1]}-{int(found[2]):02d}"


def _dated(cell: Any) -> bool:
    return isinstance(cell, list) and len(cell) > 1


def day(cell: Any) -> str:
    """A date as ``2027-03-01``; "" for an empty cell."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", shown(cell)[:10] if _dated(cell) else shown(cell)))
    if not plain:
        return ""
    found = _DAY.fullmatch(plain)
    try:
        return dt.date(*(int(part) for part in found.groups())).isoformat() if found else _no_day(plain)
    except ValueError:
        return _no_day(plain)


def _no_day(plain: str) -> str:
    raise BadCell(f"“{plain[:20]}”不是日期，请写成 2027-03-01 的样子。")


def count(cell: Any) -> int | None:
    """A number of persons; None for an empty cell."""
    plain = unicodedata.normalize("NFKC", shown(cell)).removesuffix("人").strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit()) or not 1 <= int(plain) <= 30:
        raise BadCell(f"保障人数“{plain[:20]}”不对，请填写 1 至 30 的整数。")
    return int(plain)


def flag(cell: Any) -> bool | None:
    """Yes or no; None for an empty cell."""
    plain = unicodedata.normalize("NFKC", shown(cell))
    if not plain:
        return None
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise BadCell(f"是否保障写的是“{plain[:20]}”，请只写“是”或“否”。")


def relation(cell: Any) -> str:
    """The relation to the head as a stored word; "" for an empty cell."""
    plain = re.sub(r"[\s()（）]", "", unicodedata.normalize("NFKC", shown(cell)))
    if not plain:
        return ""
    found = relation_of(plain) or relation_of(shown(cell))
    if found is None:
        raise BadCell(f"与户主关系“{plain[:20]}”不认识，请写配偶、子女、父母、孙子女、兄弟姐妹、其他等。")
    return str(found)


def category(cell: Any) -> str:
    """The category as its bare code: ``A类`` is A, whatever its width."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text(cell))).upper()
    if not plain:
        raise BadCell("没有填写保障类别。")
    return plain.removesuffix("类") or plain
