"""The inner process of a benchmark with a database: makes the tables, measures, prints its report as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib import import_module

from yimen.bench.report import Measure

# Where each benchmark's ``run(size, *options) -> list[Measure]`` lives.
HOMES = {
    "acts": "yimen.bench.acting",
    "pages": "yimen.bench.pages",
    "import": "yimen.bench.importing",
    "papers": "yimen.bench.papering",
    "uplift": "yimen.bench.uplift",
    "month": "yimen.bench.month",
    "comparison": "yimen.bench.comparison",
    "bank": "yimen.bench.banking",
}


def main(argv: Sequence[str]) -> int:
    """``inside NAME SIZE [OPTION …]``: 0 and JSON on standard output, or a trace on standard error and 1."""
    name, size, *options = argv
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.STATIC_ROOT.mkdir(exist_ok=True)
    call_command("migrate", verbosity=0)
    run: Callable[..., list[Measure]] = import_module(HOMES[name]).run
    measures = run(int(size), *options)
    sys.stdout.write(json.dumps({"database": _database(), "measures": [asdict(one) for one in measures]}))
    return 0


def _database() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {str(cursor.fetchone()[0]).split()[0]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
