"""The procedure tables are whole: no stage without a way to it, no act without its function, no name without its home."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from tests.house.sources import PACKAGE
from yimen.base.access import guards
from yimen.base.access.acts import ACTS
from yimen.base.offices.queries import scopes
from yimen.base.papers import library
from yimen.casework.applications.models import Application
from yimen.desks.shared.caseacts import load
from yimen.law import procedure
from yimen.law.calendar import today
from yimen.law.procedure import CLOCKS, OFFICE_STEPS, TABLES, TIMELINES, Body, Step
from yimen.law.standards import KEYS, shipped_book
from yimen.law.terms import ENDS, Order, Role, Stage

ORDERS = sorted(TABLES)
ROWS: list[Step] = [*{id(row): row for table in TABLES.values() for row in table}.values(), *OFFICE_STEPS.values()]
# 四(一) to 四(四) of the plan, 四(五) for what was kept before, and the other paragraphs that this part of the work rests on.
PARAGRAPHS = {"四（一）", "四（二）", "四（三）", "四（四）", "四（五）", "四（六）"}
ELSEWHERE = {
    "三（一）1",
    "三（一）2",
    "三（一）5",
    "三（一）6",
    "三（二）1",
    "三（二）2",
    "三（三）5",
    "五（二）",
    "六（三）",
}
ROOMS = {path.name for path in (PACKAGE / "casework").iterdir() if (path / "acts.py").exists()}
# The office's own housekeeping: no law says which colleague holds the file.
WITHOUT_ARTICLE = {"set_calendar_day", "hand_over"}
# Acts on a case that have no page of their own: intake opens it, the run of the result file moves many at once.
WITHOUT_A_PAGE = {"apply": "the intake page", "take_results": "the run of import_results"}


@pytest.fixture(scope="module", autouse=True)
def _pages() -> None:
    """What a running server has loaded: every room, every desk."""
    import_module(settings.ROOT_URLCONF)


def named(*kinds: str) -> set[str]:
    return {name for row in ROWS for kind in kinds for name in getattr(row, kind)}


# -- stages ------------------------------------------------------------------------------


def _reached(order: Order) -> set[Stage]:
    opening = [row for row in TABLES[order] if not row.stages]
    found = {stage for row in opening for stage in row.to}
    while True:
        more = {stage for row in TABLES[order] if found & set(row.stages) for stage in row.to}
        if more <= found:
            return found
        found |= more


def _used(order: Order) -> set[Stage]:
    return {stage for row in TABLES[order] for stage in (*row.stages, *row.to)}


@pytest.mark.parametrize("order", ORDERS)
def test_one_row_opens_a_case(order: Order) -> None:
    assert [row.act for row in TABLES[order] if not row.stages] == ["apply"]


@pytest.mark.parametrize("order", ORDERS)
def test_every_stage_an_order_leads_to_can_be_reached(order: Order) -> None:
    led_to = {stage for row in TABLES[order] for stage in row.to}
    assert led_to == _reached(order)


def test_every_stage_belongs_to_an_order() -> None:
    assert set().union(*map(_reached, ORDERS)) == set(Stage)


@pytest.mark.parametrize("order", ORDERS)
def test_every_end_is_an_intended_end(order: Order) -> None:
    leaving = {stage for row in TABLES[order] if row.to and set(row.to) != set(row.stages) for stage in row.stages}
    stuck = _reached(order) - leaving
    assert stuck == _reached(order) & ENDS
    assert {stage for stage in ENDS if any(stage in row.stages and row.to for row in TABLES[order])} == set()


@pytest.mark.parametrize("order", ORDERS)
def test_every_stage_leads_to_an_end(order: Order) -> None:
    home = set(ENDS)
    while True:
        more = {stage for row in TABLES[order] if home & set(row.to) for stage in row.stages} | home
        if more == home:
            break
        home = more
    assert _reached(order) <= home


@pytest.mark.parametrize("order", ORDERS)
def test_every_open_stage_says_what_comes_next(order: Order) -> None:
    lost = []
    for stage in _reached(order) - ENDS - {Stage.CHECKING}:
        first = procedure.next_steps(order, stage)[:1]
        if not (first and first[0].primary):
            lost.append(stage)
    assert lost == []


@pytest.mark.parametrize("order", ORDERS)
def test_no_act_stands_twice_in_an_order(order: Order) -> None:
    acts = [row.act for row in TABLES[order]]
    assert sorted(acts) == sorted(set(acts))


@pytest.mark.parametrize("order", ORDERS)
def test_every_stage_stands_on_the_timeline(order: Order) -> None:
    shown = {stage for milestone in TIMELINES[order] for stage in milestone.stages}
    quiet = {Stage.ON_ASSISTANCE, Stage.ENDED}
    assert _reached(order) - quiet <= shown
    acts = {row.act for row in TABLES[order]}
    assert {act for milestone in TIMELINES[order] for act in milestone.acts} <= acts | {"decline"}


# -- acts --------------------------------------------------------------------------------


def test_every_row_has_exactly_one_function_and_the_reverse() -> None:
    rows = {row.act for row in ROWS}
    assert rows - set(ACTS) == set(), "rows without a function"
    assert set(ACTS) - rows == set(), "functions without a row"


def test_an_act_of_the_case_and_one_of_the_office_share_no_name() -> None:
    assert {row.act for table in TABLES.values() for row in table} & set(OFFICE_STEPS) == set()


def test_every_act_lives_in_the_room_that_its_row_names() -> None:
    wrong = {}
    for row in ROWS:
        home = ACTS[row.act].__module__
        rooms = {"offices": "yimen.base.powers", "figures": "yimen.base.powers"}
        wanted = rooms.get(row.room, f"yimen.casework.{row.room}")
        if not home.startswith(f"{wanted}."):
            wrong[row.act] = (row.room, home)
    assert wrong == {}
    assert {row.room for row in ROWS} - {"offices", "figures"} <= ROOMS


def test_every_row_says_who_where_and_on_what_ground() -> None:
    for row in ROWS:
        assert row.label and row.paragraph and isinstance(row.body, Body), row.act
        assert row.articles or row.act in WITHOUT_ARTICLE, f"{row.act} rests on no article"
        assert row.roles or row.act == "take_results", f"nobody may {row.act}"
        assert set(row.roles) <= set(Role)


def test_every_case_act_has_a_page_or_a_run() -> None:
    acts = {row.act for table in TABLES.values() for row in table}
    assert acts - set(load()) == set(WITHOUT_A_PAGE)
    assert set(load()) <= acts


def test_deciding_is_apart_from_investigating_and_asks_for_the_second_factor() -> None:
    for row in ROWS:
        if row.act in {"approve", "refuse"}:
            assert set(row.apart_from) == {"investigators", "proposer"} and row.second_factor
            assert row.body is Body.DECIDING


# -- names -------------------------------------------------------------------------------


def test_every_condition_duty_and_consequence_has_its_home() -> None:
    assert named("needs") - set(guards.GUARDS) == set(), "conditions nobody supplies"
    assert set(guards.GUARDS) - named("needs") == set(), "conditions nobody asks for"
    assert named("apart_from") == set(guards.DUTIES)
    assert named("then") == set(guards.CONSEQUENCES)
    assert Application.KIND in guards.RECUSALS


def test_every_paper_has_a_form() -> None:
    wanted = {code.rstrip("?") for code in named("papers")}
    assert wanted - set(library.codes()) == set()


def test_every_adverse_end_is_told_on_paper() -> None:
    """Whoever is turned away gets a paper with reasons and remedies (law of 2026, arts. 45 and 76)."""
    for act in ("decline", "refuse", "end_procedure"):
        papers = next(row for row in ROWS if row.act == act).papers
        assert any(not code.endswith("?") and library.form(code).adverse for code in papers), act


BY_THE_ROOM = {"district_decision", "tekun_opinion", "tekun_new_opinion"}


def test_every_clock_has_a_rule_and_is_started_and_stopped() -> None:
    started, stopped = named("starts"), named("stops") - {"*"}
    assert (started | stopped) - set(CLOCKS) == set()
    assert started - stopped == set(), "clocks that nothing stops"
    assert set(CLOCKS) - started == BY_THE_ROOM, "clocks that no row starts; a room starts these"


def test_the_clocks_of_no_row_are_started_by_the_room() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (PACKAGE / "casework" / "decisions").glob("*.py")]
    for code in BY_THE_ROOM:
        assert any(f'"{code}"' in text for text in sources), code


def test_every_clock_takes_its_length_from_a_known_figure() -> None:
    for rule in CLOCKS.values():
        for key in (rule.key, rule.delegated_key, rule.extended_key):
            assert not key or key in KEYS, f"{rule.code}: {key}"


def test_required_clocks_have_a_length_in_the_demo_district() -> None:
    book = shipped_book()
    unset = [
        rule.code
        for rule in CLOCKS.values()
        if rule.required and book.find(rule.key, scopes("990101001001"), today()) is None
    ]
    assert unset == []


# -- the plan ----------------------------------------------------------------------------


def test_every_paragraph_of_the_plan_has_a_home() -> None:
    found = {row.paragraph for row in ROWS}
    assert found >= PARAGRAPHS
    assert found <= PARAGRAPHS | ELSEWHERE
    for paragraph in PARAGRAPHS:
        rooms = {row.room for row in ROWS if row.paragraph == paragraph}
        assert rooms & ROOMS, f"no room serves {paragraph}"


@pytest.mark.parametrize(
    ("order", "first", "then"),
    [
        (Order.PLAN, ("apply", "request_check", "take_results", "accept"), "check before acceptance"),
        (Order.MINISTRY, ("apply", "accept", "request_check", "take_results"), "acceptance before the check"),
    ],
)
def test_each_order_keeps_its_sequence(order: Order, first: tuple[str, ...], then: str) -> None:
    acts = [row.act for row in TABLES[order] if row.act in first]
    assert acts == list(first), then


@pytest.mark.parametrize("order", ORDERS)
def test_notice_comes_before_the_decision_and_the_announcement_after(order: Order) -> None:
    acts = [row.act for row in TABLES[order]]
    wanted = ["propose", "publish_notice", "close_notice", "approve", "announce"]
    assert [act for act in acts if act in wanted] == wanted


def test_the_rooms_say_which_paragraph_they_serve() -> None:
    for room in sorted(ROOMS):
        text = Path(PACKAGE / "casework" / room / "__init__.py").read_text(encoding="utf-8")
        assert "四(" in text or "四（" in text, f"{room} does not say which paragraph it serves"
