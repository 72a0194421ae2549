"""The right column 金额怎么算出来的: the Reckoning as lines, or why there is none yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from yimen.casework.decisions import queries as decisions
from yimen.desks.shared.shapes import Block, Cell, Empty, Link, ReckoningLine, Refusal, Row, Table
from yimen.law.calendar import today
from yimen.law.money import show
from yimen.law.reckoning import Line, Reckoning
from yimen.law.reckoning.assessment import Outcome
from yimen.law.rules import BadFacts
from yimen.law.terms import Programme, Stage

WEIGHED = frozenset(
    {
        Stage.ACCEPTED, Stage.CHECKING, Stage.CHECKED, Stage.INVESTIGATING, Stage.APPRAISING, Stage.EXAMINING,
        Stage.NOTICE_READY, Stage.ON_NOTICE, Stage.OBJECTED, Stage.DECIDING,
    }
)  # fmt: skip
"""Stages in which the results of all programmes are of use: from check or acceptance, whichever comes first, to the decision."""
_GRANTING = frozenset({Stage.NOTICE_READY, Stage.ON_NOTICE, Stage.OBJECTED, Stage.DECIDING})
_FIXED = {Stage.APPROVED, Stage.ON_ASSISTANCE, Stage.REFUSED_TELLING, Stage.REFUSED}


def _line(line: Line) -> ReckoningLine:
    figure = line.figure
    document = f"{figure.document}，{figure.valid_from:%Y-%m-%d} 起执行" if figure and figure.valid_from else ""
    note = line.note + ("（推算）" if line.imputed else "")
    if line.declared is not None:
        note += f"　申报 {show(line.declared)} 元"
    children = tuple(_line(part) for part in line.operands if part.op != "ref")
    return ReckoningLine(line.name, line.shown, line.formula, line.basis, document, note, children)


# The few lines that tell the amount; each opens the tree below it.
_TOLD = (
    ("income.total", "认定月收入"),
    ("members", "÷ 家庭人口"),
    ("income.per_capita", "人均月收入"),
    ("benefit.base", "标准总额 − 月收入"),
    ("benefit.tier", "所在档次"),
)


def _found(reckoning: Reckoning, code: str) -> Line | None:
    try:
        return reckoning.line(code)
    except KeyError:
        return None


def _standard(reckoning: Reckoning) -> list[ReckoningLine]:
    test = _found(reckoning, "test.income")
    figures = [part for part in test.operands if part.op == "figure"] if test else []
    return [replace(_line(part), name="现行标准") for part in figures[:1]]


def _told(reckoning: Reckoning) -> list[ReckoningLine]:
    made = []
    for code, name in _TOLD:
        line = _found(reckoning, code)
        if line is not None:
            made.append(replace(_line(line), name=name))
        if code == "income.per_capita":
            made += _standard(reckoning)
    exact = _found(reckoning, "amount.exact")
    return made + [_line(part) for part in (exact.operands if exact else ()) if part.code.startswith("supplement.")]


def lines_of(reckoning: Reckoning) -> list[ReckoningLine]:
    """Income, per head, standard, difference, supplements, amount: each with the tree that explains it."""
    made = _told(reckoning)
    amount = _found(reckoning, "amount")
    if amount is not None:
        name = "每月供养金" if reckoning.programme == Programme.TEKUN else "每月保障金"
        return [*made, replace(_line(amount), name=name, total=True)]
    property_met = _found(reckoning, "property.met")
    if property_met is not None:
        made.append(replace(_line(property_met), total=True))
    return made


def panel(application: Any) -> dict[str, Any]:
    """The context of the panel: lines, trial tag, what blocks."""
    stage = Stage(application.stage)
    opinion = decisions.current_opinion(application)
    if opinion and stage in _FIXED:
        found = Reckoning.from_json(opinion.reckoning)
        return _context(found, False, "按审核意见时的数据和参数计算，已随决定固定。", application)
    shown = _shown(application, opinion)
    trial = shown.trial
    if trial.reckoning is None:
        sentence = f"还不能计算：{'、'.join(trial.unset)}未设置。" if trial.unset else trial.problem
        return {
            "lines": [],
            "trial": True,
            "reckoning_note": "",
            "reckoning_links": [],
            "blocked": [
                Refusal(
                    sentence,
                    "未设置的参数由区级民政部门在“政策与标准”中设置。" if trial.unset else "请核对申报内容。",
                    [Link("查看政策与标准", reverse("figures"))] if trial.unset else [],
                )
            ],
        }
    return _context(
        trial.reckoning, opinion is None, _note(shown, opinion is not None and stage in _GRANTING), application
    )


@dataclass(frozen=True)
class _Shown:
    """The trial to show, what it is of, and what else is granted or proposed beside it."""

    trial: decisions.Trial
    title: str
    beside: tuple[Outcome, ...] = ()


def _shown(application: Any, opinion: Any) -> _Shown:
    """What the opinion grants, else the best lawful result; where nothing is met, dibao's, whose refusal says why."""
    speaks = None
    if Stage(application.stage) in WEIGHED:
        found = _weighed(application, opinion)
        speaks = decisions.principal(found)
    if speaks is None or speaks.reckoning is None:
        return _Shown(decisions.trial(application), Programme.DIBAO.label)
    beside = tuple(each for each in found if each is not speaks)
    return _Shown(decisions.Trial(speaks.reckoning), speaks.title, beside)


