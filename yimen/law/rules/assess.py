"""一次申请、分类审核认定: one application against every programme, side by side, and the best lawful result proposed.

Exclusivity (rules.md §10): nobody is on dibao and tekun at once; a household is dibao, or edge, or rigid-expenditure,
and a severe member of an edge household may be on dibao singly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from yimen.law.reckoning import Failure, Reckoning
from yimen.law.reckoning.assessment import Assessment, Outcome, Verdict, pending_of
from yimen.law.rules.applied import ApplicationFacts, NotEstablished, check_application
from yimen.law.rules.context import T5
from yimen.law.rules.dibao import reckon_dibao
from yimen.law.rules.edge import ON_DIBAO, reckon_edge
from yimen.law.rules.facts import BadFacts, HouseholdFacts, PersonFacts
from yimen.law.rules.rigid import reckon_rigid
from yimen.law.rules.tekun import no_labour, reckon_tekun
from yimen.law.standards import BadFigure, Book, Missing, Unset
from yimen.law.terms import Programme, Relation

EDGE_DISABILITY, EDGE_ILLNESS = "edge_disability", "edge_illness"
SINGLE, REST, WHOLE = "单独申请", "其余成员，特困人员不重复保障", "全户"


@dataclass(frozen=True)
class _Asked:
    """The application with the place, the day and the figures it is weighed by."""

    facts: ApplicationFacts
    book: Book
    areas: tuple[str, ...]
    on: dt.date
    urban: bool

    @property
    def household(self) -> HouseholdFacts:
        return self.facts.household

    def dibao(self, household: HouseholdFacts) -> Reckoning:
        return reckon_dibao(household, self.book, self.areas, self.on, self.urban)


def assess_all(facts: ApplicationFacts, book: Book, areas: Sequence[str], on: dt.date, urban: bool) -> Assessment:
    """Every programme's result. A figure or a fact that is missing leaves its programme open and the others be.

    Raises BadFacts for facts that contradict each other.
    """
    check_application(facts, on)
    asked = _Asked(facts, book, tuple(areas), on, urban)
    tekun = list(_tekun(asked))
    supported = {row.person for row in facts.tekun if row.in_tekun}
    # Who is on 特困 stays there until it is refused: nobody is covered twice while something is still open.
    stays = {outcome.person for outcome in tekun if outcome.verdict is Verdict.OPEN} & supported
    taken = {outcome.person for outcome in tekun if outcome.verdict is Verdict.MET} | stays
    outcomes = [*tekun, *(_alone(asked) if facts.household.single else _household(asked, taken))]
    marked = tuple(replace(outcome, proposed=outcome in _best(outcomes, taken)) for outcome in outcomes)
    return Assessment(on, tuple(areas), urban, marked, _proposal(marked))


def _weighed(outcome: Outcome, reckon: Callable[[], Reckoning]) -> Outcome:
    try:
        return replace(outcome, reckoning=reckon())
    except Missing as missing:
        sentences = tuple(item.sentence for item in missing.items)
        return replace(outcome, open_points=sentences, missing=missing.keys)
    except Unset as unset:
        return replace(outcome, open_points=(unset.sentence,), missing=unset.keys)
    except NotEstablished as unknown:
        return replace(outcome, open_points=tuple(sentence for _, sentence in unknown.items))
    except BadFacts as bad:
        return replace(outcome, open_points=(bad.sentence,))
    except BadFigure as bad_figure:
        return replace(outcome, open_points=(str(bad_figure),))


# -- 特困, person by person ----------------------------------------------------------------


def _tekun(asked: _Asked) -> Iterator[Outcome]:
    """Whoever has a row for 特困, and whoever meets its first condition by age or disability."""
    single, applicant = asked.household.single, asked.household.applicant
    people = [person for person in asked.household.people if not person.status and (person is applicant or not single)]
    found = [outcome for person in people for outcome in _tekun_of(asked, person)]
    if found:
        yield from found
    else:
        none = Failure("tekun.no_labour", "申请的人员中没有无劳动能力的人员。", T5)
        yield Outcome(Programme.TEKUN, failures=(none,))


def _tekun_of(asked: _Asked, person: PersonFacts) -> Iterator[Outcome]:
    outcome = Outcome(Programme.TEKUN, person.ref, person.name)
    args = (asked.facts, person.ref, asked.book, asked.areas, asked.on)
    if asked.facts.tekun_of(person) is None:
        try:
            if not no_labour(*args):
                return
        except (Unset, BadFigure):
            pass
    yield _weighed(outcome, lambda: reckon_tekun(*args, asked.urban))


# -- the household ---------------------------------------------------------------------------


def _household(asked: _Asked, taken: set[str]) -> Iterator[Outcome]:
    """Dibao for all; where members go to 特困 also for the rest; then edge, single persons, rigid expenditure."""
    household = asked.household
    dibao = _weighed(Outcome(Programme.DIBAO, scope=WHOLE if taken else ""), lambda: asked.dibao(household))
    yield dibao
    rest = without(household, taken)
    if taken and len(taken) < len(household.people):
        dibao = _weighed(Outcome(Programme.DIBAO, scope=REST), lambda: asked.dibao(rest))
        yield dibao
    edge = _weighed(Outcome(Programme.EDGE), lambda: reckon_edge(rest, asked.book, asked.areas, asked.on, asked.urban))
    if edge.verdict is Verdict.OPEN and dibao.verdict is Verdict.MET:
        edge = Outcome(Programme.EDGE, failures=(ON_DIBAO,))
    yield edge
    if edge.verdict is Verdict.MET and edge.reckoning is not None:
        yield from _singles(asked, set(edge.reckoning.covered_refs))
    more = replace(asked.facts, household=rest)
    yield _weighed(
        Outcome(Programme.RIGID_EXPENDITURE),
        lambda: reckon_rigid(more, asked.book, asked.areas, asked.on, asked.urban),
    )


def without(household: HouseholdFacts, taken: set[str]) -> HouseholdFacts:
    """The household with those on 特困 counted and not covered."""
    label = Programme.TEKUN.label
    people = tuple(
        replace(person, other_programme=person.other_programme or label) if person.ref in taken else person
        for person in household.people
    )
    return replace(household, people=people)


def _alone(asked: _Asked) -> Iterator[Outcome]:
    """A separate application: only the applicant is weighed, for the household has not applied."""
    applicant = asked.household.applicant
    outcome = Outcome(Programme.DIBAO, applicant.ref, applicant.name, SINGLE)
    yield _weighed(outcome, lambda: asked.dibao(asked.household))


def _singles(asked: _Asked, members: set[str]) -> Iterator[Outcome]:
    """Severe members of the household just found to be an edge household (D8; L21.2; N 一(四))."""
    for person in asked.household.people:
        if person.ref not in members or not (person.severely_disabled or person.serious_illness):
            continue
        outcome = Outcome(Programme.DIBAO, person.ref, person.name, SINGLE)
        if not asked.household.single_reason.strip():
            sentence = f"{person.name}可以参照单人户申请；须经本人申请，并写明单独申请的理由。"
            yield replace(outcome, open_points=(sentence,))
            continue
        yield _weighed(outcome, lambda person=person: asked.dibao(apart(asked.household, person)))  # type: ignore[misc]


def apart(household: HouseholdFacts, person: PersonFacts) -> HouseholdFacts:
    """The same household with one member applying alone, the household being recognised as edge first."""
    people = tuple(
        replace(each, relation=Relation.SELF if each is person else _other(each.relation)) for each in household.people
    )
    ground = EDGE_DISABILITY if person.severely_disabled else EDGE_ILLNESS
    return replace(household, people=people, single_ground=ground, edge_confirmed=True)


def _other(relation: Relation) -> Relation:
    return Relation.OTHER if relation is Relation.SELF else relation


# -- the proposal ----------------------------------------------------------------------------


def _best(outcomes: Sequence[Outcome], taken: set[str]) -> list[Outcome]:
    """特困 for each who meets it (T4: 应当), then the first of dibao, edge with its single persons, rigid."""
    met = [outcome for outcome in outcomes if outcome.verdict is Verdict.MET]
    best = [outcome for outcome in met if outcome.programme is Programme.TEKUN]
    dibao = [outcome for outcome in met if outcome.programme is Programme.DIBAO]
    whole = [each for each in dibao if not each.person and (each.scope == REST or not taken)]
    edge = [outcome for outcome in met if outcome.programme is Programme.EDGE]
    if whole:
        return [*best, whole[0]]
    alone = [each for each in dibao if each.person and each.person not in taken]
    if edge or alone:
        return [*best, *edge, *alone]
    return [*best, *(outcome for outcome in met if outcome.programme is Programme.RIGID_EXPENDITURE)]


def _proposal(outcomes: Sequence[Outcome]) -> str:
    proposed = [outcome for outcome in outcomes if outcome.proposed]
    pending = pending_of(outcomes)
    caution = f"尚不能核算：{'、'.join(outcome.title for outcome in pending)}，补全后再比较。" if pending else ""
    if proposed:
        chosen = "；".join(f"{outcome.title}{_amount(outcome)}" for outcome in proposed)
        return f"建议：{chosen}。{caution}由确认机关决定。"
    if pending:
        return f"建议：暂不作出结论。{caution}"
    return "建议：各项目均不符合，不予确认、认定。"


def _amount(outcome: Outcome) -> str:
    return outcome.shown.removeprefix(Verdict.MET.label) if outcome.amount_fen else ""
