"""The package is whole: pinned, explained, locked, and the wheel carries every file that the program reads."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

from tests.house.sources import ROOT, tracked
from yimen.desks.public.help.shelf import SITE, TYPES

PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(PYPROJECT)["project"]
BASE = PROJECT["dependencies"]
DEV = PROJECT["optional-dependencies"]["dev"]
BATCH = PROJECT["optional-dependencies"]["batch"]
PIN = re.compile(r"([A-Za-z0-9_-]+)(?:\[\w+\])? ==([\w.]+)")
MOST_DIRECT = 20


def _pin(requirement: str) -> tuple[str, str]:
    pinned = PIN.fullmatch(requirement)
    assert pinned, f"{requirement}: not an exact pin"
    return pinned[1].lower().replace("_", "-"), pinned[2]


def _locked(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[\w+\])?==([\w.]+)", text, re.MULTILINE))


def test_the_base_stays_small() -> None:
    assert len(BASE) <= MOST_DIRECT


def test_each_dependency_has_its_reason() -> None:
    without = [name for name in [*BASE, *BATCH, *DEV] if not re.search(re.escape(f'"{name}",') + r" +# \w", PYPROJECT)]
    assert without == []


def test_the_locks_hold_what_the_project_pins() -> None:
    base, batch, dev = _locked("base"), _locked("batch"), _locked("dev")
    assert {name: base.get(name) for name, _ in map(_pin, BASE)} == dict(map(_pin, BASE))
    assert {name: dev.get(name) for name, _ in map(_pin, DEV)} == dict(map(_pin, DEV))
    assert {name: batch.get(name) for name, _ in map(_pin, BATCH)} == dict(map(_pin, BATCH))
    assert base.items() <= dev.items() and base.items() <= batch.items()
    # All of the batch is tested as it is shipped; Spark alone comes as its archive (scripts/fetch_spark.sh).
    assert batch.items() - dev.items() == {("pyspark", dict(map(_pin, BATCH))["pyspark"])}


def test_every_locked_version_has_hashes() -> None:
    for name in ("base", "batch", "dev"):
        text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
        assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-z])", text) if "==" in entry)


def test_the_wheel_carries_every_file(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--disable-pip-version-check", "--no-index"]
    subprocess.run([*command, "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT], check=True)
    (wheel,) = tmp_path.glob("yimen-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
        scripts = archive.read(next(name for name in packed if name.endswith("entry_points.txt"))).decode()
    assert {path.as_posix() for path in tracked() if path.parts[0] == "yimen"} - packed == set()
    assert "yimen=yimen.cli:main" in scripts.replace(" ", "")
    # The handbook is made, not kept in git; `make test` has made it before.
    made = {path.relative_to(ROOT).as_posix() for path in SITE.rglob("*") if path.suffix in TYPES}
    assert made - packed == set()
