"""Issuing, numbering, drawing, printing and serving."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from yimen.base.papers import desk, drawing, examples, library, typeset
from yimen.base.papers.checking import Forbidden, Incomplete
from yimen.base.papers.models import Paper, PaperRendering
from yimen.base.record.triggers import triggers_suspended, unguarded
from yimen.law.calendar import travel

DAY = date(2026, 11, 22)


def issue(code: str = "acceptance_notice", **changes: object) -> Paper:
    given = {
        "subject_kind": "application", "subject_ref": "7bk2m9c4xw0d", "subject_id": 37, "area_code": "990101001",
        "office_name": "安澜区青禾街道办事处", "office_mark": "安澜青禾", "data": examples.example(code), "officer_id": 5,
        "officer_name": "陈经办", "on": DAY, "demo": True,
    }  # fmt: skip
    return desk.issue(code, **{**given, **changes})


@pytest.mark.django_db
def test_numbers_run_per_office_paper_and_year():
    numbers = [issue().number, issue().number, issue("extension").number]
    numbers += [issue(office_mark="安澜柳河").number, issue(on=date(2027, 1, 4)).number, issue().number]
    assert numbers == [
        "安澜青禾低保受〔2026〕1号", "安澜青禾低保受〔2026〕2号", "安澜青禾低保延〔2026〕1号", "安澜柳河低保受〔2026〕1号",
        "安澜青禾低保受〔2027〕1号", "安澜青禾低保受〔2026〕3号",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_refused_or_rolled_back_paper_uses_no_number():
    issue()
    with pytest.raises(Incomplete):
        issue(data={})
    with transaction.atomic():
        issue()
        transaction.set_rollback(True)
    assert issue().number == "安澜青禾低保受〔2026〕2号"


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_get_two_numbers():
    numbers: list[str] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        try:
            numbers.extend(issue().number for _ in range(5))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == sorted(f"安澜青禾低保受〔2026〕{nth}号" for nth in range(1, 21))


@pytest.mark.django_db
def test_data_is_kept_sealed_and_comes_back_plain():
    paper = desk.paper(issue("application_form").ref)
    assert paper is not None
    assert paper.data["id_number"] == "990101196203150024"
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM papers_paper")
        stored = cursor.fetchone()[0]
    assert "990101196203150024" not in stored and "王秀兰" not in stored


@pytest.mark.django_db
def test_forbidden_data_makes_no_paper():
    with pytest.raises(Forbidden, match="id_number"):
        issue("public_notice", data={**examples.example("public_notice"), "id_number": "990101196203150024"})
    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_drawn_again_it_is_the_same_and_its_digest_is_kept():
    paper = issue()
    first = desk.render(paper)
    with travel(date(2027, 3, 1)):
        assert desk.render(desk.paper(paper.ref)) == first
    kept = PaperRendering.objects.get(paper=paper)
    assert kept.size == len(first) and kept.engine == typeset.engine()


@pytest.mark.django_db
def test_another_engine_keeps_a_digest_of_its_own(monkeypatch):
    paper = issue()
    desk.render(paper)
    monkeypatch.setattr(typeset, "engine", lambda: "another")
    desk.render(paper)
    assert PaperRendering.objects.filter(paper=paper).count() == 2


@pytest.mark.django_db
def test_changed_data_or_a_changed_page_is_not_handed_out(monkeypatch):
    paper = issue()
    desk.render(paper)
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "draw", lambda *_: b"%PDF other")
        with pytest.raises(desk.ChangedPaper, match="版面与首次打印时不一致"):
            desk.render(paper)
    with triggers_suspended():
        Paper.objects.filter(pk=paper.pk).update(data={**paper.data, "limit": "一年"})
    with pytest.raises(desk.ChangedPaper, match="内容与制发时不一致"):
        desk.render(desk.paper(paper.ref))


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_paper_cannot_be_edited_or_deleted(change):
    paper = issue()
    rows = Paper.objects.filter(pk=paper.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(office_name="x") if change == "update" else rows.delete()


@pytest.mark.django_db
def test_every_append_only_table_is_guarded():
    assert not [table for table in unguarded() if table.startswith("papers_")]


@pytest.mark.django_db
def test_an_old_paper_keeps_its_form(tmp_path, settings):
    paper = issue()
    text = (library.PACKAGED / "acceptance_notice.toml").read_text(encoding="utf-8")
    newer = text.replace('version = "2026.1"', 'version = "2"').replace("2026-07-01", "2026-12-01")
    (tmp_path / "acceptance_notice.toml").write_text(newer, encoding="utf-8")
    before = desk.render(paper)
    settings.FORM_DIRS = [tmp_path]
    assert desk.render(paper) == before
    assert issue(on=date(2026, 12, 1)).form_version == "2"


@pytest.mark.django_db
def test_a_new_paper_takes_the_place_of_an_old_one():
    old = issue("public_notice")
    new = issue("public_notice", supersedes=old)
    assert desk.is_superseded(old) and not desk.is_superseded(new)
    assert [paper.pk for paper in desk.papers_of("application", "7bk2m9c4xw0d")] == [old.pk, new.pk]
    assert old.title == "最低生活保障审核确认公示"


@pytest.mark.django_db
def test_printing_a_check_report_again_is_flagged():
    report, notice = issue("check_report"), issue()
    for paper in (report, report, notice, notice):
        desk.note_print(paper, officer_id=5, officer_name="陈经办", purpose="审核")
    assert [(row.nth, row.flagged) for row in desk.prints(report)] == [(1, False), (2, True)]
    assert [row.flagged for row in desk.prints(notice)] == [False, False]


@pytest.mark.django_db
def test_each_service_is_kept():
    paper = issue("refusal_notice")
    given = {"how": "直接送达", "to_whom": "王秀兰", "by": "陈经办"}
    desk.note_service(paper, **given, on=date(2026, 11, 23), receipt="拒收")
    desk.note_service(paper, **given, on=date(2026, 11, 24), receipt="已签收", file_ref="b2c3d4f5g6h7")
    assert [row.receipt for row in desk.services(paper)] == ["拒收", "已签收"]


def test_a_blank_form_carries_what_is_known_and_nothing_else():
    pdf = desk.blank("home_visit", {"applicant": "王秀兰", "known": ["养老金每月 143.00 元"]}, on=DAY, demo=True)
    assert pdf.startswith(b"%PDF")
    with pytest.raises(Forbidden, match="bank"):
        desk.blank("home_visit", {"bank": "x"}, on=DAY, demo=True)


@pytest.mark.parametrize("code", ["refusal_notice", "public_notice", "application_receipt", "approval_notice"])
def test_letters_and_notices_are_never_given_out_blank(code):
    with pytest.raises(Forbidden, match="不能打印空白件"):
        desk.blank(code, on=DAY, demo=True)
