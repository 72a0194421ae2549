"""`yimen demo`: make the district if it is not there, print address and accounts, serve it on this machine only."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yimen.config.server import gunicorn

DEFAULT_DAY = "2026-11-24"
DEFAULT_HOUSEHOLDS = 320
EARLIEST = "2026-11-02"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    seed: int = 1
    day: str = ""
    households: int = DEFAULT_HOUSEHOLDS
    reset: bool = False
    host: str = "127.0.0.1"
    port: int = 8000
    serve: bool = True


def _say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def folder() -> Path:
    """Where the demo lives: YIMEN_DATA, or var/demo below the current folder."""
    return Path(os.environ.get("YIMEN_DATA") or Path.cwd() / "var" / "demo").resolve()


def surroundings(wanted: Wanted) -> Path:
    """Set the environment that the settings read; must run before Django starts."""
    place = folder()
    if wanted.reset and place.exists() and (place / "demo.json").exists():
        shutil.rmtree(place)
    place.mkdir(parents=True, exist_ok=True)
    (place / "static").mkdir(exist_ok=True)
    kept = _kept(place)
    os.environ["YIMEN_DATA"] = str(place)
    os.environ["YIMEN_DEMO"] = "1"
    os.environ["YIMEN_TODAY"] = _today(wanted, kept)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yimen.config.settings")
    if wanted.host not in LOOPBACK:
        os.environ["YIMEN_HOSTS"] = f"{os.environ.get('YIMEN_HOSTS', '127.0.0.1,localhost')},{wanted.host}"
    return place


def _today(wanted: Wanted, kept: dict[str, Any]) -> str:
    """The demo's today: as asked, but never before the day up to which its cases have been played."""
    played = str(kept.get("day", ""))
    return max(wanted.day or played or DEFAULT_DAY, played)


def _kept(place: Path) -> dict[str, Any]:
    path = place / "demo.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _make(wanted: Wanted, place: Path) -> dict[str, Any]:
    from django.core.management import call_command

    from yimen.demo.build import build

    day = _today(wanted, {})
    _say(f"正在建立虚构的示例区（{wanted.households} 户，种子 {wanted.seed}，日期 {day}），约需一两分钟。")
    call_command("migrate", verbosity=0)
    built = build(wanted.seed, date.fromisoformat(day), wanted.households, _say)
    kept = {
        "seed": wanted.seed,
        "day": day,
        "households": built.households,
        "logins": [asdict(login) for login in built.district.logins],
    }
    path = place / "demo.json"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(kept, file, ensure_ascii=False)
    return kept


def _tell(kept: dict[str, Any], wanted: Wanted, shown: Sequence[str]) -> None:
    logins = {login["username"]: login for login in kept["logins"]}
    _say()
    today = _today(wanted, kept)
    if wanted.day and wanted.day < today:
        _say(f"这个示例区的业务已经办到 {kept['day']}，不能回到更早的日期；要从头开始请加 --reset。")
    _say(f"示例区已就绪：今天是 {today}，{kept['households']} 户。数据均为虚构。")
    _say(f"网址  http://{wanted.host}:{wanted.port}/")
    _say("账号（密码相同，仅用于本机演示）")
    _say(f"密码  {kept['logins'][0]['password']}")
    for username in shown:
        login = logins[username]
        _say(f"  {username:<8} {login['role']}　{login['name']}　{login['office']}")
    _say(f"其余 {len(logins) - len(shown)} 个账号见 {folder() / 'demo.json'}")
    if wanted.host not in LOOPBACK:
        _say("注意：这个地址别的机器也能访问。示例账号不得用在能被访问的地址上。")
    _say("按 Ctrl+C 结束。")


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def _serve(wanted: Wanted) -> int:
    """Web server and worker as children; both end with this command, however it is ended."""
    signal.signal(signal.SIGTERM, _stop)
    lines = (gunicorn(wanted.host, wanted.port, threads=4), [sys.executable, "-m", "yimen.cli", "worker"])
    children = [subprocess.Popen(line, env=os.environ.copy(), start_new_session=True) for line in lines]  # noqa: S603
    try:
        return children[0].wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for child in children:
            _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    # The whole group: gunicorn's own processes go with it even if it cannot tell them.
    for last in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, last)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=5)


def run(wanted: Wanted) -> int:
    """Make or reuse the demo district, print how to enter it, and serve it. Returns the exit code."""
    if wanted.day and wanted.day < EARLIEST:
        _say(f"示例区的日期不能早于 {EARLIEST}：再早就放不下各个环节和结果。请换一个日期。")
        return 2
    place = surroundings(wanted)

    import django

    django.setup()
    from django.conf import settings

    kept = _kept(place) or _make(wanted, place)
    _tell(kept, wanted, settings.YIMEN_DEMO_SHOWN)
    return _serve(wanted) if wanted.serve else 0
