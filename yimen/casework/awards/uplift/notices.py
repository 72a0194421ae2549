"""Telling households of their raised amount: one notice each with its explanation, for a village or township in one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.papers.models import Paper
from yimen.casework.awards.models import Balance, UpliftLine, UpliftRun
from yimen.casework.awards.telling import MOST, TOWNSHIP, tell, township_of
from yimen.casework.awards.uplift import sheets
from yimen.casework.awards.uplift_queries import LINE
from yimen.law.aftercare.uplift import UpliftOutcome
from yimen.law.money import show as yuan
from yimen.law.reckoning import Reckoning
from yimen.law.terms import Programme

CODE = "uplift_notice"
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
    township = township_of(walk, area, "家庭")
    run = UpliftRun.objects.filter(ref=ref, area_id=township[:6]).first()
    if run is None:
        raise Refused("没有这次提标，请刷新页面。", "gone", 404)
    rows = waiting(gate.within(walk.officer, UpliftLine.objects.filter(run=run, township=township)))
    rows = rows.filter(award__village=area) if len(area) > TOWNSHIP else rows
    rows = rows.select_related("award__household__head", "award__village").order_by("award__village", "award__number")
    chosen = list(rows[:MOST])
    if not chosen:
        raise Refused("这里没有还没告知的家庭：提高了金额的家庭都已制发告知书，或者没有家庭提高。", "nothing", 422)
    arrears = _arrears(run, [line.award_id for line in chosen])
    told = [(line.award.ref, line.pk, line.award, _data(run, line, arrears.get(line.award_id, []))) for line in chosen]
    papers = tell(walk, CODE, LINE, township, told)
    walk.note(
        subject=(UpliftRun.KIND, run.ref), area=area, papers=len(papers), awards=[row.award.number for row in chosen]
    )
    return papers


def waiting(lines: Any) -> Any:
    """Of these lines those carried out whose household has no notice yet."""
    told = Paper.objects.filter(subject_kind=LINE, code=CODE).order_by().values("subject_id")
    return lines.filter(outcome=UpliftOutcome.DONE).exclude(pk__in=told)


def _arrears(run: UpliftRun, awards: Iterable[int]) -> dict[int, list[str]]:
    rows = Balance.objects.filter(basis_kind=UpliftRun.KIND, basis_ref=run.ref, award__in=list(awards)).order_by(
        "month"
    )
    found: dict[int, list[str]] = {}
    for award, month, fen in rows.values_list("award", "month", "fen"):
        found.setdefault(award, []).append(f"{month[:4]}年{int(month[5:])}月 {yuan(fen)}元")
    return found


def _data(run: UpliftRun, line: UpliftLine, arrears: list[str]) -> Mapping[str, Any]:
    rows = sheets.unpack(line.sheets)
    found = Reckoning.from_json(rows[-1]["sheet"]) if rows else None
    used = {figure.key for figure in found.figures} if found else set()
    figures = [row for row in run.figures if row["key"] in used]
    return {
        "from_month": line.plan[0]["from_month"],
        "standards": [f"{row['label']}：{row['shown']}（{row['document']}）" for row in figures],
        "before": line.before_fen,
        "after": line.after_fen,
        "figures": _figures(found) if found else [],
        "arrears": arrears,
        "articles": [
            *dict.fromkeys(row["document"] for row in figures),
            *_ARTICLES.get(Programme(line.award.programme), ()),
        ],
    }


def _figures(found: Reckoning) -> list[dict[str, str]]:
    """The few lines that tell the amount: income, members, per head, benefit, each supplement, the amount."""
    lines = {line.code: line for line in found.walk() if line.op != "ref"}
    supplements = [code for code in lines if code.startswith("supplement.") and code.count(".") == 1]
    standards = [code for code in lines if code.startswith("figure:tekun.")]
    chosen = [lines[code] for code in (*_TOLD, *standards, *supplements, "amount") if code in lines]
    return [{"item": line.name, "shown": line.shown, "formula": line.formula} for line in chosen]
