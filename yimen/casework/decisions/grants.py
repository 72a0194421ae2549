"""What an opinion grants: outcomes of an assessment chosen together, lawful side by side (rules.md §10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from typing import Any, TypeVar

from yimen.base.access.refusal import Refused
from yimen.law.money import show
from yimen.law.reckoning import Line, Reckoning, number_of
from yimen.law.reckoning.assessment import Assessment, Outcome, Verdict
from yimen.law.reckoning.proposals import RECOGNITIONS
from yimen.law.rules.applied import ApplicationFacts
from yimen.law.rules.assess import REST, SINGLE
from yimen.law.rules.supplements import supplements_of
from yimen.law.terms import Programme, SelfCare, SupportForm

_CODES = {REST: "rest", SINGLE: "single"}


@dataclass(frozen=True)
class Grant:
    """One programme granted to whom: a household, its other members, or one person. Money in fen a month, 0 for a recognition.

    ``months`` is the interval of review, of 刚性支出 the longest validity. ``basic_fen`` and
    ``care_fen`` are the two parts of 特困 where they make the sum. ``by_conference``: recognised by a case
    conference although the conditions are not met by the figures alone (R9).
    """

    key: str
    programme: Programme
    title: str
    person: str
    name: str
    single: bool
    members: int
    covered: tuple[tuple[str, int], ...]
    amount_fen: int
    category: str
    category_label: str
    months: int
    urban: bool
    self_care: str = ""
    support_form: str = ""
    basic_fen: int | None = None
    care_fen: int | None = None
    by_conference: str = ""

    @property
    def recognition(self) -> bool:
        """Whether it is a recognition without a monthly amount."""
        return self.programme.value in RECOGNITIONS

    @property
    def persons(self) -> set[str]:
        """References of those covered."""
        return {ref for ref, _ in self.covered}

    @property
    def kind(self) -> str:
        """The programme as papers and boards name it: 城市最低生活保障, 特困人员救助供养（分散供养）."""
        if self.programme is Programme.DIBAO:
            return ("城市" if self.urban else "农村") + self.programme.label + ("（单独申请）" if self.single else "")
        return self.programme.label + ("（一事一议）" if self.by_conference else "")

    @property
    def level(self) -> str:
        """Category of dibao; level of self-care and form of support of 特困; empty otherwise."""
        if self.programme is Programme.TEKUN:
            return f"{SupportForm(self.support_form).label}，{SelfCare(self.self_care).label}"
        return self.category_label

    @property
    def amount_words(self) -> str:
        """The amount a month in words, or that nothing is paid."""
        return f"每月 {show(self.amount_fen)} 元" if self.amount_fen else "不发放保障金"

    def plain(self) -> dict[str, Any]:
        """In JSON's own types."""
        return {**asdict(self), "programme": self.programme.value, "covered": [list(pair) for pair in self.covered]}

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Grant:
        """What ``plain`` wrote."""
        covered = tuple((str(ref), int(fen)) for ref, fen in row["covered"])
        return cls(**{**row, "programme": Programme(row["programme"]), "covered": covered})


@dataclass(frozen=True)
class Choice:
    """What the township chose beyond the facts: which outcomes (None: as proposed), and why a person applies alone."""

    keys: tuple[str, ...] | None = None
    single_reason: str = ""


PROPOSED = Choice()


def key_of(outcome: Outcome) -> str:
    """How an outcome is named in a form and in an opinion."""
    parts = [outcome.programme.value, outcome.person, _CODES.get(outcome.scope, "")]
    return ":".join(part for part in parts if part)


def grant_of(outcome: Outcome, facts: ApplicationFacts) -> Grant:
    """An outcome whose conditions are met as what is granted."""
    found = outcome.reckoning
    if found is None or outcome.verdict is not Verdict.MET:
        raise ValueError(f"{outcome.title} is not met")
    grant = Grant(
        key_of(outcome),
        outcome.programme,
        outcome.title,
        outcome.person,
        outcome.name,
        outcome.programme is Programme.DIBAO and bool(outcome.person),
        found.members,
        supplements_of(found),
        found.amount_fen,
        found.category,
        found.category_label,
        found.recertify_months,
        found.urban,
    )
    return _tekun(grant, found, facts) if outcome.programme is Programme.TEKUN else grant


def _tekun(grant: Grant, found: Reckoning, facts: ApplicationFacts) -> Grant:
    """The level is the category of the Reckoning; the form was chosen by the person; urban or rural goes by land (T19)."""
    row = next(row for row in facts.tekun if row.person == grant.person)
    form = row.form.value if row.form else ""
    urban = found.line("tekun.kind").value == "城市"
    basic, care = (_fen(line) for line in standards_of(found))
    parts = {"basic_fen": basic, "care_fen": care} if basic + care == grant.amount_fen else {}
    bare = replace(grant, category="", category_label="", urban=urban, **parts)
    return replace(bare, self_care=found.category, support_form=form)


def standards_of(found: Reckoning) -> tuple[Line, Line]:
    """The two published standards that the amount of 特困 is the sum of: basic living, and care."""
    total = found.line("amount")
    basic, care = (total if total.op == "sum" else total.operands[0]).operands
    return basic, care


def _fen(line: Line) -> int:
    """A line in whole fen; -1 where it lies between two."""
    value = number_of(line)
    return int(value) if value.denominator == 1 else -1


