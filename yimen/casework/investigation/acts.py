"""四(三): visiting, asking, writing letters, appraising, concluding. Never proposes and never decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from yimen.base.access.acts import act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices.models import Staff
from yimen.base.prepared import insert
from yimen.casework.applications import letters, queries as applications
from yimen.casework.applications.models import Application
from yimen.casework.investigation import appraising, papers, queries, team
from yimen.casework.investigation.entries import (
    AppraisalEntry,
    AssessmentEntry,
    InterviewEntry,
    VisitEntry,
)
from yimen.casework.investigation.models import (
    DISTRICT_REASONS,
    RESULTS,
    WAYS,
    Appraisal,
    Conclusion,
    EvidenceLetter,
    HomeVisit,
    NeighbourInterview,
    Round,
    ThirdPartyAssessment,
)
from yimen.casework.investigation.programme_acts import record_tekun_facts
from yimen.casework.investigation.self_care_acts import assess_self_care
from yimen.casework.investigation.spending_acts import MOST_ROWS as MOST_SPENT, record_spending, spent_problems
from yimen.casework.verification import settling
from yimen.casework.verification.evidence import bind_files
from yimen.casework.verification.models import Comparison
from yimen.law.terms import Stage

__all__ = [
    "DISTRICT_REASONS",
    "MOST_SPENT",
    "RESULTS",
    "WAYS",
    "appraise",
    "assess_self_care",
    "conclude_investigation",
    "district_visit",
    "home_visit",
    "neighbour_interview",
    "open_new_round",
    "receive_letter",
    "record_spending",
    "record_tekun_facts",
    "send_letter",
    "spent_problems",
    "third_party_assessment",
]


def open_new_round(application: Application, reason: str, on: date) -> int:
    """What was found is to be investigated anew: called by later rooms inside their acts (D19: objection, return)."""
    number = queries.round_of(application) + 1
    Round.objects.create(application=application, number=number, reason=reason[:200], opened_on=on)
    return number


def _demand(fields: Iterable[tuple[str, str, str]]) -> None:
    """Field, its text, the sentence if it is empty."""
    for name, text, sentence in fields:
        if not text.strip():
            raise Refused(sentence, name, 422, name)


def _after_acceptance(application: Application, on: date, day: date, what: str, field: str) -> None:
    if application.accepted_on is None:
        raise Refused(f"本件还没有受理，不能登记{what}。请先办理受理。", "not_accepted")
    if day > on:
        raise Refused(f"{what}的日期不能晚于今天，请核对。", field, 422, field)
    if day < application.accepted_on:
        raise Refused(f"{what}的日期早于受理日期（{application.accepted_on:%Y-%m-%d}），请核对。", field, 422, field)


def _check_visit(application: Application, entry: VisitEntry, on: date) -> None:
    _after_acceptance(application, on, entry.visited_on, "入户调查", "visited_on")
    _demand(
        (
            ("place", entry.place, "请填写调查地点。"),
            ("income_found", entry.income_found, "请填写收入情况。"),
            ("property_found", entry.property_found, "请填写财产情况。"),
            ("eating", entry.living.eating, "请填写吃的情况。"),
            ("clothing", entry.living.clothing, "请填写穿的情况。"),
            ("housing", entry.living.housing, "请填写住的情况。"),
            ("using", entry.living.using, "请填写用的情况。"),
            ("conclusion", entry.conclusion, "请填写调查结论。"),
            ("present", "".join(entry.present), "请填写在场的家庭成员。"),
        )
    )
    if entry.result not in RESULTS:
        raise Refused("请选择调查结论：与申报一致、部分不一致或明显不一致。", "result", 422, "result")
    if entry.way not in WAYS:
        raise Refused("请选择调查方式。", "way", 422, "way")
    if not entry.residents_match and not entry.residents_note.strip():
        raise Refused("实际居住人口与申报不一致的，请写明情况。", "residents_note", 422, "residents_note")
    _check_signatures(entry)


def _check_signatures(entry: VisitEntry) -> None:
    remote = entry.way != "visit"
    if remote and not entry.remote_reason.strip():
        raise Refused(
            "只有发生重大突发事件时才能用电话或视频调查，请写明是什么事件；否则请入户。",
            "remote_reason",
            422,
            "remote_reason",
        )
    if not entry.signed_by_investigators:
        raise Refused(
            "调查表须由每一名调查人员签字，请签字后登记。", "signed_by_investigators", 422, "signed_by_investigators"
        )
    if not remote and not entry.signed_by_member.strip():
        raise Refused(
            "调查表须由在场的一名家庭成员签字或按指印，请填写签字人姓名。", "signed_by_member", 422, "signed_by_member"
        )


def _send(row: HomeVisit | NeighbourInterview, people: Sequence[Staff]) -> None:
    """Who went on a visit or to an interview just written down."""
    through = type(row).investigators.through
    own = f"{type(row).__name__.lower()}_id"
    insert([through(**{own: row.pk, "staff_id": person.pk}) for person in people])


def _keep_visit(
    walk: Walk,
    application: Application,
    entry: VisitEntry,
    people: Sequence[Staff],
    reason: str = "",
    reason_text: str = "",
) -> tuple[HomeVisit, list[Comparison]]:
    visit = HomeVisit(
        application=application,
        by_district=bool(reason),
        district_reason=reason,
        district_reason_text=reason_text[:200],
        visited_on=entry.visited_on,
        visited_at=entry.visited_at,
        place=entry.place.strip()[:120],
        leader=team.leader_of(people, entry.leader),
        helper=entry.helper[:100],
        way=entry.way,
        present=[name.strip() for name in entry.present if name.strip()],
        remote_reason=entry.remote_reason[:200] if entry.way != "visit" else "",
        residents_match=entry.residents_match,
        residents_note=entry.residents_note[:300],
        living=asdict(entry.living),
        income_found=entry.income_found,
        property_found=entry.property_found,
        support_found=entry.support_found,
        answers=[asdict(answer) for answer in entry.answers],
        result=entry.result,
        conclusion=entry.conclusion,
        signed_by_investigators=entry.signed_by_investigators,
        signed_by_member=entry.signed_by_member[:100],
        photo_refs=bind_files(walk, application, entry.photo_refs, "photos"),
        round=queries.round_of(application),
    )
    insert([visit])
    _send(visit, people)
    rows = settling.answer_by_visit(application, [asdict(answer) for answer in entry.answers], entry.visited_on)
    walk.note(
        visit=visit.ref,
        round=visit.round,
        way=visit.way,
        investigators=[person.name for person in people],
        answered=len(rows),
        result=visit.result,
        photos=len(visit.photo_refs),
    )
    return visit, rows


@act("home_visit", Application)
def home_visit(walk: Walk, application: Application, *, entry: VisitEntry) -> None:
    """A visit by at least two, one of the township, with the answers to the open lines and the signatures (D16)."""
    _check_visit(application, entry, walk.on)
    people = team.of_township(application, entry.investigators, entry.visited_on)
    visit, rows = _keep_visit(walk, application, entry, people)
    walk.issue(
        "home_visit", papers.home_visit(application, visit, people, rows), office=letters.township_office(application)
    )


@act("district_visit", Application)
def district_visit(
    walk: Walk, application: Application, *, entry: VisitEntry, reason: str, reason_text: str = ""
) -> None:
    """The district's own visit before the decision: relatives on staff, a complaint, or another ground (D20)."""
    if reason not in DISTRICT_REASONS:
        raise Refused("请选择核查事由。", "reason", 422, "reason")
    if reason == "other" and not reason_text.strip():
        raise Refused("请写明核查事由。", "reason_text", 422, "reason_text")
    _check_visit(application, entry, walk.on)
    people = team.of_district(application, entry.investigators, entry.visited_on)
    visit, rows = _keep_visit(walk, application, entry, people, reason, reason_text)
    walk.issue("district_home_visit", papers.home_visit(application, visit, people, rows))


