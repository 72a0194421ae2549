"""docs/how/check-files.md tells the truth: its examples are read, its tables are whole, its digest can be followed."""

import hashlib
import json
import re
from pathlib import Path

from tests.gateways import samples
from yimen.gateways.provincial.request_file import read_request
from yimen.gateways.provincial.result_read import HEAD, parse_bytes
from yimen.gateways.provincial.rows import COLUMNS
from yimen.law.checks import ITEMS, SOURCES, AnswerState, FoundPeriod

DOCUMENT = Path(__file__).parents[2].joinpath("docs/how/check-files.md").read_text(encoding="utf-8")
LEADING = ("request_ref", "person_ref", "identity_tail", "source", "state", "queried_on", "note")


def example(kind):
    return re.search(rf"```json {kind}\n(.*?)```", DOCUMENT, re.DOTALL)[1]


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def test_examples_are_real_files():
    assert read_request(example("request").encode()) == samples.request()
    assert parse_bytes(example("result").encode()) == samples.result()


def test_digest_of_the_result_follows_from_the_document_alone():
    result = json.loads(example("result"))
    rows = []
    for answer in result["answers"]:
        head = {field: answer[field] for field in LEADING}
        for found in answer["findings"] or [{}]:
            row = {**head, **found}
            if "amount" in row:
                row["amount_fen"] = int(row.pop("amount").replace(".", ""))
            rows.append(row)
    content = canonical({"batch_number": result["batch_number"], "rows": sorted(rows, key=canonical)})
    assert result["digest"] == "sha256:" + hashlib.sha256(content.encode()).hexdigest()


def test_digest_of_the_request_follows_from_the_document_alone():
    request = json.loads(example("request"))
    stated = request.pop("digest")
    assert stated == "sha256:" + hashlib.sha256(canonical(request).encode()).hexdigest()


def test_every_field_and_code_is_explained():
    for field, label in {**HEAD, **COLUMNS}.items():
        assert re.search(rf"\| {label} \| `{field}` \|", DOCUMENT)
    for known in (*ITEMS, *SOURCES):
        assert f"| `{known.code}` | {known.label} |" in DOCUMENT
    for term in (*AnswerState, *FoundPeriod):
        assert f"`{term}` {term.label}" in DOCUMENT
