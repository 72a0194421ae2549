"""Declared beside verified, as plain values: which lines agree, which differ, which no source can tell (T14).

No database here. Amounts are whole fen; a found amount is converted to the declared period and rounded to the fen once,
then compared exactly. Nothing found is 0 only where a source has answered; no answer never agrees with anything (K10).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from yimen.casework.verification import wording
from yimen.law.checks import ITEMS, AnswerState, Item, Measure, is_item, item, source, sources_for
from yimen.law.money import round_fen
from yimen.law.terms import Match

Key = tuple[str, int]
"""("person", id) or ("obligor", id)."""

MONTHS = {"month": 1, "quarter": 3, "season": 6, "year": 12}
OBLIGOR_INCOME = "obligor_income"
UNDECLARED = "未申报"
NOT_FOUND = "来源已反馈，未查到"
_ASK_ALWAYS = {Measure.MONEY, Measure.COUNT}


@dataclass(frozen=True)
class Party:
    """A person asked about; ``obligor`` when outside the household."""

    key: Key
    name: str
    obligor: bool = False


@dataclass(frozen=True)
class Declared:
    """One declared thing; ``party`` None means the household as a whole."""

    item: str
    text: str
    party: Key | None = None
    fen: int | None = None
    count: int | None = None
    period: str = ""
    income_id: int | None = None
    property_id: int | None = None


@dataclass(frozen=True)
class Found:
    """One thing that a source found about a party."""

    party: Key
    item: str
    source: str
    text: str
    queried_on: date | None
    fen: int | None = None
    count: int | None = None
    period: str = ""


@dataclass(frozen=True)
class Answers:
    """What came back: findings, and for each party and source the state of its answer."""

    asked: frozenset[str]
    states: dict[tuple[Key, str], str] = field(default_factory=dict)
    found: tuple[Found, ...] = ()

    def answered(self, parties: Iterable[Party], code: str) -> bool:
        """Whether any asked source of the item answered about any of the parties."""
        codes = self.sources(code)
        return any(self.states.get((party.key, one)) == AnswerState.ANSWERED for party in parties for one in codes)

    def sources(self, code: str) -> list[str]:
        """The asked sources of an item, the principal one first."""
        return [one.code for one in sources_for(code) if one.code in self.asked] if is_item(code) else []


@dataclass(frozen=True)
class Line:
    """One line of the comparison."""

    party: Key | None
    name: str
    item: str
    match: Match
    declared_text: str = ""
    declared_fen: int | None = None
    declared_count: int | None = None
    period: str = ""
    verified_text: str = ""
    verified_fen: int | None = None
    verified_count: int | None = None
    verified_period: str = ""
    source: str = ""
    queried_on: date | None = None
    income_id: int | None = None
    property_id: int | None = None


def compare(parties: Sequence[Party], declared: Sequence[Declared], answers: Answers) -> list[Line]:
    """Every line of one case, items in the order of the catalogue, then declared things that no source knows."""
    household = [party for party in parties if not party.obligor]
    lines = [line for known in ITEMS for line in _item_lines(known, household, declared, answers)]
    strange = [one for one in declared if not is_item(one.item) and one.item != OBLIGOR_INCOME]
    names = {party.key: party.name for party in parties}
    lines += [_line(one, names, Match.NO_SOURCE) for one in strange]
    for party in parties:
        if party.obligor:
            lines += _obligor_lines(party, declared, answers)
    return lines


def pending(parties: Sequence[Party], declared: Sequence[Declared]) -> list[Line]:
    """The same declared things while the check has not come back: all 待核对, whatever has arrived in part."""
    names = {party.key: party.name for party in parties}
    return [_line(one, names, Match.PENDING) for one in declared]


def _item_lines(known: Item, household: list[Party], declared: Sequence[Declared], answers: Answers) -> list[Line]:
    ours = [one for one in declared if one.item == known.code]
    found = [one for one in answers.found if one.item == known.code and one.party[0] == "person"]
    # A thing declared for the household may be found with any of its members, so they are looked at together.
    together = any(one.party is None for one in ours)
    groups = [household] if together else [[party] for party in household]
    lines: list[Line] = []
    for group in groups:
        keys = {party.key for party in group}
        mine = [one for one in ours if one.party is None or one.party in keys]
        theirs = [one for one in found if one.party in keys]
        lines += _Group(known, group, answers).lines(mine, theirs)
    return lines


@dataclass(frozen=True)
class _Group:
    """One item of one person, or of a household together."""

    item: Item
    parties: list[Party]
    answers: Answers

    def lines(self, declared: list[Declared], found: list[Found]) -> list[Line]:
        if not found:
            return self._without_findings(declared)
        if self.item.measure is Measure.TEXT:
            return self._texts(declared, found)
        principal = next(
            code
            for code in self.answers.sources(self.item.code) or [found[0].source]
            if any(one.source == code for one in found)
        )
        first = [one for one in found if one.source == principal]
        others = [one for one in found if one.source != principal]
        lines = [self._against(ones, hits) for ones, hits in _pairs(declared, first)]
        return self._with_others(lines, first, others)

    def _names(self) -> dict[Key, str]:
        return {party.key: party.name for party in self.parties}

    def _without_findings(self, declared: list[Declared]) -> list[Line]:
        answered = self.answers.answered(self.parties, self.item.code)
        lines = []
        for one in declared:
            if not answered:
                lines.append(_line(one, self._names(), Match.NO_SOURCE))
                continue
            match = wording.match_nothing(self.item.code, one.text) if self.item.measure is Measure.TEXT else None
            nothing = one.fen == 0 or one.count == 0
            match = match or (Match.AGREED if nothing else _unsaid(one, self.item))
            line = _line(one, self._names(), match)
            zero = 0 if self.item.is_money and match is not Match.NO_SOURCE else None
            none = 0 if self.item.is_count else None
            lines.append(
                replace(
                    line,
                    verified_text=NOT_FOUND,
                    verified_fen=zero,
                    verified_count=none,
                    verified_period=one.period,
                    source=self._first_source(),
                )
            )
        return lines if declared else self._nobody_knows(answered)

    def _first_source(self) -> str:
        for code in self.answers.sources(self.item.code):
            if any(self.answers.states.get((party.key, code)) == AnswerState.ANSWERED for party in self.parties):
                return code
        return ""

    def _nobody_knows(self, answered: bool) -> list[Line]:
        """Nothing declared and no source could be asked: somebody has to look (K10)."""
        if answered or self.item.measure not in _ASK_ALWAYS or not self.answers.sources(self.item.code):
            return []
        return [
            Line(party.key, party.name, self.item.code, Match.NO_SOURCE, UNDECLARED, verified_text="来源暂不能查询")
            for party in self.parties
        ]

    def _texts(self, declared: list[Declared], found: list[Found]) -> list[Line]:
        said = declared[0] if declared else None
        words = "；".join(one.text for one in found)
        match = wording.match_text(self.item.code, said.text if said else "", [one.text for one in found])
        base = _line(said, self._names(), match) if said else self._undeclared(found[0].party, match)
        return [replace(base, verified_text=words, source=found[0].source, queried_on=found[0].queried_on)]

    def _undeclared(self, key: Key, match: Match = Match.DIFFERENT) -> Line:
        return Line(key, self._names()[key], self.item.code, match, UNDECLARED)

    def _against(self, declared: list[Declared], found: list[Found]) -> Line:
        """One line: at most one declared thing beside all that was found for it."""
        if not found:
            return self._without_findings(declared)[0]
        if self.item.is_count:
            return self._counted(declared, found)
        amount = total(found)
        if declared:
            match = Match.AGREED if amount and _equal(declared[0], *amount) else Match.DIFFERENT
            base = _line(declared[0], self._names(), match)
        else:
            base = self._undeclared(found[0].party, Match.AGREED if amount and amount[0] == 0 else Match.DIFFERENT)
        return replace(
            base,
            verified_text="；".join(one.text for one in found),
            verified_fen=amount[0] if amount else None,
            verified_period=amount[1] if amount else "",
            source=found[0].source,
            queried_on=found[0].queried_on,
        )

    def _counted(self, declared: list[Declared], found: list[Found]) -> Line:
        said = sum(one.count or 0 for one in declared)
        seen = sum(one.count or 0 for one in found)
        match = Match.AGREED if said == seen else Match.DIFFERENT
        base = _line(declared[0], self._names(), match) if declared else self._undeclared(found[0].party, match)
        return replace(
            base,
            declared_count=said,
            declared_text="；".join(one.text for one in declared) or UNDECLARED,
            verified_text="；".join(one.text for one in found),
            verified_count=seen,
            source=found[0].source,
            queried_on=found[0].queried_on,
        )

    def _with_others(self, lines: list[Line], first: list[Found], others: list[Found]) -> list[Line]:
        """Further sources of the same thing: named in the first line, and a difference where they say another amount."""
        if not others or not lines:
            return lines
        by_source: dict[str, list[Found]] = defaultdict(list)
        for one in others:
            by_source[one.source].append(one)
        line = lines[0]
        for code, hits in by_source.items():
            words = f"{line.verified_text}；另据{source(code).label}：{'；'.join(one.text for one in hits)}"
            agrees = self._says_the_same(first, hits)
            line = replace(line, verified_text=words, match=line.match if agrees else Match.DIFFERENT)
        return [line, *lines[1:]]

    def _says_the_same(self, first: list[Found], hits: list[Found]) -> bool:
        if self.item.is_count:
            return sum(one.count or 0 for one in first) == sum(one.count or 0 for one in hits)
        left, right = total(first), total(hits)
        return left is not None and right is not None and monthly(*left) == monthly(*right)


def _unsaid(one: Declared, known: Item) -> Match:
    """Declared, asked, nothing found: a thing without a value (land by area) is for a visit, the rest is a difference."""
    valued = known.measure is Measure.TEXT or one.fen is not None or one.count is not None
    return Match.DIFFERENT if valued else Match.NO_SOURCE


def _pairs(declared: list[Declared], found: list[Found]) -> list[tuple[list[Declared], list[Found]]]:
    """Which findings stand beside which declared thing: equal amounts first, one beside all the rest, else in order."""
    left, rest = [], list(found)
    pairs: list[tuple[list[Declared], list[Found]]] = []
    if found and found[0].count is not None:
        return [(declared, found)]
    for one in declared:
        hit = next((each for each in rest if each.fen is not None and _equal(one, each.fen, each.period)), None)
        if hit and len(declared) > 1:
            rest.remove(hit)
            pairs.append(([one], [hit]))
        else:
            left.append(one)
    if len(left) == 1:
        return [*pairs, (left, rest)]
    beside = [([one], rest[at : at + 1]) for at, one in enumerate(left)]
    return [*pairs, *beside, *(([], [one]) for one in rest[len(left) :])]


def monthly(fen: int, period: str) -> Fraction:
    """An amount per month; a balance or a single payment stays what it is."""
    return Fraction(fen, MONTHS.get(period, 1))


def total(found: Sequence[Found]) -> tuple[int, str] | None:
    """The sum of found amounts with its period; None where they cannot be added."""
    amounts = [(one.fen, one.period) for one in found if one.fen is not None]
    periods = {period for _, period in amounts}
    if not amounts:
        return None
    if len(periods) == 1:
        return sum(fen for fen, _ in amounts), periods.pop()
    if not periods <= set(MONTHS):
        return None
    return round_fen(sum((monthly(fen, period) for fen, period in amounts), Fraction(0)), "half_up"), "month"


def _equal(one: Declared, fen: int, period: str) -> bool:
    if one.fen is None:
        return False
    if one.period in MONTHS and period in MONTHS:
        return round_fen(monthly(fen, period) * MONTHS[one.period], "half_up") == one.fen
    return one.fen == fen and (one.period == period or not one.period)


def _obligor_lines(party: Party, declared: Sequence[Declared], answers: Answers) -> list[Line]:
    """Of an obligor only the income is looked at: the found income of one must not exceed that declared of the family."""
    found = [one for one in answers.found if one.party == party.key and one.item in ("wage", "pension")]
    said = next((one for one in declared if one.party == party.key and one.item == OBLIGOR_INCOME), None)
    names = {party.key: party.name}
    if said is None and not found:
        return []
    base = (
        _line(said, names, Match.NO_SOURCE)
        if said
        else Line(party.key, party.name, OBLIGOR_INCOME, Match.DIFFERENT, UNDECLARED)
    )
    amount = total(found)
    if amount is None:
        return [base]
    low = round_fen(monthly(*amount), "half_up")
    agreed = said is not None and said.fen is not None and low <= said.fen
    return [
        replace(
            base,
            match=Match.AGREED if agreed else Match.DIFFERENT,
            verified_fen=low,
            verified_period="month",
            verified_text="；".join(one.text for one in found),
            source=found[0].source,
            queried_on=found[0].queried_on,
        )
    ]


def _line(one: Declared, names: dict[Key, str], match: Match) -> Line:
    return Line(
        one.party,
        names.get(one.party, "家庭") if one.party else "家庭",
        one.item,
        match,
        one.text,
        one.fen,
        one.count,
        one.period,
        income_id=one.income_id,
        property_id=one.property_id,
    )


def item_label(code: str) -> str:
    """An item in words; declared things outside the catalogue keep their own."""
    if code == OBLIGOR_INCOME:
        return "赡养（抚养、扶养）义务人家庭收入"
    return item(code).label if is_item(code) else wording.OTHER_ITEMS.get(code, "其他收入、财产")
