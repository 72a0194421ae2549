"""Many issued papers as one PDF: the list in front, what is left out and why."""

from __future__ import annotations

import pytest

from tests.base.papers.pdf_text import pages_of, text_of
from tests.base.papers.test_desk import DAY, issue
from yimen.base.papers import bundle, desk, examples, typeset
from yimen.base.papers.bundle import Cover, NothingToPrint
from yimen.base.papers.models import Paper
from yimen.base.record.triggers import triggers_suspended

COVER = {"case_number": "安澜青禾低保〔2026〕37号", "applicant": examples.LONG_NAME, "township": "青禾街道",
         "printed_by": "陈经办", "printed_on": DAY}  # fmt: skip


def words(pdf: bytes) -> str:
    return "".join(text_of(pdf).split())


@pytest.mark.django_db
def test_all_papers_of_a_case_stand_behind_their_list():
    papers = [issue("extension"), issue("acceptance_notice"), issue("refusal_notice")]
    made = bundle.bundle(papers, title="文书清单", cover=Cover(COVER, "安澜区青禾街道办事处", DAY, demo=True))
    assert made.papers == tuple(papers) and made.left_out == ()
    assert pages_of(made.pdf) == 1 + 1 + 2 + 3
    text = words(made.pdf)
    for part in ("文书清单", examples.LONG_NAME[:6], "3—4", "5—7", *(paper.number for paper in papers)):
        assert part in text


@pytest.mark.django_db
def test_a_changed_paper_is_left_out_and_named():
    good, bad = issue(), issue("extension")
    with triggers_suspended():
        Paper.objects.filter(pk=bad.pk).update(data={**bad.data, "limit": "一年"})
    made = bundle.bundle([good, desk.paper(bad.ref)], title="一批")
    assert made.papers == (good,)
    assert [(row.paper.pk, "内容与制发时不一致" in row.why) for row in made.left_out] == [(bad.pk, True)]


@pytest.mark.django_db
def test_a_sign_without_a_glyph_holds_up_its_own_paper_only(monkeypatch):
    monkeypatch.setattr(typeset, "SYSTEM_FONTS", ())
    typeset.forget_fonts()
    good = issue()
    bad = issue(data={**examples.example("acceptance_notice"), "applicant": "王\ue863"})
    made = bundle.bundle([good, bad], title="一批")
    assert made.papers == (good,) and "U+E863" in made.left_out[0].why
    with pytest.raises(NothingToPrint, match="没有可用的字形"):
        bundle.bundle([bad], title="一批")
    typeset.forget_fonts()


@pytest.mark.django_db
def test_nothing_and_too_much_are_refused():
    with pytest.raises(NothingToPrint, match="没有可以打印"):
        bundle.bundle([], title="一批")
    with pytest.raises(ValueError, match="分批打印"):
        bundle.bundle([issue()] * 501, title="一批")


@pytest.mark.django_db
def test_many_prints_are_noted_at_once(django_assert_num_queries):
    papers = [issue() for _ in range(3)]
    with django_assert_num_queries(1):
        desk.note_prints(papers, officer_id=5, officer_name="陈经办", purpose="批量打印")
    assert desk.print_counts(papers) == {paper.pk: 1 for paper in papers}


def test_papers_to_fill_come_together_and_name_their_case():
    sheets = [("home_visit", {"applicant": "王秀兰"}), ("neighbour_interview", {})]
    pdf = bundle.blanks(sheets, office_name="青禾街道", case_ref="7bk2m9c4xw0d", demo=True)
    text = words(pdf)
    assert "入户调查表" in text and "邻里访问表" in text and pages_of(pdf) >= 2
