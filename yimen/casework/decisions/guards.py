"""Named conditions of this room, who proposed, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yimen.base.access.guards import duty, guard
from yimen.base.access.walk import Walk
from yimen.casework.applications import queries as applications
from yimen.casework.applications.models import Application
from yimen.casework.decisions import queries
from yimen.casework.decisions.grants import Grant, choice_of, grants_of
from yimen.casework.decisions.models import Opinion
from yimen.casework.decisions.working import WorkedOut, work_out
from yimen.casework.investigation import queries as investigation
from yimen.law.money import show

NO_OPINION = "本件还没有审核意见，请先拟定审核意见"


@guard("opinion_current")
def opinion_current(application: Application, walk: Walk) -> str | None:
    """The opinion is newer than any return and any answered objection."""
    opinion = queries.current_opinion(application)
    if opinion is None:
        return NO_OPINION
    if any(row.opinion_id == opinion.pk for row in queries.sent_back(application)):
        return "本件退回后还没有重新拟定审核意见，请由乡街重新拟定"
    if any(row.notice.opinion_id == opinion.pk for row in queries.objections(application)):
        return "公示有异议，异议处理后还没有重新拟定审核意见，请由乡街重新拟定"
    return None


@guard("proposal_matches_approve")
def proposal_matches_approve(application: Application, walk: Walk) -> str | None:
    """Approval follows an opinion to approve, with an amount or a recognition (the program proposes, a person decides)."""
    opinion = queries.current_opinion(application)
    if opinion is None:
        return NO_OPINION
    if not opinion.approve:
        return "审核意见是不予确认，不能予以确认；如有不同意见，请退回并写明理由"
    paid = [grant for grant in grants_of(opinion) if not grant.recognition]
    if any(grant.amount_fen <= 0 for grant in paid) or not grants_of(opinion):
        return "审核意见的月保障金为零，不能予以确认；请退回重新核算"
    return None


@guard("notice_completed")
def notice_completed(application: Application, walk: Walk) -> str | None:
    """The opinion hung its full period at every place, and nobody's objection is unanswered (D19; I3)."""
    opinion = queries.current_opinion(application)
    if opinion is None:
        return NO_OPINION
    if open_one := queries.open_objection(application):
        return f"{open_one.raised_on:%Y-%m-%d} 登记的公示异议还没有处理"
    if not opinion.notice_required:
        return None
    notice = queries.current_notice(application)
    if notice is None or notice.opinion_id != opinion.pk:
        return "审核意见还没有公示"
    return notice_ended(application, walk) or notice_posted(application, walk)


@guard("notice_ended")
def notice_ended(application: Application, walk: Walk) -> str | None:
    """The last day of the notice is over."""
    notice = queries.current_notice(application)
    if notice is None:
        return "本件没有正在进行的公示"
    if walk.on <= notice.to_on:
        return f"公示期到 {notice.to_on:%Y-%m-%d} 结束时届满，次日起才能报请确认"
    return None


@guard("notice_posted")
def notice_posted(application: Application, walk: Walk) -> str | None:
    """Somebody recorded that it hung at every place where it must hang."""
    notice = queries.current_notice(application)
    if notice is None:
        return "本件没有正在进行的公示"
    missing = queries.missing_places(notice)
    return f"还没有登记张贴：{'、'.join(missing)}。请张贴人登记张贴日期" if missing else None


@guard("district_visit_done")
def district_visit_done(application: Application, walk: Walk) -> str | None:
    """Registered relatives of staff: the district has been to the home before the decision (D20)."""
    filings = applications.relative_filings(application)
    if not filings or investigation.district_visits(application):
        return None
    names = "、".join(dict.fromkeys(row.staff.name for row in filings))
    return f"申请家庭与工作人员（{names}）有近亲属关系，作出决定前须由区级入户核查，现在还没有核查记录"


@guard("figures_unchanged")
def figures_unchanged(application: Application, walk: Walk) -> str | None:
    """Facts and figures are what they were when the opinion was put down (K8); otherwise the difference in words."""
    opinion = queries.current_opinion(application)
    if opinion is None:
        return NO_OPINION
    found = differences(opinion, work_out(application, walk.on, choice_of(opinion)))
    if not found:
        return None
    return f"拟定审核意见后核算依据有变化：{'；'.join(found)}。请退回，由乡街重新核算、重新拟定审核意见"