@act("neighbour_interview", Application)
def neighbour_interview(walk: Walk, application: Application, *, entry: InterviewEntry) -> None:
    """What a neighbour says to two investigators."""
    _after_acceptance(application, walk.on, entry.held_on, "邻里访问", "held_on")
    answers = [(ask.strip(), say.strip()) for ask, say in entry.answers if ask.strip() and say.strip()]
    if not answers:
        raise Refused("请至少填写一问一答。", "answers", 422, "answers")
    _demand((("place", entry.place, "请填写访问地点。"), ("conclusion", entry.conclusion, "请填写访问结论。")))
    if entry.willing_to_sign and not entry.interviewee.strip():
        raise Refused("被访人愿意公开签名的，请填写姓名；否则请选保密。", "interviewee", 422, "interviewee")
    people = team.of_township(application, entry.investigators, entry.held_on)
    row = NeighbourInterview(
        application=application,
        held_on=entry.held_on,
        held_at=entry.held_at,
        place=entry.place.strip()[:100],
        interviewee=entry.interviewee.strip() or None,
        willing_to_sign=entry.willing_to_sign,
        answers=[{"question": ask, "answer": say} for ask, say in answers],
        conclusion=entry.conclusion.strip(),
    )
    insert([row])
    _send(row, people)
    walk.issue(
        "neighbour_interview",
        papers.neighbour_interview(application, entry, people, answers),
        office=letters.township_office(application),
    )
    walk.note(interview=row.ref, investigators=[person.name for person in people])


