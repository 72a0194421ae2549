"""What the rules find of a case for its opinion: every programme weighed, the lawful best, and what binds it (K8).

A programme that is open and ranks above what is proposed stops the opinion: nothing is approved and nothing refused
without it (decision 0021). Two open results do not: 特困 of somebody of whom nobody has recorded anything for it, as
long as another programme is granted; and 单人保 that nobody has asked for, since it is the person's own application (N 一(四)).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from yimen.base.access.refusal import Refused
from yimen.base.canonical import digest
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.applications.models import Application
from yimen.casework.decisions.application_facts import application_facts
from yimen.casework.decisions.conferences import KEY as CONFERENCE, granted_by_conference
from yimen.casework.decisions.facts import figures_of, plain, reckon
from yimen.casework.decisions.grants import PROPOSED, Choice, Grant, chosen, grant_of, key_of, lawful_sets, principal
from yimen.law.reckoning import Reckoning
from yimen.law.reckoning.assessment import RANK, Assessment, Outcome, Verdict
from yimen.law.reckoning.proposals import RECOGNITIONS
from yimen.law.rules import BadFacts
from yimen.law.rules.applied import ApplicationFacts
from yimen.law.rules.assess import SINGLE, assess_all
from yimen.law.rules.tekun_duty import UNESTABLISHED
from yimen.law.standards import Unset
from yimen.law.terms import Programme

RECORDED_BY = {
    Programme.TEKUN: "请先办理“登记特困认定情况”“生活自理能力评估”",
    Programme.RIGID_EXPENDITURE: "请先办理“登记刚性支出”",
}


@dataclass(frozen=True)
class WorkedOut:
    """The assessment with everything an opinion stores of it; amounts in fen a month.

    ``grants`` is what was chosen, ``best`` names what the rules propose; ``eligible`` says that they propose
    anything. ``reckoning`` is that of the household (of the person, where nothing is granted to the household).
    """

    assessment: Assessment
    grants: tuple[Grant, ...]
    best: tuple[str, ...]
    reckoning: dict[str, Any]
    inputs: dict[str, Any]
    digest: str
    eligible: bool
    members: int
    covered: int
    amount_fen: int
    category: str
    recertify_months: int | None
    conditions: tuple[str, ...]

    @property
    def assistance(self) -> bool:
        """Whether anybody meets the conditions of dibao or 特困: that cannot be refused, a recognition may be declined."""
        return any(outcome.programme.value not in RECOGNITIONS for outcome in self.assessment.proposed)


def weighed_facts(application: Application, on: dt.date, choice: Choice = PROPOSED) -> ApplicationFacts:
    """The facts with what the township adds to them: the reason of a member who applies alone, the edge standing."""
    facts = application_facts(application, on)
    household = facts.household
    if household.single and Programme.EDGE in facts.standing:
        household = replace(household, edge_confirmed=True)
    elif choice.single_reason:
        household = replace(household, single_reason=choice.single_reason)
    return replace(facts, household=household)


def weigh(application: Application, on: dt.date, choice: Choice = PROPOSED) -> tuple[ApplicationFacts, Assessment]:
    """Facts and assessment of a day. Facts that contradict each other become a refusal."""
    facts = weighed_facts(application, on, choice)
    areas = offices.scopes(application.village_id)
    try:
        return facts, assess_all(facts, figures.book(), areas, on, application.household.urban)
    except BadFacts as bad:
        raise _contradiction(bad) from bad


@dataclass(frozen=True)
class Outlook:
    """What an opinion of today could be: the assessment, what stops it, the lawful choices, who might apply alone."""

    assessment: Assessment
    stopping: tuple[Outcome, ...]
    sets: tuple[tuple[Outcome, ...], ...]
    alone: tuple[Outcome, ...]
    resolved: Grant | None = None

    @property
    def plain(self) -> bool:
        """Whether dibao, or nothing, is all that there is to decide on."""
        met = [each for each in self.assessment.outcomes if each.verdict is Verdict.MET]
        return (
            not self.alone
            and not self.resolved
            and all(each.programme is Programme.DIBAO for each in met)
            and len(met) < 2
        )


def outlook(application: Application, on: dt.date, single_reason: str = "") -> Outlook:
    """For the page of the opinion. Refuses facts that contradict each other."""
    facts, assessment = weigh(application, on, Choice(None, single_reason.strip()))
    alone = [each for each in assessment.of(Programme.DIBAO) if each.scope == SINGLE and not facts.household.single]
    try:
        resolved = granted_by_conference(application, assessment, on)
    except Unset:
        resolved = None
    stopping = _stopping(assessment, facts, resolved)
    return Outlook(assessment, tuple(stopping), tuple(lawful_sets(assessment)), tuple(alone), resolved)


def work_out(application: Application, on: dt.date, choice: Choice = PROPOSED) -> WorkedOut:
    """The assessment bound to its facts and figures.

    Refuses contradictions, what is open above the proposal, and a choice that is not lawful; raises Unset where
    dibao itself lacks a figure.
    """
    facts, assessment = weigh(application, on, choice)
    resolved = granted_by_conference(application, assessment, on)
    _demand_closed(application, on, assessment, _stopping(assessment, facts, resolved))
    keys = choice.keys
    outcomes = chosen(assessment, None if keys is None else [key for key in keys if key != CONFERENCE])
    grants = tuple(grant_of(outcome, facts) for outcome in outcomes)
    taken = resolved is not None and (keys is None or CONFERENCE in keys)
    found = _bound(facts, assessment, outcomes, (*grants, resolved) if resolved and taken else grants)
    return replace(found, best=(*found.best, CONFERENCE)) if resolved else found


def _stopping(assessment: Assessment, facts: ApplicationFacts, resolved: Grant | None) -> list[Outcome]:
    """What stops an opinion; what a conference has resolved does not."""
    found = blocking(assessment, facts)
    return [each for each in found if not resolved or each.programme is not Programme.RIGID_EXPENDITURE]


def blocking(assessment: Assessment, facts: ApplicationFacts) -> list[Outcome]:
    """What is open and stops an opinion."""
    asked = {row.person for row in facts.tekun}
    granted = bool(assessment.proposed)

    def stops(outcome: Outcome) -> bool:
        if outcome.scope == SINGLE and not facts.household.single and not facts.household.single_reason:
            return False
        # Where nobody has said what an obligor counts for who cannot be found out, help that is due does not wait for it.
        waits = outcome.person in asked and set(outcome.missing) != {UNESTABLISHED}
        return not (granted and outcome.programme is Programme.TEKUN) or waits

    return [outcome for outcome in assessment.pending if stops(outcome)]


def open_words(outcome: Outcome) -> str:
    """What is missing for a programme and where it is recorded, in one sentence."""
    points = "".join(outcome.open_points).rstrip("。")
    where = "" if outcome.missing else RECORDED_BY.get(outcome.programme, "")
    return f"{outcome.title}还不能核算：{points}{f'（{where}）' if where else ''}"


def _demand_closed(application: Application, on: dt.date, assessment: Assessment, stopping: Sequence[Outcome]) -> None:
    if not stopping:
        return
    if any(outcome.programme is Programme.DIBAO and not outcome.person for outcome in stopping):
        _say_what_dibao_lacks(application, on)
    words = "；".join(open_words(outcome) for outcome in stopping)
    raise Refused(f"{words}。补全后才能拟定审核意见，不能略过。", "open_programme")


def _say_what_dibao_lacks(application: Application, on: dt.date) -> None:
    """The figure that dibao lacks, or the contradiction in its facts, in its own words."""
    try:
        reckon(application, on)
    except BadFacts as bad:
        raise _contradiction(bad) from bad


def _contradiction(bad: BadFacts) -> Refused:
    return Refused(f"申报和核对的内容前后矛盾，不能核算：{bad.sentence}", "bad_facts")


def _bound(
    facts: ApplicationFacts, assessment: Assessment, outcomes: Sequence[Outcome], grants: tuple[Grant, ...]
) -> WorkedOut:
    speaks = principal(outcomes) or _resolved(assessment, grants) or _refused(assessment)
    found = speaks.reckoning
    if found is None:
        raise ValueError("an opinion rests on a Reckoning")
    decisive = list(_decisive(assessment, outcomes, facts))
    basis = {"facts": plain(facts.household), "figures": figures_of(_reckonings(decisive) or [found])}
    if not _plain_dibao(decisive, outcomes, assessment):
        basis |= {"application": _beyond(facts), "results": [_result(each) for each in decisive]}
        basis["grants"] = [grant.key for grant in grants]
        if resolved := [grant.by_conference for grant in grants if grant.by_conference]:
            basis["conference"] = resolved
    covered = {ref: fen for grant in reversed(grants) for ref, fen in grant.covered}
    who = covered if grants else dict.fromkeys(found.covered_refs, 0)
    head = next((grant for grant in grants if not grant.person), None)
    return WorkedOut(
        assessment=assessment,
        grants=grants,
        best=tuple(key_of(outcome) for outcome in assessment.proposed),
        reckoning=plain(found.to_json()),
        inputs={**basis, "covered": [{"person": ref, "supplement_fen": fen} for ref, fen in _in_order(facts, who)]},
        digest=digest(basis),
        eligible=bool(assessment.proposed),
        members=head.members if head else len(grants) or found.members,
        covered=len(who),
        amount_fen=sum(grant.amount_fen for grant in grants),
        category=next((grant.category for grant in grants if grant.category), ""),
        recertify_months=found.recertify_months or None,
        conditions=tuple(failure.sentence.rstrip("。") for failure in speaks.reasons),
    )


def _in_order(facts: ApplicationFacts, who: dict[str, int]) -> Iterator[tuple[str, int]]:
    return ((person.ref, who[person.ref]) for person in facts.household.people if person.ref in who)


def _resolved(assessment: Assessment, grants: Sequence[Grant]) -> Outcome | None:
    """What speaks for a recognition by conference: the weighing that it departed from, as far as there is one."""
    if not any(grant.by_conference for grant in grants):
        return None
    return next((each for each in assessment.of(Programme.RIGID_EXPENDITURE) if each.reckoning is not None), None)


def _refused(assessment: Assessment) -> Outcome:
    """What speaks for a refusal: dibao, which was applied for."""
    return next(each for each in assessment.of(Programme.DIBAO) if each.reckoning is not None)


def _decisive(assessment: Assessment, outcomes: Sequence[Outcome], facts: ApplicationFacts) -> Iterator[Outcome]:
    """What the opinion rests on: everything that is not granted and ranks as high as what is; of a refusal everything."""
    last = max((RANK.index(each.programme) for each in outcomes), default=len(RANK))
    asked = {row.person for row in facts.tekun}
    for each in assessment.outcomes:
        unasked = bool(outcomes) and each.programme is Programme.TEKUN and each.person not in asked
        if RANK.index(each.programme) <= last and not unasked and each.verdict is not Verdict.OPEN:
            yield each


def _plain_dibao(decisive: Sequence[Outcome], outcomes: Sequence[Outcome], assessment: Assessment) -> bool:
    """Dibao as proposed and nothing beside it: bound as opinions on dibao alone always were."""
    return (
        list(outcomes) == list(assessment.proposed) == list(decisive)
        and all(each.programme is Programme.DIBAO for each in outcomes)
        and bool(outcomes)
    )


def _reckonings(outcomes: Iterable[Outcome]) -> list[Reckoning]:
    return [each.reckoning for each in outcomes if each.reckoning is not None]


def _beyond(facts: ApplicationFacts) -> dict[str, Any]:
    """The facts beyond the household."""
    return {each.name: plain(getattr(facts, each.name)) for each in fields(facts) if each.name != "household"}


def _result(outcome: Outcome) -> dict[str, Any]:
    reasons = [reason.code for reason in outcome.reasons]
    return {"key": key_of(outcome), "verdict": outcome.verdict.value, "amount_fen": outcome.amount_fen, "no": reasons}
