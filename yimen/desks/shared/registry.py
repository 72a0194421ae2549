"""录一次: which single input may ask for each stored datum of a household, and what is born in which form (bars.md B22).

Every input of every form of a case stands here once, as ``page:input`` (``*`` is the number of a row or a reference):
in ``ASKS`` where it asks for a datum that stays with the household, in ``SHOWS`` where it begins filled with such a
datum because it may differ on the occasion, in ``BORN`` where the act itself brings the fact about, in ``EXEMPT`` where
a person signs or corrects. tests/bars/test_asked_once.py walks the forms and fails on an input that stands nowhere, and on
an empty one whose datum is stored.
"""

from __future__ import annotations

# datum: the one input that asks for it, as long as it is not stored
ASKS: dict[str, str] = {
    "household.village": "intake:method-village",
    "household.group": "intake:method-group",
    "household.address": "intake:method-address",
    "household.land": "intake:method-land_mu",
    "person.name": "intake:members-*-name",
    "person.identity": "intake:members-*-identity",
    "person.relation": "intake:members-*-relation",
    "person.marriage": "intake:members-*-marriage",
    "person.phone": "intake:members-*-phone",
    "person.nationality": "intake:members-*-nationality",
    "person.occupation": "intake:members-*-occupation",
    "person.student": "intake:members-*-student",
    "obligor.name": "intake:obligors-*-name",
    "obligor.identity": "intake:obligors-*-identity",
    "obligor.relation": "intake:obligors-*-relation",
    "obligor.supports": "intake:obligors-*-supports",
    "obligor.occupation": "intake:obligors-*-occupation",
    "obligor.family_size": "intake:obligors-*-family_size",
    "obligor.monthly_income": "intake:obligors-*-monthly_income",
    "obligor.agreed_fee": "intake:obligors-*-agreed_fee",
    "obligor.supported_count": "intake:obligors-*-supported_count",
    "obligor.inability_reason": "intake:obligors-*-inability_reason",
    "account.holder": "intake:account-account_holder",
    "account.relation": "intake:account-account_relation",
    "account.bank": "intake:account-account_bank",
    "account.number": "intake:account-account_number",
}

# input: the stored datum that it begins with
SHOWS: dict[str, str] = {
    "home_visit:visit-place": "household.address",
    "home_visit:visit-present": "person.name",
    "district_visit:visit-place": "household.address",
    "district_visit:visit-present": "person.name",
    "assess_self_care:care-place": "household.address",
    "assess_self_care:care-present": "person.name",
    "serve_paper:service-to_whom": "person.name",
    "serve_refusal:service-to_whom": "person.name",
}

# Signatures and the second factor are given anew each time; a correction shows the value that it corrects.
EXEMPT: dict[str, str] = {
    "record_consent:consents-*-signer": "签名",
    "home_visit:visit-signed_by_member": "签名",
    "home_visit:visit-signed_by_investigators": "签名",
    "district_visit:visit-signed_by_member": "签名",
    "district_visit:visit-signed_by_investigators": "签名",
    "neighbour_interview:interview-willing_to_sign": "签名",
    "approve:code": "动态口令",
    "refuse:code": "动态口令",
}

_VISIT = (
    "visit-investigators visit-leader visit-visited_on visit-visited_at visit-residents_match visit-residents_note visit-eating "
    "visit-clothing visit-housing visit-using visit-income_found visit-property_found visit-support_found visit-result "
    "visit-conclusion visit-way visit-remote_reason visit-photos visit-holds_* visit-fen_* visit-note_*"
)
_SERVICE = "service-how service-served_on service-receipt service-note service-receipt_file"