@act("send_letter", Application)
def send_letter(
    walk: Walk, application: Application, *, addressee: str, items: Sequence[str], reply_by: date, person_ref: str = ""
) -> None:
    """Ask a body for evidence in writing; about the applicant unless another member is named."""
    _after_acceptance(application, walk.on, walk.on, "信函索证", "sent_on")
    asked = [item.strip() for item in items if item.strip()]
    _demand((("addressee", addressee, "请填写收函单位。"), ("items", "".join(asked), "请写明需要对方提供什么。")))
    if reply_by <= walk.on:
        raise Refused("复函日期应当晚于今天。", "reply_by", 422, "reply_by")
    members = {row.person.ref: row.person for row in applications.participants(application)}
    person = members.get(person_ref or application.applicant.ref)
    if person is None:
        raise Refused("请选择是哪位家庭成员的情况。", "person_ref", 422, "person_ref")
    row = EvidenceLetter.objects.create(
        application=application,
        addressee=addressee.strip()[:120],
        person_name=person.name,
        items=asked,
        reply_by=reply_by,
        sent_on=walk.on,
    )
    walk.issue("evidence_letter", papers.evidence_letter(walk, application, row, person.identity))
    walk.note(letter=row.ref, addressee=row.addressee)


@act("receive_letter", Application)
def receive_letter(walk: Walk, application: Application, *, letter_ref: str, reply: str, replied_on: date) -> None:
    """Enter the reply to a letter."""
    letter = EvidenceLetter.objects.select_for_update().filter(application=application, ref=letter_ref).first()
    if letter is None or letter.replied_on is not None:
        raise Refused("没有找到这封待复的函件，可能已经登记过复函。请刷新页面。", "no_letter", 422, "letter_ref")
    _demand((("reply", reply, "请填写复函内容。"),))
    if not letter.sent_on <= replied_on <= walk.on:
        raise Refused("复函日期应当在发函之后、今天之前，请核对。", "replied_on", 422, "replied_on")
    letter.reply, letter.replied_on = reply.strip(), replied_on
    letter.save(update_fields=["reply", "replied_on"])
    walk.note(letter=letter.ref)


