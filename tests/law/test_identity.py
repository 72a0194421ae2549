"""Identity numbers, names and masks."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from yimen.law import identity
from yimen.law.calendar import travel
from yimen.law.identity import BadIdentity, BadName
from yimen.law.terms import Sex


def numbered(first_seventeen: str) -> str:
    return first_seventeen + identity.check_character(first_seventeen)


GOOD = numbered("22030219660230".replace("0230", "0228") + "001")


def test_a_number_tells_birth_sex_and_area() -> None:
    found = identity.read_identity(GOOD)
    assert (found.birth_date, found.sex, found.area_code) == (
        dt.date(1966, 2, 28),
        Sex.MALE,
        "220302",
    )
    assert found.remarks == ()


def with_final_x() -> str:
    return next(number for order in range(999) if (number := numbered(f"22030219900101{order:03d}")).endswith("X"))


@pytest.mark.parametrize("ending", "xXｘＸ×хΧ")
def test_final_x_in_every_typing(ending: str) -> None:
    number = with_final_x()
    assert identity.read_identity(number[:-1] + ending).number == number


def test_blanks_and_full_width_digits_are_forgiven() -> None:
    wide = GOOD.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert identity.read_identity(f"' {wide[:6]} {wide[6:14]}　{wide[14:]}\n").number == GOOD


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("  ", "没有填写"),
        (GOOD[:-1], "现在是17位"),
        (GOOD + "1", "现在是19位"),
        ("22030219X60228001" + "5", "只有最后一位"),
        ("22030二196602280015", "只能是数字"),
        ("220302660228001", "15位旧身份证号"),
        (numbered("22030219660230001"), "出生日期"),
        (numbered("22030220990101001"), "不合常理"),
        (numbered("99010119660228001"), "行政区划代码"),
    ],
)
def test_each_error_is_a_helpful_sentence(text: str, part: str) -> None:
    with pytest.raises(BadIdentity, match=part):
        identity.read_identity(text)


@given(st.integers(0, 17), st.integers(1, 9))
def test_any_single_wrong_digit_is_found(place: int, shift: int) -> None:
    digit = GOOD[place]
    wrong = GOOD[:place] + (str((int(digit) + shift) % 10) if digit.isdigit() else "1") + GOOD[place + 1 :]
    with pytest.raises(BadIdentity):
        identity.read_identity(wrong)


def test_an_unknown_area_is_a_remark_where_allowed() -> None:
    found = identity.read_identity(numbered("99010119660228001"), allow_unknown_area=True)
    assert "行政区划代码" in found.remarks[0]


def test_fifteen_digits_only_in_imports() -> None:
    found = identity.read_identity("220302660228001", allow_fifteen=True)
    assert found.number == GOOD
    assert "15位旧号码" in found.remarks[0]


def test_born_today_is_born() -> None:
    with travel(dt.date(2026, 11, 22)):
        assert identity.read_identity(numbered("22030220261122002")).sex is Sex.FEMALE


@pytest.mark.parametrize("dot", "·•・‧．")
def test_one_kind_of_dot(dot: str) -> None:
    assert identity.clean_name(f"阿卜杜拉{dot}买买提") == "阿卜杜拉·买买提"


@pytest.mark.parametrize("name", ["王𠮷", "㐂丽", "李〇", "王YAN", "Anna Maria", "𰻝面", "邓䶮" + "丽" * 98])
def test_rare_characters_and_long_names_stay(name: str) -> None:
    assert identity.clean_name(name) == name


def test_stray_blanks_go() -> None:
    assert identity.clean_name(" 王　兰\u200b ") == "王兰"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (" ", "没有填写"),
        ("王2", "有数字"),
        ("王?", "请按证件填写"),
        ("·王", "间隔号"),
        ("王··兰", "间隔号"),
        ("王\ue123", "自造字"),
        ("王" * 101, "最多100个字"),
    ],
)
def test_bad_names_are_refused_with_a_sentence(text: str, part: str) -> None:
    with pytest.raises(BadName, match=part):
        identity.clean_name(text)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小兰", "王*兰"),
        ("王兰", "王*"),
        ("王", "王"),
        ("欧阳小兰", "欧**兰"),
        ("阿卜杜拉·买买提", "阿***·**提"),
    ],
)
def test_names_on_the_web(name: str, masked: str) -> None:
    assert identity.mask_name(name) == masked


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王小明", "王某"), ("欧阳明", "欧阳某"), ("欧阳", "欧某"), ("阿依·古丽", "阿某")],
)
def test_minors_by_surname_only(name: str, shown: str) -> None:
    assert identity.surname_only(name) == shown


def test_masks_of_numbers() -> None:
    assert identity.mask_identity(GOOD) == GOOD[:4] + "*" * 10 + GOOD[-4:]
    assert identity.mask_account("6217000012345678901") == "***************8901"
    assert identity.mask_phone("13800001234") == "138****1234"
    assert identity.mask_account("123") == "***"
