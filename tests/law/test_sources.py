"""Citations by the day: the law of 2026 is cited from its first day on, the measures before it stand alone."""

from __future__ import annotations

from datetime import date

from yimen.law.sources import LAW_FROM, dated, in_force

EVE = date(2026, 6, 30)
BOTH = ("《中华人民共和国社会救助法》第四十五条", "民发〔2021〕57号第二十一条")


def test_the_law_is_cited_from_its_first_day_on():
    assert in_force(BOTH, EVE) == ["民发〔2021〕57号第二十一条"]
    assert in_force(BOTH, LAW_FROM) == list(BOTH)


def test_each_citation_stands_once_and_nothing_empty_stays():
    assert in_force(["甲", "", "甲", "乙"], EVE) == ["甲", "乙"]


def test_a_text_of_several_citations_loses_only_what_could_not_be_cited():
    text = "民发〔2021〕57号第二十三条；社会救助法第十八条"
    assert dated(text, EVE) == "民发〔2021〕57号第二十三条"
    assert dated(text, LAW_FROM) == text
    assert dated("社会救助法第十八条", EVE) == ""
