"""The benchmarks count and show what they say; how fast anything was is never tested."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from yimen.bench import beside, reckoning
from yimen.bench.commands import BENCHMARKS, main_bench
from yimen.bench.inside import HOMES
from yimen.bench.load import Ask, BadAnswer, hammer
from yimen.bench.report import Measure, Report, grown, percentile, shown


def test_the_nearest_rank_is_taken() -> None:
    values = [*range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.95), percentile([7], 0.95)) == (50, 95, 7)
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_columns_line_up_under_chinese_heads() -> None:
    rows = [Measure("一户", "500 次", 312.4, "微秒"), Measure("plain", "1", 1_234_567, "户/秒", "注")]
    text = Report("reckon", "保障金计算", rows, {"处理器": "2 核"}).to_text().splitlines()
    assert text[0] == "保障金计算（reckon）"
    assert text[2] == ""
    assert text[3].startswith("项目   规模    结果")
    assert "1,234,567" in text[6]


@pytest.mark.parametrize(
    ("value", "words"), [(1234.5, "1,234"), (312.4, "312"), (20, "20"), (12.34, "12.3"), (0.5, "0.5")]
)
def test_figures_are_short(value: float, words: str) -> None:
    assert shown(value) == words


def test_the_same_households_in_one_process_and_in_several(capsys: pytest.CaptureFixture[str]) -> None:
    assert main_bench(["reckon", "--size", "30", "--json"]) == 0
    [report] = json.loads(capsys.readouterr().out)
    assert report["benchmark"] == "reckon"
    found = {one["name"]: one["value"] for one in report["measures"]}
    assert 0 < found["符合条件"] <= 30
    assert found["一户，三口人"] > 0


def test_invented_households_differ_and_repeat() -> None:
    def some(seed: int) -> list[object]:
        draw = random.Random(seed)
        return [reckoning.facts_of(draw) for _ in range(20)]

    assert some(1) == some(1) != some(2)
    assert len({len(facts.people) for facts in some(1)}) > 1  # type: ignore[attr-defined]


def test_an_unknown_benchmark_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main_bench(["nothing"])
    assert "没有“nothing”这个项目" in capsys.readouterr().err
    assert {*HOMES, "reckon"} == {*BENCHMARKS}


class _Page(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = b"x" * 100
        self.send_response(200 if self.path == "/good" else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def test_every_client_takes_its_share(port: int) -> None:
    times = hammer(port, [Ask("/good")], clients=3, requests=10)
    assert len(times.milliseconds) == 10
    assert times.p50 <= times.p95
    assert round(times.kilobytes * 1024) == 100


def test_a_page_that_fails_spoils_the_benchmark(port: int) -> None:
    with pytest.raises(BadAnswer, match="404"):
        hammer(port, [Ask("/good"), Ask("/bad")], clients=2, requests=4)


def test_a_row_that_takes_longer_where_there_are_more_is_seen() -> None:
    small = [Measure("冻结", "10 户", 300.0, "户/秒", "甲"), Measure("合计", "10 户", 3.0, "秒")]
    large = [Measure("冻结", "100 户", 200.0, "户/秒", "乙"), Measure("合计", "100 户", 45.0, "秒", "丙")]
    assert [one.note for one in grown(small, large)] == ["乙；每行用时是十分之一规模的 1.50 倍", "丙"]


def test_pages_are_asked_for_idle_and_meanwhile(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "serving", lambda command, port: nullcontext())
    monkeypatch.setattr(beside, "_IDLE_SECONDS", 1.5)
    with beside.asking([], port, {"名册": Ask("/good"), "办结": Ask("/bad")}) as pages:
        pages.during("编制名册")
        threading.Event().wait(0.6)
        pages.during("")
    found = {one.name: one for one in pages.measures()}
    assert {*found} == {"空闲时 名册", "办结同时 名册", "空闲时 办结", "办结同时 办结"}
    assert "没有打开" in found["办结同时 办结"].note
    assert "没有打开" not in found["办结同时 名册"].note


def test_only_the_month_has_pages_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main_bench(["reckon", "--beside"])
    assert "--beside 只用于“month”" in capsys.readouterr().err
