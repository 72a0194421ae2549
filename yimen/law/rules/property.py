"""Property limits, each a line that passes or fails (D14; L23; rules.md §2.3). No national figure exists.

Every programme has limits of its own; the keys are those of its ``Terms.limits``.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from yimen.law.reckoning import Failure, Line, compute, figure_line, given, group
from yimen.law.rules.context import DIBAO, L23, Case, Terms
from yimen.law.rules.facts import BadFacts, HouseholdFacts, PropertyFact
from yimen.law.standards import Figure, Value, exact
from yimen.law.terms import PropertyKind

DEPOSITS, VEHICLES, HOUSES, EXEMPTIONS = "deposits", "vehicles", "houses", "exemptions"
FINANCIAL = (PropertyKind.DEPOSIT, PropertyKind.SECURITIES, PropertyKind.INSURANCE, PropertyKind.CLAIM)
BY_VALUE = {PropertyKind.BUSINESS: "business", PropertyKind.MACHINERY: "machinery"}
COUNTED = {PropertyKind.VEHICLE: (VEHICLES, "vehicle"), PropertyKind.HOUSE: (HOUSES, "house")}


def property_keys(facts: HouseholdFacts, terms: Terms = DIBAO) -> Iterator[str]:
    """The three limits that every household is held against, and those its property asks for."""
    for name in (DEPOSITS, VEHICLES, HOUSES):
        yield f"{terms.limits}.{name}"
    for owned in facts.properties:
        if owned.kind in BY_VALUE:
            yield f"{terms.limits}.{BY_VALUE[owned.kind]}"
        if owned.exemption:
            yield f"{terms.limits}.{EXEMPTIONS}"


def _limit(case: Case, name: str) -> Figure:
    return case.figures[f"{case.terms.limits}.{name}"]


def _basis(case: Case) -> str:
    return f"{case.terms.property}；{L23}"


def property_section(case: Case) -> tuple[Line, list[Failure]]:
    """All limits and whether all are kept, with a failure for each that is not."""
    owned = [item for item in case.facts.properties if _belongs(case, item)]
    exempt = [item for item in owned if item.exemption]
    rest = [item for item in owned if not item.exemption]
    tests = [_deposits(case, rest)]
    for kind in COUNTED:
        tests += _things(case, kind, [item for item in rest if item.kind is kind])
    for kind, key in BY_VALUE.items():
        tests += _by_value(case, key, [item for item in rest if item.kind is kind])
    met = compute(
        "property.met", "家庭财产符合规定", "all", tests, "yes", formula="各项均不超过限制", basis=_basis(case)
    )
    lines = [
        met,
        *_aside(case, exempt, "property.exempt", "豁免的财产"),
        *_aside(case, _unlimited(rest), "property.noted", "仅登记的财产"),
    ]
    return group("property", "家庭财产", lines), [_failure(case, test) for test in tests if test.value is False]


def _belongs(case: Case, item: PropertyFact) -> bool:
    if item.owner:
        return case.is_counted(item.owner)
    return not case.facts.single


def _unlimited(owned: list[PropertyFact]) -> list[PropertyFact]:
    return [item for item in owned if item.kind in {PropertyKind.LAND, PropertyKind.FIXTURE}]


def _failure(case: Case, test: Line) -> Failure:
    actual, limit = test.operands[0], test.operands[1]
    sentence = f"{actual.name}为{actual.shown}，超过{limit.name}{limit.shown}。"
    return Failure(test.code, sentence, _basis(case), f"{actual.shown}＞{limit.shown}")


def _aside(case: Case, owned: list[PropertyFact], code: str, name: str) -> list[Line]:
    lines = [_thing(item, _exemption(case, item)) for item in owned]
    return [group(code, name, lines)] if lines else []


def _exemption(case: Case, item: PropertyFact) -> str:
    if not item.exemption:
        return ""
    for row in _limit(case, EXEMPTIONS).as_rows():
        if row.get("code") == item.exemption:
            return f"豁免：{row.get('label', item.exemption)}"
    raise BadFacts(f"properties.{item.ref}.exemption", f"“{item.exemption}”不是规定可以豁免的财产。")


def _thing(item: PropertyFact, note: str = "") -> Line:
    notes = "；".join(part for part in (note, item.source) if part)
    name = item.label or item.kind.label
    return given(f"property.{item.ref}", name, item.value_fen, "fen", note=notes, declared=item.declared_fen)


def _deposits(case: Case, rest: list[PropertyFact]) -> Line:
    things = [_thing(item) for item in rest if item.kind in FINANCIAL]
    total = compute(
        "property.financial", "存款等金融资产合计", "sum", things, "fen", formula="各项之和", basis=case.terms.property
    )
    return compute(
        "property.deposits",
        "金融资产不超过上限",
        "at_most",
        [total, _deposit_limit(case)],
        "yes",
        formula="合计≤上限",
        basis=_basis(case),
    )


def _deposit_limit(case: Case) -> Line:
    figure, people = _limit(case, DEPOSITS), len(case.counted)
    multiple = figure_line(figure, _multiple(figure, people), name="倍数", unit="ratio")
    count = given("members.used", "家庭人口", people, "person")
    return compute(
        "property.deposit_limit",
        "金融资产上限",
        "times",
        [case.standard(), multiple, count],
        "fen",
        formula="月低保标准×倍数×家庭人口",
    )


def _multiple(figure: Figure, people: int) -> Fraction:
    """The multiple, by household size where the place steps it (``steps`` of ``members_from``)."""
    record = figure.as_record()
    found = record.get("multiple")
    steps = record.get("steps", [])
    for step in steps if isinstance(steps, list) else []:
        least = step.get("members_from") if isinstance(step, dict) else None
        if isinstance(step, dict) and isinstance(least, int) and people >= least:
            found = step.get("multiple")
    return exact(found, figure.key)


def _things(case: Case, kind: PropertyKind, owned: list[PropertyFact]) -> list[Line]:
    """The number of vehicles or houses, and the value of each where it is limited."""
    key, unit = COUNTED[kind]
    figure = _limit(case, key)
    record = figure.as_record()
    limited = [item for item in owned if item.use not in _texts(record.get("exempt"))]
    each = [given(f"property.{item.ref}", item.label or kind.label, 1, unit, note=item.source) for item in limited]
    number = compute(f"property.{kind}.number", f"计入限制的{kind.label}", "sum", each, unit, formula="逐一计数")
    allowed = figure_line(figure, exact(record.get("allowed"), figure.key), name=f"允许的{kind.label}", unit=unit)
    test = compute(
        f"property.{kind}",
        f"{kind.label}不超过限制",
        "at_most",
        [number, allowed],
        "yes",
        formula="数量≤允许数量",
        basis=_basis(case),
    )
    return [test, *_worth(case, figure, record, limited)]


def _worth(case: Case, figure: Figure, record: dict[str, Value], limited: list[PropertyFact]) -> Iterator[Line]:
    if "max_fen" not in record:
        return
    limit = figure_line(figure, exact(record["max_fen"], figure.key), name="每件价值上限", unit="fen")
    for item in limited:
        worth = given(f"property.{item.ref}.value", item.label or item.kind.label, item.value_fen, "fen")
        yield compute(
            f"property.{item.ref}.worth",
            "价值不超过上限",
            "at_most",
            [worth, limit],
            "yes",
            formula="价值≤上限",
            basis=_basis(case),
        )


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def _by_value(case: Case, key: str, owned: list[PropertyFact]) -> list[Line]:
    if not owned:
        return []
    figure, kind = _limit(case, key), owned[0].kind
    total = compute(
        f"property.{kind}.total",
        f"{kind.label}价值合计",
        "sum",
        [_thing(item) for item in owned],
        "fen",
        formula="各项之和",
    )
    limit = figure_line(
        figure, exact(figure.as_record().get("max_fen"), figure.key), name=f"{kind.label}价值上限", unit="fen"
    )
    return [
        compute(
            f"property.{kind}",
            f"{kind.label}不超过限制",
            "at_most",
            [total, limit],
            "yes",
            formula="合计≤上限",
            basis=_basis(case),
        )
    ]