# page: what comes into being with that act and is asked there only
BORN: dict[str, str] = {
    # What an applicant declares at this application: income and property may have changed since the last one.
    "intake": (
        "method-applied_by method-away_from_hukou method-dictated method-witness method-agent_name method-agent_relation "
        "method-agent_identity method-agent_phone method-agent_reason method-agent_until members-*-work_capacity "
        "members-*-employed members-*-disability_kind members-*-disability_grade members-*-disability_number members-*-illness "
        "members-*-lives members-*-dependent members-*-not_counted members-*-DELETE obligors-*-DELETE incomes-*-member "
        "incomes-*-kind incomes-*-project incomes-*-label incomes-*-amount incomes-*-period incomes-*-quantity incomes-*-unit "
        "incomes-*-DELETE properties-*-member properties-*-kind properties-*-label properties-*-value properties-*-quantity "
        "properties-*-detail properties-*-DELETE reason-poverty_cause reason-reason reason-single_person "
        "reason-wished reason-single_person_ground reason-single_person_reason expenses-*-member expenses-*-kind expenses-*-label "
        "expenses-*-amount expenses-*-period expenses-*-DELETE kin-relative_declared relatives-*-member relatives-*-relation "
        "relatives-*-staff relatives-*-DELETE materials-*-label materials-*-state materials-*-note"
    ),
    "record_consent": "consents-*-answer consents-*-on consents-*-note consents-*-reason",
    "record_material": "materials-*-label materials-*-state materials-*-note scan-paper scan-file",
    "request_supplement": "supplement-by_on supplement-notes supplement-second_reason supplement-items",
    "receive_supplement": "materials-*-label materials-*-state materials-*-note",
    "file_relative": "filing-hardship filing-investigation filing-opinion",
    "end_procedure": "end-cause end-reason end-asked end-asked_on end-sure",
    "request_check": "request-reason",
    "tell_check_result": "tell-condition tell-reasons tell-evidence_wanted tell-objection_until tell-ways",
    "object_to_check": "objection-comparison_ref objection-item_text objection-statement objection-evidence",
    "conclude_recheck": "recheck-outcome recheck-result recheck-told_how recheck-treatment recheck-adopted_fen",
    "decline": "decline-reasons",
    "settle_difference": "settle-treatment settle-note settle-adopted_fen treat-treatment treat-note treat-adopted",
    "home_visit": _VISIT,
    "district_visit": f"{_VISIT} visit-reason visit-reason_text",
    "neighbour_interview": (
        "interview-investigators interview-held_on interview-held_at interview-place interview-interviewee "
        "interview-conclusion asked-*-question asked-*-answer"
    ),
    "send_letter": "letter-addressee letter-person_ref letter-items letter-reply_by",
    "receive_letter": "reply-letter_ref reply-replied_on reply-reply",
    "third_party_assessment": (
        "assess-body assess-contract assess-assessors assess-assessed_on assess-assessed_at assess-method assess-conclusion "
        "assess-conflict_declaration assess-taken_over assess-taken_over_note findings-*-item findings-*-finding findings-*-ground"
    ),
    "record_tekun_facts": (
        "tekun-obligors_known tekun-no_labour_ground tekun-disabilities tekun-school tekun-child_benefit_fits "
        "tekun-child_benefit_choice tekun-contracted_land tekun-collective_income tekun-relocated tekun-form abilities-*-who "
        "owners-*-label owners-*-owner "
        "abilities-*-on_now abilities-*-own_income abilities-*-property_fits abilities-*-disability abilities-*-disability_grade "
        "abilities-*-situation abilities-*-local_ground abilities-*-inquiry abilities-*-ground"
    ),
    "assess_self_care": (
        "care-eat care-dress care-bed care-toilet care-walk care-bathe care-assessed_on care-assessors care-body care-outside "
        "care-note"
    ),
    "record_spending": (
        "spending-total_income spending-total_income_source spending-none_found rows-*-kind rows-*-label rows-*-member "
        "rows-*-amount rows-*-reimbursed rows-*-paid_on rows-*-period rows-*-receipt rows-*-recognised rows-*-designated "
        "rows-*-schooling rows-*-public_fee rows-*-item rows-*-DELETE"
    ),
    # A review asks only what was found this time; of what is stored, an income is typed where it is other now.
    "renew": "investigators checked_on data_check note",
    "recertify_change": "changes since note investigators checked_on data_check amount_*",
    "recertify_return": "reason",
    "conclude_investigation": "conclude-disputed conclude-reason",
    "appraise": (
        "meeting-matter meeting-held_on meeting-held_at meeting-place meeting-chair meeting-recorder meeting-expected "
        "people-*-name people-*-role people-*-staff_ref people-*-recused vote-agree vote-against vote-abstain vote-minutes "
        "vote-result vote-recusals vote-photos"
    ),
    "hand_over": "hand-staff_ref hand-reason",
    "hold_conference": (
        "confer-held_on confer-participants confer-question confer-views confer-resolution confer-outcome confer-basis"
    ),
    "propose": (
        "opinion-approve opinion-reasons opinion-objection_result opinion-grants opinion-departure opinion-single_reason"
    ),
    "approve": "decide-reasons decide-category",
    "refuse": "decide-reasons decide-other_programmes",
    "send_back": "decide-to decide-reason",
    "extend": "extend-ground extend-facts",
    "record_posting": "posting-place posting-day posting-photo",
    "object_to_notice": "objection-content objection-evidence objection-objector objection-files",
    "answer_objection": "answer-way answer-reason",
    "serve_paper": f"service-paper_ref {_SERVICE}",
    "serve_refusal": _SERVICE,
}


def inputs() -> dict[str, str]:
    """Every registered input with what it is: the datum it asks for or shows, or why it may ask."""
    found = {name: datum for datum, name in ASKS.items()} | SHOWS | EXEMPT
    return found | {f"{page}:{name}": "born" for page, names in BORN.items() for name in names.split()}
