"""Nothing that goes out in public shows a whole identity number or account: pages, notices, screens, logs (B19)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from gunicorn.config import Config

from tests.bars.district import client_of
from tests.bars.words import unmasked
from tests.base.papers.pdf_text import text_of
from tests.journeys.grounds import Grounds
from yimen.base.papers import desk, library
from yimen.base.papers.models import Paper
from yimen.casework.applications.models import Application
from yimen.casework.decisions.models import Notice
from yimen.config.logs import Masking, masked
from yimen.config.server import gunicorn
from yimen.desks.public import throttle
from yimen.law.terms import Role


@pytest.fixture
def said() -> Iterator[list[str]]:
    """Everything that any logger says, as the settings write it."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.setFormatter(Masking("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.emit = lambda record: lines.append(handler.format(record))  # type: ignore[method-assign]
    root = logging.getLogger()
    loggers = [
        root,
        *(logging.getLogger(name) for name in ("django", "django.request", "django.server", "yimen", "axes")),
    ]
    for logger in loggers:
        logger.addHandler(handler)
    yield lines
    for logger in loggers:
        logger.removeHandler(handler)


def test_the_scan_sees_what_it_must() -> None:
    for bad in (
        "990101195803020020",
        "99010119580302002X",
        "9900000000000000018",
        "990101 19580302 0020",
        "6217-0001-0001-0001-01",
    ):
        assert unmasked(f"号码 {bad}，"), bad
    for good in (
        "9901***********020",
        "2026-11-22 10:20:30",
        "AL001202600012",
        "a" * 3 + "990101195803020020",
        "1,062.00",
    ):
        assert not unmasked(f"号码 {good}，"), good


def test_every_handler_masks() -> None:
    assert {row["()"] for row in settings.LOGGING["formatters"].values()} == {"yimen.config.logs.Masking"}
    assert all(row["formatter"] in settings.LOGGING["formatters"] for row in settings.LOGGING["handlers"].values())
    assert masked("Not Found: /99010119580302002X/ 6217000100010001017 2026-11-23 09:20:14,654") == (
        "Not Found: /9901****X/ 6217****7 2026-11-23 09:20:14,654"
    )


@pytest.mark.parametrize(
    ("number", "left"),
    [
        ("990101195803020020", "9901****0"),
        ("99010119580302002", "9901****2"),
        ("990101580302002", "9901****2"),
        ("6217000100010001", "6217****1"),
        ("6217000100010001017", "6217****7"),
        ("6217 0001 0001 0001 017", "6217****7"),
        ("990101%2019580302%200020", "9901****0"),
    ],
)
def test_a_long_number_is_cut_wherever_it_stands(number: str, left: str) -> None:
    for before, after in (("/", "/"), ("%E5%BC%A", ""), ("ref=x", "&"), ("王秀兰", "；"), ("'", "'")):
        assert masked(f"{before}{number}{after}") == f"{before}{left}{after}"
    for good in ("2026-11-23 09:20:14,654 [1234]", "13900000001", "AL001202600012", "10.0.0.1:8000"):
        assert masked(good) == good


def test_the_servers_own_log_is_masked(tmp_path: Path) -> None:
    """gunicorn writes its errors by a logger of its own: a bad request line, a worker's traceback."""
    options = [word for word in gunicorn("127.0.0.1", 8000) if word.startswith("--logger-class=")]
    log = tmp_path / "server.log"
    config = Config()
    config.set("errorlog", str(log))
    config.set("accesslog", str(log))
    config.set("logger_class", options[0].partition("=")[2])
    logger = config.logger_class(config)
    logger.warning("Invalid request from ip=%s: %s", "127.0.0.1", "GET /99010119580302002X HTTP/1.1")
    try:
        raise ValueError("账号 6217000100010001017")
    except ValueError:
        logger.exception("Error handling request /p/990101195803020020")
    logger.access_log.info("GET /990101195803020020")
    for handler in (*logger.error_log.handlers, *logger.access_log.handlers):
        handler.close()
    said = log.read_text(encoding="utf-8")
    assert "9901****X" in said and "6217****7" in said and said.count("9901****0") == 2 and not unmasked(said)


def _public_urls(grounds: Grounds) -> Iterator[str]:
    """From the list of places on, whatever it leads to; every notice, and a screen of every place that has one."""
    client, done, waiting = Client(), set(), ["/public/", "/p/", "/public/screen/"]
    while waiting:
        url = waiting.pop()
        if url in done:
            continue
        done.add(url)
        yield url
        html = client.get(url, follow=True).content.decode()
        found = re.findall(r'href="(/(?:public|p)/[^"#]*)"', html)
        waiting += [one for one in found if one not in done]
    yield from (f"/public/notice/{notice.ref}/" for notice in Notice.objects.order_by("id"))


def test_public_pages(grounds: Grounds) -> None:
    client, count = Client(), 0
    for url in _public_urls(grounds):
        throttle.forget()
        answer = client.get(url, follow=True)
        assert unmasked(answer.content.decode()) == [], url
        count += 1
    assert count > 20


def test_progress_pages_show_their_own_case_only(grounds: Grounds) -> None:
    """Who has the code and the last four signs sees the case, and still no number in full."""
    for case in Application.objects.exclude(progress_code="").order_by("id")[:6]:
        throttle.forget()
        client = Client()
        tail = case.applicant.identity[-4:]
        answer = client.post("/p/", {"code": case.progress_code, "tail": tail}, follow=True)
        assert unmasked(answer.content.decode()) == [], case.progress_code


def test_notices_as_papers(grounds: Grounds) -> None:
    """What is posted in the village is public too: papers that take no field but their own."""
    open_codes = [code for code in library.codes() if library.form(code).closed]
    papers = [Paper.objects.filter(code=code).order_by("-id")[:3] for code in open_codes]
    texts = {paper.ref: text_of(desk.render(paper)) for group in papers for paper in group}
    assert len(texts) >= 2
    for ref, text in texts.items():
        assert unmasked("".join(text.split("\n"))) == [] and unmasked(text) == [], ref


def test_logs(grounds: Grounds, said: list[str]) -> None:
    """A clerk types numbers right and wrong, searches for one, and asks for progress; no logger repeats them."""
    client = client_of(grounds.account(Role.HANDLER))
    number = grounds.cases[0].applicant.identity
    for url, fields in (
        ("/search/", {"q": number}), ("/township/intake/", {"members-0-identity": number, "account-account_number": "9" * 19}),
        ("/township/intake/identity/", {"members-0-identity": number}), ("/p/", {"code": number, "tail": number}),
        (f"/{number}/", {}), ("/login/", {"username": number, "password": number}),
    ):  # fmt: skip
        client.post(url, fields)
        client.get(f"{url}?q={number}")
    assert said, "nothing was logged at all"
    assert "\n".join(line for line in said if unmasked(line)) == ""
