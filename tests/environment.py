"""The surroundings of the tests, prepared before the settings are read (pytest's ``-p tests.environment``).

Each test process gets a data folder of its own, in memory where the machine offers that, with the
embedded database in it: a file, because the browser journeys reach it from several threads.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

ENOUGH_MEMORY = 512 * 1024 * 1024
IN_MEMORY = Path("/dev/shm")


def _parent() -> str | None:
    try:
        roomy = shutil.disk_usage(IN_MEMORY).free > ENOUGH_MEMORY and os.access(IN_MEMORY, os.W_OK)
    except OSError:
        roomy = False
    return str(IN_MEMORY) if roomy else None


def _alive(process: str) -> bool:
    return Path("/proc", process).exists()


def _make_folder() -> Path:
    parent = Path(_parent() or tempfile.gettempdir())
    # A run that was killed could not tidy up after itself, and memory is dear.
    for left in parent.glob("yimen-tests-*-*"):
        if not _alive(left.name.split("-")[2]):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"yimen-tests-{os.getpid()}-", dir=parent))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


DATA = _make_folder()
for name in [name for name in os.environ if name.startswith("YIMEN_")]:
    del os.environ[name]
os.environ["YIMEN_DATA"] = str(DATA)
# Playwright's synchronous interface keeps an event loop running in the test's own thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Put the embedded test database into the data folder and serve static files plainly."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(DATA / "test.sqlite3")
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
