"""The practice province at the other end of a watched folder: real request files in, real result files out."""

from __future__ import annotations

from datetime import date

from yimen.gateways.provincial.errors import BadFile, BadRequest
from yimen.gateways.provincial.folder import Folder, file_name, put
from yimen.gateways.provincial.practice import Truth, answer
from yimen.gateways.provincial.request_file import read_request
from yimen.gateways.provincial.result_write import result_json, result_xlsx


def answer_folder(folder: Folder, seed: str | int, on: date, truth: Truth | None = None) -> list[str]:
    """Answer every request file in outbox/ into inbox/, in the format of the question; one sentence per file.

    A request that was already answered, in either format, is not answered again.
    """
    told: list[str] = []
    for path in sorted(folder.outbox.iterdir()):
        if path.name.startswith(".") or path.suffix not in (".json", ".xlsx"):
            continue
        try:
            told += _answer_one(folder, path.read_bytes(), path.suffix, seed, on, truth)
        except (BadFile, BadRequest) as error:
            told.append(f"{path.name}：{error.sentence}")
    return told


def _answer_one(folder: Folder, data: bytes, suffix: str, seed: str | int, on: date, truth: Truth | None) -> list[str]:
    request = read_request(data)
    names = [file_name("result", request.batch_number, end) for end in (".json", ".xlsx")]
    if any((place / name).exists() for place in (folder.inbox, folder.done) for name in names):
        return []
    result = answer(request, seed, on, truth)
    write = result_json if suffix == ".json" else result_xlsx
    name = put(folder.inbox, file_name("result", request.batch_number, suffix), write(result)).name
    return [f"{name}：练习核对机构已答复 {request.person_count} 人，{result.row_count} 行。"]
