"""Identity numbers (GB 11643), names, and how both are masked.

Every refusal is one Chinese sentence that says what is wrong and what to do, fit to
stand beside the field. Masks follow screens.md §9 for staff screens and the web.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from yimen.law.calendar import today
from yimen.law.terms import Sex

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
LONGEST_NAME = 100
DOT = "·"

PROVINCES: dict[str, str] = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古",
    "21": "辽宁", "22": "吉林", "23": "黑龙江",
    "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西", "37": "山东",
    "41": "河南", "42": "湖北", "43": "湖南", "44": "广东", "45": "广西", "46": "海南",
    "50": "重庆", "51": "四川", "52": "贵州", "53": "云南", "54": "西藏",
    "61": "陕西", "62": "甘肃", "63": "青海", "64": "宁夏", "65": "新疆",
    "71": "台湾", "81": "香港", "82": "澳门", "83": "台湾（居住证）",
}  # fmt: skip

_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_LOOKALIKES_OF_X = dict.fromkeys(map(ord, "xｘＸ×хХχΧⅩⅹ"), "X")
_IGNORED = dict.fromkeys(map(ord, " \t\r\n\u3000\u00a0\u200b\ufeff'‘’`"))
_NUMBER = {**_FULL_WIDTH, **_LOOKALIKES_OF_X, **_IGNORED}
_DOTS = dict.fromkeys(map(ord, "•・‧∙⋅●．｡˙\u2024"), DOT)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_COMPOUND = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良"
    "漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生公户公玉公仪梁丘公仲公上公门公山公坚左丘公伯西门公祖第五公乘贯丘公皙南荣东里东宫仲长子书子桑即墨达奚"
    "褚师纳兰完颜"
)
_COMPOUND_SURNAMES = frozenset(_COMPOUND[at : at + 2] for at in range(0, len(_COMPOUND), 2))


class BadIdentity(ValueError):
    """A text is no identity number; the message says why and what to do."""


class BadName(ValueError):
    """A text is no name of a person; the message says why and what to do."""


@dataclass(frozen=True)
class Identity:
    """A valid number of 18 characters and what it tells.

    ``remarks`` are Chinese sentences a person should look at (converted, unknown area).
    """

    number: str
    birth_date: dt.date
    sex: Sex
    area_code: str
    remarks: tuple[str, ...] = ()


def read_identity(text: str, *, allow_unknown_area: bool = False, allow_fifteen: bool = False) -> Identity:
    """The identity number in a text as people type it: spaces, full-width digits, any kind of x.

    ``allow_unknown_area`` turns an area prefix that no province bears into a remark;
    ``allow_fifteen`` (imports only) converts a number of 15 digits, with a remark.
    Raises BadIdentity.
    """
    number, remarks = text.translate(_NUMBER), []
    if allow_fifteen and re.fullmatch(r"[0-9]{15}", number):
        number = _lengthened(number)
        remarks.append("由15位旧号码换算而来，请与现行证件核对。")
    _check_shape(number)
    birth_date = _birth_date(number[6:14])
    if check_character(number[:17]) != number[17]:
        raise BadIdentity("身份证号校验位不符，多半是有一位数字写错，请对照证件逐位核对。")
    if number[:2] not in PROVINCES:
        sentence = f"身份证号开头“{number[:2]}”不是现行行政区划代码，请对照证件核对前6位。"
        if not allow_unknown_area:
            raise BadIdentity(sentence)
        remarks.append(sentence)
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return Identity(number, birth_date, sex, number[:6], tuple(remarks))


def check_character(first_seventeen: str) -> str:
    """The 18th character that GB 11643 (MOD 11-2) gives to 17 digits."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first_seventeen, strict=True))
    return CHECK_CHARACTERS[total % 11]


def _lengthened(fifteen: str) -> str:
    seventeen = f"{fifteen[:6]}19{fifteen[6:]}"
    return seventeen + check_character(seventeen)


def _check_shape(number: str) -> None:
    if not number:
        raise BadIdentity("身份证号没有填写，请按居民身份证填写18位号码。")
    strange = sorted(set(re.sub(r"[0-9X]", "", number)))
    if strange:
        raise BadIdentity(f"身份证号中有“{'、'.join(strange)}”，只能是数字，最后一位可以是X，请改正。")
    if len(number) == 15:
        raise BadIdentity("这是15位旧身份证号，请填写18位号码；没有新证的请先到公安机关换领。")
    if len(number) != 18:
        raise BadIdentity(f"身份证号应为18位，现在是{len(number)}位，请对照证件补齐或删去多余的数字。")
    if "X" in number[:17]:
        raise BadIdentity("身份证号中只有最后一位可以是X，请对照证件核对。")