@act("third_party_assessment", Application)
def third_party_assessment(walk: Walk, application: Application, *, entry: AssessmentEntry) -> None:
    """Take over a contracted body's report, or say that it is not taken over; it replaces no visit."""
    _after_acceptance(application, walk.on, entry.assessed_on, "第三方评估", "assessed_on")
    _demand(
        (
            ("body", entry.body, "请填写评估机构。"),
            ("contract", entry.contract, "请填写委托合同编号。"),
            ("assessors", "".join(entry.assessors), "请填写评估人员。"),
            ("method", entry.method, "请填写评估方法。"),
            ("conclusion", entry.conclusion, "请填写评估结论。"),
            ("conflict_declaration", entry.conflict_declaration, "请填写利益冲突声明。"),
        )
    )
    if not entry.findings or not all(item.strip() and finding.strip() for item, finding, _ in entry.findings):
        raise Refused("请填写评估发现，每行写明项目和发现。", "findings", 422, "findings")
    if entry.taken_over not in ("whole", "partly", "no"):
        raise Refused("请选择采用、部分采用或不采用。", "taken_over", 422, "taken_over")
    ThirdPartyAssessment.objects.create(
        application=application,
        body=entry.body.strip()[:120],
        contract=entry.contract.strip()[:80],
        assessors=list(entry.assessors),
        assessed_on=entry.assessed_on,
        assessed_at=entry.assessed_at,
        method=entry.method,
        findings=[{"item": item, "finding": finding, "ground": ground} for item, finding, ground in entry.findings],
        conclusion=entry.conclusion,
        conflict_declaration=entry.conflict_declaration[:200],
        taken_over=entry.taken_over,
        taken_over_note=entry.taken_over_note[:300],
    )
    walk.issue("third_party_assessment", papers.third_party_assessment(walk, application, entry))
    walk.note(body=entry.body, taken_over=entry.taken_over)


@act("conclude_investigation", Application)
def conclude_investigation(walk: Walk, application: Application, *, disputed: bool, reason: str) -> None:
    """No dispute, with the reason why no appraisal is needed; or a dispute, with what it is about (plan 四(三))."""
    missing = "请写明争议是什么。" if disputed else "请写明为什么没有争议、不需要民主评议。"
    _demand((("reason", reason, missing),))
    conclusion = Conclusion(
        application=application,
        disputed=disputed,
        reason=reason.strip(),
        concluded_on=walk.on,
        concluded_by=walk.officer.staff,
        round=queries.round_of(application),
    )
    insert([conclusion])
    walk.go(Stage.APPRAISING if disputed else Stage.EXAMINING)
    walk.note(disputed=disputed)


@act("appraise", Application)
def appraise(walk: Walk, application: Application, *, entry: AppraisalEntry) -> None:
    """Hold a democratic appraisal against the quorum of the place; its vote advises the opinion, it decides nothing."""
    in_favour = appraising.check(application, entry, walk.on)
    row = Appraisal.objects.create(
        application=application,
        matter=entry.matter.strip(),
        held_on=entry.held_on,
        held_at=entry.held_at,
        place=entry.place.strip()[:100],
        chair=entry.chair.strip()[:100],
        recorder=entry.recorder[:100],
        expected=entry.expected,
        attendees=[{"name": one.name, "role": one.role, "recused": one.recused} for one in entry.attendees],
        agree=entry.agree,
        against=entry.against,
        abstain=entry.abstain,
        minutes=entry.minutes,
        result=entry.result,
        supports_application=in_favour,
        recusals=entry.recusals[:300],
        round=queries.round_of(application),
        photo_refs=bind_files(walk, application, entry.photo_refs, "photos"),
    )
    walk.issue("appraisal_record", papers.appraisal_record(application, entry))
    walk.note(
        appraisal=row.ref,
        attended=len(entry.attendees),
        agree=entry.agree,
        against=entry.against,
        abstain=entry.abstain,
        supports=in_favour,
    )
