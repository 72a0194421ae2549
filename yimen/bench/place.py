"""A place of one's own for a benchmark that needs a database: a scratch folder, and on PostgreSQL a scratch database."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

TODAY = "2026-11-24"


class BenchFailed(Exception):
    """A benchmark did not come to its end; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def inside(benchmark: str, arguments: Sequence[str]) -> dict[str, Any]:
    """Run a benchmark in a process of its own whose data lie in a scratch place; its report as plain data."""
    with _surroundings() as environment:
        done = subprocess.run(  # noqa: S603  # this interpreter, our own module
            [sys.executable, "-m", "yimen.bench.inside", benchmark, *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            check=False,
        )
    if done.returncode:
        raise BenchFailed(f"“{benchmark}”没有跑完，原因见上。")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@contextmanager
def _surroundings() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="yimen-bench-") as folder, _database() as url:
        environment = {
            **os.environ,
            "YIMEN_DATA": folder,
            "YIMEN_DEMO": "1",
            "YIMEN_TODAY": TODAY,
            "DJANGO_SETTINGS_MODULE": "yimen.config.settings",
        }
        environment.pop("DATABASE_URL", None)
        yield {**environment, "DATABASE_URL": url} if url else environment


@contextmanager
def _database() -> Iterator[str]:
    """The address of an empty database beside the one of DATABASE_URL, dropped afterwards; "" for the embedded one."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return
    import psycopg
    from psycopg import sql

    name = f"yimen_bench_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
