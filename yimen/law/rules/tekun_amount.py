"""What a 特困 person receives: level of self-care (T20-T22), urban or rural by land (T19), and the published table (L17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from yimen.law.reckoning import Line, Reckoning, compute, figure_line, given, group, money_of, number_of, ref
from yimen.law.rules.applied import SelfCareItem, TekunFacts
from yimen.law.rules.context import L16, L17, T17, T19, T22, monthly_line, standard_key
from yimen.law.rules.dibao import first_month
from yimen.law.standards import Book, Figure, Unconfirmed, Unset
from yimen.law.terms import Programme, SelfCare, SupportForm

PARTLY, LOST = "tekun.self_care_partly_lost_min", "tekun.self_care_lost_min"
START, RECERTIFY = "tekun.payment_start", "tekun.recertify"
MULTIPLE, WAGE, MODE = "tekun.basic_multiple", "minimum_wage", "benefit.rounding_mode"
T20, O27 = "民发〔2021〕43号第二十条", "中办发〔2020〕18号二（二）7"


@dataclass(frozen=True)
class Support:
    """How a person is to be supported, as far as it is known."""

    row: TekunFacts
    urban: bool
    failed: int | None
    unclear: tuple[tuple[str, str], ...]
    kind_note: str = ""


@dataclass(frozen=True)
class Granted:
    """The amounts with their sections; fen a month."""

    sections: tuple[Line, ...]
    amount_fen: int
    level: SelfCare
    months: int
    start: str
    warnings: tuple[str, ...]


def support_of(row: TekunFacts, urban: bool) -> Support:
    """Urban or rural treatment, the failed indicators, and what must still be found out."""
    items = {item: row.can(item) for item in SelfCareItem}
    unclear = []
    lacking = "、".join(item.label for item, can in items.items() if can is None)
    if lacking:
        begun = any(can is not None for can in items.values())
        unclear.append(("tekun.self_care", f"生活自理能力还没有评估{f'完：{lacking}' if begun else ''}。"))
    elif not row.assessed_by or row.assessed_on is None:
        unclear.append(("tekun.assessed_by", "请写明生活自理能力由谁、在哪一天评估。"))
    if row.form is None:
        unclear.append(("tekun.form", "请由本人选择集中供养或者分散供养。"))
    failed = None if lacking else sum(can is False for can in items.values())
    return _by_land(row, urban, failed, tuple(unclear))


def _by_land(row: TekunFacts, urban: bool, failed: int | None, unclear: tuple[tuple[str, str], ...]) -> Support:
    if row.relocated:
        return Support(row, True, failed, unclear, "易地扶贫搬迁至城镇")
    if row.contracted_land or row.collective_income:
        note = "拥有承包土地" if row.contracted_land else "参加农村集体经济收益分配"
        return Support(row, False, failed, unclear, note)
    return Support(row, urban, failed, unclear)


def amount_figures(
    support: Support, book: Book, areas: Sequence[str], on: dt.date
) -> tuple[dict[str, Figure], list[Unset]]:
    """What an approval asks for, and an Unset for each figure that cannot be used.

    The basic and care standards, the borders of the levels, first month and interval; for 集中供养 also
    the standards that a place may have set apart for it.
    """
    borders, lacking = book.attempt((PARTLY, LOST), areas, on)
    keys = [f"tekun.basic.{'urban' if support.urban else 'rural'}"]
    if support.failed is not None and not lacking:
        keys.append(f"tekun.care.{level_of(support.failed, borders)}")
    figures, missing = book.attempt((*keys, START, RECERTIFY), areas, on)
    if support.row.form is not SupportForm.INSTITUTIONAL:
        return borders | figures, [*lacking, *missing]
    special, absent = book.attempt([f"{key}.institutional" for key in keys], areas, on)
    unconfirmed = [each for each in absent if isinstance(each, Unconfirmed)]
    return borders | figures | special, [*lacking, *missing, *unconfirmed]


def level_of(failed: int, figures: Mapping[str, Figure]) -> SelfCare:
    """The level of a number of indicators not reached, by the two borders of T22."""
    if failed >= figures[LOST].as_int():
        return SelfCare.LOST
    return SelfCare.PARTLY_LOST if failed >= figures[PARTLY].as_int() else SelfCare.ABLE


def support_sections(
    support: Support, figures: Mapping[str, Figure], book: Book, areas: Sequence[str], on: dt.date
) -> Granted:
    """Self-care, form, the two standards, their sum, first month and interval. Nothing may be unclear any more."""
    level = level_of(support.failed or 0, figures)
    basic, care = (
        _standard(
            support, figures, f"tekun.basic.{'urban' if support.urban else 'rural'}", "tekun.basic", "基本生活标准"
        ),
        _standard(support, figures, f"tekun.care.{level}", "tekun.care", "照料护理标准"),
    )
    amount = _amount(basic, care, figures, book, areas, on)
    start = first_month(figures[START], on)
    sections = (
        _self_care(support, figures, level),
        _form(support),
        group("benefit", "供养金", [amount]),
        _dates(figures, on, start),
    )
    warnings = (*_land_warning(support), *_floors(support, level, (basic, care), book, areas, on))
    return Granted(sections, money_of(amount), level, figures[RECERTIFY].as_int(), start, warnings)


def reckon_standing(
    level: SelfCare, form: SupportForm, person: str, book: Book, areas: Sequence[str], on: dt.date, urban: bool
) -> Reckoning:
    """The amount of somebody supported already, by the published table alone: his level and form stand as they were decided.

    The conditions are not weighed again; that is the business of a review. Fen a month. Raises law.standards.Missing.
    """
    row = TekunFacts(person, form=form)
    figures = book.gather(_standing_keys(level, form, urban, book, areas, on), areas, on)
    support = Support(row, urban, None, ())
    basic = _standard(support, figures, f"tekun.basic.{'urban' if urban else 'rural'}", "tekun.basic", "基本生活标准")
    care = _standard(support, figures, f"tekun.care.{level}", "tekun.care", "照料护理标准")
    amount = _amount(basic, care, figures, book, areas, on)
    stands = [given("self_care.level", "自理能力", level.label, "text", basis=T22), *_form(support).operands]
    return Reckoning(
        programme=Programme.TEKUN.value,
        on=on,
        areas=tuple(areas),
        urban=urban,
        lines=(group("standing", "已认定的情况", stands), group("benefit", "供养金", [amount])),
        member_refs=(person,),
        covered_refs=(person,),
        income_fen=Fraction(0),
        per_capita_fen=Fraction(0),
        standard_fen=Fraction(0),
        eligible=True,
        amount_fen=money_of(amount),
        category=level.value,
        category_label=level.label,
        recertify_months=0,
        start_month="",
    )


def _standing_keys(
    level: SelfCare, form: SupportForm, urban: bool, book: Book, areas: Sequence[str], on: dt.date
) -> Iterator[str]:
    """The two standards, and those that the place has set apart for 集中供养."""
    keys = (f"tekun.basic.{'urban' if urban else 'rural'}", f"tekun.care.{level}")
    yield from keys
    if form is SupportForm.INSTITUTIONAL:
        yield from (f"{key}.institutional" for key in keys if book.find(f"{key}.institutional", areas, on) is not None)


def _self_care(support: Support, figures: Mapping[str, Figure], level: SelfCare) -> Line:
    row = support.row
    items = [given(f"self_care.{item}", f"不能{item.label}", int(row.can(item) is False), "") for item in SelfCareItem]
    failed = compute("self_care.failed", "不能达到的指标", "sum", items, "", formula="六项中不能达到的项数", basis=T22)
    lines = [
        failed,
        compute(
            "self_care.partly",
            "部分丧失以上",
            "at_most",
            [figure_line(figures[PARTLY], unit=""), ref(failed)],
            "yes",
            formula="下限≤项数",
        ),
        compute(
            "self_care.lost",
            "完全丧失",
            "at_most",
            [figure_line(figures[LOST], unit=""), ref(failed)],
            "yes",
            formula="下限≤项数",
        ),
        given("self_care.level", "自理能力", level.label, "text", basis=T22),
    ]
    return group("self_care", "生活自理能力评估", lines, note=f"{row.assessed_by}，{row.assessed_on}评估", basis=T20)


def _form(support: Support) -> Line:
    form = support.row.form or SupportForm.AT_HOME
    return group(
        "form",
        "供养形式与城乡",
        [
            given("tekun.form", "供养形式（本人选择）", form.label, "text", basis=f"{L16}第二款"),
            given("tekun.kind", "待遇", "城市" if support.urban else "农村", "text", note=support.kind_note, basis=T19),
        ],
    )


def _standard(support: Support, figures: Mapping[str, Figure], key: str, code: str, name: str) -> Line:
    """The published amount; where the place has one of its own for 集中供养, that one."""
    own = figures.get(f"{key}.institutional") if support.row.form is SupportForm.INSTITUTIONAL else None
    return monthly_line(code, name, own or figures[key])


def _amount(
    basic: Line, care: Line, figures: Mapping[str, Figure], book: Book, areas: Sequence[str], on: dt.date
) -> Line:
    basis = f"{T17}；{L16}；{L17}"
    code = "amount" if _whole(basic, care) else "amount.exact"
    total = compute(code, "每月供养金", "sum", [basic, care], "fen", formula="基本生活标准＋照料护理标准", basis=basis)
    if code == "amount":
        return total
    mode = book.gather([MODE], areas, on)[MODE]
    return compute(
        "amount",
        "每月供养金（取整）",
        f"round:{mode.as_code()}",
        [total],
        "fen",
        formula=mode.shown(),
        basis=basis,
        figure=mode,
    )


def _whole(*lines: Line) -> bool:
    return sum((number_of(line) for line in lines), Fraction(0)).denominator == 1


def _dates(figures: Mapping[str, Figure], on: dt.date, start: str) -> Line:
    rule = figure_line(figures[START], figures[START].shown(), unit="text")
    return group(
        "start",
        "起始月与定期核查",
        [
            rule,
            given("start.day", "按此日期作出确认", on.isoformat(), "text"),
            given("start.month", "起始月份", start, "text", basis=T17),
            figure_line(figures[RECERTIFY], name="核查间隔", unit="month"),
        ],
        basis=O27,
    )


# -- warnings ----------------------------------------------------------------------------


def _land_warning(support: Support) -> Iterator[str]:
    if support.row.relocated and (support.row.contracted_land or support.row.collective_income):
        yield "本人既有承包土地（集体收益）又属易地扶贫搬迁至城镇，按城市待遇计算，请核对（民发〔2021〕43号第十九条）。"


def _floors(
    support: Support, level: SelfCare, lines: tuple[Line, Line], book: Book, areas: Sequence[str], on: dt.date
) -> Iterator[str]:
    """Published amounts below the province's formula: shown, never corrected."""
    last_year = dt.date(on.year - 1, 12, 31)
    for line, factor_key, base_key in (
        (lines[0], MULTIPLE, standard_key(support.urban)),
        (lines[1], f"tekun.care_rate.{level}", WAGE),
    ):
        factor, no_factor = book.attempt([factor_key], areas, on)
        base, no_base = book.attempt([base_key], areas, last_year)
        if no_factor or no_base:
            continue
        floor = factor[factor_key].as_fraction() * number_of(monthly_line("floor", "", base[base_key]))
        if number_of(line) < floor:
            shown = given("floor", "", floor, "fen").shown
            yield f"公布的{line.name}{line.shown}低于按办法推算的{shown}，仍按公布的标准计算，请核对。"
