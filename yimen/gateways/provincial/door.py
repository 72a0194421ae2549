"""Between the verification room and the two files: what leaves, what comes back, by hand or through the folder.

I translate and then knock: everything that changes a row is an act of the room, done under an officer's name.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction

from yimen.base.access.officer import Officer, officer_of
from yimen.base.access.refusal import Refused
from yimen.base.files import desk as files
from yimen.base.offices import queries as offices
from yimen.casework.verification import acts, queries
from yimen.gateways.provincial import folder as exchange, practice
from yimen.gateways.provincial.errors import BadFile, BadRequest
from yimen.gateways.provincial.plain import make_result, result_to_plain
from yimen.gateways.provincial.practice import Truth
from yimen.gateways.provincial.receive import PARSER, read_result
from yimen.gateways.provincial.request_file import read_request, request_json, request_xlsx
from yimen.gateways.provincial.result_write import result_json
from yimen.gateways.provincial.shapes import AskedCase, AskedPerson, RequestFile, ResultFile
from yimen.law.calendar import today
from yimen.law.checks import AnswerState, is_source, source
from yimen.law.terms import Role

log = logging.getLogger(__name__)

KIND = "check_batch"
REQUEST_CLASS, RESULT_CLASS = "check_request_file", "check_result_file"
LARGE = 500
PRACTICE_SEED = "practice"
_PARSE_SECONDS, _PARSE_MB = 60, 1_500
_SETTLED = (AnswerState.ANSWERED, AnswerState.NOT_AVAILABLE)
_TRANSIENT = frozenset({"overtaken"})
_WRITERS: dict[str, Callable[[RequestFile], bytes]] = {"json": request_json, "xlsx": request_xlsx}
Delivered = Callable[[Officer, bytes, str], str]
DELIVERED: dict[str, Delivered] = {}
"""What else arrives in the folder, by the beginning of its batch numbers: who takes it in and says what became of it."""


def watched() -> exchange.Folder:
    """The folder that the provincial agency's carrier shares with us."""
    return exchange.Folder(Path(settings.YIMEN_GATEWAY_DIR))


# -- what leaves -------------------------------------------------------------------------


def send(officer: Officer, sources: list[str] | None = None) -> Any:
    """Let the waiting requests leave as one batch: the act, its file kept sealed, and both forms in the outbox."""
    with transaction.atomic():
        batch = acts.send_checks(officer, sources=sources or [])
        request = _asked(queries.request_content(batch))
        try:
            written = {suffix: write(request) for suffix, write in _WRITERS.items()}
        except BadRequest as bad:
            raise Refused(bad.sentence, "bad_request_file") from bad
        keep(officer, written["json"], request_name(batch, "json"), REQUEST_CLASS, batch.ref)
        transaction.on_commit(lambda: _post(batch, written), robust=True)
    return batch


def _asked(content: dict[str, Any]) -> RequestFile:
    cases = tuple(
        AskedCase(**{**case, "persons": tuple(AskedPerson(**person) for person in case["persons"])})
        for case in content["cases"]
    )
    return RequestFile(**{**content, "cases": cases, "sources": tuple(content["sources"])})


def keep(officer: Officer, data: bytes, name: str, document_class: str, subject_ref: str, kind: str = KIND) -> Any:
    """Keep a file sealed with what it belongs to. Raises BadFile."""
    try:
        return files.store(
            data,
            name=name,
            document_class=document_class,
            subject_kind=kind,
            subject_ref=subject_ref,
            staff_id=officer.staff.pk,
            staff_name=officer.staff.name,
            account_id=officer.account.pk,
            office_code=officer.office.area_id,
            allowed=frozenset({"xlsx", "json"}),
        )
    except files.BadFile as bad:
        raise BadFile(str(bad)) from bad


def _post(batch: Any, written: dict[str, bytes]) -> None:
    for suffix, data in written.items():
        exchange.put(watched().outbox, request_name(batch, suffix), data)


def request_name(batch: Any, suffix: str) -> str:
    """The name under which the request file of a batch travels."""
    return exchange.file_name("request", batch.number, f".{suffix}")


def request_of(batch: Any) -> RequestFile | None:
    """What was asked in a batch, exactly as it left; None where its file was never made."""
    kept = files.files_of(KIND, batch.ref).filter(document_class=REQUEST_CLASS).first()
    return read_request(files.read(kept)) if kept else None


def request_bytes(batch: Any, suffix: str) -> bytes:
    """The request file of a batch as ``xlsx`` or ``json``, for the officer who carries it."""
    request = request_of(batch)
    if request is None:
        raise Refused(f"批次 {batch.number} 没有留存的请求文件，请联系系统管理员。", "no_request_file")
    return _WRITERS[suffix](request)


# -- what comes back ---------------------------------------------------------------------


def read(officer: Officer, data: bytes) -> ResultFile:
    """The result in a file, parsed where it can do no harm and held against its batch. Raises BadFile."""
    with TemporaryDirectory(prefix="yimen-") as place:
        path = Path(place) / "result"
        path.write_bytes(data)
        return read_result(path, lambda number: _request_numbered(officer, number), today(), parse_apart)


def parse_apart(path: Path) -> dict[str, Any]:
    """A result file in plain values, parsed where it can do no harm (K28). Raises BadFile."""
    module, _, name = PARSER.rpartition(".")
    try:
        answer: dict[str, Any] = files.parse_limited(
            f"{module}:{name}", path, seconds=_PARSE_SECONDS, memory_mb=_PARSE_MB
        )
    except files.BadFile as bad:
        raise BadFile(str(bad)) from bad
    return answer


