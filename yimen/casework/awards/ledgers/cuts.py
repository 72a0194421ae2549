"""A ledger may not take from a household what it has: cutting and ending ask for a hearing and a notice first (L48, D32).

A household that comes with its first ledger has nothing here yet and is taken as written; a first import that was
wrong is undone as a whole within its hours. Members registered as dead are no longer heard and may leave the cover.
"""

from __future__ import annotations

from yimen.casework.awards.ledgers.known import Known
from yimen.casework.awards.ledgers.verdict import UNDO_HOURS, Ground, Verdict
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of
from yimen.law.money import show
from yimen.law.sources import dated
from yimen.law.terms import SelfCare

_LIGHTER = {level: place for place, level in enumerate((SelfCare.ABLE, SelfCare.PARTLY_LOST, SelfCare.LOST))}
_ARTICLES = "社会救助法第四十八条；民发〔2021〕57号第三十二条"


def check_cuts(verdict: Verdict, place: Ground, found: Known) -> None:
    """Keep a row out that lowers the amount (fen a month), puts the start off beyond this month, or covers fewer.

    So does one that lets a recognition run out sooner or that says a person on 特困 needs less care.
    """
    row, award = verdict.row, verdict.award
    if award is None or verdict.problems:
        return
    if row.monthly_fen < award.monthly_fen:
        _refuse(
            verdict, place, "月保障金额（元）", f"金额由 {show(award.monthly_fen)} 元减为 {show(row.monthly_fen)} 元"
        )
    if award.start_month <= month_of(place.on) < row.start_month:
        _refuse(verdict, place, "起始月份", f"起始月份由 {award.start_month} 推后到 {row.start_month}，本月就停发了")
    if award.valid_to and row.valid_to and row.valid_to < award.valid_to.isoformat():
        _refuse(verdict, place, "有效期至", f"有效期由 {award.valid_to} 提前到 {row.valid_to}")
    if row.self_care and award.self_care and _LIGHTER[row.self_care] < _LIGHTER[award.self_care]:
        before, after = SelfCare(award.self_care).label, SelfCare(row.self_care).label
        _refuse(verdict, place, "自理能力", f"自理能力由“{before}”改为“{after}”，照料护理标准随之降低")
    if names := _no_longer(verdict, award.pk, found):
        _refuse(verdict, place, "保障人口", f"{names}不再保障")


_MONEY = frozenset({"月保障金额（元）", "基本生活费（元）", "照料护理费（元）", "起始月份", "保障人口"})


def check_settled(verdict: Verdict, place: Ground) -> None:
    """Keep a row out that changes what a household gets after the last day on which the place lets ledgers do so.

    While the place has not set that day the row goes on as before, with a remark that it is unset.
    """
    if verdict.award is None or verdict.problems or place.corrects:
        return
    touched = [label for label, _, _ in verdict.changes if label in _MONEY]
    if not touched:
        return
    what = "、".join(label.removesuffix("（元）") for label in touched)
    if place.corrects is None:
        verdict.remarks.append(
            f"这一行改动在册家庭的{what}。本地没有设置台账可以改到哪一天为止（区级“政策与标准”），请对照原来的决定核实。"
        )
        return
    verdict.wrong(
        touched[0],
        f"按区级“政策与标准”的设置，台账已不能再改动在册家庭的{what}。请按变更办理，或把台账改成与系统一致。",
    )


def check_paid(verdict: Verdict, place: Ground, found: Known) -> None:
    """What a roll of ours has paid stays as it was reckoned: the start no longer moves, the rest counts from the next month."""
    paid = found.paid.get(verdict.award.pk, "") if verdict.award else ""
    if not paid or verdict.problems:
        return
    if "start_month" in verdict.award_facts:
        verdict.wrong(
            "起始月份",
            f"本户已按发放名册发到 {paid}，起始月份不能再由台账改动。请把台账改成与系统一致（{verdict.award.start_month}），"
            "确有少发多发的按变更办理。",
        )
    elif (verdict.award_facts or verdict.cover or verdict.uncover) and paid >= month_of(place.on):
        verdict.remarks.append(f"本户已按发放名册发到 {paid}，这次的更正从 {later_month(paid, 1)} 起算。")


def _no_longer(verdict: Verdict, award: int, found: Known) -> str:
    """The living whose cover the row would end; who is no member any more is counted without a name."""
    ending = [person for person, pk in found.covered[award].items() if pk in verdict.uncover]
    inside = {row.person_id: row.person for row in found.members[verdict.home.pk]} if verdict.home else {}
    names = [inside[pk].name for pk in ending if pk in inside and not inside[pk].died_on]
    strangers = sum(pk not in inside for pk in ending)
    return "、".join([*names, *([f"已不在本户的 {strangers} 人"] if strangers else [])])


def _refuse(verdict: Verdict, place: Ground, column: str, what: str) -> None:
    verdict.wrong(
        column,
        f"{what}：减发、停发须先听取本人意见、再书面告知理由（{dated(_ARTICLES, place.on)}），不能由台账办理。"
        f"请按变更办理，或把台账改成与系统一致；是上次导入错了的，{UNDO_HOURS} 小时内由负责人撤销那次导入，改好重导。",
    )