def _birth_date(digits: str) -> dt.date:
    try:
        birth_date = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise BadIdentity(f"身份证号第7至14位“{digits}”不是有效的出生日期，请对照证件核对。") from None
    if not dt.date(1880, 1, 1) <= birth_date <= today():
        raise BadIdentity(f"身份证号表示的出生日期是{birth_date}，不合常理，请对照证件核对。")
    return birth_date


def clean_name(text: str) -> str:
    """A person's name with one kind of dot (U+00B7) and no stray blanks; rare characters untouched.

    Up to 100 characters: Han of any extension, 〇, ``·`` between parts, Latin letters for
    characters not yet encoded or foreign names. Raises BadName.
    """
    name = unicodedata.normalize("NFC", text) if text.isascii() else text
    name = re.sub(r"\s+", " ", name.translate(_DOTS).translate(_INVISIBLE)).strip()
    name = re.sub(r"(?<![A-Za-z]) | (?![A-Za-z])", "", name)
    if not name:
        raise BadName("姓名没有填写，请按证件填写。")
    if len(name) > LONGEST_NAME:
        raise BadName(f"姓名最多{LONGEST_NAME}个字，现在是{len(name)}个，请核对。")
    _check_characters(name)
    if name.startswith(DOT) or name.endswith(DOT) or DOT * 2 in name:
        raise BadName("姓名中的间隔号“·”只能单个放在两部分之间，请改正。")
    return name


def _check_characters(name: str) -> None:
    if re.search(r"\d", name):
        raise BadName("姓名中有数字，请按证件填写姓名。")
    if any(unicodedata.category(character) == "Co" for character in name):
        raise BadName("姓名中有自造字，换一台电脑就会显示错误，请从生僻字表中选用规范编码的字。")
    strange = sorted({character for character in name if not _belongs_in_name(character)})
    if strange:
        raise BadName(f"姓名中有“{''.join(strange)}”，请按证件填写；少数民族姓名用间隔号“·”。")


def _belongs_in_name(character: str) -> bool:
    if character in "·〇 " or (character.isascii() and character.isalpha()):
        return True
    code = ord(character)
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:  # chooses a variant of the character before it
        return True
    return unicodedata.name(character, "").startswith(("CJK UNIFIED", "CJK COMPAT")) or _unnamed_han(code)


def _unnamed_han(code: int) -> bool:
    """Han added to Unicode after this Python was built (extensions in planes 2 and 3)."""
    return 0x20000 <= code <= 0x3FFFD


def mask_name(name: str) -> str:
    """Name as the web may show it: 王*兰, 王*, 阿***·**提 (screens.md §9)."""
    kept = {0} if len(name) == 2 else {0, len(name) - 1}
    return "".join(character if index in kept or character == DOT else "*" for index, character in enumerate(name))


def surname_only(name: str) -> str:
    """A minor's name on every channel: 王某, 欧阳某; without a Han surname the first character stands."""
    surname = name[:2] if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else name[:1]
    return f"{surname}某"


def board_name(name: str, minor: bool) -> str:
    """On the boards and screens of the place: in full as the measures ask, a minor by surname (screens.md §9)."""
    return surname_only(name) if minor else name


def web_name(name: str, minor: bool) -> str:
    """On the public web: masked, a minor by surname (screens.md §9)."""
    return surname_only(name) if minor else mask_name(name)


def mask_identity(number: str) -> str:
    """First and last four characters: 2203**********1234."""
    return _masked(number, 4, 4)


def mask_account(number: str) -> str:
    """Last four characters of a bank account."""
    return _masked(number, 0, 4)


def mask_phone(number: str) -> str:
    """138****1234; other lengths keep the last four."""
    return _masked(number, 3 if len(number) == 11 else 0, 4)


def _masked(text: str, first: int, last: int) -> str:
    hidden = len(text) - first - last
    if hidden <= 0:
        return "*" * len(text)
    return text[:first] + "*" * hidden + text[-last:]
