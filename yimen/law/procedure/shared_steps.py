"""Rows that both orders share: 四(一) filing, 四(三) investigation, opinion, notice, decision."""

from __future__ import annotations

from yimen.law.procedure.step import Body, Step
from yimen.law.terms import Role, Stage

CLERKS = (Role.HANDLER, Role.HEAD)
BEFORE_ACCEPTANCE = (Stage.REGISTERED, Stage.SUPPLEMENTING)
UNDER_WAY = (
    Stage.REGISTERED,
    Stage.SUPPLEMENTING,
    Stage.ACCEPTED,
    Stage.CHECKING,
    Stage.CHECKED,
    Stage.INVESTIGATING,
    Stage.APPRAISING,
    Stage.EXAMINING,
    Stage.NOTICE_READY,
    Stage.OBJECTED,
)
COMPARING = (Stage.CHECKED, Stage.INVESTIGATING, Stage.APPRAISING, Stage.EXAMINING, Stage.OBJECTED)
VISITING = (Stage.ACCEPTED, Stage.CHECKING, Stage.INVESTIGATING)
FINDING = (*VISITING, Stage.APPRAISING, Stage.EXAMINING)
INVESTIGATORS = "investigators"
PROPOSER = "proposer"

FILING = (
    Step(
        "apply", "申请登记", Body.VILLAGE_OR_TOWNSHIP, (Role.AIDE, Role.HANDLER), "四（一）",
        ("民发〔2021〕57号第四条", "第六条", "社会救助法第三十七条"),
        to=(Stage.REGISTERED,), needs=("nobody_on_assistance",),
        papers=("application_form", "household_declaration", "application_receipt", "agent_mandate?", "supporter_sheet?",
                "informed_commitment?"),
        room="applications",
    ),
    Step(
        "record_consent", "登记承诺授权", Body.VILLAGE_OR_TOWNSHIP, (Role.AIDE, Role.HANDLER), "四（一）",
        ("民发〔2021〕57号第九条", "社会救助法第四十条", "第四十一条"),
        stages=UNDER_WAY, papers=("pledge_and_authorisation?", "obligor_consent?"), room="applications",
    ),
    Step(
        "record_material", "登记材料", Body.VILLAGE_OR_TOWNSHIP, (Role.AIDE, Role.HANDLER), "四（一）",
        ("民发〔2021〕57号第十条", "社会救助法第六十二条"), stages=UNDER_WAY, papers=("informed_commitment?",),
        room="applications",
    ),
    Step(
        "request_supplement", "一次性告知补正", Body.TOWNSHIP, CLERKS, "四（一）", ("民发〔2021〕57号第十条",),
        stages=(Stage.REGISTERED,), to=(Stage.SUPPLEMENTING,), needs=("something_missing",),
        papers=("supplement_notice",), starts=("supplement",), room="applications",
    ),
    Step(
        "receive_supplement", "收到补正材料", Body.VILLAGE_OR_TOWNSHIP, (Role.AIDE, Role.HANDLER), "四（一）",
        ("民发〔2021〕57号第十条",), stages=(Stage.SUPPLEMENTING,), to=(Stage.REGISTERED,),
        stops=("supplement",), room="applications", primary=True,
    ),
    Step(
        "file_relative", "近亲属备案", Body.TOWNSHIP, CLERKS, "四（一）", ("民发〔2021〕57号第十一条",),
        stages=(*UNDER_WAY, Stage.ON_NOTICE, Stage.DECIDING), papers=("close_relative_filing",), room="applications",
    ),
    Step(
        "hand_over", "改派经办", Body.TOWNSHIP, CLERKS, "四（一）", (),
        stages=(*UNDER_WAY, Stage.ON_NOTICE, Stage.DECIDING, Stage.APPROVED, Stage.REFUSED_TELLING), room="applications",
    ),
    Step(
        "end_procedure", "终止程序（撤回、拒不配合）", Body.TOWNSHIP, (Role.HEAD,), "四（一）",
        ("民发〔2021〕57号第二十九条",), stages=(*UNDER_WAY, Stage.ON_NOTICE), to=(Stage.ENDED,),
        papers=("procedure_end_notice",), stops=("*",), room="applications",
    ),
)

COMPARISON = (
    Step(
        "settle_difference", "处理比对差异", Body.TOWNSHIP, CLERKS, "四（二）", ("民发〔2021〕57号第十七条", "第十八条"),
        stages=COMPARING, room="verification", primary=True,
    ),
    Step(
        "tell_check_result", "告知核对结果", Body.TOWNSHIP, CLERKS, "四（二）", ("民发〔2021〕57号第十八条",),
        stages=(Stage.CHECKED, Stage.INVESTIGATING), papers=("check_result_notice",), starts=("check_objection",),
        room="verification",
    ),
    Step(
        "object_to_check", "登记核对异议", Body.TOWNSHIP, CLERKS, "四（二）", ("民发〔2021〕57号第十八条",),
        stages=(Stage.CHECKED, Stage.INVESTIGATING), needs=("check_result_told",), stops=("check_objection",),
        starts=("recheck",), room="verification",
    ),
    Step(
        "conclude_recheck", "核对异议复查结论", Body.TOWNSHIP, CLERKS, "四（二）", ("民发〔2021〕57号第十八条",),
        stages=(Stage.CHECKED, Stage.INVESTIGATING), needs=("check_objection_open",), papers=("objection_recheck",),
        stops=("recheck",), room="verification",
    ),
)

