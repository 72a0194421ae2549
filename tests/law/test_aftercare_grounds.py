"""Grounds after the decision: every one has an article in force, and the duties of L48, T26, T27 and D34 hang on it."""

import datetime as dt
from typing import Any

import pytest

from yimen.law.aftercare.grounds import GROUNDS, articles_of, duties_of, ground_of, grounds_for, grounds_of_event
from yimen.law.aftercare.terms import ADVERSE, DETAILS, ChangeEffect, ChangeEvent
from yimen.law.standards import BadFigure, chain, read_figure, shipped_book
from yimen.law.terms import Programme

ON, BEFORE_THE_LAW = dt.date(2026, 11, 24), dt.date(2026, 6, 30)
DIBAO, TEKUN, EDGE, RIGID = Programme.DIBAO, Programme.TEKUN, Programme.EDGE, Programme.RIGID_EXPENDITURE
END, DECREASE, SUSPEND, INCREASE = ChangeEffect.END, ChangeEffect.DECREASE, ChangeEffect.SUSPEND, ChangeEffect.INCREASE
ALLOWED = [
    (ground, programme, effect)
    for ground in GROUNDS.values()
    for programme in ground.programmes
    for effect in ChangeEffect
    if ground.allows(programme, effect)
]


@pytest.mark.parametrize("on", [ON, BEFORE_THE_LAW, dt.date(2025, 1, 1)])
def test_every_ground_rests_on_an_article_that_was_in_force(on: dt.date) -> None:
    for ground, programme, _ in ALLOWED:
        found = articles_of(ground, programme, on)
        assert found, (ground.code, programme)
        assert on >= dt.date(2026, 7, 1) or not any("社会救助法" in article for article in found)


def test_whoever_loses_is_heard_first_except_after_a_death_and_when_a_recognition_runs_out() -> None:
    unheard = {
        (ground.code, effect)
        for ground, programme, effect in ALLOWED
        if effect in ADVERSE and not duties_of(ground, programme, effect, ON).hearing
    }
    assert unheard == {
        ("death_member", SUSPEND),
        ("death_last", SUSPEND),
        ("death_last", END),
        ("declared_missing", SUSPEND),
        ("declared_missing", END),
        ("validity_over", END),
    }


def test_only_the_end_of_tekun_is_shown_in_public_and_death_is_no_exception() -> None:
    shown = {(g.code, p, e) for g, p, e in ALLOWED if duties_of(g, p, e, ON).public_notice}
    assert {(programme, effect) for _, programme, effect in shown} == {(TEKUN, END)}
    assert ("death_last", TEKUN, END) in shown
    assert shown == {(g.code, p, e) for g, p, e in ALLOWED if p is TEKUN and e is END}


def test_whoever_loses_is_told_in_writing_with_the_articles() -> None:
    for ground, programme, effect in ALLOWED:
        duties = duties_of(ground, programme, effect, ON)
        assert duties.written_notice == (effect not in {ChangeEffect.UNCHANGED, ChangeEffect.DETAILS_ONLY})
        if effect in ADVERSE:
            assert "社会救助法第四十八条" in duties.articles
            assert len(set(duties.articles)) == len(duties.articles)
    tekun = duties_of(GROUNDS["labour_regained"], TEKUN, END, ON)
    assert {"民发〔2021〕43号第二十四条", "民发〔2021〕43号第二十六条", "民发〔2021〕43号第二十七条"} <= set(
        tekun.articles
    )
    assert duties_of(GROUNDS["income_up"], DIBAO, DECREASE, BEFORE_THE_LAW).articles == (
        "民发〔2021〕57号第三十条",
        "民发〔2021〕57号第三十一条",
        "民发〔2021〕57号第三十二条",
    )


@pytest.mark.parametrize(
    ("code", "programme", "effect", "says"),
    [
        ("job_refusal", DIBAO, DECREASE, {"own_share_only": True}),
        ("income_up", DIBAO, DECREASE, {"own_share_only": False, "check_other_programmes": False}),
        ("means_over", TEKUN, END, {"check_other_programmes": True}),
        ("income_over", DIBAO, END, {"check_other_programmes": True, "public_notice": False}),
        ("death_last", TEKUN, END, {"check_other_programmes": False}),
        ("false_report", DIBAO, END, {"district": True}),
        ("contact_changed", DIBAO, ChangeEffect.DETAILS_ONLY, {"second_person": False}),
        ("account_changed", DIBAO, ChangeEffect.DETAILS_ONLY, {"second_person": True}),
    ],
)
def test_duties(code: str, programme: Programme, effect: ChangeEffect, says: dict[str, bool]) -> None:
    duties = duties_of(GROUNDS[code], programme, effect, ON)
    assert {name: getattr(duties, name) for name in says} == says


def test_tekun_ends_on_the_six_grounds_of_its_article_and_on_no_ground_of_dibao() -> None:
    codes = {ground.code for ground in grounds_for(TEKUN, END, ON)}
    assert {"death_last", "labour_regained", "prison", "means_over", "obligor_able", "voluntary"} <= codes
    assert codes.isdisjoint({"income_over", "property_over", "job_refusal", "employed_over", "validity_over"})


def test_a_recognition_has_no_amount_to_change() -> None:
    for programme in (EDGE, RIGID):
        for effect in (INCREASE, DECREASE, SUSPEND, ChangeEffect.RESUME, ChangeEffect.GRACE):
            assert grounds_for(programme, effect, ON) == []
        assert grounds_for(programme, END, ON)


def test_every_event_leads_to_a_ground() -> None:
    for event in set(ChangeEvent) - {ChangeEvent.UNCOOPERATIVE}:
        programmes = (DIBAO,) if event in DETAILS else Programme
        assert any(grounds_of_event(programme, event, ON) for programme in programmes), event


def test_a_ground_carries_only_what_it_allows() -> None:
    with pytest.raises(ValueError, match="“家庭收入增加”不是对最低生活保障办理“停发（终止）”的法定事由"):
        duties_of(GROUNDS["income_up"], DIBAO, END, ON)


def local(*rows: Any) -> Any:
    return read_figure(
        {"key": "change.grounds_local", "area": "990101", "value": list(rows), "unit": "table", "document": "示例文号"}
    )


def test_a_ground_of_the_place_has_its_document_and_the_same_duties() -> None:
    figure = shipped_book().figure("change.grounds_local", chain("990101001"), ON)
    found = grounds_for(DIBAO, SUSPEND, ON, figure)
    assert [ground.code for ground in found if ground.local] == ["local.unreachable"]
    duties = duties_of(ground_of("local.unreachable", figure), DIBAO, SUSPEND, ON)
    assert duties.hearing
    assert figure.document in duties.articles
    with pytest.raises(KeyError):
        ground_of("local.unreachable")


def test_a_local_row_that_lacks_something_is_refused_in_words() -> None:
    for row in (
        {"code": "x", "label": "某事由", "programmes": ["dibao"]},
        {"code": "x", "label": "某事由", "effects": ["no"]},
    ):
        with pytest.raises(BadFigure, match="“某事由”写得不完整"):
            grounds_for(DIBAO, SUSPEND, ON, local(row))
