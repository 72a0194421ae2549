"""Recognitions that expire (R10): their households are told in time how to apply anew; past their last day they end.

No hearing comes before such an end: the decision itself set the last day, and nothing is cut or stopped by a new one (L48).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.papers.models import Paper
from yimen.casework.awards import ending, telling, versions
from yimen.casework.awards.changes import beside
from yimen.casework.awards.models import Award, LedgerRun
from yimen.casework.awards.recertify import looking
from yimen.casework.awards.recertify.acts import taken
from yimen.casework.awards.recertify.papers import names_of
from yimen.casework.households import queries as households
from yimen.casework.households.models import Membership, Obligor
from yimen.law.aftercare.months import later_month
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import month_of
from yimen.law.terms import Programme

CODE = "expiry_notice"
KIND = "award"
"""What the letters are about."""
_ARTICLES = {Programme.RIGID_EXPENDITURE: ("《刚性支出困难家庭认定办法》（民发〔2024〕57号）第十条",)}
_BRING = {Programme.RIGID_EXPENDITURE: ("申请前十二个月新发生的医疗、教育、残疾康复等支出的票据",)}


@office_act("invite_again")
def invite_again(walk: Walk, *, refs: Sequence[str]) -> list[Paper]:
    """A letter to each of these households: until when the recognition lasts, and how to apply anew. Once for each last day.

    Raises Refused where there is no last day, where it was told already, or where the recognition has ended.
    """
    awards = _expiring(walk, refs)
    told = invited(awards)
    for award in awards:
        if award.pk in told:
            raise Refused(
                f"{award.household.head.name}家庭已于 {told[award.pk].issued_on:%Y-%m-%d} 制发期满告知书，不重复制发。",
                "told",
            )
    known, names = _known(awards), names_of(awards)
    made: list[Paper] = []
    for township in sorted({award.township_id for award in awards}):
        here = [award for award in awards if award.township_id == township]
        letters = [(one.ref, one.pk, one, _letter(one, names[one.pk], known[one.household_id])) for one in here]
        made += telling.tell(walk, CODE, KIND, township, letters)
    _note(walk, awards, papers=len(made))
    return made


@office_act("end_expired")
def end_expired(walk: Walk, *, refs: Sequence[str]) -> list[Award]:
    """End these recognitions on their last day or later, from the month after it. Raises Refused before that day."""
    awards = _expiring(walk, refs)
    looking.check_unrelated(awards, walk.officer.staff)
    for award in awards:
        if award.valid_to > walk.on:
            raise Refused(
                f"{award.household.head.name}家庭的认定有效期至 {award.valid_to:%Y-%m-%d}，还没有届满，不能按期满终止。"
                "情况有变化的，请登记变动。",
                "not_yet",
            )
    over = []
    for award in awards:
        month = max(later_month(month_of(award.valid_to), 1), award.start_month)
        why = f"认定有效期至 {award.valid_to:%Y-%m-%d}，已届满"
        over.append((award, why))
        ending.end(walk, award, month, AwardCause.EXPIRED, _basis(walk, award), why)
    opened = [ref for award, why in over for ref in beside.edge_is_over(walk, award, why, walk.officer.staff)]
    _note(walk, awards, **({"beside": opened} if opened else {}))
    return awards


def _expiring(walk: Walk, refs: Sequence[str]) -> list[Award]:
    """These awards, locked, each with a last day."""
    awards = taken(walk, refs)
    for award in awards:
        name = award.household.head.name
        if award.end_month:
            raise Refused(f"{name}家庭的保障已于 {award.end_month} 停止，不用再办。", "ended")
        if award.valid_to is None:
            raise Refused(f"{name}家庭的保障没有有效期，不按期满办理；到期的请办理复核。", "no_last_day")
    return awards


def _basis(walk: Walk, award: Award) -> versions.Basis:
    """The decision, or the ledger, that set the last day."""
    kind, ref = ("decision", award.decision.ref) if award.decision else (LedgerRun.KIND, award.run.ref)  # type: ignore[union-attr]
    return versions.Basis(kind, ref, walk.on, walk.officer.staff.pk)


def _note(walk: Walk, awards: Sequence[Award], **facts: Any) -> None:
    if len(awards) == 1:
        walk.note(subject=(KIND, awards[0].ref), **facts)
    else:
        walk.note(awards=[award.number for award in awards], **facts)


# -- the letter --------------------------------------------------------------------------


def letters(awards: Iterable[Award]) -> dict[int, Paper]:
    """The newest letter of each of these awards without opening its data, in one statement."""
    rows = Paper.objects.filter(subject_kind=KIND, code=CODE, subject_id__in=[award.pk for award in awards])
    return {paper.subject_id: paper for paper in rows.defer("data").order_by("id")}


def invited(awards: Sequence[Award]) -> dict[int, Paper]:
    """The letters that tell of the last day as it stands now."""
    rows = Paper.objects.filter(subject_kind=KIND, code=CODE, subject_id__in=[award.pk for award in awards])
    days = {award.pk: f"{award.valid_to:%Y-%m-%d}" for award in awards if award.valid_to}
    return {
        paper.subject_id: paper for paper in rows.order_by("id") if paper.data["valid_to"] == days.get(paper.subject_id)
    }


def _known(awards: Sequence[Award]) -> dict[int, list[str]]:
    """What stands in the register of each household and is not asked again, in words."""
    homes = {award.household_id for award in awards}
    members = _counted(Membership.objects.filter(household__in=homes, to_on__isnull=True))
    kin = _counted(Obligor.objects.filter(household__in=homes, to_on__isnull=True))
    accounts = households.accounts_of(homes)
    return {home: _words(members[home], kin[home], accounts.get(home)) for home in homes}


def _counted(rows: Any) -> Counter[int]:
    return Counter(rows.order_by().values_list("household_id", flat=True))


def _words(members: int, kin: int, account: Any) -> list[str]:
    made = [f"家庭成员 {members} 人的姓名、身份证号、与户主的关系、住址"]
    if kin:
        made.append(f"赡养、抚养、扶养义务人 {kin} 人")
    if account is not None:
        made.append(f"领取账户（尾号 {account.number[-4:]}）")
    return [*made, "以前提交过、没有变化的材料"]


def _letter(award: Award, names: Sequence[str], known: Sequence[str]) -> Mapping[str, Any]:
    programme = Programme(award.programme)
    return {
        "members": list(names),
        "valid_to": award.valid_to,
        "known": list(known),
        "bring": list(_BRING.get(programme, ())),
        "articles": ["认定决定书载明的有效期", *_ARTICLES.get(programme, ())],
    }
