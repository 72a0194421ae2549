"""Telling households of their raised amount: one notice each with its explanation, for a village or township in one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Office
from yimen.base.papers import desk
from yimen.base.papers.checking import Forbidden, Incomplete
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import Balance, UpliftLine, UpliftRun
from yimen.casework.awards.uplift import sheets
from yimen.casework.awards.uplift_queries import LINE
from yimen.law.aftercare.uplift import UpliftOutcome
from yimen.law.money import show as yuan
from yimen.law.reckoning import Reckoning
from yimen.law.terms import OfficeKind, Programme

CODE = "uplift_notice"
MOST = 500
"""Notices of one act; whoever is left is told by the next one."""
_TOWNSHIP = 9
_TOLD = ("income.total", "members", "income.per_capita", "benefit.base")
_ARTICLES = {
    Programme.DIBAO: (
        "《中华人民共和国社会救助法》第十九条",
        "《最低生活保障审核确认办法》（民发〔2021〕57号）第二十三条",
    ),
    Programme.TEKUN: ("《中华人民共和国社会救助法》第十七条",),
}


@office_act("tell_uplift")
def tell_uplift(walk: Walk, *, ref: str, area: str) -> list[Paper]:
    """Issue the notices of a run that was carried out, for a township or a village; who has one is left out.

    At most MOST at a time, by village and number. Raises Refused where nobody is left or the place is not the officer's.
    """
    township = _place(walk, area)
    run = UpliftRun.objects.filter(ref=ref, area_id=township[:6]).first()
    if run is None:
        raise Refused("没有这次提标，请刷新页面。", "gone", 404)
    rows = waiting(gate.within(walk.officer, UpliftLine.objects.filter(run=run, township=township)))
    rows = rows.filter(award__village=area) if len(area) > _TOWNSHIP else rows
    rows = rows.select_related("award__household__head", "award__village").order_by("award__village", "award__number")
    chosen = list(rows[:MOST])
    if not chosen:
        raise Refused("这里没有还没告知的家庭：提高了金额的家庭都已制发告知书，或者没有家庭提高。", "nothing", 422)
    papers = _issue(walk, township, run, chosen)
    walk.note(
        subject=(UpliftRun.KIND, run.ref), area=area, papers=len(papers), awards=[row.award.number for row in chosen]
    )
    return papers


def waiting(lines: Any) -> Any:
    """Of these lines those carried out whose household has no notice yet."""
    told = Paper.objects.filter(subject_kind=LINE, code=CODE).order_by().values("subject_id")
    return lines.filter(outcome=UpliftOutcome.DONE).exclude(pk__in=told)


def _place(walk: Walk, area: str) -> str:
    township, roles = area[:_TOWNSHIP], set(walk.row.roles)
    if len(township) < _TOWNSHIP:
        raise Refused("请选择乡镇（街道）或者村（社区）。", "area", 422, "area")
    here = walk.officer.holds(roles & TOWNSHIP_ROLES, township)
    if not here and not walk.officer.holds(roles & DISTRICT_ROLES, township[:6]):
        raise Refused("这里的家庭由当地乡镇（街道）或者本区告知，您的岗位不能办理。", "wrong_role", 403)
    return township


def _issue(walk: Walk, township: str, run: UpliftRun, chosen: Sequence[UpliftLine]) -> list[Paper]:
    """In the name of the township office, whoever of the two bodies issues them."""
    office = offices.office_of(township, OfficeKind.TOWNSHIP)
    head = {"handler": walk.officer.staff.name, "handler_phone": office.phone, "hotline": _hotline(office)}
    arrears = _arrears(run, [line.award_id for line in chosen])
    about = [
        desk.About(LINE, line.award.ref, line.pk, {**_data(run, line, arrears.get(line.award_id, [])), **head})
        for line in chosen
    ]
    staff = walk.officer.staff
    demo = settings.YIMEN_DEMO or settings.YIMEN_TESTING
    by = desk.Issuing(office.area_id, office.name, office.mark, staff.pk, staff.name, walk.on, demo)
    try:
        return desk.issue_many(CODE, about, by)
    except (Incomplete, Forbidden) as wrong:
        raise Refused(str(wrong), "paper", 422) from wrong


def _hotline(office: Office) -> str:
    district = offices.find_office(office.area_id[:6], OfficeKind.DEPARTMENT)
    parts = [f"{each.name} {each.hotline or each.phone}" for each in (office, district) if each]
    return "；".join([*parts, "12345"])


def _arrears(run: UpliftRun, awards: Iterable[int]) -> dict[int, list[str]]:
    rows = Balance.objects.filter(basis_kind=UpliftRun.KIND, basis_ref=run.ref, award__in=list(awards)).order_by(
        "month"
    )
    found: dict[int, list[str]] = {}
    for award, month, fen in rows.values_list("award", "month", "fen"):
        found.setdefault(award, []).append(f"{month[:4]}年{int(month[5:])}月 {yuan(fen)}元")
    return found


def _data(run: UpliftRun, line: UpliftLine, arrears: list[str]) -> Mapping[str, Any]:
    award = line.award
    programme = Programme(award.programme)
    rows = sheets.unpack(line.sheets)
    found = Reckoning.from_json(rows[-1]["sheet"]) if rows else None
    used = {figure.key for figure in found.figures} if found else set()
    figures = [row for row in run.figures if row["key"] in used]
    return {
        "applicant": award.household.head.name,
        "case_number": award.number,
        "programme_name": programme.label,
        "village": award.village.name,
        "from_month": line.plan[0]["from_month"],
        "standards": [f"{row['label']}：{row['shown']}（{row['document']}）" for row in figures],
        "before": line.before_fen,
        "after": line.after_fen,
        "figures": _figures(found) if found else [],
        "arrears": arrears,
        "articles": [*dict.fromkeys(row["document"] for row in figures), *_ARTICLES.get(programme, ())],
    }


def _figures(found: Reckoning) -> list[dict[str, str]]:
    """The few lines that tell the amount: income, members, per head, benefit, each supplement, the amount."""
    lines = {line.code: line for line in found.walk() if line.op != "ref"}
    supplements = [code for code in lines if code.startswith("supplement.") and code.count(".") == 1]
    standards = [code for code in lines if code.startswith("figure:tekun.")]
    chosen = [lines[code] for code in (*_TOLD, *standards, *supplements, "amount") if code in lines]
    return [{"item": line.name, "shown": line.shown, "formula": line.formula} for line in chosen]
