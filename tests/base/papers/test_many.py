"""Several papers in one PDF: each keeps its own page numbers and codes, and both sides of the sheet are thought of."""

from __future__ import annotations

from datetime import date

from tests.base.papers.pdf_text import pages_of, text_of
from yimen.base.papers import checking, drawing, examples, library
from yimen.base.papers.drawing import Sheet
from yimen.base.papers.shapes import Heading

DAY = date(2026, 11, 22)
OFFICE = "安澜区青禾街道办事处"


def sheet(code: str, number: int = 1, **changes: object) -> Sheet:
    data = checking.normalise({**examples.example(code), **changes})
    return Sheet(library.form(code), data, Heading(f"第{number}号", f"7bk2m9c4xw{number:02d}", OFFICE, DAY, True))


def drawn(*sheets: Sheet, duplex: bool = False) -> bytes:
    return drawing.draw_many(sheets, DAY, title="一批文书", office=OFFICE, duplex=duplex)


def page_words(pdf: bytes) -> list[str]:
    """The page numbers as printed, in the order of the pages; an empty side prints none."""
    return [line for line in "".join(text_of(pdf).split()).replace("第", "\n第").split("\n") if line[1:3] in NUMBERED]


NUMBERED = {f"{page}页" for page in range(1, 10)}


def test_each_paper_counts_its_own_pages():
    pdf = drawn(sheet("acceptance_notice", 1), sheet("extension", 2), sheet("refusal_notice", 3))
    words = [line[:3] for line in page_words(pdf)]
    assert words == ["第1页", "第2页", "第1页", "第1页", "第2页", "第3页"]
    assert b"<pdfaid:part>2" in pdf and pages_of(pdf) == 6


def test_on_both_sides_each_paper_begins_on_a_sheet_of_its_own():
    one_sided, two_sided = (drawn(sheet("extension", 1), sheet("extension", 2), duplex=way) for way in (False, True))
    assert (pages_of(one_sided), pages_of(two_sided)) == (2, 3)
    assert len(page_words(two_sided)) == 2  # the empty side carries nothing


def test_a_paper_longer_than_the_codes_made_for_it_is_drawn_with_more():
    persons = examples.example("check_request")["persons"] * 90
    pdf = drawn(sheet("check_request", persons=persons))
    assert pages_of(pdf) > 6


def test_slips_and_letters_go_together():
    pdf = drawn(sheet("application_receipt", 1), sheet("acceptance_notice", 2))
    assert b"/MediaBox[0 0 419.5" in pdf and b"/MediaBox[0 0 595.2" in pdf


def test_the_same_batch_gives_the_same_bytes():
    papers = [sheet("extension", number) for number in (1, 2, 3)]
    assert drawn(*papers) == drawn(*papers)
