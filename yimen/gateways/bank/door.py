"""What desks and the demo call about bank files: release one, give it out again, take an answer in, book it, try a template.

I give the room what writes and reads; whatever changes a row is an act of the room of payments.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.exports import desk as exports
from yimen.base.files import desk as files
from yimen.casework.payments import acts, bank_queries as queries
from yimen.gateways.bank import parsing, practice
from yimen.gateways.bank.demo_lines import CONTROLS, lines
from yimen.gateways.bank.reading import Answers, read_text
from yimen.gateways.bank.writing import Unwritable, write
from yimen.law import procedure
from yimen.law.payments.bank_layout import BankLayouts
from yimen.law.payments.bank_terms import FileKind, ReturnFault

MAX_BYTES = 40 * 1024 * 1024
LARGE, LARGE_BYTES = 2_000, 1024 * 1024
"""From how many lines sent, or bytes answered, on an answer is read and booked by the worker."""
_LIMITS: dict[str, int] = {"seconds": 60, "memory_mb": 1_200}
_FUNCTION = "yimen.gateways.bank.parsing:read"


def send(officer: Officer, *, area: str, template: str, count: int, total_fen: int, code: str = "") -> Any:
    """Release the file of a township to the bank of a template. Raises Refused."""
    return acts.send_bank_file(
        officer, area=area, template=template, count=count, total_fen=total_fen, write=write, code=code
    )


def give_out(officer: Officer, ref: str, *, code: str = "") -> Any:
    """The file as it was released, into the officer's exports: with a fresh second factor, its households' reads noted.

    It is counted, and let go by a second person where it is large (K24, K33, K36). Raises Refused.
    """
    found = queries.file(officer, ref)
    if not officer.holds(procedure.OFFICE_STEPS["send_bank_file"].roles, found.area_id):
        raise Refused("发放文件由本乡街的资金发放岗下载。", "wrong_role", 403)
    content = queries.content_of(found)
    with transaction.atomic():
        asked = {"file": found.name, "bank_file": found.ref}
        words = f"批次 {found.number}，{found.count} 笔"
        export = exports.begin(
            officer, title=f"银行发放文件 {found.number}", asked=asked, words=words, full=True,
            reason=f"报送{found.template.name}", code=code,
        )  # fmt: skip
        subjects = [exports.Subject("household", *refs) for refs in queries.households(found)]
        return exports.hand_in(officer, export, content, rows=found.count, kind="bank", subjects=subjects)


def take(officer: Officer, *, file: str, content: bytes, name: str) -> Any:
    """Take a bank's answer in and judge it; nothing is booked. Raises Refused for a file that is none at all."""
    if not content:
        raise Refused("文件是空的，请重新选择文件。", "bad_file", 422, "file")
    if len(content) > MAX_BYTES:
        raise Refused(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，不是这一批的返回文件。", "bad_file", 422, "file")
    later = is_large(queries.file(officer, file).count, len(content))
    return acts.take_bank_return(officer, file=file, content=content, name=name, read=read, later=later)


def is_large(lines: int, size: int) -> bool:
    """Whether an answer is too long to be read while its officer waits."""
    return lines > LARGE or size > LARGE_BYTES


def judge(officer: Officer, *, ref: str) -> Any:
    """Judge an answer that was only kept when it came in. Raises Refused."""
    return acts.judge_bank_return(officer, ref=ref, read=read)


def book(officer: Officer, *, ref: str) -> Any:
    """Book an answer that was judged. Raises Refused."""
    return acts.book_bank_return(officer, ref=ref, read=read)


def practise(officer: Officer, ref: str, failing: Sequence[int] = ()) -> Any:
    """In the demo: the invented bank answers a file, and the answer is taken in. Raises Refused elsewhere."""
    if not (settings.YIMEN_DEMO or settings.YIMEN_TESTING):
        raise Refused("练习银行只在示例环境里答复。", "no_demo", 403)
    found = queries.file(officer, ref)
    content = practice.answer(found, failing or practice.usual(found.count))
    return acts.take_bank_return(officer, file=ref, content=content, name=f"HP{found.number}.txt", read=read_own)


def read_own(layouts: BankLayouts, content: bytes) -> Answers:
    """What a file of our own making answers; it needs no child process unless it is packed."""
    return read(layouts, content) if layouts.back.kind is FileKind.EXCEL else read_text(layouts.back, content)


def read(layouts: BankLayouts, content: bytes) -> Answers:
    """What a file answers, read in the limited child process (K28); one that cannot be read is a fault."""
    with TemporaryDirectory(prefix="yimen-") as place:
        path = Path(place) / "answer"
        path.write_bytes(content)
        path.with_name(parsing.LAYOUT).write_text(json.dumps(layouts.back.plain()), "utf-8")
        try:
            return Answers(**files.parse_limited(_FUNCTION, path, **_LIMITS))
        except files.BadFile as bad:
            found = Answers()
            found.fault(0, ReturnFault.UNREADABLE, str(bad))
            return found


def sample(layouts: BankLayouts) -> tuple[str, bytes, str]:
    """The file that invented lines would make: its name, its content, and which lines do not fit and why ("" if all do)."""
    name = layouts.file_name(batch="990101001P261101", month="202611", day="20261126")
    drawn = list(lines(layouts))
    try:
        return name, write(layouts, drawn, CONTROLS), ""
    except Unwritable as unfit:
        wrong = {number for number, _ in unfit.faults}
        fit = [line for number, line in enumerate(drawn, start=1) if number not in wrong]
        return name, write(layouts, fit, CONTROLS), str(unfit)
