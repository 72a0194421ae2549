"""The test database: the migrations are replayed once for all test processes, and each takes a copy of what they made.

The first process that needs a database makes the template, the others wait for it. Over the embedded database it is a
file in ``.cache`` that later runs use too, until a source changes; over PostgreSQL a database of the same server.
Tests that ask for no database are not run over PostgreSQL a second time.
"""

from __future__ import annotations

import fcntl
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings
from django.db import connection

from tests.environment import DATA

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".cache/test-databases"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """In place of pytest-django's, which replays the migrations in every process."""
    before, name = str(connection.settings_dict["NAME"]), connection.creation._get_test_db_name()
    with django_db_blocker.unblock():
        with _alone():
            copy(_template(before), name)
        use(name)
    yield
    with django_db_blocker.unblock():
        use(before)
        drop(name)


def is_file() -> bool:
    """Whether the database is the embedded one."""
    return connection.vendor == "sqlite"


def use(name: str) -> None:
    """Work on the named database from now on."""
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def copy(source: str, target: str) -> None:
    """A database like another one, which nobody may be using."""
    connection.close()
    if is_file():
        Path(target).unlink(missing_ok=True)
        with sqlite3.connect(source) as one, sqlite3.connect(target) as other:
            one.backup(other)
        one.close()
        other.close()
        return
    drop(target)
    quote = connection.ops.quote_name
    with connection._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [source],
        )
        cursor.execute(f"CREATE DATABASE {quote(target)} TEMPLATE {quote(source)}")


def drop(name: str) -> None:
    """Whoever still reads it loses it."""
    connection.close()
    if is_file():
        Path(name).unlink(missing_ok=True)
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Over PostgreSQL only what asks for the database is run: the rest has been, over the embedded one."""
    if is_file():
        return
    rest = [item for item in items if not _asks(item)]
    config.hook.pytest_deselected(items=rest)
    items[:] = [item for item in items if _asks(item)]


def _asks(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server", "django_db_setup"}
    return bool(item.get_closest_marker("django_db") or fixtures & set(getattr(item, "fixturenames", ())))


# -- the template ------------------------------------------------------------------------


@contextmanager
def _alone() -> Iterator[None]:
    """One test process at a time, on the whole machine."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sources() -> str:
    """Changes with whatever a migration may read: every source of the program, Django, the database's own version."""
    found = hashlib.sha256(repr((django.VERSION, sqlite3.sqlite_version)).encode())
    for path in sorted((ROOT / "yimen").rglob("*.py")):
        found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()[:16]


def _template(before: str) -> str:
    """A database in which the migrations have been replayed, made if there is none yet."""
    mark = _sources()
    if is_file():
        made = FOLDER / f"{mark}.sqlite3"
        if not made.exists():
            for old in FOLDER.glob("*.sqlite3*"):
                old.unlink()
            part = made.with_suffix(".sqlite3-part")
            _migrate(str(DATA / "migrated.sqlite3"))
            copy(str(DATA / "migrated.sqlite3"), str(part))
            part.rename(made)
            drop(str(DATA / "migrated.sqlite3"))
        return str(made)
    stem = f"test_{before}_template_"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [stem])
        there = [str(name) for (name,) in cursor.fetchall()]
    if stem + mark in there:
        return stem + mark
    for old in there:
        drop(old)
    _migrate(stem + "part")
    copy(stem + "part", stem + mark)
    drop(stem + "part")
    return stem + mark


def _migrate(name: str) -> None:
    tests = connection.settings_dict["TEST"]
    before, wanted = str(connection.settings_dict["NAME"]), tests["NAME"]
    tests["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    tests["NAME"] = wanted
    use(before)
