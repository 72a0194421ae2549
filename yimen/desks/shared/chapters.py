"""Which chapter of the handbook explains which page: one table, so that help is one click away everywhere.

A page is named by its route; an address that is not listed leads to the first page of its desk's booklet. The chapters are
files of the built handbook (scripts/handbook/shelves.py); tests/handbook/test_help_links.py holds the two together.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.law.terms import Level, Role

_CLERK, _HEAD, _VILLAGE, _DISTRICT = "clerk/", "head/", "village/", "district/"

CHAPTERS: dict[str, str] = {
    "search": "clerk/search.html",
    "password": "clerk/common.html",
    "settings": "clerk/keyboard.html",
    "exports": "clerk/lists.html",
    "export_new": "clerk/lists.html",
    "export_full": "clerk/lists.html",
    "export_release": "clerk/lists.html",
    "figures": "district/figures.html",
    "household": "clerk/search.html",
    "case": "clerk/search.html",
    "reckoning": "policy/index.html",
    "programmes": "clerk/programmes.html",
    "township:queue": "clerk/queue.html",
    "township:intake": "clerk/apply.html",
    "township:papers": "clerk/papers.html",
    "township:awards": "clerk/awards.html",
    "township:recertify": "clerk/recertify.html",
    "township:recertify_one": "clerk/recertify.html",
    "township:recertify_change": "clerk/recertify.html",
    "township:recertify_return": "clerk/recertify.html",
    "township:changes": "clerk/changes.html",
    "township:change": "clerk/changes.html",
    "township:change_report": "clerk/changes.html",
    "township:change_findings": "clerk/changes.html",
    "township:change_take": "clerk/changes.html",
    "township:change_hearing": "clerk/changes.html",
    "township:change_notice": "clerk/changes.html",
    "township:change_posting": "clerk/changes.html",
    "township:change_objection": "clerk/changes.html",
    "township:change_submit": "clerk/changes.html",
    "township:change_return": "clerk/changes.html",
    "township:change_serve": "clerk/changes.html",
    "township:change_receive": "clerk/changes.html",
    "township:change_decide": "head/changes.html",
    **dict.fromkeys(
        (
            "township:comparison",
            "township:comparison_household",
            "township:comparison_confirm",
            "township:comparison_explain",
            "township:comparison_dismiss",
            "township:comparison_left_out",
            "township:comparison_consent",
        ),
        "clerk/monthly.html",
    ),
    "township:months": "clerk/months.html",
    "township:month": "clerk/months.html",
    "township:month_households": "clerk/months.html",
    "district:months": "clerk/months.html",
    "district:month": "clerk/months.html",
    "batch-start_recertification": "clerk/recertify.html",
    "batch-renew": "clerk/recertify.html",
    "batch-confirm_recertification": "clerk/recertify.html",
    "batch-invite_again": "clerk/recertify.html",
    "batch-end_expired": "clerk/recertify.html",
    "township:ledgers": "clerk/ledgers.html",
    "township:ledger": "clerk/ledgers.html",
    "township:ledger_upload": "clerk/ledgers.html",
    "township:ledger_columns": "clerk/ledgers.html",
    "township:ledger_submit": "clerk/ledgers.html",
    "township:ledger_confirm": "clerk/ledgers.html",
    "township:ledger_withdraw": "clerk/ledgers.html",
    "township:ledger_undo": "clerk/ledgers.html",
    **dict.fromkeys(
        (
            "township:platform",
            "township:platform_upload",
            "township:platform_columns",
            "township:platform_run",
            "township:platform_month",
            "township:platform_handle",
            "township:platform_adopt",
            "township:platform_fixes",
            "township:platform_awards",
            "township:platform_sheet",
        ),
        "clerk/platform.html",
    ),
    **dict.fromkeys(
        ("township:foreign", "township:foreign_upload", "township:foreign_columns", "township:foreign_fill"),
        "clerk/foreign.html",
    ),
    "township:notices": "clerk/notice.html",
    "village:visits": "village/index.html",
    "district:overview": "district/overview.html",
    "district:charts": "district/charts.html",
    "district:cases": "district/deciding.html",
    "district:checks": "district/checks.html",
    "district:send_checks": "district/checks.html",
    "district:import_results": "district/checks.html",
    "district:batch": "district/checks.html",
    "district:result_file": "district/checks.html",
    **dict.fromkeys(
        ("district:comparisons", "district:comparison", "district:comparison_new", "district:comparison_part"),
        "district/comparison.html",
    ),
    **dict.fromkeys(
        (
            "township:closing",
            "township:close",
            "township:close_of",
            "township:close_rows",
            "township:close_file",
            "township:close_return",
            "township:returns",
            "township:return",
        ),
        "clerk/closing.html",
    ),
    **dict.fromkeys(
        ("district:closes", "district:closes_of", "district:close_reopen", "district:returns", "district:return"),
        "district/closing.html",
    ),
    "district:delegations": "district/delegations.html",
    "district:delegation_new": "district/delegations.html",
    "district:delegation_release": "district/delegations.html",
    "district:order_new": "district/delegations.html",
    "district:figure": "district/figures.html",
    "district:figure_new": "district/figures.html",
    "district:figure_release": "district/figures.html",
    **dict.fromkeys(
        (
            "district:uplifts",
            "district:uplift_new",
            "district:uplift",
            "district:uplift_release",
            "district:uplift_withdraw",
            "district:uplift_line",
            "district:register",
        ),
        "district/uplift.html",
    ),
    "township:uplifts": "clerk/awards.html",
    "township:uplift_falls": "clerk/awards.html",
    **dict.fromkeys(
        (
            "township:additions",
            "township:additions_month",
            "township:additions_households",
            "township:additions_announce",
        ),
        "district/additions.html",
    ),
    **dict.fromkeys(
        (
            "township:holds",
            "township:hold_place",
            "township:hold_free",
            "township:rolls",
            "township:roll",
            "township:roll_new",
            "township:roll_line",
            "township:roll_table",
            "township:roll_approve",
            "township:roll_release",
            "township:roll_return",
            "township:roll_withdraw",
            "township:roll_further",
            "township:accounts",
            "township:account",
            "township:account_new",
            "township:account_confirm",
            "township:account_refuse",
            "township:account_withdraw",
            "district:accounts",
            "township:custody",
            "township:custody_new",
            "township:custody_one",
            "township:custody_end",
        ),
        "clerk/payments.html",
    ),
    **dict.fromkeys(
        (
            "district:funds",
            "district:fund_journal",
            "district:fund_charts",
            "district:fund_come",
            "district:fund_go",
            "district:fund_order",
            "district:fund_release",
            "district:fund_withdraw",
            "district:fund_reverse",
            "township:funds",
            "township:fund_table",
            "township:fund_journal",
        ),
        "district/funds.html",
    ),
    **dict.fromkeys(
        (
            "township:recoveries",
            "township:recovery",
            "township:recovery_new",
            "township:recovery_order",
            "township:recovery_return",
            "township:recovery_withdraw",
            "township:recovery_refund",
            "township:refund_check",
        ),
        "clerk/recovery.html",
    ),
    **dict.fromkeys(
        (
            "township:relief",
            "township:relief_new",
            "township:relief_one",
            "township:relief_decide",
            "township:relief_hand_out",
            "township:relief_complete",
            "township:relief_cancel",
        ),
        "clerk/relief.html",
    ),
    **dict.fromkeys(
        (
            "township:banks",
            "township:bank_send",
            "township:bank_file",
            "township:bank_file_out",
            "township:bank_answer",
            "township:bank_return",
            "township:bank_letter",
            "township:bank_failures",
            "township:bank_reissue",
        ),
        "clerk/banks.html",
    ),
    **dict.fromkeys(
        ("district:banks", "district:bank_new", "district:bank", "district:bank_release", "district:bank_withdraw"),
        "district/banks.html",
    ),
    "township:award": "clerk/awards.html",
    "township:award_month": "clerk/awards.html",
    "district:calendar": "district/calendar.html",
    "district:calendar_day": "district/calendar.html",
}
ACTS: dict[str, str] = {
    "record_consent": "clerk/consent.html",
    "record_material": "clerk/materials.html",
    "request_supplement": "clerk/materials.html",
    "receive_supplement": "clerk/materials.html",
    "file_relative": "clerk/relatives.html",
    "end_procedure": "head/other.html",
    "hand_over": "clerk/queue.html",
    "request_check": "clerk/check.html",
    "tell_check_result": "clerk/check.html",
    "object_to_check": "clerk/check.html",
    "conclude_recheck": "clerk/check.html",
    "settle_difference": "clerk/comparison.html",
    "accept": "clerk/acceptance.html",
    "decline": "clerk/acceptance.html",
    "home_visit": "village/visits.html",
    "district_visit": "district/deciding.html",
    "neighbour_interview": "clerk/visit.html",
    "send_letter": "clerk/visit.html",
    "receive_letter": "clerk/visit.html",
    "third_party_assessment": "clerk/visit.html",
    "record_tekun_facts": "clerk/programmes.html",
    "assess_self_care": "clerk/programmes.html",
    "record_spending": "clerk/programmes.html",
    "conclude_investigation": "clerk/visit.html",
    "appraise": "clerk/appraisal.html",
    "hold_conference": "district/deciding.html",
    "propose": "clerk/opinion.html",
    "publish_notice": "clerk/notice.html",
    "record_posting": "village/posting.html",
    "object_to_notice": "clerk/notice.html",
    "answer_objection": "head/other.html",
    "close_notice": "clerk/notice.html",
    "extend": "head/other.html",
    "approve": "head/decide.html",
    "refuse": "head/decide.html",
    "send_back": "head/decide.html",
    "serve_refusal": "clerk/decided.html",
    "serve_paper": "clerk/decided.html",
    "announce": "clerk/decided.html",
}


def booklet_of(officer: Officer) -> str:
    """The folder of the officer's own booklet."""
    if officer.level() is None:
        return _CLERK if Role.CASHIER in officer.roles else "administrator/"
    if officer.level() is Level.TOWNSHIP:
        return _HEAD if officer.roles == {Role.HEAD} else _CLERK
    return _DISTRICT if officer.level() is Level.DISTRICT else _VILLAGE


def chapter_of(request: HttpRequest, officer: Officer) -> str:
    """The address of the chapter about the page that is shown."""
    match = request.resolver_match
    name = match.view_name if match else ""
    act = name.removeprefix("act-")
    chapter = ACTS.get(act, "") if act != name else CHAPTERS.get(name, "")
    return reverse("help:page", args=[chapter or booklet_of(officer)])
