"""The handbook as it is built from the sources of this moment, once for all tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT
from yimen.desks.public.help import shelf


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site; a warning of the builder fails every test that looks at it."""
    done = subprocess.run([sys.executable, ROOT / "scripts/handbook/build.py"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return shelf.SITE