INVESTIGATION = (
    Step(
        "home_visit", "入户调查", Body.VILLAGE_OR_TOWNSHIP, (Role.AIDE, *CLERKS), "四（三）", ("民发〔2021〕57号第十六条",),
        stages=VISITING, papers=("home_visit",), stops=("investigation_start",), room="investigation", primary=True,
    ),
    Step(
        "neighbour_interview", "邻里访问", Body.VILLAGE_OR_TOWNSHIP, (Role.AIDE, *CLERKS), "四（三）",
        ("民发〔2021〕57号第十六条",), stages=VISITING, papers=("neighbour_interview",),
        stops=("investigation_start",), room="investigation",
    ),
    Step(
        "send_letter", "信函索证", Body.TOWNSHIP, CLERKS, "四（三）", ("民发〔2021〕57号第十六条",),
        stages=VISITING, papers=("evidence_letter",), stops=("investigation_start",), room="investigation",
    ),
    Step(
        "receive_letter", "登记索证回函", Body.TOWNSHIP, CLERKS, "四（三）", ("民发〔2021〕57号第十六条",),
        stages=(*VISITING, Stage.APPRAISING, Stage.EXAMINING), room="investigation",
    ),
    Step(
        "third_party_assessment", "第三方评估", Body.TOWNSHIP, CLERKS, "四（三）", ("社会救助法第五十五条", "第五十六条"),
        stages=VISITING, papers=("third_party_assessment",), room="investigation",
    ),
    Step(
        "record_tekun_facts", "登记特困认定情况", Body.TOWNSHIP, CLERKS, "四（三）",
        ("民发〔2021〕43号第四条", "第八条", "第十条", "第十三条"), stages=FINDING, papers=("tekun_statement",),
        then=("tekun_clock",),
        room="investigation",
    ),
    Step(
        "assess_self_care", "生活自理能力评估", Body.TOWNSHIP, CLERKS, "四（三）",
        ("民发〔2021〕43号第二十条", "第二十一条", "第二十二条"), stages=FINDING, papers=("self_care_assessment",),
        room="investigation",
    ),
    Step(
        "record_spending", "登记刚性支出", Body.TOWNSHIP, CLERKS, "四（三）", ("民发〔2024〕57号第四条", "第五条"),
        stages=FINDING, papers=("rigid_expenditure_sheet",), room="investigation",
    ),
    Step(
        "district_visit", "区级入户核查", Body.DISTRICT, (Role.DISTRICT_HANDLER,), "三（一）5", ("民发〔2021〕57号第二十条",),
        stages=(*VISITING, Stage.APPRAISING, Stage.EXAMINING, Stage.NOTICE_READY, Stage.ON_NOTICE, Stage.DECIDING),
        papers=("district_home_visit",), room="investigation",
    ),
    Step(
        "conclude_investigation", "调查结论", Body.TOWNSHIP, CLERKS, "四（三）", ("民发〔2021〕57号第十六条", "第十九条"),
        stages=(Stage.INVESTIGATING,), to=(Stage.EXAMINING, Stage.APPRAISING),
        needs=("check_returned", "differences_settled", "check_objection_closed", "home_visit_signed", "no_reinvestigation_due"),
        room="investigation", primary=True,
    ),
    Step(
        "appraise", "民主评议", Body.TOWNSHIP, CLERKS, "四（三）", ("民发〔2021〕57号第十九条",),
        stages=(Stage.APPRAISING,), to=(Stage.EXAMINING,), papers=("appraisal_record",),
        room="investigation", primary=True,
    ),
)

