"""四(一): writing applications."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from yimen.base.access.acts import act, opening_act
from yimen.base.access.memory import teach
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Office
from yimen.base.prepared import insert, prepared
from yimen.base.refs import new_ref
from yimen.casework.applications import assigning, consent_papers, declared, notice_papers, papers, queries, relatives
from yimen.casework.applications.entries import ConsentEntry, Intake, MaterialEntry
from yimen.casework.applications.family_papers import issue_commitments
from yimen.casework.applications.materials import opening_state, wanted
from yimen.casework.applications.models import (
    Agent,
    Application,
    Consent,
    Draft,
    Material,
    RelativeFiling,
    SupplementNotice,
)
from yimen.casework.households import acts as households
from yimen.law.calendar import add_months, now
from yimen.law.identity import BadIdentity, read_identity
from yimen.law.standards import Unset
from yimen.law.terms import AppliedBy, MaterialState, OfficeKind, Programme, Stage

hand_over = assigning.hand_over


def save_draft(officer: Officer, ref: str, body: dict[str, object], title: str) -> Draft:
    """Keep a half-written intake on the server; not an act of the procedure and not recorded."""
    Draft.objects.filter(saved_at__lt=now() - queries.DRAFT_LIFE).delete()
    draft = queries.drafts(officer).filter(ref=ref).first() or Draft(account=officer.account, ref=ref)
    draft.body, draft.title, draft.saved_at = body, title[:120], now()
    draft.save()
    return draft


def drop_draft(officer: Officer, ref: str) -> None:
    """Forget a draft of one's own."""
    queries.drafts(officer).filter(ref=ref).delete()


def _check_intake(intake: Intake) -> None:
    if intake.wished and intake.wished not in {each.value for each in Programme}:
        raise Refused("希望的救助项目请从列出的项目中选择，或者不指定。", "wished", 422, "wished")
    if not intake.members:
        raise Refused("至少要填写申请人本人。", "nobody", 422, "members")
    if intake.members[0].relation != "self":
        raise Refused("第一行应为申请人本人，与申请人关系请选“本人”。", "first_row", 422, "members")
    if not intake.reason.strip():
        raise Refused("请填写申请理由：家里遇到了什么困难。", "reason", 422, "reason")
    if intake.applied_by != AppliedBy.SELF and intake.agent is None:
        raise Refused("委托代办的，请填写代办人姓名、与申请人关系和委托理由。", "agent", 422, "agent_name")
    if intake.dictated and not intake.witness.strip():
        raise Refused("口述代填的，请填写见证人姓名。", "witness", 422, "witness")
    if intake.single_person and not intake.single_person_reason.strip():
        raise Refused("单独申请（单人保）须写明理由。", "single_person", 422, "single_person_reason")
    if intake.relative_declared and not intake.relatives:
        raise Refused("已申明有近亲属关系的，请选择工作人员并填写关系。", "relatives", 422, "relatives")


@prepared
def _hold(office: int) -> QuerySet[Office, int]:
    return Office.objects.select_for_update().filter(pk=office).order_by().values_list("pk", flat=True)


def _number(township: Office, on: date) -> str:
    """Next case number of a township's year; its office row is the lock."""
    _hold(township.pk)
    prefix = f"{(township.area.initials or 'XJ')[:2].upper()}-{on.year}-"
    taken = Application.objects.filter(township_id=township.area_id, number__startswith=prefix).count()
    return f"{prefix}{taken + 1:04d}"


def _keep_agent(application: Application, intake: Intake) -> None:
    entry = intake.agent
    if entry is None or intake.applied_by == AppliedBy.SELF:
        return
    if entry.identity:
        try:
            read_identity(entry.identity, allow_unknown_area=settings.YIMEN_DEMO or settings.YIMEN_TESTING)
        except BadIdentity as bad:
            raise Refused(f"代办人：{bad}", "bad_identity", 422, "agent_identity") from bad
    Agent.objects.create(
        application=application,
        name=entry.name,
        relation=entry.relation,
        identity=entry.identity or None,
        phone=entry.phone or None,
        reason=entry.reason,
        scope=entry.scope,
        valid_to=entry.valid_to,
    )


def _open_materials(application: Application, entries: Sequence[MaterialEntry]) -> None:
    given = {entry.code: entry for entry in entries}
    rows = []
    for paper in wanted(application.applied_by):
        entry = given.get(paper.code)
        rows.append(
            Material(
                application=application,
                code=paper.code,
                label=paper.label,
                required=paper.required,
                state=entry.state if entry else opening_state(paper),
                note=entry.note if entry else "",
                file_ref=entry.file_ref if entry else "",
            )
        )
    insert(rows)


