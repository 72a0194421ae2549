"""The memory of an act: asked once, never past a write, and nothing outside an act."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from tests.rooms.world import TOWNSHIP, make_world
from yimen.base.access.memory import remembered, under_way
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Account, Area, Office
from yimen.base.papers.models import PaperCounter
from yimen.law.terms import OfficeKind

asked: list[str] = []


@remembered
def _years(mark: str) -> list[int]:
    asked.append(mark)
    return list(PaperCounter.objects.filter(mark=mark).order_by("year").values_list("year", flat=True))


@remembered
def _both(mark: str) -> tuple[int, int]:
    return len(_years(mark)), Account.objects.count()


@pytest.fixture(autouse=True)
def _nothing_asked(db: None) -> None:
    asked.clear()


def test_within_an_act_a_question_is_asked_once() -> None:
    with under_way():
        assert _years("x") == _years("x") == []
        assert asked == ["x"]
        _years("y")
    assert asked == ["x", "y"]


def test_outside_an_act_it_is_asked_each_time() -> None:
    _years("x")
    _years("x")
    assert asked == ["x", "x"]


@pytest.mark.parametrize("way", ["create", "update", "raw", "delete"])
def test_a_write_to_its_table_drops_the_answer(way: str) -> None:
    PaperCounter.objects.create(mark="x", year=2020)
    with under_way():
        assert _years("x") == [2020]
        assert _both("x")[0] == 1
        if way == "create":
            PaperCounter.objects.create(mark="x", year=2026)
        elif way == "update":
            PaperCounter.objects.filter(mark="x").update(year=2026)
        elif way == "raw":
            connection.cursor().execute("UPDATE papers_papercounter SET year = 2026")
        else:
            PaperCounter.objects.filter(mark="x").delete()
        years = {"create": [2020, 2026], "delete": []}.get(way, [2026])
        assert _years("x") == years
        assert _both("x")[0] == len(years)


def test_a_write_elsewhere_keeps_it() -> None:
    with under_way():
        _years("x")
        Account.objects.update(is_active=True)
        _years("x")
    assert asked == ["x"]


def test_what_is_rolled_back_inside_an_act_is_forgotten() -> None:
    with under_way():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            PaperCounter.objects.create(mark="x", year=2026)
            assert _years("x") == [2026]
            raise ZeroDivisionError
        assert _years("x") == []


def test_an_act_within_an_act_drops_the_outer_answers_too() -> None:
    with under_way():
        assert _years("x") == []
        with under_way():
            PaperCounter.objects.create(mark="x", year=2026)
            assert _years("x") == [2026]
        assert _years("x") == [2026]


def test_an_act_that_changes_an_office_sees_the_change_behind_every_question() -> None:
    make_world()

    @remembered
    def hotline() -> str:
        return offices.office_of(TOWNSHIP, OfficeKind.TOWNSHIP).hotline

    with under_way():
        before = hotline()
        with under_way():
            Office.objects.update(hotline="moved")
        assert before != hotline() == "moved"
    assert Area.objects.filter(code=TOWNSHIP).exists()


def test_a_united_query_is_a_reading_on_both_databases() -> None:
    with under_way():
        _years("x")
        one, other = (PaperCounter.objects.filter(mark=mark).order_by().values_list("year") for mark in "xy")
        list(one.union(other, all=True))
        _years("x")
    assert asked == ["x"]