DECISION = (
    Step(
        "hold_conference", "一事一议", Body.DISTRICT, (Role.DISTRICT_HANDLER,), "四（三）", ("民发〔2024〕57号第九条",),
        stages=(Stage.EXAMINING,), papers=("case_conference",), room="decisions",
    ),
    Step(
        "propose", "拟定审核意见", Body.TOWNSHIP, CLERKS, "四（三）", ("民发〔2021〕57号第十九条",),
        stages=(Stage.EXAMINING,), to=(Stage.NOTICE_READY, Stage.DECIDING),
        needs=("check_returned", "differences_settled", "check_objection_closed", "home_visit_signed", "consents_complete"),
        papers=("reckoning", "approval_form"), stops=("tekun_opinion", "tekun_new_opinion"), room="decisions", primary=True,
    ),
    Step(
        "publish_notice", "开始公示", Body.TOWNSHIP, CLERKS, "四（三）",
        ("民发〔2021〕57号第十九条", "民发〔2022〕83号四（二）"),
        stages=(Stage.NOTICE_READY,), to=(Stage.ON_NOTICE,), papers=("public_notice",), starts=("public_notice",),
        room="decisions", primary=True,
    ),
    Step(
        "record_posting", "登记张贴", Body.VILLAGE_OR_TOWNSHIP, (Role.AIDE, *CLERKS), "三（三）5", ("民发〔2021〕57号第十九条",),
        stages=(Stage.ON_NOTICE, Stage.APPROVED, Stage.ON_ASSISTANCE, Stage.DECIDING), room="decisions",
    ),
    Step(
        "object_to_notice", "登记公示异议", Body.TOWNSHIP, CLERKS, "四（三）", ("民发〔2021〕57号第十九条",),
        stages=(Stage.ON_NOTICE,), to=(Stage.OBJECTED,), papers=("notice_objection",), stops=("public_notice",),
        room="decisions",
    ),
    Step(
        "answer_objection", "选定异议处理方式", Body.TOWNSHIP, (Role.HEAD,), "四（三）", ("民发〔2021〕57号第十九条",),
        stages=(Stage.OBJECTED,), to=(Stage.INVESTIGATING, Stage.APPRAISING), then=("open_new_round",), room="decisions",
        primary=True,
    ),
    Step(
        "close_notice", "公示期满报请确认", Body.TOWNSHIP, CLERKS, "四（三）", ("民发〔2021〕57号第十九条",),
        stages=(Stage.ON_NOTICE,), to=(Stage.DECIDING,), needs=("notice_ended", "notice_posted"),
        stops=("public_notice",), room="decisions", primary=True,
    ),
    Step(
        "extend", "延期", Body.DECIDING, (Role.HEAD, Role.DISTRICT_DECIDER), "四（三）",
        ("民发〔2021〕57号第二十二条", "民发〔2022〕83号四（一）"),
        stages=(Stage.ACCEPTED, Stage.CHECKING, Stage.INVESTIGATING, Stage.APPRAISING, Stage.EXAMINING,
                Stage.NOTICE_READY, Stage.ON_NOTICE, Stage.OBJECTED, Stage.DECIDING),
        papers=("extension",), room="decisions",
    ),
    Step(
        "approve", "予以确认", Body.DECIDING, (Role.HEAD, Role.DISTRICT_DECIDER), "四（三）",
        ("民发〔2021〕57号第二十条", "第二十一条", "社会救助法第四十四条", "第四十五条"),
        stages=(Stage.DECIDING,), to=(Stage.APPROVED,),
        needs=("check_returned", "differences_settled", "opinion_current", "proposal_matches_approve", "notice_completed",
               "relatives_filed", "district_visit_done", "figures_unchanged"),
        papers=("approval_form", "approval_notice?", "amount_explanation?", "edge_decision?", "rigid_expenditure_decision?"),
        stops=("total", "district_decision"),
        apart_from=(INVESTIGATORS, PROPOSER), then=("grant_award",), second_factor=True, room="decisions", primary=True,
    ),
    Step(
        "refuse", "不予确认", Body.DECIDING, (Role.HEAD, Role.DISTRICT_DECIDER), "四（三）",
        ("民发〔2021〕57号第二十一条", "社会救助法第四十五条"),
        stages=(Stage.DECIDING,), to=(Stage.REFUSED_TELLING,),
        needs=("opinion_current", "relatives_filed", "district_visit_done"),
        papers=("refusal_notice", "approval_form", "reckoning"), starts=("refusal_notice",),
        stops=("total", "district_decision"), apart_from=(INVESTIGATORS, PROPOSER), second_factor=True, room="decisions",
    ),
    Step(
        "send_back", "退回", Body.DECIDING, (Role.HEAD, Role.DISTRICT_DECIDER), "四（三）", ("民发〔2021〕57号第二十条",),
        stages=(Stage.DECIDING,), to=(Stage.EXAMINING, Stage.INVESTIGATING), stops=("district_decision",),
        then=("open_new_round",), room="decisions",
    ),
    Step(
        "serve_refusal", "送达不予确认告知书", Body.TOWNSHIP, CLERKS, "四（三）",
        ("民发〔2021〕57号第二十一条", "社会救助法第四十五条"),
        stages=(Stage.REFUSED_TELLING,), to=(Stage.REFUSED,), stops=("refusal_notice",), room="decisions", primary=True,
    ),
    Step(
        "serve_paper", "登记送达", Body.VILLAGE_OR_TOWNSHIP, (Role.AIDE, *CLERKS), "四（三）", ("社会救助法第四十五条",),
        stages=(*UNDER_WAY, Stage.ON_NOTICE, Stage.DECIDING, Stage.APPROVED, Stage.ON_ASSISTANCE, Stage.DECLINED, Stage.ENDED),
        room="decisions",
    ),
    Step(
        "announce", "公布", Body.TOWNSHIP, CLERKS, "四（三）", ("民发〔2021〕57号第二十四条", "社会救助法第四十五条"),
        stages=(Stage.APPROVED,), to=(Stage.ON_ASSISTANCE,), papers=("announcement",), room="decisions", primary=True,
    ),
)
