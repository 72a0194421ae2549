"""What an applicant may see of the own case: steps with dates, what comes next, own letters, who looked (S23).

Never incomes, never another member, never a name of a member of staff: a date, an office and a purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from yimen.base.clocks.desk import clocks_of
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Area
from yimen.base.papers import desk as papers
from yimen.base.record import desk as record
from yimen.casework.applications import queries as applications
from yimen.casework.applications.letters import township_office
from yimen.desks.shared.shapes import Fact, Link, Step
from yimen.desks.shared.timeline import timeline
from yimen.law.calendar import as_moment, today
from yimen.law.procedure import TIMELINES, Body, next_steps
from yimen.law.terms import ENDS, OfficeKind, Order, Stage

# Letters to the applicant about the case. Sheets with the incomes of all members are handed over on paper only.
LETTERS = frozenset(
    {
        "application_receipt",
        "supplement_notice",
        "acceptance_notice",
        "decline_notice",
        "approval_notice",
        "refusal_notice",
        "procedure_end_notice",
    }
)
MOST_READS = 2000
OWN = "凭查询码查询（本人或知道查询码和身份证号后 4 位的人）"
_ENDED = {
    Stage.ON_ASSISTANCE: "已确认并公布，自确认通知书写明的月份起享受待遇。家庭情况有变化的，请及时告知乡镇（街道）。",
    Stage.REFUSED: "已作出不予确认的决定，理由和救济途径见不予确认告知书。",
    Stage.DECLINED: "没有受理，理由和救济途径见不予受理告知书。",
    Stage.ENDED: "办理程序已终止，理由见终止告知书。",
}
_WAITS = {
    Stage.SUPPLEMENTING: "请按《一次性告知书》补齐材料，交到乡镇（街道）社会救助窗口。",
    Stage.ON_NOTICE: "正在公示，公示期满没有异议的，报请作出决定。",
}


def steps(application: Any) -> list[Step]:
    """The steps of the timeline with the day each was done; no names, no papers."""
    days: dict[str, Any] = {}
    for entry in record.entries_of("application", application.ref):
        days[entry.act] = entry.business_date
    made = []
    for milestone, step in zip(TIMELINES[Order(application.order)], timeline(application), strict=True):
        done = [days[act] for act in milestone.acts if act in days]
        note = f"{max(done):%Y-%m-%d}" if done and step.state != "ahead" else ""
        if step.state == "skipped":
            note = step.note
        made.append(Step(step.name, step.state, note or ("正在办理" if step.state == "now" else "")))
    return made


def _office_name(body: Body, application: Any) -> str:
    if body is Body.DISTRICT:
        found = offices.find_office(application.township_id[:6], OfficeKind.DISTRICT_CENTRE)
        return found.name if found else "区社会救助中心"
    if body is Body.DECIDING:
        return offices.power_over(application.programmes, application.township_id, application.power_day()).office.name
    return township_office(application).name


def next_step(application: Any) -> str:
    """The next action in one sentence: what, by whom, until when."""
    stage = Stage(application.stage)
    if stage in ENDS:
        return _ENDED[stage]
    row = next((row for row in next_steps(Order(application.order), stage) if row.primary), None)
    if stage in _WAITS:
        words = _WAITS[stage]
    elif row is None:
        words = "等待核对结果返回。"
    else:
        words = f"{row.label}，由{_office_name(row.body, application)}办理。"
    clocks = clocks_of("application", [application.pk], today()).get(application.pk, [])
    due = next((clock.due_on for clock in clocks if clock.due_on), None)
    return f"下一步：{words}" + (f"时限到 {due:%Y-%m-%d}。" if due else "")


def phone(application: Any) -> Fact:
    """Whom to call."""
    office = township_office(application)
    return Fact("经办电话", office.phone or office.hotline or "12345", office.name)


def letters(application: Any, code: str) -> list[Link]:
    """The applicant's own letters, the newest first."""
    rows = papers.papers_of("application", application.ref).filter(code__in=LETTERS)
    return [
        Link(f"{row.title}（PDF）", reverse("public:letter", args=[code, row.ref]), note=f"{row.issued_on:%Y-%m-%d}")
        for row in rows.order_by("-id")
    ]


def letter(application: Any, ref: str) -> Any | None:
    """One of those letters, else None."""
    return papers.papers_of("application", application.ref).filter(code__in=LETTERS, ref=ref).first()


def note_own_read(application: Any, purpose: str, channel: str, request_id: str) -> None:
    """An opening by code stands in the same list: whoever is misused by somebody with both numbers sees it there."""
    record.note_read(
        staff_id=None,
        staff_name="查询码",
        account_id=None,
        office_code="",
        subject_kind="application",
        subject_ref=application.ref,
        person_ref=application.applicant.ref,
        purpose=purpose,
        channel=channel,
        request_id=request_id,
    )


def readers(application: Any) -> list[Fact]:
    """谁看过我的档案: day, office and purpose of every read on any channel, the newest day first."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in record.reads_of_person(application.applicant.ref)[:MOST_READS]:
        purposes = found.setdefault((f"{as_moment(row.at):%Y-%m-%d}", row.office_code), {})
        purposes[row.purpose] = purposes.get(row.purpose, 0) + 1
    names = dict(Area.objects.filter(code__in={code for _, code in found}).order_by().values_list("code", "name"))
    return [
        Fact(day, f"{names.get(code, code) if code else OWN}：{_words(told)}") for (day, code), told in found.items()
    ]


def _words(purposes: Mapping[str, int]) -> str:
    return "、".join(f"{purpose} {count} 次" if count > 1 else purpose for purpose, count in purposes.items())


def masked_number(application: Any) -> str:
    """The case by its number, for the line of purpose."""
    return f"{applications.programme_words(application)} {application.number}"