@opening_act("apply", Application)
def apply(walk: Walk, *, intake: Intake) -> Application:
    """Register an application with everything declared; prints the receipt with the progress code."""
    _check_intake(intake)
    on = walk.on
    village = offices.area(intake.home.village)
    order = offices.order_for(Programme.DIBAO, village.code[:6], on)
    if order is None:
        raise Refused(
            "本区还没有选定办理次序（先核对后受理，或先受理后核对），不能登记申请。请联系区级民政部门设置。", "no_order"
        )
    household, members, known = households.keep_household(intake.home, intake.members, on)
    if known and (under_way := queries.open_with(members)):
        raise Refused(
            f"{under_way.applicant.name}户的申请（{under_way.number}）正在办理，现为“{Stage(under_way.stage).label}”，不能重复申请。",
            "under_way",
            422,
            "members",
        )
    households.keep_obligors(household, members, intake.obligors, on, known=known)
    if intake.account:
        households.keep_account(household, intake.account, on, known=known)
    township = offices.office_of(household.township_id, OfficeKind.TOWNSHIP)
    application = Application(
        stage=Stage.REGISTERED,
        order=order,
        programme=Programme.DIBAO,
        wished=intake.wished,
        township_id=household.township_id,
        village=household.village,
        number=_number(township, on),
        household=household,
        applicant=members[0],
        applied_by=intake.applied_by,
        dictated=intake.dictated,
        witness=intake.witness,
        single_person=intake.single_person,
        single_person_reason=intake.single_person_reason,
        single_person_ground=intake.single_person_ground,
        poverty_cause=intake.poverty_cause,
        reason=intake.reason.strip(),
        relative_declared=intake.relative_declared,
        away_from_hukou=intake.away_from_hukou,
        applied_on=on,
        progress_code=new_ref(),
        handler=walk.officer.staff if walk.officer.areas({*_CLERKS}) else None,
    )
    insert([application])
    declared.keep(application, intake, members)
    _keep_agent(application, intake)
    _open_materials(application, intake.materials)
    if intake.agent is None:
        teach(queries.agent, application, answer=None, of=Agent)
    relatives.declare(application, intake, members, on)
    relatives.match(application, on)
    walk.subject = application
    papers.issue_opening(walk, application, township)
    issue_commitments(walk, application, intake.materials)
    if intake.draft_ref:
        drop_draft(walk.officer, intake.draft_ref)
    walk.note(applied_by=intake.applied_by, members=len(members))
    return application


_CLERKS = ("handler", "head")


def _valid_to(entry: ConsentEntry, application: Application) -> date:
    if entry.valid_to:
        return entry.valid_to
    try:
        months = figures.figure("authorisation.valid_months", application.village_id, entry.signed_on)
    except Unset:
        raise Refused("请填写授权到期日：本地没有设置授权有效期。", "valid_to", 422, "valid_to") from None
    return add_months(entry.signed_on, months.as_int())


def _consent(application: Application, entry: ConsentEntry, on: date) -> Consent:
    if entry.signed_on > on:
        raise Refused("签字日期不能晚于今天，请核对。", "signed_on", 422, "signed_on")
    members = {row.person.ref: row.person for row in queries.participants(application)}
    obligors = {row.ref: row for row in queries.obligors(application)}
    person, obligor = members.get(entry.person_ref), obligors.get(entry.obligor_ref)
    if (person is None) == (obligor is None):
        raise Refused("没有找到签字的家庭成员或义务人，请刷新页面后重新选择。", "nobody", 422, "person")
    if not entry.given and not entry.refused_reason.strip():
        raise Refused("不同意授权的，请写明原因，便于今后处理。", "refused_reason", 422, "refused_reason")
    if obligor and entry.given and entry.signed_by.strip() != obligor.name:
        raise Refused("义务人的授权只能由其本人签署，不能由他人代签。", "obligor_alone", 422, "signed_by")
    return Consent(
        application=application,
        person=person,
        obligor=obligor,
        given=entry.given,
        signed_on=entry.signed_on,
        valid_to=_valid_to(entry, application),
        signed_by=entry.signed_by.strip(),
        refused_reason=entry.refused_reason.strip(),
        file_ref=entry.file_ref,
    )


