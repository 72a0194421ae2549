"""The practice province: invented answers, always the same, and never about a person who could be real."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.gateways import samples
from yimen.gateways.provincial.against import check_against, missing
from yimen.gateways.provincial.errors import BadRequest
from yimen.gateways.provincial.practice import answer
from yimen.gateways.provincial.request_file import read_request, request_json, request_xlsx
from yimen.gateways.provincial.result_read import parse_bytes
from yimen.gateways.provincial.result_write import result_json, result_xlsx
from yimen.law.checks import ITEMS, SOURCES, all_source_codes, is_item, item, source, sources_for
from yimen.law.identity import check_character


def test_answer_is_the_same_for_the_same_seed_and_another_for_another():
    asked = samples.big_request(90)
    assert answer(asked, "a", samples.ANSWERED) == answer(asked, "a", samples.ANSWERED)
    assert answer(asked, "a", samples.ANSWERED).digest != answer(asked, "b", samples.ANSWERED).digest


def test_what_is_found_belongs_to_the_person_not_to_the_batch():
    whole = answer(samples.big_request(9), 1, samples.ANSWERED)
    small = answer(samples.big_request(3), 1, samples.ANSWERED)
    assert set(small.rows) <= set(whole.rows)


def test_most_people_have_nothing_and_some_have_each_kind():
    asked = samples.big_request(600)
    result = answer(asked, 7, samples.ANSWERED)
    found = Counter(found.item for row in result.rows for found in row.findings)
    with_something = {row.person_ref for row in result.rows for one in row.findings if one.item != "members"}
    assert len(with_something) < 600 * 4 // 10
    for code in ("pension", "wage", "deposit", "vehicle", "business", "house"):
        assert found[code] > 2
    closed = [one for row in result.rows for one in row.findings if one.item == "business" and one.count == 0]
    assert any("2019 年注销" in one.value_text for one in closed)


@pytest.mark.parametrize("write", [result_json, result_xlsx])
@pytest.mark.parametrize("ask", [request_json, request_xlsx])
def test_real_files_flow_both_ways(ask, write):
    asked = samples.big_request(30)
    result = answer(read_request(ask(asked)), 3, samples.ANSWERED, unavailable={"bank"}, silent={"p00000000004"})
    read = parse_bytes(write(result))
    assert read == result
    check_against(read, asked, samples.TODAY)
    assert {key[1] for key in missing(read, asked)} == {"p00000000004"}
    assert {row.state for row in read.rows if row.source == "bank"} == {"not_available"}


def test_truth_is_all_there_is():
    asked = samples.request(sources=all_source_codes())
    truth = {
        "p00000000001": {
            "members": "在册",
            "deposit": [{"amount_fen": 4_500_00}, {"amount_fen": 12_00, "detail": "乙"}],
            "pension": {"amount_fen": 123_00},
            "business": {"value_text": "个体工商户，已于 2019 年注销", "count": 0},
            "wage": {"amount_fen": 2_000_00, "source": "tax"},
            "vehicle": None,
            "unavailable": ["insurance"],
        }
    }
    result = answer(asked, 1, samples.ANSWERED, truth)
    told = {(row.source, one.item, one.amount_fen, one.period) for row in result.rows for one in row.findings}
    assert told == {
        ("household_register", "members", None, ""),
        ("bank", "deposit", 4_500_00, "balance"),
        ("bank", "deposit", 12_00, "balance"),
        ("social_insurance", "pension", 123_00, "month"),
        ("market_register", "business", None, ""),
        ("tax", "wage", 2_000_00, "month"),
    }
    assert {row.source for row in result.rows if row.state == "not_available"} == {"insurance"}
    assert not result.partial
    assert parse_bytes(result_xlsx(result)) == result


def test_answer_by_sources_comes_in_parts():
    asked = samples.request()
    first = answer(asked, 1, samples.ANSWERED, only={"bank"}, result_number="R1")
    assert first.partial
    assert [key[2] for key in missing(first, asked)] == ["vehicle_register"]


def test_people_who_could_be_real_are_refused():
    seventeen = "22030219581203001"
    real = samples.person(number=seventeen + check_character(seventeen))
    with pytest.raises(BadRequest, match="99 开头"):
        answer(samples.request(samples.case("q1", real)), 1, samples.ANSWERED)
    wrong = replace(samples.person(), identity="99010119581203001")
    with pytest.raises(BadRequest, match="不能答复"):
        answer(samples.request(samples.case("q1", wrong)), 1, samples.ANSWERED)


def test_catalogue_is_whole():
    assert len({one.code for one in ITEMS}) == len({one.label for one in ITEMS}) == len(ITEMS)
    assert len({one.code for one in SOURCES}) == len({one.label for one in SOURCES}) == len(SOURCES)
    assert all(is_item(code) for one in SOURCES for code in one.items)
    assert all(sources_for(one.code) for one in ITEMS)
    assert sources_for("machinery") == ()
    assert item("deposit").is_money
    assert item("vehicle").is_count
    assert source("bank").items == ("deposit",)
