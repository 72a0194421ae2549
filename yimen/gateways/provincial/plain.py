"""The two files as JSON's own types, and the digest that tells the same answer delivered twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from yimen.base.canonical import canonical, digest, digest_bytes, encode_plain
from yimen.gateways.provincial.shapes import AskedCase, AskedPerson, Finding, RequestFile, ResultFile, SourceAnswer

REQUEST_KIND = "yimen.check.request"
RESULT_KIND = "yimen.check.result"
VERSION = 1

Plain = dict[str, Any]


def flat_rows(answers: Iterable[SourceAnswer]) -> list[Plain]:
    """One row per finding, and one for an answer without findings: the rows of the Excel sheet."""
    rows: list[Plain] = []
    for answer in answers:
        head = answer_to_plain(answer)
        findings = head.pop("findings")
        rows.extend({**head, **found} for found in findings or [{}])
    return rows


def rows_digest(batch_number: str, answers: Iterable[SourceAnswer]) -> str:
    """Digest over batch number and rows in canonical order: neither file kind nor row order matters."""
    rows = sorted(encode_plain(row) for row in flat_rows(answers))
    # Each row is written once: sorted as it is written, and what is written is the canonical form of the whole.
    head = canonical({"batch_number": batch_number, "rows": []}).removesuffix(b"]}")
    return digest_bytes(b"".join((head, b",".join(rows), b"]}")))


def count_rows(answers: Iterable[SourceAnswer]) -> int:
    """How many rows the answers fill."""
    return sum(max(1, len(answer.findings)) for answer in answers)


def make_result(
    batch_number: str,
    result_number: str,
    answered_on: date,
    agency: str,
    rows: Iterable[SourceAnswer],
    *,
    partial: bool = False,
) -> ResultFile:
    """A result file with its row count and digest reckoned."""
    kept = tuple(rows)
    count, sign = count_rows(kept), rows_digest(batch_number, kept)
    return ResultFile(batch_number, result_number, answered_on, agency, kept, count, sign, partial)


def finding_to_plain(finding: Finding) -> Plain:
    return {
        "item": finding.item,
        "value": finding.value_text,
        "amount_fen": finding.amount_fen,
        "count": finding.count,
        "period": finding.period,
        "data_date": finding.data_date.isoformat() if finding.data_date else None,
        "detail": finding.detail,
    }


def finding_from_plain(plain: Mapping[str, Any]) -> Finding:
    day = plain["data_date"]
    return Finding(
        item=plain["item"],
        value_text=plain["value"],
        amount_fen=plain["amount_fen"],
        count=plain["count"],
        period=plain["period"],
        data_date=date.fromisoformat(day) if day else None,
        detail=plain["detail"],
    )


def answer_to_plain(answer: SourceAnswer) -> Plain:
    return {
        "request_ref": answer.request_ref,
        "person_ref": answer.person_ref,
        "identity_tail": answer.identity_tail,
        "source": answer.source,
        "state": answer.state,
        "queried_on": answer.queried_on.isoformat(),
        "note": answer.note,
        "findings": [finding_to_plain(found) for found in answer.findings],
    }


def answer_from_plain(plain: Mapping[str, Any]) -> SourceAnswer:
    return SourceAnswer(
        request_ref=plain["request_ref"],
        person_ref=plain["person_ref"],
        identity_tail=plain["identity_tail"],
        source=plain["source"],
        state=plain["state"],
        queried_on=date.fromisoformat(plain["queried_on"]),
        findings=tuple(finding_from_plain(found) for found in plain["findings"]),
        note=plain["note"],
        rows=tuple(plain.get("rows", ())),
    )


def result_to_plain(result: ResultFile) -> Plain:
    """A checked result in JSON's types, with the file rows kept for later sentences; also how a room may store it."""
    return {
        "batch_number": result.batch_number,
        "result_number": result.result_number,
        "answered_on": result.answered_on.isoformat(),
        "agency": result.agency,
        "partial": result.partial,
        "row_count": result.row_count,
        "digest": result.digest,
        "answers": [{**answer_to_plain(row), "rows": list(row.rows)} for row in result.rows],
    }


def result_from_plain(plain: Mapping[str, Any]) -> ResultFile:
    """The reverse of ``result_to_plain``; trusts its input."""
    return ResultFile(
        batch_number=plain["batch_number"],
        result_number=plain["result_number"],
        answered_on=date.fromisoformat(plain["answered_on"]),
        agency=plain["agency"],
        rows=tuple(answer_from_plain(row) for row in plain["answers"]),
        row_count=plain["row_count"],
        digest=plain["digest"],
        partial=plain["partial"],
    )


def request_to_plain(request: RequestFile) -> Plain:
    """The request as the JSON file carries it, counts and digest included."""
    body: Plain = {
        "kind": REQUEST_KIND,
        "version": VERSION,
        "batch_number": request.batch_number,
        "district_code": request.district_code,
        "district_name": request.district_name,
        "prepared_on": request.prepared_on.isoformat(),
        "sources": list(request.sources),
        "case_count": len(request.cases),
        "person_count": request.person_count,
        "cases": [_case_to_plain(case) for case in request.cases],
    }
    return {**body, "digest": digest(body)}


def _case_to_plain(case: AskedCase) -> Plain:
    return {
        "request_ref": case.request_ref,
        "application_number": case.application_number,
        "programme": case.programme,
        "township": case.township,
        "persons": [_person_to_plain(person) for person in case.persons],
    }


def _person_to_plain(person: AskedPerson) -> Plain:
    return {
        "person_ref": person.person_ref,
        "name": person.name,
        "identity": person.identity,
        "relation": person.relation,
        "consent_paper": person.consent_paper,
        "consent_until": person.consent_until.isoformat(),
    }


def request_from_plain(plain: Mapping[str, Any]) -> RequestFile:
    """The reverse of ``request_to_plain``. Raises KeyError, TypeError or ValueError when parts are missing or wrong."""
    return RequestFile(
        batch_number=str(plain["batch_number"]),
        district_code=str(plain["district_code"]),
        district_name=str(plain["district_name"]),
        prepared_on=date.fromisoformat(plain["prepared_on"]),
        cases=tuple(_case_from_plain(case) for case in plain["cases"]),
        sources=tuple(str(code) for code in plain["sources"]),
    )


def _case_from_plain(plain: Mapping[str, Any]) -> AskedCase:
    return AskedCase(
        request_ref=str(plain["request_ref"]),
        application_number=str(plain["application_number"]),
        programme=str(plain["programme"]),
        township=str(plain["township"]),
        persons=tuple(_person_from_plain(person) for person in plain["persons"]),
    )


def _person_from_plain(plain: Mapping[str, Any]) -> AskedPerson:
    return AskedPerson(
        person_ref=str(plain["person_ref"]),
        name=str(plain["name"]),
        identity=str(plain["identity"]),
        relation=str(plain["relation"]),
        consent_paper=str(plain["consent_paper"]),
        consent_until=date.fromisoformat(plain["consent_until"]),
    )
