"""The folder of the contents: sealed, under names of our own, written whole or not at all."""

import os
from pathlib import Path

from django.conf import settings

from yimen.base import sealed


def path_of(ref: str) -> Path:
    """Where the content of a reference lies."""
    return Path(settings.YIMEN_FILES_DIR) / ref[:2] / f"{ref}.sealed"


def keep(ref: str, content: bytes) -> None:
    """Seal and write the content; it is on the disk when this returns."""
    path = path_of(ref)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    passing = path.with_suffix(".part")
    handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed.seal_bytes(content, _place(ref)))
        file.flush()
        os.fsync(file.fileno())
    passing.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def fetch(ref: str) -> bytes:
    """The content, or ``FileNotFoundError``, or ``sealed.BrokenSeal``."""
    return sealed.unseal_bytes(path_of(ref).read_bytes(), _place(ref))


def drop(ref: str) -> None:
    """Delete a content that is kept for a time only; nothing happens if it is gone already."""
    path_of(ref).unlink(missing_ok=True)


def _place(ref: str) -> str:
    return f"file.{ref}"