def _weighed(application: Any, opinion: Any) -> list[Outcome]:
    try:
        assessed = decisions.assessment(application, today())
    except BadFacts:
        return []
    if opinion is not None and Stage(application.stage) in _GRANTING:
        keys = {grant.key for grant in decisions.grants_of(opinion)}
        granted = [each for each in assessed.outcomes if decisions.key_of(each) in keys]
        if granted:
            return granted
    return list(assessed.proposed)


def _note(shown: _Shown, granted: bool) -> str:
    found = shown.trial.reckoning
    by = f"按审核意见所提的{shown.title}核算" if granted else f"按{shown.title}试算"
    if found is None or not found.eligible:
        why = "；".join(each.sentence.rstrip("。") for each in (found.failures if found else ()))
        return f"{by}，不符合条件：{why}。"
    said = "" if found.amount_fen else "，认定后不发放保障金"
    return f"{by}{said}。" + "".join(f"另有{each.title}：{each.shown}。" for each in shown.beside)


def _context(found: Reckoning, trial: bool, note: str, application: Any) -> dict[str, Any]:
    links = [Link("每一步的条文与参数版本", reverse("reckoning", args=[application.ref]))]
    return {"lines": lines_of(found), "trial": trial, "reckoning_note": note, "reckoning_links": links, "blocked": []}


def _rows(line: Line, depth: int) -> list[Row]:
    figure = line.figure
    version = f"{figure.document}（{figure.valid_from:%Y-%m-%d} 起）" if figure and figure.valid_from else ""
    name = "　" * depth + line.name + ("（推算）" if line.imputed else "")
    here = Row(
        [Cell(name, note=line.note, strong=depth == 0), line.shown, line.formula or "", line.basis or "", version]
    )
    return [here, *(row for part in line.operands if part.op != "ref" for row in _rows(part, depth + 1))]


def reckoning_blocks(application: Any) -> list[Block]:
    """The whole tree as tables, one per top line, and the proposal in words."""
    opinion = decisions.current_opinion(application)
    if opinion and Stage(application.stage) in _FIXED:
        return tables_of(Reckoning.from_json(opinion.reckoning))
    trial = _shown(application, opinion).trial
    if trial.reckoning:
        return tables_of(trial.reckoning)
    sentence = f"还不能计算：{'、'.join(trial.unset)}未设置。" if trial.unset else trial.problem
    return [Block("核算", empty=Empty(sentence))]


def tables_of(found: Reckoning) -> list[Block]:
    """A Reckoning whole: the proposal, then one table per part, then what to look at."""
    heads = ["项目", "数值", "怎么算", "依据", "参数版本"]
    blocks = [Block("建议", text=found.proposal)]
    blocks += [Block(line.name, table=Table(heads, _rows(line, 0), label=line.name)) for line in found.lines]
    if found.warnings:
        blocks.append(Block("请留意", text="".join(found.warnings)))
    return blocks


def explanation_of(found: Reckoning) -> list[Block]:
    """How an amount came about, without what only a decision says: its proposal and from which month it would be paid."""
    blocks = tables_of(replace(found, lines=tuple(line for line in found.lines if line.code != "start")))
    return blocks[1:]