@duty("proposer", "审核意见拟定人")
def proposers(application: Application) -> set[int]:
    """Everybody who ever put an opinion down in this case."""
    return {row.by_id for row in queries.opinions(application)}


def differences(opinion: Opinion, now: WorkedOut) -> list[str]:
    """What changed since the opinion: results first, then figures, then facts."""
    found = _results(opinion, now)
    if now.digest == opinion.digest or (found == [] and _as_before(opinion, now)):
        return found
    found += _figures(opinion.inputs["figures"], now.inputs["figures"])
    found += _facts(opinion.inputs["facts"], now.inputs["facts"])
    if opinion.inputs.get("application") != now.inputs.get("application"):
        found.append("登记的特困、刚性支出情况有变化")
    return found or ["核算依据不同"]


def _as_before(opinion: Opinion, now: WorkedOut) -> bool:
    """An opinion from before programmes were weighed side by side binds the household and its figures, and still holds."""
    before = {key: opinion.inputs[key] for key in ("facts", "figures")}
    return opinion.assessment is None and before == {key: now.inputs[key] for key in before}


def _results(opinion: Opinion, now: WorkedOut) -> list[str]:
    found = []
    fits = bool(now.grants)
    if opinion.approve != fits:
        found.append(f"核算结果由“{_fits(opinion.approve)}”变为“{_fits(fits)}”")
    before, after = _granted(grants_of(opinion)), _granted(now.grants)
    if opinion.approve and fits and before != after:
        found.append(f"救助项目由“{before}”变为“{after or '无'}”")
    if opinion.amount_fen != now.amount_fen:
        found.append(f"月保障金由 {show(opinion.amount_fen)} 元变为 {show(now.amount_fen)} 元")
    if (opinion.members, opinion.covered) != (now.members, now.covered):
        before, after = f"{opinion.members}（保障 {opinion.covered}）", f"{now.members}（保障 {now.covered}）"
        found.append(f"家庭人口由 {before} 人变为 {after} 人")
    if opinion.category != now.category:
        found.append(f"保障类别由 {opinion.category or '无'} 变为 {now.category or '无'}")
    return found


def _granted(grants: Sequence[Grant]) -> str:
    return "、".join(grant.title for grant in grants)


def _fits(eligible: bool) -> str:
    return "符合条件" if eligible else "不符合条件"


def _figures(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[str]:
    old, new = {row["key"]: row for row in before}, {row["key"]: row for row in after}
    found = []
    for key in [*old, *(key for key in new if key not in old)]:
        if old.get(key) != new.get(key):
            label = (new.get(key) or old[key])["label"]
            found.append(f"参数“{label}”由 {_shown(old.get(key))} 变为 {_shown(new.get(key))}")
    return found


def _shown(row: dict[str, Any] | None) -> str:
    return f"{row['shown']}（{row['document']}）" if row else "未使用"


_GROUPS = {"people": "人员", "incomes": "收入", "expenses": "支出", "properties": "财产", "obligors": "义务人"}


def _facts(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    found = []
    for key, label in _GROUPS.items():
        old, new = {row["ref"]: row for row in before[key]}, {row["ref"]: row for row in after[key]}
        refs = [ref for ref in [*old, *(ref for ref in new if ref not in old)] if old.get(ref) != new.get(ref)]
        found += [f"{label}“{_name(new.get(ref) or old[ref])}”{_how(old.get(ref), new.get(ref))}" for ref in refs]
    if any(before[key] != after[key] for key in before if key not in _GROUPS):
        found.append("单独申请的情形有变化")
    return found


def _name(row: dict[str, Any]) -> str:
    return str(row.get("label") or row.get("name") or row.get("kind") or row["ref"])


def _how(old: dict[str, Any] | None, new: dict[str, Any] | None) -> str:
    if old is None or new is None:
        return "是新增的" if old is None else "已不再计入"
    for field in ("amount_fen", "value_fen", "family_income_fen"):
        if old.get(field) != new.get(field):
            return f"由 {_money(old.get(field))}变为 {_money(new.get(field))}"
    return "的内容有变化"


def _money(fen: int | None) -> str:
    return f"{show(fen)} 元" if fen is not None else "未知"