def chosen(assessment: Assessment, keys: Sequence[str] | None) -> list[Outcome]:
    """The outcomes of a choice in the order of the assessment. Refuses what is unknown, not met, or not lawful together."""
    if keys is None:
        return list(assessment.proposed)
    known = {key_of(outcome): outcome for outcome in assessment.outcomes}
    for key in keys:
        outcome = known.get(key)
        if outcome is None:
            raise _no("没有这一项救助项目，请刷新页面后重新选择。")
        if outcome.verdict is not Verdict.MET:
            raise _no(f"{outcome.title}{outcome.shown.rstrip('。')}，不能予以确认（认定）。")
    found = [outcome for key, outcome in known.items() if key in keys]
    if problem := next(_clashes(found, assessment), ""):
        raise _no(problem)
    return found


def _no(sentence: str) -> Refused:
    return Refused(sentence, "not_lawful", 422, "grants")


def _clashes(found: Sequence[Outcome], assessment: Assessment) -> Iterator[str]:
    """Why these do not stand side by side: nobody twice, one programme for the household, 单人保 beside 边缘 only."""
    whole = [each for each in found if not each.person]
    if len(whole) > 1:
        yield f"{'、'.join(each.title for each in whole)}只能选择一项：一个家庭只纳入一类。"
    tekun = {each.person for each in found if each.programme is Programme.TEKUN}
    supposed = {each.person for each in assessment.proposed if each.programme is Programme.TEKUN}
    for each in whole:
        rest = each.scope == REST or each.programme is not Programme.DIBAO
        if rest and tekun != supposed:
            yield f"{each.title}是按特困人员另行供养计算的，须与全部符合的特困人员一并选择。"
        if not rest and tekun:
            yield f"{each.title}包括选择了特困供养的人员，一人不能重复保障。"
    for each in found:
        if each.programme is Programme.DIBAO and each.person:
            if each.person in tekun:
                yield f"{each.name}不能同时享受特困供养和最低生活保障，请选择一项。"
            # Whoever applies alone from the beginning comes from a household that was recognised before.
            edge = [row for row in assessment.outcomes if row.programme is Programme.EDGE]
            if edge and not any(row.programme is Programme.EDGE for row in found):
                yield f"{each.title}须与低保边缘家庭一并选择。"


Named = TypeVar("Named", Outcome, Grant)


def lawful_sets(assessment: Assessment) -> list[tuple[Outcome, ...]]:
    """Every choice that is lawful, what is proposed first, then the larger before the smaller."""
    met = [each for each in assessment.outcomes if each.verdict is Verdict.MET]
    subsets = (each for size in range(len(met), 0, -1) for each in combinations(met, size))
    lawful = [each for each in subsets if not any(_clashes(each, assessment))]
    return sorted(lawful, key=lambda each: each != assessment.proposed)


def principal(outcomes: Sequence[Named]) -> Named | None:
    """The outcome or grant that speaks for the household, else for the first person."""
    return next((each for each in outcomes if not each.person), next(iter(outcomes), None))


def words_of(grants: Sequence[Grant]) -> str:
    """The programmes granted, each once, as notices and letters name them."""
    return "、".join(dict.fromkeys(grant.kind for grant in grants))


def stored_grants(grants: Sequence[Grant], choice: Choice) -> dict[str, Any]:
    """What an opinion keeps of its grants and of how they were chosen."""
    keys = list(choice.keys) if choice.keys is not None else None
    return {"granted": [grant.plain() for grant in grants], "keys": keys, "single_reason": choice.single_reason}


def grants_of(opinion: Any) -> list[Grant]:
    """What an opinion grants; of one from before programmes were weighed side by side, dibao as it says."""
    if opinion.grants is not None:
        return [Grant.read(row) for row in opinion.grants["granted"]]
    if not opinion.approve:
        return []
    found = Reckoning.from_json(opinion.reckoning)
    alone = next((row for row in opinion.inputs["facts"]["people"] if row["relation"] == "self"), {})
    single = bool(opinion.inputs["facts"]["single_ground"])
    return [
        Grant(
            Programme.DIBAO.value,
            Programme.DIBAO,
            Programme.DIBAO.label,
            str(alone.get("ref", "")) if single else "",
            str(alone.get("name", "")) if single else "",
            single,
            opinion.members,
            tuple((row["person"], row["supplement_fen"]) for row in opinion.inputs["covered"]),
            opinion.amount_fen,
            opinion.category,
            found.category_label,
            opinion.recertify_months or 0,
            found.urban,
        )
    ]


def choice_of(opinion: Any) -> Choice:
    """How an opinion was chosen, to weigh the case again in the same way."""
    kept = opinion.grants or {}
    keys = kept.get("keys")
    return Choice(tuple(keys) if keys is not None else None, kept.get("single_reason", ""))


def reckoning_for(opinion: Any, grant: Grant) -> Reckoning:
    """The Reckoning that a grant of an opinion rests on."""
    for row in (opinion.assessment or {}).get("outcomes", ()):
        parts = [row["programme"], row["person"], _CODES.get(row["scope"], "")]
        if row["reckoning"] and ":".join(part for part in parts if part) == grant.key:
            return Reckoning.from_json(row["reckoning"])
    return Reckoning.from_json(opinion.reckoning)
