"""Making the demo's folder: all of it in a side folder, which takes the place of the old one only when it is complete.

So an interruption leaves what was there before, and the database need not be flushed to the disk at every step.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

MARK = "demo.json"
_SIDE = "making"
_TELL_EVERY = 10


def kept_in(place: Path) -> dict[str, Any]:
    """What a finished demo keeps about itself; empty where there is none."""
    path = place / MARK
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def side_of(place: Path) -> Path:
    """An empty side folder; what an interrupted making left there is removed."""
    side = place / _SIDE
    if side.exists():
        shutil.rmtree(side)
        if not (place / MARK).exists():
            _empty(place)  # the last making was interrupted while its parts moved in
    side.mkdir(mode=0o700, parents=True)
    (side / "static").mkdir()
    return side


def is_foreign(place: Path) -> bool:
    """Whether a folder holds a database that no demo has made."""
    return (place / "yimen.sqlite3").exists() and not (place / MARK).exists() and not (place / _SIDE).exists()


def settle_in(place: Path) -> None:
    """The finished side folder takes the place of what was there; its mark comes last."""
    side = place / _SIDE
    _empty(place)
    for part in sorted(side.iterdir(), key=lambda part: part.name == MARK):
        part.rename(place / part.name)
    side.rmdir()


def _empty(place: Path) -> None:
    (place / MARK).unlink(missing_ok=True)
    for part in place.iterdir():
        if part.name == _SIDE:
            continue
        if part.is_dir() and not part.is_symlink():
            shutil.rmtree(part)
        else:
            part.unlink()


class Progress:
    """Tells every ten percent how far the making is and how long it has taken."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say, self.next, self.began = say, _TELL_EVERY, monotonic()

    def __call__(self, percent: int) -> None:
        if percent >= self.next:
            self.next = percent - percent % _TELL_EVERY + _TELL_EVERY
            self.say(f"  {percent:>3}%　已用 {self.seconds} 秒")

    @property
    def seconds(self) -> int:
        return round(monotonic() - self.began)


def make(side: Path, seed: int, day: str, households: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Database, district and mark in the side folder. Django is set up for it."""
    from django.core.management import call_command
    from django.db import connection

    from yimen.demo import samples
    from yimen.demo.build import build

    progress = Progress(say)
    _hasten(connection)
    call_command("migrate", verbosity=0)
    built = build(seed, date.fromisoformat(day), households, progress)
    samples.write(side, built.samples, date.fromisoformat(day))
    kept = {
        "seed": seed,
        "day": day,
        "households": built.households,
        "applications": built.applications,
        "logins": [asdict(login) for login in built.district.logins],
    }
    connection.close()
    handle = os.open(side / MARK, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(kept, file, ensure_ascii=False)
    say(f"  建好了，用了 {progress.seconds} 秒。")
    return kept


def _hasten(connection: Any) -> None:
    """An unfinished side folder is thrown away: this connection need not outlive a power cut."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA journal_mode=MEMORY")
            cursor.execute("PRAGMA cache_size=-131072")
            cursor.execute("PRAGMA temp_store=MEMORY")
