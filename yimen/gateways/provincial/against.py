"""A result file beside the request that it answers: who was asked, about what, and what is still missing."""

from __future__ import annotations

from datetime import date

from yimen.gateways.provincial.errors import RowError, bad_rows
from yimen.gateways.provincial.shapes import AskedPerson, RequestFile, ResultFile, SourceAnswer
from yimen.law.checks import source

Key = tuple[str, str, str]
_Asked = dict[tuple[str, str], AskedPerson]


def missing(result: ResultFile, request: RequestFile) -> list[Key]:
    """Case, person and source asked without a line in this file: they stay 待核对 (K10)."""
    answered = {answer.key for answer in result.rows}
    return [key for key in _asked_keys(request) if key not in answered]


def check_against(result: ResultFile, request: RequestFile, today: date) -> None:
    """Raise BadFile with every fault unless all rows answer what this request asked."""
    asked: _Asked = {(case.request_ref, person.person_ref): person for case, person in request.people()}
    errors = _head_errors(result, request, today)
    for answer in result.rows:
        errors.extend(_row_errors(answer, asked, request, result))
    if not errors and not result.partial:
        errors = _missing_errors(result, request)
    if errors:
        raise bad_rows(errors)


def _asked_keys(request: RequestFile) -> list[Key]:
    return [
        (case.request_ref, person.person_ref, code) for case, person in request.people() for code in request.sources
    ]


def _head_errors(result: ResultFile, request: RequestFile, today: date) -> list[RowError]:
    found = []
    if result.batch_number != request.batch_number:
        found.append(f"文件答复的是批次 {result.batch_number}，不是 {request.batch_number}，没有采用任何内容。")
    if result.answered_on < request.prepared_on:
        found.append(f"反馈日期 {result.answered_on} 早于本批次的提请日期 {request.prepared_on}，没有采用任何内容。")
    if result.answered_on > today:
        found.append(f"反馈日期 {result.answered_on} 晚于今天 {today}，没有采用任何内容。")
    return [RowError(None, "", sentence) for sentence in found]


def _row_errors(answer: SourceAnswer, asked: _Asked, request: RequestFile, result: ResultFile) -> list[RowError]:
    person = asked.get((answer.request_ref, answer.person_ref))
    if person is None:
        return [_error(answer, "人员编号", f"本批次没有提请核对“{answer.request_ref} / {answer.person_ref}”这个人。")]
    found = []
    if person.identity[-4:].upper() != answer.identity_tail:
        found.append(_error(answer, "身份证号后四位", "与提请核对的人员不一致，可能串了行，请核对。"))
    if answer.source not in request.sources:
        found.append(_error(answer, "数据来源", f"本批次没有提请查询“{source(answer.source).label}”。"))
    if answer.queried_on < request.prepared_on:
        found.append(_error(answer, "查询日期", f"早于本批次的提请日期 {request.prepared_on}。"))
    if answer.queried_on > result.answered_on:
        found.append(_error(answer, "查询日期", f"晚于文件的反馈日期 {result.answered_on}。"))
    return found


def _missing_errors(result: ResultFile, request: RequestFile) -> list[RowError]:
    absent = missing(result, request)
    if not absent:
        return []
    people = len({key[:2] for key in absent})
    sentence = (
        f"文件写明是全部反馈，但缺少 {people} 人的 {len(absent)} 项来源结果，文件可能不完整，没有采用任何内容。"
        "如果确实是分批反馈，请核对机构把“是否部分反馈”写成“是”。"
    )
    return [RowError(None, "", sentence)]


def _error(answer: SourceAnswer, column: str, sentence: str) -> RowError:
    row = answer.rows[0] if answer.rows else None
    place = f"第 {row} 行（条）" if row else ""
    return RowError(row, column, f"{place}“{column}”：{sentence}")
