"""One person applying alone: which ground, and whether the person meets it (D8; N 一(一), 一(四))."""

from __future__ import annotations

from collections.abc import Iterator

from yimen.law.calendar import age
from yimen.law.reckoning import Failure, Line, compute, given, group
from yimen.law.rules.context import D8, Case
from yimen.law.rules.facts import BadFacts, HouseholdFacts, PersonFacts
from yimen.law.rules.members import ADULT, CLERGY
from yimen.law.standards import Value

NATIONAL, LOCAL = "single_person.grounds", "single_person.grounds_local"


def single_keys(facts: HouseholdFacts) -> Iterator[str]:
    """Figures that a separate application asks for."""
    if facts.single:
        yield NATIONAL


def single_section(case: Case) -> tuple[Line, list[Failure]]:
    """The ground's conditions as lines, and a failure for each that is not met. Raises BadFacts."""
    row = _ground(case)
    if not case.facts.single_reason.strip():
        raise BadFacts("single_reason", "单独申请必须写明理由。")
    checks = [*_edge_check(case, row), *_person_checks(case, row)]
    label = str(row.get("label", case.facts.single_ground))
    met = compute(
        "single.met", "符合单独申请条件", "all", [line for line, _ in checks], "yes", formula="各项均符合", basis=D8
    )
    failures = [Failure(line.code, sentence, D8) for line, sentence in checks if line.value is False]
    return group("single", "单独申请", [met], note=f"{label}；理由：{case.facts.single_reason}"), failures


def _ground(case: Case) -> dict[str, Value]:
    for key in (NATIONAL, LOCAL):
        figure = case.figures.get(key)
        for row in figure.as_rows() if figure else ():
            if row.get("code") == case.facts.single_ground:
                return row
    raise BadFacts("single_ground", f"“{case.facts.single_ground}”不是规定的单独申请情形。")


def _edge_check(case: Case, row: dict[str, Value]) -> Iterator[tuple[Line, str]]:
    if row.get("edge"):
        line = given("single.edge", "所在家庭已认定为低保边缘家庭", case.facts.edge_confirmed, "yes", basis=D8)
        yield line, "所在家庭尚未认定为最低生活保障边缘家庭，不能按此情形单独申请。"


def _person_checks(case: Case, row: dict[str, Value]) -> Iterator[tuple[Line, str]]:
    person, needs = case.facts.applicant, row.get("needs")
    if needs in {"severe_disability", "jobless_severe_adult"}:
        line = given(
            "single.disability", "重度残疾（一、二级，三级智力、精神）", person.severely_disabled, "yes", basis=D8
        )
        yield line, f"{person.name}的残疾类别、等级不符合单独申请的条件。"
    if needs == "jobless_severe_adult":
        alone = _jobless_adult(person, case)
        yield (
            given("single.jobless", "成年且无业", alone, "yes", basis="民发〔2022〕83号一（一）"),
            f"{person.name}不是成年无业人员。",
        )
    if needs == "serious_illness":
        line = given("single.illness", "患有当地认定的重特大疾病", person.serious_illness, "yes", basis=D8)
        yield line, f"{person.name}没有当地有关部门认定的重特大疾病。"
    if needs == CLERGY:
        yield _clergy_check(person, row)


def _jobless_adult(person: PersonFacts, case: Case) -> bool:
    return age(person.birth_date, case.on) >= ADULT and not person.employed


def _clergy_check(person: PersonFacts, row: dict[str, Value]) -> tuple[Line, str]:
    least = row.get("min_years")
    years = least if isinstance(least, int) else 3
    met = person.status == CLERGY and person.status_years >= years
    line = given("single.clergy", f"脱离家庭、在宗教场所居住满{years}年", met, "yes", basis=D8)
    return line, f"{person.name}在宗教场所居住未满{years}年或者不是宗教教职人员。"
