"""What may not become a paper: missing reasons, wrong kinds, anything that the public may not read."""

from __future__ import annotations

import pytest

from yimen.base.papers import checking, examples, library
from yimen.base.papers.checking import Forbidden, Incomplete
from yimen.law.terms import Programme


def _without(code: str, key: str) -> dict:
    return {name: value for name, value in examples.example(code).items() if name != key}


@pytest.mark.parametrize("code", ["decline_notice", "check_result_notice", "procedure_end_notice", "refusal_notice"])
@pytest.mark.parametrize(("key", "label"), [("reasons", "理由"), ("articles", "依据条款"), ("remedies", "救济途径")])
def test_an_adverse_paper_needs_reasons_article_and_remedies(code, key, label):
    with pytest.raises(Incomplete, match=f"“{label}”没有填写"):
        checking.demand(library.form(code), _without(code, key))
    with pytest.raises(Incomplete, match=label):
        checking.demand(library.form(code), {**examples.example(code), key: []})
    with pytest.raises(Incomplete, match=label):
        checking.demand(library.form(code), {**examples.example(code), key: ["  "]})


@pytest.mark.parametrize("code", ["public_notice", "announcement"])
@pytest.mark.parametrize(
    "key", ["id_number", "phone_number", "account", "address", "income", "illness", "members_names"]
)
def test_a_public_paper_refuses_every_other_field_and_names_it(code, key):
    data = {**examples.example(code), key: "x"}
    with pytest.raises(Forbidden, match=key):
        checking.demand(library.form(code), data)
    rows = examples.example(code)
    rows["rows"][0][key] = "x"
    with pytest.raises(Forbidden, match=f"“公.名单”第 1 行含有“{key}”"):
        checking.demand(library.form(code), rows)


@pytest.mark.parametrize(
    "number",
    ["990101196203150024", "99010119620315002X", "990101620315002", "990101 19620315 0024", "９９０１０１１９６２０３１５００２４",
     "6222 0200 1234 5678 901", "身份证990101196203150024号"],
)  # fmt: skip
@pytest.mark.parametrize("code", ["public_notice", "announcement", "application_receipt"])
def test_a_long_number_in_any_text_of_an_open_paper_is_refused(code, number):
    data = examples.example(code)
    data["applicant" if "applicant" in data else "area"] = f"王秀兰 {number}"
    with pytest.raises(Forbidden, match="形似身份证号或账号"):
        checking.demand(library.form(code), data)


def test_phones_dates_and_amounts_are_no_long_numbers():
    data = examples.example("public_notice")
    data["objection_phone"] = "000-5550-2001、13800000000"
    data["rows"][0]["amount"] = 123456789
    assert checking.check("public_notice", data) == []


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("amount", 1062.0, "“月保障金”应当是整数（单位：分）"),
        ("amount", True, "“月保障金”应当是整数"),
        ("decided_on", "2026-02-30", "“决定日期”不是有效的日期"),
        ("start_month", "2026-13", "“起始月份”不是有效的日期"),
        ("covered", "王秀兰", "“保障人员”应当是若干行文字"),
        ("parts", "见附件", "“金额组成”应当是若干行"),
        ("parts", [{"part": "基本保障金"}], "“金额组成第 1 行的每月金额”没有填写"),
        ("handler", "陈\x07经办", "控制字符"),
        ("handler", 7, "“经办人”应当是文字"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(key, value, says):
    problems = checking.check("approval_notice", {**examples.example("approval_notice"), key: value})
    assert says in "".join(problem.sentence for problem in problems)
    assert problems[0].key.split(".")[0] in {key, "amount"}


def test_an_opinion_holds_nothing_else():
    data = {**examples.example("extension"), "approved": {"result": "同意延长", "mood": "good"}}
    assert "批准意见" in checking.check("extension", data)[0].sentence


def test_the_first_problem_speaks_and_the_others_are_counted():
    with pytest.raises(Incomplete) as caught:
        checking.demand(library.form("refusal_notice"), {"applicant": "王秀兰"})
    assert str(caught.value).startswith("《不予确认告知书》不能制发：“案号”没有填写。（另有 ")
    assert len(caught.value.problems) > 5


def test_terms_dates_and_blanks_become_plain():
    import datetime as dt

    plain = checking.normalise(
        {"a": Programme.DIBAO, "b": dt.date(2026, 11, 22), "c": dt.datetime(2026, 11, 22, 6, 2, tzinfo=dt.UTC), "d": None,
         "e": "", "f": [], "g": [{"h": Programme.EDGE, "i": None}], "j": 0, "k": False}
    )  # fmt: skip
    assert plain == {
        "a": "最低生活保障", "b": "2026-11-22", "c": "2026-11-22T14:02", "f": [], "g": [{"h": "最低生活保障边缘家庭"}], "j": 0,
        "k": False,
    }  # fmt: skip
