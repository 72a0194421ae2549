"""``comparison``: a month in which everybody on assistance is compared, twice: asked, request files written, answers taken in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from yimen.base.access.officer import Officer, officer_of
from yimen.bench.month import settle
from yimen.bench.report import Measure
from yimen.bench.uplift import TOWNSHIP, memory
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.comparison import laying, queries
from yimen.demo import places
from yimen.gateways.provincial import monthly
from yimen.gateways.provincial.plain import make_result
from yimen.gateways.provincial.result_write import result_json
from yimen.gateways.provincial.shapes import Finding, ResultFile, SourceAnswer
from yimen.law import calendar
from yimen.law.calendar import add_months, month_of, today
from yimen.law.terms import Role

_SEED = 9
_SOURCES = ("household_register", "social_insurance", "vehicle_register")
_OF_ALL = Finding("members", "在册，姓名与证件号码一致")


def run(size: int) -> list[Measure]:
    """``size`` households on an empty database: a first month, then one in which one in a hundred has something new."""
    district = places.build(_SEED, today(), lambda: "bench-password-1")
    handler = officer_of(district.accounts[district.who(TOWNSHIP, Role.HANDLER).pk])
    checker = officer_of(district.accounts[district.who(places.DISTRICT, Role.CHECKER).pk])
    settle(size, handler)
    laying.consent_all(today(), today() + timedelta(days=300))
    first = _month(size, checker, "", 0)
    with calendar.travel(add_months(today(), 1)):
        second = _month(size, checker, "（次月）", 100)
    return [*first, *second, memory()]


def _month(size: int, checker: Officer, which: str, news: int) -> list[Measure]:
    made: list[Measure] = []

    def take(name: str, work: Callable[[], Any]) -> Any:
        started = perf_counter()
        found = work()
        seconds = perf_counter() - started
        note = f"{seconds:.2f} 秒；内存至此最高 {memory().value:.0f} MB"
        made.append(Measure(f"{name}{which}", f"{size:,} 户", size / seconds, "户/秒", note))
        return found

    month, due = month_of(today()), today()
    asked = take("提请", lambda: acts.ask_comparison(checker, month=month, due_on=due, sources=_SOURCES))
    parts = list(queries.parts_of(checker, asked).select_related("feed__run__district"))
    with TemporaryDirectory() as folder:
        take(f"写 {len(parts)} 份请求文件", lambda: [_write(Path(folder), part) for part in parts])
    for source in _SOURCES:
        files = [result_json(_answer(part, source, news)) for part in parts if part.feed.source == source]
        hits = take(f"读入并比对 {source}", lambda files=files: [_take(checker, data) for data in files])
        made[-1] = Measure(
            made[-1].name, made[-1].size, made[-1].value, made[-1].unit, f"{made[-1].note}；差异 {sum(hits)} 项"
        )
    return made


def _write(folder: Path, part: Any) -> None:
    with (folder / monthly.request_name(part, "json")).open("wb") as stream:
        for chunk in monthly.request_json(part):
            stream.write(chunk)


def _take(checker: Officer, data: bytes) -> int:
    return queries.hits_of(monthly.take_kept(checker, monthly.read(checker, data)))


def _answer(part: Any, source: str, news: int) -> ResultFile:
    request = monthly.request_of(part)
    rows = [
        SourceAnswer(case.request_ref, person.person_ref, person.identity[-4:], source, "answered", today(),
                     _found(source, number, news))
        for number, (case, person) in enumerate(request.people())
    ]  # fmt: skip
    return make_result(request.batch_number, f"{request.batch_number}-R", today(), "示例省核对中心", rows)


def _found(source: str, number: int, news: int) -> tuple[Finding, ...]:
    new = bool(news) and number % news == 0
    if source == "household_register":
        return (_OF_ALL,)
    if source == "social_insurance":
        return (
            (Finding("pension", "城乡居民养老金", 24_300 if new else 14_300, None, "month", today()),)
            if number % 5 == 0
            else ()
        )
    return (Finding("vehicle", "小型轿车", None, 1, "", today()),) if new else ()
