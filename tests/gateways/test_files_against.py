"""A well-formed file is still refused when it does not answer what was asked."""

from dataclasses import replace
from datetime import date

import pytest

from tests.gateways import samples
from yimen.gateways.provincial.against import check_against, missing
from yimen.gateways.provincial.errors import BadFile
from yimen.gateways.provincial.plain import make_result


def against(changed, asked=None, today=samples.TODAY):
    with pytest.raises(BadFile) as refused:
        check_against(changed, asked or samples.request(), today)
    return refused.value


def test_answer_to_the_request_passes():
    check_against(samples.result(), samples.request(), samples.TODAY)
    assert missing(samples.result(), samples.request()) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (samples.line("bank", person_ref="p99999999999"), "没有提请核对"),
        (samples.line("bank", request_ref="q99999999999"), "没有提请核对"),
        (samples.line("bank", identity_tail="0000"), "串了行"),
        (samples.line("tax"), "没有提请查询“税务”"),
        (samples.line("bank", queried_on=date(2026, 11, 17)), "早于本批次的提请日期"),
        (samples.line("bank", queried_on=date(2026, 11, 21)), "晚于文件的反馈日期"),
    ],
)
def test_rows_that_answer_nothing_asked(changed, words):
    refused = against(samples.result(replace(changed, rows=(7,)), samples.line("vehicle_register")))
    assert any(words in error.sentence and error.row == 7 for error in refused.errors)


def test_heads_that_do_not_fit_the_request():
    lines = samples.result().rows
    assert "不是 HD20261118-1" in against(make_result("HD0", "R", samples.ANSWERED, "甲", lines)).as_text()
    assert "早于" in against(make_result("HD20261118-1", "R", date(2026, 11, 1), "甲", lines)).as_text()
    assert "晚于今天" in against(samples.result(), today=date(2026, 11, 19)).as_text()


def test_missing_sources_need_the_word_partial():
    lines = (samples.line("bank"),)
    assert "是否部分反馈" in against(samples.result(*lines)).sentence
    partial = samples.result(*lines, partial=True)
    check_against(partial, samples.request(), samples.TODAY)
    assert missing(partial, samples.request()) == [("q00000000001", "p00000000001", "vehicle_register")]
