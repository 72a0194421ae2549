"""Every paper in every hard case comes out as PDF/A, the same each time, with every sign of every name."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from tests.base.papers.pdf_text import fonts_of, pages_of, text_of
from yimen.base.papers import checking, closing, drawing, examples, library, typeset
from yimen.base.papers.shapes import Heading

HEADING = Heading(
    "安澜青禾低保受〔2026〕12号",
    "7bk2m9c4xw0d",
    "安澜区青禾街道办事处",
    date(2026, 11, 22),
    True,
    "sha256:0123456789abcdef",
)
CODES = library.codes()


def draw(code: str, variant: str = "normal", **changes: object) -> bytes:
    data = checking.normalise({**examples.example(code, variant), **changes})
    return drawing.draw(library.form(code), data, HEADING)


def joined(pdf: bytes) -> str:
    return "".join(text_of(pdf).split())


@pytest.mark.parametrize(("code", "variant"), list(itertools.product(CODES, examples.VARIANTS)))
def test_every_paper_comes_out_whole(code, variant):
    pdf = draw(code, variant)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"pdfaid" in pdf and b"<pdfaid:part>2" in pdf
    text = joined(pdf)
    assert "演示数据，均为虚构" in text
    assert "None" not in text and "null" not in text
    assert library.form(code).title in text or "审核确认" in text or "确认" in text
    assert pages_of(pdf) <= 4


@pytest.mark.parametrize("code", CODES)
def test_every_name_stands_on_the_paper_sign_by_sign(code):
    data = examples.example(code, "names")
    shown = joined(draw(code, "names"))
    for name in examples.RARE_NAMES:
        if name in str(data):
            assert set(name) <= set(shown), name
    form = library.form(code)
    for row in data.get("rows", data.get("members", ())):
        name = row if isinstance(row, str) else row.get("applicant") or row.get("name") or row.get("head", "")
        # A second line below the name is another cell to who reads the paper's text.
        name = name.split("\n")[0]
        assert name in shown, (form.code, name)


@pytest.mark.parametrize("code", CODES)
def test_every_blank_form_can_be_printed_for_the_field(code):
    heading = Heading("", "", "安澜区青禾街道办事处", None, demo=False, blank=True)
    pdf = drawing.draw(library.form(code), {}, heading)
    text = joined(pdf)
    assert "空白表，供现场填写" in text
    assert "None" not in text and "演示数据" not in text


def test_the_same_data_gives_the_same_bytes():
    first = draw("approval_notice", "names")
    assert draw("approval_notice", "names") == first
    typeset.forget_fonts()
    assert draw("approval_notice", "names") == first


def test_several_threads_draw_at_once():
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda _: draw("refusal_notice", "names"), range(12)))
    assert len(set(drawn)) == 1


def test_data_is_text_and_never_evaluated():
    trap = '#eval("1+1") #read("/etc/passwd") $x$ *b* _i_ `c` {applicant} \\ [x]'
    shown = joined(draw("acceptance_notice", query=trap))
    assert "".join(trap.split()) in shown


def test_a_sign_without_glyph_is_an_error_that_names_it(settings, monkeypatch):
    monkeypatch.setattr(typeset, "SYSTEM_FONTS", ())
    typeset.forget_fonts()
    with pytest.raises(typeset.MissingGlyph, match="“𪚥”（U\\+2A6A5）、“\ue863”（U\\+E863）") as caught:
        draw("acceptance_notice", applicant="王𪚥\ue863")
    assert caught.value.characters == "𪚥\ue863"
    typeset.forget_fonts()


def test_the_shipped_font_alone_carries_all_examples(monkeypatch):
    monkeypatch.setattr(typeset, "SYSTEM_FONTS", ())
    typeset.forget_fonts()
    assert fonts_of(draw("approval_form", "names")) == {"YimenSong-Regular"}
    typeset.forget_fonts()


def test_amounts_dates_and_words_are_written_as_papers_do():
    shown = joined(draw("approval_notice"))
    assert "月保障金1,209.00元（大写：壹仟贰佰零玖元整）" in shown
    assert "自2026年12月起发放" in shown
    assert "下次复核日期：2027年11月20日" in shown


def test_none_declared_is_said_and_not_asked_is_left_free():
    assert "无" in joined(draw("household_declaration", vehicles=[]))
    form = library.form("household_declaration")
    data = {key: value for key, value in examples.example(form.code).items() if key != "vehicles"}
    drawing.draw(form, data, HEADING)


def test_a_value_beyond_the_options_is_never_lost():
    assert "家庭成员代办的其他情形" in joined(draw("application_form", applied_by="家庭成员代办的其他情形"))


def test_public_papers_say_no_more_than_they_may():
    text = joined(draw("public_notice"))
    for word in ("身份证", "残疾", "慢性病", "账号", "小学"):
        assert word not in text
    assert "000-5550-2001" in text and "2026年11月30日" in text


def test_the_receipt_fits_its_slip():
    pdf = draw("application_receipt")
    assert pages_of(pdf) == 1
    assert b"/MediaBox[0 0 419.5" in pdf  # A5


@pytest.mark.parametrize("code", ["amount_explanation", "public_notice"])
def test_what_must_fit_one_sheet_does(code):
    assert pages_of(draw(code)) == 1


def test_an_explanation_with_the_figures_of_a_family_stays_on_one_sheet():
    figures = [
        {"item": f"王秀兰：城乡居民养老保险待遇（每月，第{nth}项）", "yours": "143.00元", "ours": "143.00元", "why": "社会保险核对"}
        for nth in range(5)
    ]  # fmt: skip
    rules = [f"城市低保标准：云溪市安澜区，示例文号 安澜民发〔示例〕{nth}号，2026-01-01起" for nth in range(4)]
    assert pages_of(draw("amount_explanation", figures=figures, rules=rules)) == 1


def _box(*texts: str) -> dict[str, object]:
    return {"block": "grid", "title": "结论", "rows": [[{"runs": [text]}] for text in texts]}


def test_the_box_in_which_people_sign_takes_the_last_row_of_the_list_along():
    signing = {"block": "grid", "title": "", "rows": [[{"kind": "opinion", "runs": [], "lines": 1}]] * 3}
    lines = {"block": "table", "title": "", "rows": [[{"runs": [f"第{nth}行"]}] for nth in range(9)]}
    head, kept = closing.kept_together([lines, signing])
    assert [len(block["rows"]) for block in (head, *kept["blocks"])] == [8, 1, 3]


def test_a_short_box_goes_to_the_signature_whole_and_a_long_one_with_its_last_row():
    sign = {"block": "sign"}
    (kept,) = closing.kept_together([_box("照片", "一致", "情况属实。"), sign])
    assert [len(block["rows"]) for block in kept["blocks"] if block["block"] == "grid"] == [3]
    head, kept = closing.kept_together([_box("照片", "很长" * 300, "情况属实。"), sign])
    assert len(head["rows"]) == 2 and len(kept["blocks"][0]["rows"]) == 1
