"""Reading a result file: the form is checked in a limited child process, the meaning against the request here.

``parse_result`` is the child's part: bytes in, plain JSON out, no database and no network. ``read_result`` is what
a room calls. Either everything is taken or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from yimen.gateways.provincial import cells, opening
from yimen.gateways.provincial.errors import BadFile, RowError, bad_rows
from yimen.gateways.provincial.plain import (
    RESULT_KIND,
    VERSION,
    Plain,
    count_rows,
    make_result,
    result_from_plain,
    result_to_plain,
)
from yimen.gateways.provincial.rows import COLUMNS, RawRow, build
from yimen.gateways.provincial.shapes import ResultFile

T = TypeVar("T")

HEAD_SHEET = "说明"
ROWS_SHEET = "核对结果"
KIND_LABEL = "核对结果文件"
HEAD: dict[str, str] = {
    "kind": "文件种类",
    "version": "格式版本",
    "batch_number": "批次号",
    "result_number": "结果文件号",
    "agency": "核对机构",
    "answered_on": "反馈日期",
    "partial": "是否部分反馈",
    "row_count": "结果行数",
    "digest": "摘要",
}
NAME_COLUMN = "姓名"
_YES_NO = {"yes": "是", "no": "否"}
_ANSWER_FIELDS = ("request_ref", "person_ref", "identity_tail", "source", "state", "queried_on", "note")
_FINDING_FIELDS = ("item", "value", "amount", "count", "period", "data_date", "detail")


@dataclass(frozen=True)
class _Raw:
    head: Mapping[str, object]
    rows: list[RawRow]
    digest_required: bool


def parse_result(path: str) -> Plain:
    """``{"ok": True, "result": …}`` or ``{"ok": False, "sentence", "row", "errors"}`` for the file at ``path``."""
    try:
        result = parse_bytes(Path(path).read_bytes())
    except BadFile as bad:
        errors = [[error.row, error.column, error.sentence] for error in bad.errors]
        return {"ok": False, "sentence": bad.sentence, "row": bad.row, "errors": errors}
    return {"ok": True, "result": result_to_plain(result)}


def parsed(answer: Mapping[str, Any]) -> ResultFile:
    """The result inside an answer of ``parse_result``; raises the BadFile that it carries."""
    if answer["ok"]:
        return result_from_plain(answer["result"])
    errors = tuple(RowError(row, column, sentence) for row, column, sentence in answer["errors"])
    raise BadFile(answer["sentence"], answer["row"], errors)


def parse_bytes(data: bytes) -> ResultFile:
    """A result file whose form, row count and digest hold. Raises BadFile."""
    opening.check_size(data)
    raw = _from_excel(data) if opening.is_excel(data) else _from_json(data)
    _check_kind(raw.head)
    answers, errors = build(raw.rows)
    if errors:
        raise bad_rows(errors)
    partial = _head(raw.head, "partial", _yes_no)
    result = make_result(
        _head(raw.head, "batch_number", cells.code),
        _head(raw.head, "result_number", cells.code),
        _head(raw.head, "answered_on", cells.day),
        _head(raw.head, "agency", cells.text),
        answers,
        partial=partial,
    )
    _check_whole(raw, result)
    return result


def _yes_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    return cells.choice(value, _YES_NO) == "yes"


def _head(head: Mapping[str, object], field: str, read: Callable[[object], T]) -> T:
    try:
        return read(head.get(field))
    except cells.BadCell as error:
        raise BadFile(f"文件说明中的“{HEAD[field]}”：{error}没有采用任何内容。") from None


def _check_kind(head: Mapping[str, object]) -> None:
    kind = _head(head, "kind", cells.text)
    if kind not in (RESULT_KIND, KIND_LABEL):
        raise BadFile(f"这不是核对结果文件（文件种类写的是“{kind or '空'}”），没有采用任何内容。")
    version = _head(head, "version", cells.whole)
    if version != VERSION:
        raise BadFile(f"文件格式版本是“{version}”，本系统只认识版本 {VERSION}，没有采用任何内容。")


def _check_whole(raw: _Raw, result: ResultFile) -> None:
    stated = _head(raw.head, "row_count", cells.text).strip()
    actual = count_rows(result.rows)
    if stated != str(actual):
        raise BadFile(
            f"文件说明写明有 {stated or '（空）'} 行结果，实际读到 {actual} 行，文件可能被截断或改动，没有采用任何内容。"
        )
    digest = _head(raw.head, "digest", cells.text).strip()
    if not digest and not raw.digest_required:
        return
    if digest != result.digest:
        raise BadFile("文件的摘要与内容不一致，文件可能被截断或改动，没有采用任何内容。请核对机构重新提供。")


def _from_json(data: bytes) -> _Raw:
    found = opening.read_json(data)
    answers = found.pop("answers", None)
    if not isinstance(answers, list):
        raise BadFile("JSON 文件缺少 answers 列表，没有采用任何内容。")
    _no_strangers(found, HEAD, "文件说明")
    if len(answers) > opening.MAX_ROWS:
        raise BadFile(f"结果超过 {opening.MAX_ROWS} 条，请核对机构分批提供。")
    rows: list[RawRow] = []
    for number, answer in enumerate(answers, start=1):
        rows.extend(_json_rows(number, answer))
    return _Raw(found, rows, digest_required=True)


def _json_rows(number: int, answer: object) -> list[RawRow]:
    place = f"第 {number} 条"
    if not isinstance(answer, dict):
        raise BadFile(f"{place}不是一个对象，没有采用任何内容。", number)
    findings = answer.get("findings", [])
    if not isinstance(findings, list) or not all(isinstance(found, dict) for found in findings):
        raise BadFile(f"{place}的 findings 应当是对象的列表，没有采用任何内容。", number)
    _no_strangers(answer, (*_ANSWER_FIELDS, "findings"), place, number)
    for found in findings:
        _no_strangers(found, _FINDING_FIELDS, place, number)
    head = {field: answer.get(field) for field in _ANSWER_FIELDS}
    return [RawRow(number, "条", {**head, **found}) for found in findings or [{}]]


def _no_strangers(found: Mapping[str, Any], known: object, place: str, row: int | None = None) -> None:
    names = set(known) if isinstance(known, (tuple, Mapping)) else set()
    strange = sorted(str(name)[:40] for name in found if name not in names)
    if strange:
        raise BadFile(f"{place}中有不认识的字段：{'、'.join(strange[:10])}，没有采用任何内容。", row)


def _from_excel(data: bytes) -> _Raw:
    sheets = opening.read_sheets(data, (HEAD_SHEET, ROWS_SHEET))
    labels = {label: field for field, label in HEAD.items()}
    head: dict[str, object] = {}
    for row in sheets[HEAD_SHEET]:
        label = row[0].strip() if row and isinstance(row[0], str) else ""
        if label in labels and len(row) > 1:
            if labels[label] in head:
                raise BadFile(f"工作表“{HEAD_SHEET}”中“{label}”出现了两次，没有采用任何内容。")
            head[labels[label]] = row[1]
    return _Raw(head, _excel_rows(sheets[ROWS_SHEET]), digest_required=False)


def _excel_rows(sheet: opening.Rows) -> list[RawRow]:
    if not sheet:
        raise BadFile(f"工作表“{ROWS_SHEET}”是空的，没有采用任何内容。")
    fields = _fields(sheet[0])
    rows = []
    for number, line in enumerate(sheet[1:], start=2):
        if all(cells.is_blank(value) for value in line):
            continue
        rows.append(RawRow(number, "行", {field: value for field, value in zip(fields, line, strict=False) if field}))
    return rows


def _fields(first: list[object]) -> list[str]:
    labels = {**{label: field for field, label in COLUMNS.items()}, NAME_COLUMN: ""}
    names = [value.strip() if isinstance(value, str) else str(value or "") for value in first]
    while names and not names[-1]:
        names.pop()
    strange = [name or "（空列名）" for name in names if name not in labels]
    absent = [label for label in COLUMNS.values() if label not in names]
    if strange or absent or len(set(names)) != len(names):
        parts = [f"多出“{'”“'.join(strange)}”"] if strange else []
        parts += [f"缺少“{'”“'.join(absent)}”"] if absent else []
        raise BadFile(
            f"工作表“{ROWS_SHEET}”第 1 行的列名不对：{'，'.join(parts) or '有重复的列'}。没有采用任何内容。", 1
        )
    return [labels[name] for name in names]
