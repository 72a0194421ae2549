"""The province's published tables come out of our formulas, to the yuan (statistics.md §1)."""

from __future__ import annotations

import pytest

from yimen.law.aftercare.ground_rows import ROWS
from yimen.law.aftercare.movement import Movement
from yimen.law.aftercare.terms import ChangeEffect
from yimen.law.statistics import Counted, StopCause, TableRow, average, row_of, spend_words, stop_cause, table
from yimen.law.terms import Programme

WAN = 1_000_000
PUBLISHED = {
    "2021-09": [
        (TableRow.DIBAO_URBAN, 268_397, 362_599, 20_894_79, 576),
        (TableRow.DIBAO_RURAL, 351_690, 539_929, 17_186_77, 318),
        (TableRow.DIBAO, 620_087, 902_528, 38_081_56, None),
        (TableRow.TEKUN_URBAN, 8_453, 8_501, 989_61, 1_164),
        (TableRow.TEKUN_RURAL, 75_799, 76_571, 5_560_48, 726),
        (TableRow.TEKUN, 84_252, 85_072, 6_550_09, None),
    ],
    "2022-07": [
        (TableRow.DIBAO_URBAN, 246_107, 328_913, 19_317_77, 587),
        (TableRow.DIBAO_RURAL, 346_091, 528_679, 16_634_34, 315),
        (TableRow.DIBAO, 592_198, 857_592, 35_952_11, None),
        (TableRow.TEKUN_URBAN, 9_113, 9_158, 1_156_26, 1_263),
        (TableRow.TEKUN_RURAL, 74_673, 75_438, 6_077_76, 806),
        (TableRow.TEKUN, 83_786, 84_596, 7_234_02, None),
    ],
    "2023-11": [
        (TableRow.DIBAO_URBAN, 216_182, 282_462, 16_912_90, 599),
        (TableRow.DIBAO_RURAL, 343_639, 516_350, 15_852_36, 307),
        (TableRow.DIBAO, 559_821, 798_812, 32_765_26, None),
        (TableRow.TEKUN_URBAN, 10_388, 10_432, 1_318_97, 1_264),
        (TableRow.TEKUN_RURAL, 75_452, 76_172, 6_205_55, 815),
        (TableRow.TEKUN, 85_840, 86_604, 7_524_52, None),
    ],
    "2024-09": [
        (TableRow.DIBAO_URBAN, 203_391, 261_939, 16_068_42, 613),
        (TableRow.DIBAO_RURAL, 352_547, 523_059, 16_352_69, 313),
        (TableRow.DIBAO, 555_938, 784_998, 32_421_11, None),
        (TableRow.TEKUN_URBAN, 11_507, 11_616, 1_400_18, 1_205),
        (TableRow.TEKUN_RURAL, 77_382, 78_564, 6_413_36, 816),
        (TableRow.TEKUN, 88_889, 90_180, 7_813_54, None),
    ],
}


@pytest.mark.parametrize("month", PUBLISHED)
def test_the_published_table_comes_out(month: str) -> None:
    counted = {
        row: Counted(households, persons, hundredths * 10_000)
        for row, households, persons, hundredths, _ in PUBLISHED[month]
        if row not in (TableRow.DIBAO, TableRow.TEKUN)
    }
    made = table(counted)
    for row, households, persons, hundredths, yuan in PUBLISHED[month]:
        found = made[row]
        assert (found.households, found.persons, found.hundredths) == (households, persons, hundredths)
        assert yuan is None or found.average == yuan, row.label


def test_the_average_goes_by_the_spend_that_is_shown_half_up_and_by_persons() -> None:
    assert average(1_05, 200) == 53, "52.5 yuan go up"
    assert average(1_00, 0) is None
    assert Counted(1, 2, WAN // 2 + 4_999).hundredths == 50 and Counted(1, 2, WAN // 2 + 5_000).hundredths == 51
    assert spend_words(38_081_56) == "38,081.56"


def test_a_recognition_has_no_row_of_spend() -> None:
    assert row_of(Programme.EDGE, True) is None is row_of(Programme.RIGID_EXPENDITURE, False)
    assert row_of(Programme.TEKUN, False) is TableRow.TEKUN_RURAL


def test_every_ground_of_an_end_is_counted_under_a_cause() -> None:
    ends = {
        ground.code: stop_cause(Movement.ENDED, ground.code) for ground in ROWS if ChangeEffect.END in ground.effects
    }
    assert set(ends.values()) == set(StopCause)
    assert ends["death_last"] is StopCause.DEATH and ends["moved_away"] is StopCause.MOVED
    other = {code for code, cause in ends.items() if cause is StopCause.OTHER}
    assert other <= {"member_in", "member_out", "member_excluded", "prison", "job_refusal", "false_report", "wrong_decision",
                     "validity_over", "schooling_over", "self_care", "situation_settled"}, other  # fmt: skip
    assert stop_cause(Movement.MOVED_OUT, "") is StopCause.MOVED and stop_cause(Movement.EXPIRED, "") is StopCause.OTHER
