"""The web server's command line, for ``yimen serve`` and the demo."""

from __future__ import annotations

import sys
from pathlib import Path

THREADS = 8


def gunicorn(host: str, port: int, *, processes: int = 1, threads: int = THREADS) -> list[str]:
    """gunicorn with threads. ``--preload``: all processes are forked from one, so they share the public counter."""
    plain = host.strip("[]")
    bind = f"[{plain}]:{port}" if ":" in plain else f"{plain}:{port}"
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--no-control-socket",
        "--preload",
        "--worker-class=gthread",
        f"--workers={processes}",
        f"--threads={threads}",
        f"--bind={bind}",
        "--timeout=120",
        "--graceful-timeout=30",
        "--keep-alive=5",
        "--worker-tmp-dir=" + (_memory() or "/tmp"),  # noqa: S108  # only a heartbeat file
        "--log-level=warning",
        "--logger-class=yimen.config.serverlog.MaskedLogger",
        "yimen.config.wsgi:application",
    ]


def _memory() -> str:
    return "/dev/shm" if Path("/dev/shm").is_dir() else ""  # noqa: S108  # kept off the disk, as gunicorn advises
