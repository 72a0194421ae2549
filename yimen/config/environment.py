"""What the surroundings say: environment variables, the data folder and the keys in it."""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


def flag(name: str, default: bool = False) -> bool:
    """Read an on/off variable; anything but 1, true, yes, on is off."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def data_dir() -> Path:
    """Folder for the embedded database, files and keys: YIMEN_DATA or ./var."""
    folder = Path(os.environ.get("YIMEN_DATA") or Path.cwd() / "var").resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def folders(name: str) -> list[Path]:
    """Folders of a variable, parted as in PATH; none if it is not set."""
    return [Path(folder).resolve() for folder in os.environ.get(name, "").split(os.pathsep) if folder]


def _write_private(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def kept_secret(folder: Path, name: str) -> str:
    """A secret from the environment, else one made once and kept beside the data with mode 0600."""
    given = os.environ.get(f"YIMEN_{name.upper()}")
    if given:
        return given
    path = folder / f"{name}.secret"
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8").strip()


def kept_keys(folder: Path) -> tuple[dict[str, bytes], str]:
    """Encryption keys by id and the id in use: YIMEN_KEYS (JSON id -> base64) or a file made once (K34)."""
    given = os.environ.get("YIMEN_KEYS")
    if not given:
        path = folder / "keys.json"
        if not path.exists():
            _write_private(path, json.dumps({"k1": b64encode(secrets.token_bytes(32)).decode()}))
        given = path.read_text(encoding="utf-8")
    keys = {name: b64decode(value) for name, value in json.loads(given).items()}
    return keys, os.environ.get("YIMEN_CURRENT_KEY") or sorted(keys)[-1]


SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; PRAGMA foreign_keys=ON;",
}


def database(folder: Path) -> dict[str, Any]:
    """The database of DATABASE_URL (postgres://user:password@host:port/name), else the embedded file."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {"ENGINE": "yimen.config.sqlite3", "NAME": folder / "yimen.sqlite3", "OPTIONS": SQLITE_OPTIONS}
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {"ENGINE": "yimen.config.sqlite3", "NAME": unquote(parts.path), "OPTIONS": SQLITE_OPTIONS}
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL 只支持 sqlite:///路径 或 postgresql://用户:密码@主机:端口/库名，请改正后重试。")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
