"""Writing result files: by the practice province, and the blank sheet that an agency without export fills by hand."""

from __future__ import annotations

from yimen.base.canonical import canonical
from yimen.gateways.provincial.plain import RESULT_KIND, VERSION, Plain, flat_rows, result_to_plain
from yimen.gateways.provincial.result_read import HEAD, HEAD_SHEET, KIND_LABEL, NAME_COLUMN, ROWS_SHEET
from yimen.gateways.provincial.rows import COLUMNS
from yimen.gateways.provincial.shapes import RequestFile, ResultFile
from yimen.gateways.provincial.sheets import Sheet, workbook
from yimen.law.checks import ITEMS, SOURCES, AnswerState, FoundPeriod, item, source
from yimen.law.money import Fen

_LABEL_COLUMNS = tuple(COLUMNS)
_STATES = dict(AnswerState.choices())
_PERIODS = dict(FoundPeriod.choices())
_WIDTHS = (16, 16, 14, 14, 12, 12, 18, 26, 14, 8, 12, 12, 30, 20)


def plain_yuan(amount: Fen | None) -> str:
    """Yuan with two decimals and without grouping, as the files state it; empty for no amount."""
    if amount is None:
        return ""
    sign, whole = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def result_json(result: ResultFile) -> bytes:
    """The documented JSON file, in canonical form."""
    plain = result_to_plain(result)
    answers = [_json_answer(answer) for answer in plain.pop("answers")]
    return canonical({"kind": RESULT_KIND, "version": VERSION, **plain, "answers": answers}) + b"\n"


def _json_answer(answer: Plain) -> Plain:
    findings = []
    for found in answer["findings"]:
        amount = plain_yuan(found.pop("amount_fen")) or None
        findings.append({**found, "amount": amount})
    kept = {field: value for field, value in answer.items() if field != "rows"}
    return {**kept, "findings": findings}


def result_xlsx(result: ResultFile) -> bytes:
    """The documented workbook: sheets 说明 and 核对结果, one row per finding."""
    rows = [_excel_row(row) for row in flat_rows(result.rows)]
    head = {
        "batch_number": result.batch_number,
        "result_number": result.result_number,
        "agency": result.agency,
        "answered_on": result.answered_on.isoformat(),
        "partial": "是" if result.partial else "否",
        "row_count": str(result.row_count),
        "digest": result.digest,
    }
    sheets = (_head_sheet(head), Sheet(ROWS_SHEET, tuple(COLUMNS.values()), rows, _WIDTHS, _lists()))
    return workbook(sheets, result.answered_on)


def blank_result_xlsx(request: RequestFile) -> bytes:
    """A workbook with every asked person and source, to be filled by hand; the digest may stay empty there."""
    rows = []
    for case, person in request.people():
        for code in request.sources:
            known = {
                "request_ref": case.request_ref,
                "person_ref": person.person_ref,
                "identity_tail": person.identity[-4:].upper(),
                "source": source(code).label,
            }
            rows.append([*(known.get(field, "") for field in _LABEL_COLUMNS), person.name])
    head = {"batch_number": request.batch_number, "partial": "否"}
    heads = (*COLUMNS.values(), NAME_COLUMN)
    return workbook((_head_sheet(head), Sheet(ROWS_SHEET, heads, rows, _WIDTHS, _lists())), request.prepared_on)


def _head_sheet(values: dict[str, str]) -> Sheet:
    filled = {"kind": KIND_LABEL, "version": str(VERSION), **values}
    rows = [(label, filled.get(field, "")) for field, label in HEAD.items()]
    return Sheet(HEAD_SHEET, ("说明项", "内容"), rows, (18, 80))


def _lists() -> dict[int, list[str]]:
    places = {field: place for place, field in enumerate(_LABEL_COLUMNS)}
    return {
        places["state"]: list(_STATES.values()),
        places["period"]: list(_PERIODS.values()),
    }


def _excel_row(row: Plain) -> list[str]:
    shown = {field: str(row[field]) for field in _LABEL_COLUMNS if row.get(field) is not None}
    shown["source"] = source(row["source"]).label
    shown["state"] = _STATES[row["state"]]
    shown["amount"] = plain_yuan(row.get("amount_fen"))
    if row.get("item"):
        shown["item"] = item(row["item"]).label
    if row.get("period"):
        shown["period"] = _PERIODS[row["period"]]
    return [shown.get(field, "") for field in _LABEL_COLUMNS]


CATALOGUE_ROWS: tuple[tuple[str, str, str, str], ...] = tuple(
    (one.code, one.label, one.body, "、".join(item(code).label for code in one.items)) for one in SOURCES
)
ITEM_ROWS: tuple[tuple[str, str, str, str], ...] = tuple(
    (one.code, one.label, one.measure.label, one.unit) for one in ITEMS
)
