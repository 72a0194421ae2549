"""`yimen demo`: make the district if it is not there, print address and accounts, serve it on this machine only."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

DEFAULT_DAY = "2026-11-24"
DEFAULT_HOUSEHOLDS = 320
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True)
class Wanted:
    """What the command line asks for."""

    seed: int = 1
    day: str = DEFAULT_DAY
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
    os.environ["YIMEN_TODAY"] = str(kept.get("day", wanted.day))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yimen.config.settings")
    if wanted.host not in LOOPBACK:
        os.environ["YIMEN_HOSTS"] = f"{os.environ.get('YIMEN_HOSTS', '127.0.0.1,localhost')},{wanted.host}"
    return place


def _kept(place: Path) -> dict[str, Any]:
    path = place / "demo.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _make(wanted: Wanted, place: Path) -> dict[str, Any]:
    from django.core.management import call_command

    from yimen.demo.build import build

    _say(f"正在建立虚构的示例区（{wanted.households} 户，种子 {wanted.seed}，日期 {wanted.day}），约需一两分钟。")
    call_command("migrate", verbosity=0)
    built = build(wanted.seed, date.fromisoformat(wanted.day), wanted.households, _say)
    kept = {
        "seed": wanted.seed,
        "day": wanted.day,
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
    _say(f"示例区已就绪：今天是 {kept['day']}，{kept['households']} 户。数据均为虚构。")
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


def _serve(wanted: Wanted) -> int:
    address = f"{wanted.host}:{wanted.port}"
    web = "gunicorn yimen.config.wsgi:application --worker-class gthread --threads 4 --no-control-socket --log-level warning"
    worker = subprocess.Popen([sys.executable, "-m", "yimen.cli", "worker"], env=os.environ.copy())
    try:
        # The demo's own interpreter, with words of its own and an address that the user typed.
        return subprocess.call([sys.executable, "-m", *web.split(), "--bind", address])  # noqa: S603
    except KeyboardInterrupt:
        return 0
    finally:
        worker.terminate()
        worker.wait(timeout=10)


def run(wanted: Wanted) -> int:
    """Make or reuse the demo district, print how to enter it, and serve it. Returns the exit code."""
    place = surroundings(wanted)

    import django

    django.setup()
    from django.conf import settings

    kept = _kept(place) or _make(wanted, place)
    _tell(kept, wanted, settings.YIMEN_DEMO_SHOWN)
    return _serve(wanted) if wanted.serve else 0
