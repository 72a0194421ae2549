"""无劳动能力: every way of T5, and what continues for minors already supported (O 二(二)5; L16.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from yimen.law.calendar import age
from yimen.law.reckoning import Line, compute, figure_line, given
from yimen.law.rules.applied import TekunFacts
from yimen.law.rules.context import L16, T5
from yimen.law.rules.facts import BadFacts, PersonFacts
from yimen.law.rules.members import ADULT
from yimen.law.standards import Figure
from yimen.law.terms import DisabilityKind, Schooling

OLD, YOUNG = "tekun.no_labour_min_age", "tekun.no_labour_below_age"
LOCAL = "tekun.no_labour_local"
MINOR_MAX, SCHOOLS = "tekun.minor_max_age", "tekun.minor_continues_in_school"
WORST_GRADES = {
    DisabilityKind.INTELLECTUAL: 3,
    DisabilityKind.MENTAL: 3,
    DisabilityKind.PHYSICAL: 2,
    DisabilityKind.VISUAL: 1,
}
"""Kind of disability and the mildest grade that counts as no labour ability (T5(3))."""
_STAGES = {
    Schooling.PRIMARY: "义务教育",
    Schooling.JUNIOR: "义务教育",
    Schooling.SENIOR: "高中阶段教育（含中等职业教育）",
    Schooling.VOCATIONAL: "高中阶段教育（含中等职业教育）",
}
_GRADES = "零一二三四"
O25 = "中办发〔2020〕18号二（二）5"


def labour_keys(person: PersonFacts, row: TekunFacts, on: dt.date) -> Iterator[str]:
    """The two ages, and what keeps a supported minor in after 16 where nothing of T5 does."""
    yield from (OLD, YOUNG)
    if continues_only(person, row, on):
        yield MINOR_MAX
        if age(person.birth_date, on) >= ADULT and row.school in _STAGES:
            yield SCHOOLS


def continues_only(person: PersonFacts, row: TekunFacts, on: dt.date) -> bool:
    """Whether a person supported already could stay only as a former minor: young, and no disability of T5(3)."""
    return row.in_tekun and age(person.birth_date, on) < 60 and not _disabled(person, row) and not row.no_labour_ground


def kinds_of(person: PersonFacts, row: TekunFacts) -> Sequence[tuple[DisabilityKind, int]]:
    """Every kind of disability with its grade; of 多重 those that the certificate lists."""
    if person.disability is DisabilityKind.MULTIPLE:
        return row.disabilities
    return ((person.disability, person.disability_grade),) if person.disability_grade else ()


def _disabled(person: PersonFacts, row: TekunFacts) -> bool:
    return any(1 <= grade <= WORST_GRADES.get(kind, 0) for kind, grade in kinds_of(person, row))


def labour_line(person: PersonFacts, row: TekunFacts, figures: Mapping[str, Figure], on: dt.date) -> Line:
    """Whether one of the ways is met, with each way as an operand. Raises BadFacts for an unknown local code."""
    ways = [
        *_ages(person, figures, on),
        _disability(person, row),
        *_local(row, figures),
        *_continued(person, row, figures, on),
    ]
    return compute("tekun.no_labour", "无劳动能力", "any", ways, "yes", formula="符合其中一项", basis=T5)


def unclear(person: PersonFacts, row: TekunFacts) -> list[tuple[str, str]]:
    """What must still be established where no way is met so far."""
    if person.disability is DisabilityKind.MULTIPLE and not row.disabilities:
        return [("tekun.disabilities", f"{person.name}是多重残疾，请按残疾人证逐一写明残疾类别和等级。")]
    return []


def why_able(person: PersonFacts, row: TekunFacts, on: dt.date) -> str:
    """The sentence of a refusal."""
    kinds = "、".join(f"{kind.label}{_GRADES[grade]}级" for kind, grade in kinds_of(person, row))
    state = f"，{kinds}残疾" if kinds else ""
    return f"{person.name}{age(person.birth_date, on)}周岁{state}，不属于规定的无劳动能力情形。"


def warning(person: PersonFacts, line: Line, on: dt.date) -> Iterator[str]:
    """Entry at 16 and 17: the text stops below 16, a ruling of the province is needed."""
    if line.value is False and 16 <= age(person.birth_date, on) < ADULT:
        yield f"{person.name}已满16周岁未满18周岁：民发〔2021〕43号第五条（二）只写到未满16周岁，能否纳入须由省级规定。"


def _ages(person: PersonFacts, figures: Mapping[str, Figure], on: dt.date) -> Iterator[Line]:
    years = given("tekun.age", "周岁", age(person.birth_date, on), "age")
    old, young = figure_line(figures[OLD], unit="age"), figure_line(figures[YOUNG], unit="age")
    yield compute(
        "labour.old",
        "年满规定年龄的老年人",
        "at_most",
        [old, years],
        "yes",
        formula="年龄下限≤周岁",
        basis=f"{T5}（一）",
    )
    yield compute(
        "labour.young",
        "未满规定年龄的未成年人",
        "below",
        [years, young],
        "yes",
        formula="周岁＜规定年龄",
        basis=f"{T5}（二）",
    )


def _disability(person: PersonFacts, row: TekunFacts) -> Line:
    note = "、".join(f"{kind.label}{_GRADES[grade]}级" for kind, grade in kinds_of(person, row)) or "无"
    name = "一、二、三级智力、精神残疾，一、二级肢体残疾，一级视力残疾"
    return given("labour.disability", name, _disabled(person, row), "yes", note=note, basis=f"{T5}（三）")


def _local(row: TekunFacts, figures: Mapping[str, Figure]) -> Iterator[Line]:
    if not row.no_labour_ground:
        return
    yield listed(
        figures.get(LOCAL), row.no_labour_ground, "labour.local", f"tekun.{row.person}.no_labour_ground", f"{T5}（四）"
    )


def listed(figure: Figure | None, code: str, line_code: str, where: str, basis: str) -> Line:
    """A ground of a local list as a line. Raises BadFacts for one that is not in it."""
    for entry in figure.as_rows() if figure else ():
        if entry.get("code") == code and figure is not None:
            return Line(line_code, str(entry.get("label", code)), True, "yes", basis=basis, figure=figure)
    raise BadFacts(where, f"“{code}”不在省级规定的其他情形之内，请在参数表所列情形中选择。")


def _continued(person: PersonFacts, row: TekunFacts, figures: Mapping[str, Figure], on: dt.date) -> Iterator[Line]:
    if not continues_only(person, row, on):
        return
    years, limit = (
        given("tekun.age", "周岁", age(person.birth_date, on), "age"),
        figure_line(figures[MINOR_MAX], unit="age"),
    )
    yield compute(
        "labour.minor", "已纳入供养的未成年人", "below", [years, limit], "yes", formula="周岁＜供养年龄", basis=O25
    )
    if SCHOOLS in figures and row.school is not None:
        met = _STAGES.get(row.school, "") in figures[SCHOOLS].as_texts()
        name = f"年满18周岁仍在{row.school.label}就学"
        yield Line("labour.school", name, met, "yes", basis=f"{L16}第三款", figure=figures[SCHOOLS])
