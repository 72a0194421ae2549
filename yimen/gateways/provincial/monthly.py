"""Between the monthly comparison and the two files: what leaves by source, what comes back (plan 四(六)).

The files are those of a single check, one source in each; a large district is asked in several parts. Nothing is stored of a
request file: it is written from the rows whenever it is asked for, always the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.files import desk as files
from yimen.base.jobs import desk as jobs
from yimen.base.runs.desk import Tell, quiet
from yimen.base.runs.steady import seldom
from yimen.base.runs.working import as_officer, ask
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.comparison import queries
from yimen.gateways.provincial import door, folder as exchange, practice
from yimen.gateways.provincial.errors import BadFile, BadRequest
from yimen.gateways.provincial.plain import result_to_plain
from yimen.gateways.provincial.receive import read_result
from yimen.gateways.provincial.request_file import request_xlsx
from yimen.gateways.provincial.request_stream import request_chunks
from yimen.gateways.provincial.result_write import result_json
from yimen.gateways.provincial.shapes import AskedCase, AskedPerson, RequestFile, ResultFile
from yimen.law.calendar import today

JOB, POSTING = "import_comparison", "post_comparison"
KIND = "comparison_part"
PREFIX = "BD"


# -- what leaves -------------------------------------------------------------------------


def request_name(part: Any, suffix: str) -> str:
    """The name under which the request file of a part travels."""
    return exchange.file_name("request", part.number, f".{suffix}")


def request_of(part: Any) -> RequestFile:
    """What is asked in a part, as the gateway knows a request."""
    head = queries.request_head(part)
    cases = tuple(
        AskedCase(**{**case, "persons": tuple(AskedPerson(**person) for person in case["persons"])})
        for case in queries.request_cases(part)
    )
    plain = {name: head[name] for name in ("batch_number", "district_code", "district_name", "prepared_on")}
    return RequestFile(**plain, cases=cases, sources=tuple(head["sources"]))


def request_json(part: Any) -> Iterator[bytes]:
    """The request file of a part as JSON, streamed."""
    head = {**queries.request_head(part), "sources": list(queries.request_head(part)["sources"])}
    return request_chunks(head, queries.request_cases(part))


def request_excel(part: Any) -> bytes:
    """The request file of a part as a workbook."""
    return request_xlsx(request_of(part))


def post(officer: Officer, run: Any) -> int:
    """Put every request file of a run into the outbox of the watched folder. How many."""
    count = 0
    for part in queries.parts_of(officer, run).select_related("feed__run__district"):
        exchange.put(door.watched().outbox, request_name(part, "json"), b"".join(request_json(part)))
        count += 1
    return count


def start_posting(officer: Officer, run: Any) -> None:
    """Have the request files written into the watched folder, behind the page."""
    ask(officer, POSTING, {"run": run.ref})


@jobs.job(POSTING)
def post_requests(running: jobs.Running) -> dict[str, Any]:
    """Write every request file of a run into the outbox; one that lies there already stays as it is."""
    running.tell("正在写请求文件")
    as_officer(
        running, "正在写请求文件", lambda officer, tell: post(officer, queries.run(officer, running.args["run"]))
    )
    return dict(running.args)


# -- what comes back ---------------------------------------------------------------------


def read(officer: Officer, data: bytes) -> ResultFile:
    """The result in a file, parsed where it can do no harm and held against what was asked. Raises BadFile."""
    with TemporaryDirectory(prefix="yimen-") as place, seldom():
        path = Path(place) / "result"
        path.write_bytes(data)
        return read_result(path, lambda number: _request_numbered(officer, number), today(), door.parse_apart)


def _request_numbered(officer: Officer, number: str) -> RequestFile | None:
    part = queries.part_numbered(officer, number)
    return _bare_request(part) if part else None


def _bare_request(part: Any) -> RequestFile:
    """What a result file is held against: who was asked about and the end of his number, without a word that it does not need."""
    head = queries.request_head(part)
    cases = tuple(
        AskedCase(
            case, "", "", "", tuple(AskedPerson(ref, "", identity, "", "", date.max) for _, ref, identity in people)
        )
        for case, people in groupby(queries.request_tails(part), key=lambda row: row[0])
    )
    plain = {name: head[name] for name in ("batch_number", "district_code", "district_name", "prepared_on")}
    return RequestFile(**plain, cases=cases, sources=tuple(head["sources"]))


def take(officer: Officer, result: ResultFile, data: bytes, name: str) -> Any:
    """Hand a read result to the room and keep the file with its part. One that was interrupted goes on where it was."""

    def keep(taken: Any) -> None:
        door.keep(officer, data, name, door.RESULT_CLASS, taken.part.ref, KIND)

    return take_kept(officer, result, keep)


def take_kept(officer: Officer, result: ResultFile, keep: Any = None, tell: Tell = quiet) -> Any:
    """Hand a read result, whose file is kept already, to the room; its question need not lie in the folder any longer."""
    with seldom():
        taken = acts.take_comparison(officer, content=result_to_plain(result), keep=keep, tell=tell)
    transaction.on_commit(lambda: _withdraw(taken.part), robust=True)
    return taken


def _withdraw(part: Any) -> None:
    for suffix in ("json", "xlsx"):
        (door.watched().outbox / request_name(part, suffix)).unlink(missing_ok=True)


def sentence_of(taken: Any) -> str:
    """What became of a file, in one sentence."""
    label = door.source_label(taken.part.feed.source)
    gaps = f"，{taken.unanswered} 人未查到反馈（待核对）" if taken.unanswered else ""
    return f"已导入“{label}”的比对结果 {taken.number}：{taken.rows} 人{gaps}，与上次不同 {queries.hits_of(taken)} 项。"


def _deliver(officer: Officer, data: bytes, name: str) -> str:
    return sentence_of(take(officer, read(officer, data), data, name))


door.DELIVERED[PREFIX] = _deliver


# -- the practice province ---------------------------------------------------------------


def practise(officer: Officer, run: Any) -> list[str]:
    """The practice province answers every part that lacks, with nothing new; its answers are taken in at once. Demo only."""
    if not (settings.YIMEN_DEMO or settings.YIMEN_TESTING):
        raise Refused("练习核对机构只在演示环境使用。", "no_practice", 403)
    told = []
    for part in queries.parts_of(officer, run).select_related("feed__run__district").filter(whole_at__isnull=True):
        try:
            result = practice.answer(request_of(part), door.PRACTICE_SEED, today(), queries.known_of(part))
        except BadRequest as bad:
            told.append(f"批次 {part.number}：{bad.sentence}")
            continue
        told.append(sentence_of(take(officer, result, result_json(result), f"{part.number}.json")))
    return told


# -- large files -------------------------------------------------------------------------


def start(officer: Officer, result: ResultFile, data: bytes, name: str) -> str:
    """Keep a large file and put its import in the queue; the job's reference."""
    part = queries.part_numbered(officer, result.batch_number)
    if part is None:
        raise Refused(f"没有编号为“{result.batch_number}”的每月比对。", "unknown_batch", 422, "file")
    kept = door.keep(officer, data, name, door.RESULT_CLASS, part.ref, KIND)
    return ask(officer, JOB, {"file": kept.ref, "part": part.ref})


@jobs.job(JOB)
def import_large(running: jobs.Running) -> dict[str, Any]:
    """Read the kept file anew and hand it to the room in the name of who brought it; it goes on where it was, however often it begins."""
    kept = files.find(running.args["file"])
    if kept is None:
        raise jobs.JobFailed("导入的文件已不在，没有改动任何内容。请重新导入。")
    data = files.read(kept)
    running.tell("正在读取并比对结果文件")
    as_officer(running, "正在比对", lambda officer, tell: _take_once(officer, data, tell))
    return {"part": running.args["part"]}


def _take_once(officer: Officer, data: bytes, tell: Tell) -> None:
    try:
        take_kept(officer, read(officer, data), tell=tell)
    except BadFile as bad:
        raise jobs.JobFailed(bad.sentence) from bad
    except Refused as refused:
        if refused.code != "replayed":  # a worker died after the act and before its last word
            raise
