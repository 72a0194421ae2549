"""Charts of the district: drawn here, the same numbers in the table beside them, nothing that runs in the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import vl_convert

from tests.desks.case_hands import handler
from tests.desks.district_hands import at, text
from tests.rooms.checking import AS_DECLARED, accepted, checked
from tests.rooms.examined import build, examined
from tests.rooms.test_awards import approved
from tests.rooms.test_decisions import PROPOSED
from tests.rooms.world import World, applied
from yimen.desks.district.charts import PHASES, Asked, amounts, flow, pace, places
from yimen.desks.shared.charts import drawing, specs
from yimen.law.calendar import today
from yimen.law.terms import Role

URL = "/district/charts/"
BARS = [
    {"name": "青禾街道", "part": "甲", "count": 3, "url": "/district/cases/?township=1"},
    {"name": "白杨镇", "part": "乙", "count": 2, "url": "/district/cases/?township=2"},
]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.YIMEN_DATA = tmp_path


def _tables(page: str) -> dict[str, list[list[str]]]:
    """Cells of each table by its label."""
    found = {}
    for label, body in re.findall(r'<table[^>]*aria-label="([^"]+)".*?<tbody>(.*?)</tbody>', page, re.DOTALL):
        lines = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
        cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
        found[label] = [[re.sub(r"<[^>]+>", "", cell).strip() for cell in line] for line in cells]
    return found


def test_every_chart_has_its_numbers_as_a_table(world: World) -> None:
    accepted(world)
    checked(world)
    page = text(at(world, Role.SUPERVISOR).get(URL))
    tables = _tables(page)
    assert page.count('<svg aria-hidden="true"') == 6
    assert len(tables) == 5 and "没有发现申报与核对不一致" in page
    [first, *_] = tables["在办案件按乡街和环节"]
    assert first == ["青禾街道", "0", "1", "1", "0", "0", "0", "2"]
    assert "在办 2 件，青禾街道最多（2 件）" in page
    assert len(tables["办理用时"]) == len(tables["在保与新增"]) == 12


def test_an_empty_district_says_so(world: World) -> None:
    page = text(at(world, Role.DISTRICT_HANDLER).get(URL))
    for words in ("没有在办案件", "还没有作出决定的案件", "还没有在保家庭", "没有发现申报与核对不一致"):
        assert words in page


@pytest.mark.django_db
def test_the_days_and_the_amount_of_a_case_are_counted(travel: Callable[[date], None]) -> None:
    travel(PROPOSED)
    world = build()
    approved(world, examined(world), travel)
    asked = Asked(world.officer("周区办"), today())
    days = {row.cells[0]: row.cells[1:] for row in pace(asked).table.rows}
    assert days["2026-11"][0] == 1 and int(str(days["2026-11"][1])) > 0
    assert days["2026-10"] == [0, "—", "—"]
    counted = [row.cells[-1] for row in amounts(asked).table.rows]
    assert sum(map(int, map(str, counted))) == 1
    [place] = places(asked).table.rows
    assert place.cells[-1] == 1
    later = Asked(asked.officer, date(2026, 12, 24))
    assert flow(later).table.rows[-1].cells == ["2026-12", 1, 1]


def test_what_differed_is_counted_by_item(world: World) -> None:
    case = applied(world)
    rich = {"item": "deposit", "value": "定期存款", "amount_fen": 9_000_000, "period": "balance"}
    checked(world, case, truth={case.applicant.name: {**AS_DECLARED, "bank": [rich]}})
    rows = _tables(text(at(world, Role.SUPERVISOR).get(URL)))["核对发现的不一致"]
    assert rows == [["银行存款", "1", "100"]]


def test_only_the_district_sees_it(world: World) -> None:
    assert handler(world).get(URL).status_code == 403


def test_the_picture_brings_nothing_that_runs() -> None:
    picture = drawing.svg(specs.stacked([{**BARS[0], "name": "<script>x</script>&"}], series=["甲", "乙"], unit="件"))
    assert "<script" not in picture
    assert not re.search(r"\sstyle=|<style|<image|<foreignObject|\son\w+=", picture)
    assert 'aria-hidden="true"' in picture[:200]
    assert picture.count("<a ") == picture.count('<a tabindex="-1" ') == 1
    assert "/district/cases/?township=1" in picture


def test_series_have_patterns_and_never_more_than_six() -> None:
    picture = drawing.svg(specs.stacked(BARS, series=["甲", "乙"], unit="件"))
    assert picture.count("url(#decal-2)") >= 1
    assert picture.count('<pattern id="decal-') == 5
    with pytest.raises(ValueError, match="7 series"):
        drawing.fills(7)
    assert len(PHASES) == 6


def test_the_same_data_are_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = specs.pareto([{"name": "工资", "count": 2, "words": "2"}], unit="条")
    first = drawing.svg(spec)
    monkeypatch.setattr(vl_convert, "vegalite_to_svg", lambda *_, **__: pytest.fail("drawn again"))
    assert drawing.svg(spec) == first


def test_old_pictures_go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(drawing, "KEPT", 2)
    for number in range(4):
        drawing.svg(specs.pareto([{"name": "工资", "count": number, "words": ""}], unit="条"))
    assert len([*(tmp_path / "charts").iterdir()]) == 2
