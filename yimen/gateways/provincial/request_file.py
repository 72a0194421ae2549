"""The request file 核对委托书: written by the district, read by the agency (and by the practice province)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yimen.base.canonical import canonical, digest
from yimen.gateways.provincial import cells, opening
from yimen.gateways.provincial.errors import BadFile, BadRequest
from yimen.gateways.provincial.plain import REQUEST_KIND, Plain, request_from_plain, request_to_plain
from yimen.gateways.provincial.result_write import CATALOGUE_ROWS, ITEM_ROWS
from yimen.gateways.provincial.shapes import AskedPerson, RequestFile
from yimen.gateways.provincial.sheets import Sheet, workbook
from yimen.law.checks import is_source

KIND_LABEL = "核对委托文件"
HEAD_SHEET, PEOPLE_SHEET, SOURCES_SHEET, ITEMS_SHEET = "说明", "核对名单", "数据来源", "核对项目"
HEAD: dict[str, str] = {
    "kind": "文件种类",
    "version": "格式版本",
    "batch_number": "批次号",
    "district_code": "区划代码",
    "district_name": "委托单位所在区",
    "prepared_on": "提请日期",
    "case_count": "户数",
    "person_count": "人数",
    "sources": "提请来源代码",
    "digest": "摘要",
}
_CASE = {"request_ref": "请求编号", "application_number": "申请编号", "programme": "救助类别", "township": "乡街"}
_PERSON = {
    "person_ref": "人员编号",
    "name": "姓名",
    "identity": "身份证号",
    "relation": "与申请人关系",
    "consent_paper": "授权书编号",
    "consent_until": "授权有效期至",
}
COLUMNS = {**_CASE, **_PERSON}


def problems(request: RequestFile) -> list[str]:
    """Why this file must not go out: nobody is asked about without consent in force (Law Art. 41), nothing twice."""
    found = [f"来源代码“{code}”不认识。" for code in request.sources if not is_source(code)]
    if not request.sources or len(set(request.sources)) != len(request.sources):
        found.append("提请的数据来源为空或有重复。")
    if not request.person_count:
        found.append("本批次没有需要核对的人员。")
    seen: set[tuple[str, str]] = set()
    for case, person in request.people():
        found.extend(_consent_problems(person, request.prepared_on))
        if (case.request_ref, person.person_ref) in seen:
            found.append(f"“{person.name}”在同一申请中出现了两次。")
        seen.add((case.request_ref, person.person_ref))
    refs = [case.request_ref for case in request.cases]
    if len(set(refs)) != len(refs):
        found.append("同一请求编号在本批次中出现了两次。")
    return found


def _consent_problems(person: AskedPerson, day: date) -> list[str]:
    if not person.consent_paper.strip():
        return [f"“{person.name}”没有登记授权书，依法不能提请核对，请先取得书面授权。"]
    if person.consent_until < day:
        return [f"“{person.name}”的授权书已于 {person.consent_until} 到期，请重新取得授权后再提请核对。"]
    return []


def _check(request: RequestFile) -> None:
    found = problems(request)
    if found:
        raise BadRequest(found[0], tuple(found))


def request_json(request: RequestFile) -> bytes:
    """The documented JSON file, in canonical form. Raises BadRequest."""
    _check(request)
    return canonical(request_to_plain(request)) + b"\n"


def request_xlsx(request: RequestFile) -> bytes:
    """The documented workbook. Raises BadRequest."""
    _check(request)
    plain = request_to_plain(request)
    head = {**plain, "kind": KIND_LABEL, "sources": "、".join(request.sources)}
    rows = [
        [str({**case, **person}[field]) for field in COLUMNS] for case in plain["cases"] for person in case["persons"]
    ]
    asked = [row for row in CATALOGUE_ROWS if row[0] in request.sources]
    return workbook(
        (
            Sheet(HEAD_SHEET, ("说明项", "内容"), [(label, str(head[key])) for key, label in HEAD.items()], (18, 90)),
            Sheet(PEOPLE_SHEET, tuple(COLUMNS.values()), rows, (16, 20, 20, 18, 16, 20, 22, 16, 20, 14)),
            Sheet(SOURCES_SHEET, ("代码", "来源", "数据单位", "可核对项目"), asked, (22, 16, 30, 40)),
            Sheet(ITEMS_SHEET, ("代码", "项目", "表示方式", "单位"), ITEM_ROWS, (16, 24, 12, 8)),
        ),
        request.prepared_on,
    )


def read_request(data: bytes) -> RequestFile:
    """The request in a file of either kind, digest verified. Raises BadFile."""
    opening.check_size(data)
    plain = _from_excel(data) if opening.is_excel(data) else opening.read_json(data)
    if plain.get("kind") != REQUEST_KIND:
        raise BadFile("这不是核对委托文件，没有采用任何内容。")
    stated = plain.pop("digest", "")
    try:
        request = request_from_plain(plain)
        whole = digest(plain) == stated and request_to_plain(request)["digest"] == stated
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadFile("核对委托文件缺少内容或格式不对，没有采用任何内容。") from None
    if not whole:
        raise BadFile("核对委托文件的摘要与内容不一致，文件可能被截断或改动，没有采用任何内容。")
    return request


def _from_excel(data: bytes) -> Plain:
    sheets = opening.read_sheets(data, (HEAD_SHEET, PEOPLE_SHEET))
    try:
        return _plain_of_sheets(sheets)
    except (KeyError, ValueError, IndexError):
        raise BadFile("核对委托文件缺少内容，或者号码被 Excel 改成了数字，没有采用任何内容。") from None


def _plain_of_sheets(sheets: Mapping[str, opening.Rows]) -> Plain:
    labels = {label: key for key, label in HEAD.items()}
    head: Plain = {labels[str(row[0])]: cells.text(row[1]) for row in sheets[HEAD_SHEET] if row[0] in labels}
    columns = {label: key for key, label in COLUMNS.items()}
    fields = [columns[str(label)] for label in sheets[PEOPLE_SHEET][0]]
    cases: dict[str, dict[str, Any]] = {}
    for line in sheets[PEOPLE_SHEET][1:]:
        row = {field: cells.text(value) for field, value in zip(fields, line, strict=True)}
        case = {key: row[key] for key in _CASE}
        cases.setdefault(row["request_ref"], {**case, "persons": []})["persons"].append({k: row[k] for k in _PERSON})
    head["kind"] = REQUEST_KIND if head["kind"] == KIND_LABEL else head["kind"]
    head["sources"] = head["sources"].split("、")
    counts = {key: int(head[key]) for key in ("version", "case_count", "person_count")}
    return {**head, **counts, "cases": list(cases.values())}