class Elsewhere(BadFile):
    """The file answers no single check but what another desk has asked; the folder hands it on."""

    def __init__(self, number: str, prefix: str) -> None:
        super().__init__(f"这是每月比对的结果文件（批次 {number}），请在“每月比对”页面导入。没有采用任何内容。")
        self.prefix = prefix


def _request_numbered(officer: Officer, number: str) -> RequestFile | None:
    if prefix := next((each for each in DELIVERED if number.startswith(each)), None):
        raise Elsewhere(number, prefix)
    batch = queries.batch_numbered(officer, number)
    return request_of(batch) if batch else None


def take(officer: Officer, result: ResultFile, data: bytes, name: str) -> Any:
    """Hand a read result to the room and keep the file with its batch; all of it or nothing."""
    with transaction.atomic():
        taken = take_kept(officer, result)
        keep(officer, data, name, RESULT_CLASS, taken.batch.ref)
    return taken


def keep_for_job(officer: Officer, data: bytes, name: str, batch_ref: str) -> Any:
    """Keep a large file with its batch before a job takes it in."""
    return keep(officer, data, name, RESULT_CLASS, batch_ref)


def take_kept(officer: Officer, result: ResultFile) -> Any:
    """Hand a read result, whose file is kept already, to the room."""
    taken = acts.import_results(officer, content=result_to_plain(result))
    if queries.batch(officer, taken.batch.ref).returned_on:
        transaction.on_commit(lambda: _withdraw(taken.batch), robust=True)
    return taken


def _withdraw(batch: Any) -> None:
    """An answered request need not lie in the shared folder any longer: identity numbers are in it (K25)."""
    for suffix in _WRITERS:
        (watched().outbox / request_name(batch, suffix)).unlink(missing_ok=True)


def sentence_of(taken: Any) -> str:
    """What became of a file, in one sentence."""
    told = taken.summary
    parts = [f"新增 {told['new']} 项"]
    parts += [f"与已有相同 {told['same']} 项"] if told["same"] else []
    parts += [f"迟到未采用 {told['late_rows']} 项"] if told["late_rows"] else []
    return f"已导入批次 {taken.batch.number} 的结果文件 {taken.number}：{'，'.join(parts)}。"


def source_label(code: str) -> str:
    """The name of a source; a code of an older catalogue stands for itself."""
    return source(code).label if is_source(code) else code


# -- the watched folder ------------------------------------------------------------------


class Overtaken(Exception):
    """Somebody was faster; the file stays in the inbox and is tried again at the next look."""


def _deliver(officer: Officer) -> exchange.Deliver:
    def deliver(data: bytes, name: str) -> str:
        try:
            return sentence_of(take(officer, read(officer, data), data, name))
        except Elsewhere as other:
            return DELIVERED[other.prefix](officer, data, name)
        except Refused as refused:
            if refused.code in _TRANSIENT:
                raise Overtaken(refused.sentence) from refused
            raise

    return deliver


def gateway_officer() -> Officer:
    """The officer under whose account the folder's files are taken in (YIMEN_GATEWAY_ACCOUNT)."""
    name = str(getattr(settings, "YIMEN_GATEWAY_ACCOUNT", "") or "")
    if not name:
        raise Refused("没有设置收取交换文件夹的账号（YIMEN_GATEWAY_ACCOUNT），文件夹没有查看。", "no_account", 403)
    account = offices.account_named(name)
    officer = officer_of(account, "gateway") if account and account.is_active else None
    if officer is None or Role.CHECKER not in officer.roles:
        raise Refused(f"账号“{name}”不存在、已停用或不在区级核对岗位，文件夹没有查看。", "wrong_account", 403)
    return officer


def poll_once() -> list[str]:
    """One look at the inbox, for `yimen gateway`: a sentence per file. Raises Refused without a proper account."""
    return exchange.poll(watched(), _deliver(gateway_officer()))


def practice_round(officer: Officer, truth: Truth | None = None, seed: str = PRACTICE_SEED) -> list[str]:
    """The practice province answers every batch that still waits, and the answers are taken in at once. Demo only.

    Only what nobody has answered yet is answered, so that a round after a partial answer never contradicts it.
    """
    if not (settings.YIMEN_DEMO or settings.YIMEN_TESTING):
        raise Refused("练习核对机构只在演示环境使用。", "no_practice", 403)
    place, told = watched(), []
    for batch in queries.visible_batches(officer).filter(returned_on__isnull=True).order_by("id"):
        try:
            told += _practise(place, batch, truth, seed)
        except BadRequest as bad:
            told.append(f"批次 {batch.number}：{bad.sentence}")
    return [*told, *exchange.poll(place, _deliver(officer), settled=True)]


def _practise(place: exchange.Folder, batch: Any, truth: Truth | None, seed: str) -> list[str]:
    request = request_of(batch)
    if request is None:
        return []
    whole = practice.answer(request, seed, today(), truth)
    known = _answered(batch)
    rows = [row for row in whole.rows if (row.person_ref, row.source) not in known]
    if not rows:
        return []
    number = f"{whole.result_number}-{queries.files_of(batch).count() + 1}"
    partial = len(rows) < len(whole.rows)
    result = make_result(batch.number, number, whole.answered_on, whole.agency, rows, partial=partial)
    exchange.put(place.inbox, exchange.file_name("result", number, ".json"), result_json(result))
    return [f"批次 {batch.number}：练习核对机构已答复 {len(rows)} 项。"]


def _answered(batch: Any) -> set[tuple[str, str]]:
    """Person and source that have said something in this batch, whatever it was but an error."""
    said = queries.requests_of(batch).filter(
        persons__results__superseded=False, persons__results__state__in=[*_SETTLED]
    )
    return set(said.order_by("id").values_list("persons__ref", "persons__results__source"))