@act("record_consent", Application)
def record_consent(walk: Walk, application: Application, *, entries: Sequence[ConsentEntry]) -> None:
    """Record pledges and authorisations of members, and obligors' own consents or refusals (D9; L40, L41)."""
    if not entries:
        raise Refused("请至少登记一人的签字或不同意。", "nobody", 422)
    rows = insert([_consent(application, entry, walk.on) for entry in entries])
    if any(row.person_id and row.given for row in rows):
        walk.issue("pledge_and_authorisation", consent_papers.pledge(application, rows))
    for row in rows:
        if row.obligor:
            walk.issue(
                "obligor_consent",
                consent_papers.obligor_consent(application, row, row.obligor, walk.officer.staff.name),
            )
    walk.note(given=sum(row.given for row in rows), refused=sum(not row.given for row in rows))


@act("record_material", Application)
def record_material(walk: Walk, application: Application, *, entries: Sequence[MaterialEntry]) -> None:
    """Record how each paper was established."""
    known = {row.code: row for row in queries.materials(application)}
    for entry in entries:
        row = known.get(entry.code)
        if row is None or entry.state not in set(MaterialState):
            raise Refused("材料清单已更新，请刷新页面后重新登记。", "material", 422)
        row.state, row.note = entry.state, entry.note
        row.file_ref = entry.file_ref or row.file_ref
        row.save(update_fields=["state", "note", "file_ref"])
    issue_commitments(walk, application, entries)
    walk.note(materials={entry.code: entry.state for entry in entries})


@act("request_supplement", Application)
def request_supplement(
    walk: Walk, application: Application, *, by_on: date, second_reason: str = "", notes: str = ""
) -> None:
    """One notice of everything missing; a second one in the same case needs a reason (D10; A4)."""
    if by_on <= walk.on:
        raise Refused("补正期限应晚于今天，请给申请人留出时间。", "by_on", 422, "by_on")
    if queries.supplement_notices(application) and not second_reason.strip():
        raise Refused(
            "本件已经一次性告知过补正。再次要求补正须写明理由，区级监督可以看到。",
            "second_reason",
            422,
            "second_reason",
        )
    items = notice_papers.missing_items(application, notes)
    paper = walk.issue("supplement_notice", notice_papers.supplement(application, items, by_on, walk.officer.staff))
    SupplementNotice.objects.create(
        application=application,
        items=items,
        by_on=by_on,
        sent_on=walk.on,
        second_reason=second_reason.strip(),
        paper_ref=paper.ref,
    )
    walk.note(items=[item["item"] for item in items], second=bool(second_reason))


@act("receive_supplement", Application)
def receive_supplement(walk: Walk, application: Application, *, entries: Sequence[MaterialEntry] = ()) -> None:
    """The applicant brought something: record it and look again."""
    for entry in entries:
        Material.objects.filter(application=application, code=entry.code).update(
            state=entry.state, note=entry.note, file_ref=entry.file_ref
        )
    issue_commitments(walk, application, entries)
    SupplementNotice.objects.filter(application=application, received_on__isnull=True).update(received_on=walk.on)
    walk.change(supplemented_on=walk.on)


@act("file_relative", Application)
def file_relative(
    walk: Walk, application: Application, *, hardship: str, investigation: str = "", opinion: str = ""
) -> None:
    """Enter every open close relation of the case in the register and print its form (D11)."""
    relatives.match(application, walk.on)
    waiting = [row for row in queries.relative_filings(application) if row.filed_on is None]
    if not waiting:
        raise Refused("本件没有待备案的近亲属关系。", "nothing_to_file")
    for row in waiting:
        paper = walk.issue(
            "close_relative_filing", notice_papers.close_relative(application, row, hardship, investigation, opinion)
        )
        RelativeFiling.objects.filter(pk=row.pk).update(filed_on=walk.on, paper_ref=paper.ref)
    walk.note(filed=[f"{row.person_name}—{row.staff.name}" for row in waiting])


@act("end_procedure", Application)
def end_procedure(
    walk: Walk, application: Application, *, withdrawn: bool, reason: str, asked: str = "", asked_on: date | None = None
) -> None:
    """End on withdrawal, or on unjustified refusal to cooperate (D29); written either way."""
    if not reason.strip():
        raise Refused("请写明终止的理由。", "reason", 422, "reason")
    if not withdrawn and not asked.strip():
        raise Refused("以拒不配合终止的，请写明要求配合什么、何时要求、如何拒绝。", "asked", 422, "asked")
    walk.issue(
        "procedure_end_notice",
        notice_papers.procedure_end(application, withdrawn, reason, asked, asked_on, walk.officer.staff),
    )
    walk.change(ended_on=walk.on, ended_reason=reason.strip()[:300])
    walk.note(withdrawn=withdrawn)
