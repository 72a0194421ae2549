"""Rows of a result file, from either format, into answers by person and source - or into a list of faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from yimen.gateways.provincial import cells
from yimen.gateways.provincial.errors import RowError
from yimen.gateways.provincial.shapes import Finding, SourceAnswer
from yimen.law.checks import AnswerState, FoundPeriod, Measure, item, item_labels, source, source_labels

T = TypeVar("T")

# Field of a row and its column in the Excel sheet, in the order of the sheet.
COLUMNS: dict[str, str] = {
    "request_ref": "请求编号",
    "person_ref": "人员编号",
    "identity_tail": "身份证号后四位",
    "source": "数据来源",
    "state": "反馈状态",
    "queried_on": "查询日期",
    "item": "核对项目",
    "value": "核对结果",
    "amount": "金额（元）",
    "count": "数量",
    "period": "金额期间",
    "data_date": "数据日期",
    "detail": "明细",
    "note": "备注",
}

_FINDING_FIELDS = ("item", "value", "amount", "count", "period", "data_date", "detail")
_Known = dict[tuple[object, ...], Finding | None]
_PLAIN = frozenset({str, int, type(None)})
_MOST_KNOWN = 10_000
_ITEM_LABELS = item_labels()
_SOURCE_LABELS = source_labels()
_STATE_LABELS = dict(AnswerState.choices())
_PERIOD_LABELS = dict(FoundPeriod.choices())


@dataclass(frozen=True)
class RawRow:
    """One row as the file gives it, found by a person as 第 7 行 of a sheet or 第 7 条 of a JSON file."""

    number: int
    unit: str
    cells: Mapping[str, object]

    def place(self, number: int) -> str:
        """How a person finds the row of this number in the same file."""
        return f"第 {number} {self.unit}"


class _Reader:
    """Reads the cells of one row and remembers every fault, so that a person mends them all at once."""

    def __init__(self, row: RawRow) -> None:
        self.row = row
        self.errors: list[RowError] = []

    def fault(self, field: str, sentence: str) -> None:
        column = COLUMNS.get(field, field)
        self.errors.append(
            RowError(self.row.number, column, f"{self.row.place(self.row.number)}“{column}”：{sentence}")
        )

    def get(self, field: str, read: Callable[[object], T], default: T) -> T:
        try:
            return read(self.row.cells.get(field))
        except cells.BadCell as error:
            self.fault(field, str(error))
            return default

    def pick(self, field: str, options: Mapping[str, str]) -> str:
        return self.get(field, lambda value: cells.choice(value, options), "")


def build(raw: Sequence[RawRow]) -> tuple[list[SourceAnswer], list[RowError]]:
    """Answers in the order of the file, with all faults; answers count only when there is no fault."""
    answers: dict[tuple[str, str, str], SourceAnswer] = {}
    errors: list[RowError] = []
    known: _Known = {}
    for row in raw:
        reader = _Reader(row)
        fresh = _read(reader, known)
        if fresh is not None:
            _join(answers, fresh, reader)
        errors.extend(reader.errors)
    return list(answers.values()), errors


def _read(reader: _Reader, known: _Known) -> SourceAnswer | None:
    state = reader.pick("state", _STATE_LABELS)
    queried_on = reader.get("queried_on", cells.day, None)
    answer_source = reader.pick("source", _SOURCE_LABELS)
    request_ref = reader.get("request_ref", cells.code, "")
    person_ref = reader.get("person_ref", cells.code, "")
    tail = reader.get("identity_tail", cells.identity_tail, "")
    note = reader.get("note", cells.text, "")
    found = _finding(reader, answer_source, known)
    if found is not None and state and state != AnswerState.ANSWERED:
        reader.fault("state", f"状态是“{_STATE_LABELS[state]}”，却填写了核对结果，请核对。")
    if reader.errors or queried_on is None:
        return None
    if found is not None and found.data_date is not None and found.data_date > queried_on:
        reader.fault("data_date", "数据日期晚于查询日期。")
        return None
    findings = (found,) if found is not None else ()
    rows = (reader.row.number,)
    return SourceAnswer(request_ref, person_ref, tail, answer_source, state, queried_on, findings, note, rows)


def _finding(reader: _Reader, answer_source: str, known: _Known) -> Finding | None:
    """What a row says was found. A source says the same of most people: what was read once without a fault is not read again."""
    given = reader.row.cells
    said = tuple(given.get(field) for field in _FINDING_FIELDS)
    if not _PLAIN.issuperset(map(type, said)):  # a truth value or a fraction may equal a number and is not one
        return _read_finding(reader, answer_source)
    key = (answer_source, *said)
    if key in known:
        return known[key]
    found = _read_finding(reader, answer_source)
    if not reader.errors and len(known) < _MOST_KNOWN:
        known[key] = found
    return found


def _read_finding(reader: _Reader, answer_source: str) -> Finding | None:
    given = reader.row.cells
    if all(cells.is_blank(given.get(field)) for field in _FINDING_FIELDS):
        return None
    code = reader.pick("item", _ITEM_LABELS)
    if not code:
        return None
    if answer_source and code not in source(answer_source).items:
        reader.fault("item", f"“{_SOURCE_LABELS[answer_source]}”不核对“{_ITEM_LABELS[code]}”。")
    period = "" if cells.is_blank(given.get("period")) else reader.pick("period", _PERIOD_LABELS)
    blank_day = cells.is_blank(given.get("data_date"))
    found = Finding(
        item=code,
        value_text=reader.get("value", cells.text, ""),
        amount_fen=reader.get("amount", cells.yuan, None),
        count=reader.get("count", cells.whole, None),
        period=period,
        data_date=None if blank_day else reader.get("data_date", cells.day, None),
        detail=reader.get("detail", cells.text, ""),
    )
    if not reader.errors:
        _demand(reader, found)
    return found


def _demand(reader: _Reader, found: Finding) -> None:
    known = item(found.item)
    if known.is_money and found.amount_fen is None:
        reader.fault("amount", f"“{known.label}”必须填写金额。")
    if known.is_count and found.count is None:
        reader.fault("count", f"“{known.label}”必须填写数量。")
    if known.measure is Measure.TEXT and (found.amount_fen is not None or found.count is not None):
        reader.fault("amount", f"“{known.label}”只填文字结果，不填金额和数量。")
    if known.measure is Measure.TEXT and not found.value_text.strip():
        reader.fault("value", f"“{known.label}”必须填写核对结果。")
    if found.amount_fen is not None and not found.period:
        reader.fault("period", "填写了金额，但没有填写是时点余额、每月、每年还是一次性。")
    if known.is_money and found.data_date is None:
        reader.fault("data_date", f"“{known.label}”必须填写数据日期。")


def _join(answers: dict[tuple[str, str, str], SourceAnswer], fresh: SourceAnswer, reader: _Reader) -> None:
    kept = answers.get(fresh.key)
    if kept is None:
        answers[fresh.key] = fresh
        return
    first = reader.row.place(kept.rows[0])
    if not fresh.findings or not kept.findings or set(fresh.findings) & set(kept.findings):
        reader.fault("source", f"与{first}重复：同一人同一来源的同一结果只能出现一次。")
    elif _head(fresh) != _head(kept):
        reader.fault("state", f"与{first}是同一人同一来源，但证件尾号、状态、查询日期或备注不同。")
    else:
        answers[fresh.key] = replace(kept, findings=kept.findings + fresh.findings, rows=kept.rows + fresh.rows)


def _head(answer: SourceAnswer) -> tuple[object, ...]:
    return (answer.identity_tail, answer.state, answer.queried_on, answer.note)
