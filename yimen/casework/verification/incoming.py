"""What a result file says, as the gateway hands it over: plain values, checked once more at the room's door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.base.access.refusal import Refused
from yimen.base.canonical import digest
from yimen.casework.verification import wording
from yimen.law.checks import AnswerState, is_item, is_source, item
from yimen.law.terms import Period

_STATES = {str(state) for state in AnswerState}
_PERIODS = {"", "balance", *(str(period) for period in Period)}


@dataclass(frozen=True)
class Hit:
    """One finding."""

    item: str
    text: str
    fen: int | None
    count: int | None
    period: str
    data_date: date | None


@dataclass(frozen=True)
class Answer:
    """One source about one person of one request."""

    place: str
    request_ref: str
    person_ref: str
    source: str
    state: str
    queried_on: date | None
    hits: tuple[Hit, ...]
    note: str

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.request_ref, self.person_ref, self.source)


@dataclass(frozen=True)
class Content:
    """One result file."""

    batch_number: str
    result_number: str
    answered_on: date
    agency: str
    digest: str
    partial: bool
    answers: tuple[Answer, ...]


def bad(place: str, sentence: str) -> Refused:
    """A refusal of the whole file that names the row."""
    return Refused(f"{place}：{sentence}文件没有采用任何内容。", "bad_result", 422, "file")


def read(content: Mapping[str, Any]) -> Content:
    """The content of a file; ``rows`` or ``answers``, days as dates or text. Raises Refused 422 naming the row."""
    rows = content.get("answers", content.get("rows"))
    if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows:
        raise Refused("结果文件里没有一行核对结果，没有采用任何内容。", "bad_result", 422, "file")
    answers = tuple(_answer(number, row) for number, row in enumerate(rows, start=1))
    seen: set[tuple[str, str, str]] = set()
    for answer in answers:
        if answer.key in seen:
            raise bad(answer.place, "同一人员、同一来源在文件中出现了两次。")
        seen.add(answer.key)
    number = str(content.get("batch_number") or "")
    return Content(
        batch_number=number,
        result_number=str(content.get("result_number") or "")[:60],
        answered_on=_must_day("文件说明", content.get("answered_on"), "反馈日期"),
        agency=str(content.get("agency") or "")[:120],
        partial=bool(content.get("partial")),
        answers=answers,
        digest=str(content.get("digest") or digest({"batch_number": number, "rows": list(rows)})),
    )


def _place(number: int, row: Mapping[str, Any]) -> str:
    rows = row.get("rows")
    return f"第 {rows[0]} 行" if rows else f"第 {number} 行"


def _day(place: str, value: Any, label: str) -> date | None:
    if value is None or value == "" or isinstance(value, date):
        return value or None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise bad(place, f"“{label}”不是有效的日期。") from None


def _must_day(place: str, value: Any, label: str) -> date:
    day = _day(place, value, label)
    if day is None:
        raise bad(place, f"缺少“{label}”。")
    return day


def _answer(number: int, row: Mapping[str, Any]) -> Answer:
    place = _place(number, row)
    code, state = str(row.get("source") or ""), str(row.get("state") or "")
    if not is_source(code):
        raise bad(place, f"来源代码“{code}”不认识。")
    if state not in _STATES:
        raise bad(place, f"反馈状态“{state}”不认识。")
    found = row.get("findings") or ()
    if found and state != AnswerState.ANSWERED:
        raise bad(place, "状态不是“已反馈”，却列有核对结果。")
    queried = _day(place, row.get("queried_on"), "查询日期")
    if state == AnswerState.ANSWERED and queried is None:
        raise bad(place, "缺少查询日期。")
    return Answer(
        place,
        str(row.get("request_ref") or ""),
        str(row.get("person_ref") or ""),
        code,
        state,
        queried,
        tuple(_hit(place, one) for one in found),
        str(row.get("note") or "")[:300],
    )


def _whole(place: str, value: Any, label: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise bad(place, f"“{label}”应当是不小于零的整数。")
    return value


def _hit(place: str, row: Mapping[str, Any]) -> Hit:
    code, period = str(row.get("item") or ""), str(row.get("period") or "")
    if not is_item(code):
        raise bad(place, f"核对项目代码“{code}”不认识。")
    if period not in _PERIODS:
        raise bad(place, f"“{item(code).label}”的期间“{period}”不认识。")
    fen, count = _whole(place, row.get("amount_fen"), "金额"), _whole(place, row.get("count"), "数量")
    if item(code).is_money and fen is None:
        raise bad(place, f"“{item(code).label}”缺少金额。")
    if item(code).is_count and count is None:
        raise bad(place, f"“{item(code).label}”缺少数量。")
    value = str(row.get("value") or row.get("text") or "")
    text = wording.finding(item(code), value, fen, count, period, str(row.get("detail") or ""))
    return Hit(code, text, fen, count, period, _day(place, row.get("data_date"), "数据日期"))
