"""Figures: nearest area, validity, confirmation, and what the program ships."""

import datetime as dt
import pickle

import pytest

from yimen.law.standards import (
    KEYS,
    BadFigure,
    Book,
    Figure,
    Missing,
    Unconfirmed,
    Unset,
    chain,
    read_figure,
    shipped_book,
    shipped_figures,
)

ON = dt.date(2026, 11, 22)
TIEXI = chain("220302001")
DEMO = chain("990101001")


def figure(value: int, area: str, since: str = "2026-01-01", confidence: str = "released") -> Figure:
    return Figure(
        "dibao.standard.urban", value, "fen/month", area, dt.date.fromisoformat(since), None, "文号", confidence
    )


def test_the_chain_runs_from_near_to_far() -> None:
    assert TIEXI == ("220302001", "220302", "220300", "220000", "000000")
    assert chain("000000") == ("000000",)


def test_the_nearest_area_wins_over_a_later_date() -> None:
    book = Book([figure(1, "000000", "2026-06-01"), figure(2, "220302")])
    assert book.figure("dibao.standard.urban", TIEXI, ON).value == 2


def test_within_an_area_the_latest_start_wins_and_the_future_waits() -> None:
    book = Book([figure(3, "220302", "2026-06-01"), figure(2, "220302"), figure(4, "220302", "2026-12-01")])
    assert book.figure("dibao.standard.urban", TIEXI, ON).value == 3
    assert book.figure("dibao.standard.urban", TIEXI, dt.date(2026, 5, 31)).value == 2


def test_of_equal_starts_the_released_one_wins_in_any_order() -> None:
    own, shown = figure(1, "220302"), figure(2, "220302", confidence="secondary")
    for book in (Book([own, shown]), Book([shown, own])):
        assert book.figure("dibao.standard.urban", TIEXI, ON).value == 1


def test_an_unset_figure_names_itself_and_who_sets_it() -> None:
    with pytest.raises(Unset) as caught:
        shipped_book().figure("dibao.standard.urban", TIEXI, ON)
    assert caught.value.key == "dibao.standard.urban"
    assert "“城市低保标准”在2026-11-22未设置" in caught.value.sentence
    assert "只到2024-12-31为止" in caught.value.sentence
    assert "省级或市级人民政府" in caught.value.sentence


def test_an_unconfirmed_figure_never_decides_silently() -> None:
    book, day = shipped_book(), dt.date(2024, 6, 1)
    with pytest.raises(Unconfirmed, match="未经确认"):
        book.figure("dibao.standard.urban", TIEXI, day)
    with pytest.raises(Unconfirmed):
        book.find("dibao.standard.urban", TIEXI, day)
    shown = book.figure("dibao.standard.urban", TIEXI, day, confirmed_only=False)
    assert (shown.value, shown.unit, shown.confirmed) == (66000, "fen/month", False)


def test_an_unconfirmed_near_figure_hides_a_confirmed_far_one() -> None:
    book = Book([figure(1, "000000"), figure(2, "220000", confidence="official page")])
    with pytest.raises(Unconfirmed):
        book.figure("dibao.standard.urban", TIEXI, ON)


def test_a_start_that_is_only_a_year_is_not_in_force_on_any_day() -> None:
    with pytest.raises(Unset, match="只写明“2022”，起始日期须由人补全"):
        shipped_book().figure("dibao.standard.urban", TIEXI, dt.date(2022, 6, 1))


def test_another_citys_figures_do_not_reach_siping() -> None:
    with pytest.raises(Unset) as caught:
        shipped_book().figure("dibao.supplement.aged_70", TIEXI, ON)
    assert "0.10" not in caught.value.sentence


def test_the_base_pension_exclusion_ends_with_the_plan_period() -> None:
    book = shipped_book()
    assert book.figure("dibao.exclude_base_pension", TIEXI, dt.date(2025, 12, 31)).as_bool()
    with pytest.raises(Unset, match="只到2025-12-31为止"):
        book.figure("dibao.exclude_base_pension", TIEXI, dt.date(2026, 1, 1))
    assert book.figure("dibao.exclude_base_pension", DEMO, dt.date(2026, 1, 1)).confidence == "demo"


def test_demo_figures_are_confirmed_in_demo_areas_only_and_say_that_they_are_invented() -> None:
    demo = [found for found in shipped_figures() if found.confidence == "demo"]
    assert demo
    assert all(found.area.startswith("99") and found.confirmed and "示例" in found.document for found in demo)
    assert not figure(1, "220302", confidence="demo").confirmed


def test_the_demo_district_lacks_nothing_that_blocks_this_programme() -> None:
    book, later = shipped_book(), ("benefit.tiers",)
    needed = [key for key in KEYS.values() if key.required and not key.key.startswith(later)]
    found, missing = book.attempt((key.key for key in needed), DEMO, ON)
    assert [item.key for item in missing] == []
    assert len(found) == len(needed)


def test_every_shipped_figure_has_a_key_and_a_document() -> None:
    for found in shipped_figures():
        assert found.key in KEYS
        assert found.document
        assert found.confirmed or found.confidence in {"secondary", "official page"}


def test_a_book_goes_to_another_process_whatever_was_looked_up_in_it() -> None:
    book = shipped_book()
    found, missing = book.attempt(["benefit.method", "dibao.total"], TIEXI, ON)
    other = pickle.loads(pickle.dumps(book))
    again, lacking = other.attempt(["benefit.method", "dibao.total"], TIEXI, ON)
    assert missing and again == found and [each.key for each in lacking] == [each.key for each in missing]


def test_missing_figures_are_reported_together() -> None:
    with pytest.raises(Missing) as caught:
        shipped_book().gather(["benefit.method", "dibao.total", "benefit.floor"], TIEXI, ON)
    assert caught.value.keys == ("benefit.method", "benefit.floor")
    assert "保障金下限" in caught.value.sentence


def test_money_in_tables_is_fen() -> None:
    found = read_figure({"key": "k", "area": "990101", "value": [{"low_yuan": 420, "yuan": "1.50"}], "unit": "table"})
    assert found.as_rows() == ({"low_fen": 42000, "fen": 150},)
    assert found.shown() == "最低 420.00元，金额 1.50元"


@pytest.mark.parametrize("reader", ["as_int", "as_bool", "as_rows", "as_record", "as_texts"])
def test_a_value_of_the_wrong_form_is_an_error(reader: str) -> None:
    wrong = Figure("k", "many", "text", "990101", ON, None, "文号", "released")
    with pytest.raises(BadFigure, match="应为"):
        getattr(wrong, reader)()


def test_exact_numbers() -> None:
    ratio = Figure("k", "0.30", "ratio", "990101", ON, None, "文号", "released")
    assert ratio.as_fraction() * 10 == 3
    assert ratio.as_text() == "0.30"
    with pytest.raises(BadFigure):
        Figure("k", True, "ratio", "990101", ON, None, "文号", "released").as_fraction()
