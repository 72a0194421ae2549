"""Every paper of this stage exists with its fields, and a form file that leaves out what the law asks is refused."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from yimen.base.papers import checking, examples, library
from yimen.base.papers.library import BadForm, UnknownForm

CODES = """application_form agent_mandate pledge_and_authorisation obligor_consent informed_commitment
household_declaration supporter_sheet close_relative_filing application_receipt acceptance_notice supplement_notice
decline_notice check_request check_report check_result_notice objection_recheck home_visit neighbour_interview
evidence_letter third_party_assessment appraisal_record recertification_form reckoning amount_explanation approval_form public_notice
notice_objection extension procedure_end_notice approval_notice refusal_notice announcement
district_home_visit signing_sheet case_papers tekun_statement self_care_assessment rigid_expenditure_sheet
change_report member_change grace_form views_record award_change_notice termination_public_notice transfer_letter
edge_decision rigid_expenditure_decision case_conference refund_order
relief_application relief_decision relief_refusal relief_receipt addition_notice uplift_notice expiry_notice account_letter
payment_correction payment_roster payment_summary payment_slip custody_agreement reconciliation_sheet
monthly_return month_filing fund_table relief_list""".split()
ADVERSE = {
    "decline_notice",
    "check_result_notice",
    "procedure_end_notice",
    "refusal_notice",
    "award_change_notice",
    "refund_order",
    "relief_refusal",
}


def test_all_papers_are_there():
    assert sorted(library.codes()) == sorted(CODES)


def test_abbreviations_keep_the_numbers_of_two_papers_apart():
    short = [library.form(code).abbreviation for code in CODES]
    assert len(set(short)) == len(short)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("variant", examples.VARIANTS)
def test_every_example_may_be_issued(code, variant):
    assert checking.check(code, examples.example(code, variant)) == []


@pytest.mark.parametrize("code", CODES)
def test_every_field_shows_on_the_page_or_carries_the_code_to_scan(code):
    form = library.form(code)
    shown = set().union(*(library.mentioned(block) for block in form.body)) | {form.qr_key}
    shown |= {key for _before, key, _how in library.placeholders(form.title_template)}
    # The board says nothing about its own batch and photographs; the file does.
    own = {"batch_number", "posting_photo", "taken_down_photo", "decided_from", "decided_to"} if form.closed else set()
    assert {field.key for field in form.fields} - shown <= own


@pytest.mark.parametrize("code", sorted(ADVERSE))
def test_adverse_papers_are_marked(code):
    assert library.form(code).adverse


def test_an_unknown_paper_is_named():
    with pytest.raises(UnknownForm, match="benefit_card"):
        library.form("benefit_card")


def test_before_the_first_version_there_is_no_form():
    with pytest.raises(UnknownForm, match="受理通知书"):
        library.form("acceptance_notice", on=date(2022, 10, 19))


@pytest.mark.parametrize("code", CODES)
def test_before_the_law_a_paper_has_the_same_fields_and_cites_what_was_in_force(code):
    then, now = library.form(code, on=date(2026, 6, 30)), library.form(code, on=date(2026, 7, 1))
    assert (then.version, now.version) == ("2022.1", "2026.1")
    assert then.fields == now.fields and then.basis
    assert "救助法" not in f"{then.basis}{then.body}"
    assert library.form(code, version="2022.1") == then


def test_an_earlier_edition_names_only_papers_and_passages_that_exist():
    for edition in tomllib.loads(library.EDITIONS.read_text(encoding="utf-8"))["edition"]:
        assert set(edition["basis"]) <= set(CODES)
        for code, texts in edition["texts"].items():
            assert set(texts) <= {block.get("id") for block in library.form(code).body}


def _copy(folder: Path, code: str, *changes: tuple[str, str]) -> None:
    text = (library.PACKAGED / f"{code}.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / f"{code}.toml").write_text(text, encoding="utf-8")


NEWER = ('version = "2026.1"\nvalid_from = 2026-07-01', 'version = "安澜1"\nvalid_from = 2027-01-01')


def test_a_place_replaces_a_form_from_its_date_on(tmp_path, settings):
    _copy(tmp_path, "acceptance_notice", NEWER, ("材料齐备，我单位于", "材料已经齐全，我单位于"))
    settings.FORM_DIRS = [tmp_path]
    assert library.form("acceptance_notice", on=date(2026, 12, 31)).version == "2026.1"
    assert library.form("acceptance_notice", on=date(2027, 1, 1)).version == "安澜1"
    assert library.form("acceptance_notice", version="2026.1").version == "2026.1"


@pytest.mark.parametrize(
    ("code", "change", "says"),
    [
        ("refusal_notice", ('"remedies!"', '"remedies"'), "救济途径"),
        ("refusal_notice", ('{ list = "remedies", numbered = false },', '{ list = "remedy" },'), "remedy"),
        ("refusal_notice", ('style = "letter"', 'style = "poster"'), "版式“poster”"),
        ("public_notice", ('"places!",', '"places!", "id_number",'), "公开张贴，不得含有 id_number"),
        ("public_notice", ('    "serial",', '    "serial", "health",'), "公开张贴，不得含有 health"),
        ("announcement", ('signed_by = "作出决定的机关；张贴人"', ""), "定义不完整"),
    ],
)
def test_a_form_that_breaks_the_rules_is_refused(tmp_path, settings, code, change, says):
    _copy(tmp_path, code, NEWER, change)
    settings.FORM_DIRS = [tmp_path]
    with pytest.raises(BadForm, match=says):
        library.form(code)


def test_two_files_with_one_version_are_refused(tmp_path, settings):
    _copy(tmp_path, "extension")
    settings.FORM_DIRS = [tmp_path]
    with pytest.raises(BadForm, match="同一版本号"):
        library.form("extension")
