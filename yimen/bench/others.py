"""What others make of our files in a month: the answers of the sources and banks, the platform's export; none of it is measured."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

from yimen.base.access.officer import Officer
from yimen.casework.monthclose.comparison import queries
from yimen.casework.monthclose.platform import listing
from yimen.demo import ledger_files, platform
from yimen.gateways.bank import practice
from yimen.gateways.provincial import monthly
from yimen.gateways.provincial.plain import make_result
from yimen.gateways.provincial.result_write import result_json
from yimen.gateways.provincial.shapes import Finding, ResultFile, SourceAnswer
from yimen.law.calendar import today
from yimen.law.money import show

__all__ = ["NEWS", "SOURCES", "answers", "bank_answer", "export", "parts"]

SOURCES = {"household_register": "户籍", "social_insurance": "社保", "vehicle_register": "车辆"}
NEWS = 100
"""One person in so many has something new."""
_FAILING, _DIFFERING, _PENSIONERS = 100, 1_000, 5
_PORTION = 2_000
_OF_ALL = Finding("members", "在册，姓名与证件号码一致")


# -- sources ---------------------------------------------------------------------------------


def parts(officer: Officer, asked: Any) -> Iterator[Any]:
    """The parts of a run."""
    yield from queries.parts_of(officer, asked).select_related("feed__run__district")


def answers(officer: Officer, asked: Any, source: str, news: int, folder: Path) -> list[Path]:
    """The result files of a source, one for each part; ``news``: one person in so many has something new, none for 0."""
    made = []
    for part in parts(officer, asked):
        if part.feed.source == source:
            made.append(folder / part.number)
            made[-1].write_bytes(result_json(_answer(part, source, news)))
    return made


def _answer(part: Any, source: str, news: int) -> ResultFile:
    request = monthly.request_of(part)
    rows = [
        SourceAnswer(case.request_ref, person.person_ref, person.identity[-4:], source, "answered", today(),
                     _found(source, crc32(person.identity.encode()), news))
        for case, person in request.people()
    ]  # fmt: skip
    return make_result(request.batch_number, f"{request.batch_number}-R", today(), "示例省核对中心", rows)


def _found(source: str, number: int, news: int) -> tuple[Finding, ...]:
    new = bool(news) and number % news == 0
    if source == "household_register":
        return (_OF_ALL,)
    if source == "social_insurance":
        fen = 24_300 if new else 14_300
        pension = Finding("pension", "城乡居民养老金", fen, None, "month", today())
        return (pension,) if number % _PENSIONERS == 0 else ()
    return (Finding("vehicle", "小型轿车", None, 1, "", today()),) if new else ()


# -- bank and platform -----------------------------------------------------------------------


def bank_answer(file: Any) -> bytes:
    """The answer to a file; one payment in a hundred fails."""
    return practice.answer(file, range(_FAILING, file.count + 1, _FAILING))


def export(township: str, month: str, path: Path) -> Path:
    """The platform's export of a township's month, row by row; one household in a thousand has another amount there."""
    ledger_files.long_sheet(str(path), platform.title(township, month), platform.HEADS, _lines(township, month))
    return path


def _lines(township: str, month: str) -> Iterator[list[Any]]:
    for number, row in enumerate(_rows(township, month), 1):
        line = platform.line(number, row)
        if number % _DIFFERING == 1:
            line[platform.AT["amount"]] = show(100)
        yield line


def _rows(township: str, month: str) -> Iterator[listing.MonthRow]:
    portion: list[Any] = []
    for version in listing.standing(township, month).iterator(chunk_size=_PORTION):
        portion.append(version)
        if len(portion) == _PORTION:
            yield from listing.month_rows(portion, full=True)
            portion = []
    yield from listing.month_rows(portion, full=True)
