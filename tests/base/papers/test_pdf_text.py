"""The reader of the tests against a document that is known."""

from datetime import date

from tests.base.papers.pdf_text import fonts_of, pages_of, text_of
from yimen.base.papers import drawing, examples, library
from yimen.base.papers.shapes import Heading

HEADING = Heading("安澜青禾低保受〔2026〕12号", "7bk2m9c4xw0d", "安澜区青禾街道办事处", date(2026, 11, 22), demo=True)


def test_what_was_written_is_read():
    pdf = drawing.draw(library.form("acceptance_notice"), examples.example("acceptance_notice"), HEADING)
    text = text_of(pdf).replace("\n", "")
    assert "安澜区青禾街道办事处" in text
    assert "受理通知书" in text
    assert "于2026年10月14日决定受理" in text
    assert pages_of(pdf) == 2
    assert fonts_of(pdf) == {"YimenSong-Regular"}
