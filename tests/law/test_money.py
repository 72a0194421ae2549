"""Money: reading, showing, writing in words, rounding."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from yimen.law import money


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,062.00", 106200),
        ("1062", 106200),
        (" ￥350.5 元", 35050),
        ("２８．０５", 2805),
        ("0", 0),
        ("0.01", 1),
    ],
)
def test_amounts_are_read_as_people_type_them(text: str, fen: int) -> None:
    assert money.parse_yuan(text) == fen


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "没有填写"),
        ("-5", "负数"),
        ("1.005", "小数超过两位"),
        ("10,62", "逗号或小数点位置不对"),
        ("1.", "逗号或小数点位置不对"),
        ("1e3", "不是金额"),
        ("三百", "不是金额"),
        ("9" * 15, "过大"),
    ],
)
def test_a_bad_amount_is_refused_with_a_sentence(text: str, part: str) -> None:
    with pytest.raises(money.BadAmount, match=part):
        money.parse_yuan(text)


@given(st.integers(0, money.MAX_FEN))
def test_what_is_shown_can_be_read_again(fen: int) -> None:
    assert money.parse_yuan(money.show(fen)) == fen


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (1005, "壹拾元零伍分"),
        (106200, "壹仟零陆拾贰元整"),
        (106205, "壹仟零陆拾贰元零伍分"),
        (106250, "壹仟零陆拾贰元伍角整"),
        (10_0001_00, "壹拾万零壹元整"),
        (1_0000_1000_00, "壹亿零壹仟元整"),
        (2000_0200_00, "贰仟万零贰佰元整"),
        (1_0000_0000_0000_00, "壹万亿元整"),
    ],
)
def test_capital_numerals(fen: int, words: str) -> None:
    assert money.in_words(fen) == words


def test_no_paper_states_a_negative_amount() -> None:
    with pytest.raises(money.BadAmount):
        money.in_words(-1)


@pytest.mark.parametrize(
    ("mode", "fen"),
    [
        ("half_up", 10051),
        ("up", 10051),
        ("down", 10050),
        ("yuan_up", 10100),
        ("yuan_half_up", 10100),
        ("yuan_down", 10000),
    ],
)
def test_rounding_modes(mode: str, fen: int) -> None:
    assert money.round_fen(Fraction(20101, 2), mode) == fen
    assert money.round_fen(Fraction(-20101, 2), mode) == -fen


@given(st.fractions(0, 10**9), st.sampled_from(sorted(money.ROUNDING_LABELS)))
def test_rounding_moves_less_than_one_step_and_only_once(value: Fraction, mode: str) -> None:
    step = 100 if mode.startswith("yuan") else 1
    rounded = money.round_fen(value, mode)
    assert rounded % step == 0
    assert abs(rounded - value) < step
    assert money.round_fen(rounded, mode) == rounded


def test_an_unknown_mode_is_an_error() -> None:
    with pytest.raises(ValueError, match="取整方式"):
        money.round_fen(1, "banker")


def test_unrounded_figures_say_so() -> None:
    assert money.show_exact(Fraction(100000, 3)) == "约 333.3333"
    assert money.show_exact(Fraction(1, 2)) == "0.0050"
    assert money.show_exact(-106200) == "-1,062.00"
