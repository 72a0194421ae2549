"""The watched folder: request files lie in outbox/, result files arrive in inbox/ and leave for done/ or refused/.

A file is taken only when two looks found it unchanged, so that one still being copied is left alone; what was seen
is kept in the folder itself and no clock is asked. A file leaves inbox/ only after the room has answered: when the
machine stops in between, it is delivered again, and the room's act must answer a repeated file with a sentence.
"""

from __future__ import annotations

import json
import logging
import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from yimen.gateways.provincial.errors import BadFile
from yimen.gateways.provincial.opening import MAX_BYTES

Deliver = Callable[[bytes, str], str]

log = logging.getLogger(__name__)

_SEEN = ".seen.json"
_UNFINISHED = re.compile(r"^[.~]|\.(tmp|part|partial|crdownload|swp)$", re.IGNORECASE)
_OWN_NAME = re.compile(r"[\w.()（）-]+")


@dataclass(frozen=True)
class Folder:
    """One watched folder; only its owner may read it, since people are in it."""

    root: Path

    @property
    def outbox(self) -> Path:
        return self._made("outbox")

    @property
    def inbox(self) -> Path:
        return self._made("inbox")

    @property
    def done(self) -> Path:
        return self._made("done")

    @property
    def refused(self) -> Path:
        return self._made("refused")

    def _made(self, name: str) -> Path:
        place = self.root / name
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.mkdir(mode=0o700, exist_ok=True)
        return place


def file_name(kind: str, batch_number: str, suffix: str) -> str:
    """The name under which a file of a batch travels, such as ``check-request-HD20261120-1.xlsx``."""
    return f"check-{kind}-{re.sub(r'[^0-9A-Za-z_.-]+', '-', batch_number).strip('-.')}{suffix}"


def put(place: Path, name: str, data: bytes) -> Path:
    """Write a file whole or not at all. The same content under the same name is no fault.

    Raises ValueError for a name with a path in it, FileExistsError when other content has the name.
    """
    if not _OWN_NAME.fullmatch(name) or _UNFINISHED.search(name):
        raise ValueError(f"文件名“{name}”不能用于交换文件夹。")
    target = place / name
    if target.exists():
        if target.read_bytes() == data:
            return target
        raise FileExistsError(f"交换文件夹中已有内容不同的“{name}”，没有覆盖。")
    draft = place / f".{name}.tmp"
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(target)
    return target


def poll(folder: Folder, deliver: Deliver, *, settled: bool = False) -> list[str]:
    """Take every result file that has stopped changing; one Chinese sentence per file that was looked at.

    ``deliver`` gets content and name and returns the room's sentence; BadFile, or any error with a ``sentence``,
    refuses the file. Any other error leaves the file where it is, for the next look. ``settled`` takes
    files at the first look, for callers who know that nobody is still writing.
    """
    before = _seen(folder)
    now: dict[str, list[int]] = {}
    told = []
    for path in sorted(folder.inbox.iterdir()):
        mark = _mark(path)
        if mark is None:
            continue
        if not settled and before.get(path.name) != mark:
            now[path.name] = mark
            continue
        sentence, left = _take(folder, path, deliver)
        told.append(f"{path.name}：{sentence}")
        if left:
            now[path.name] = mark
    _remember(folder, now)
    return told


def _mark(path: Path) -> list[int] | None:
    """Size and time of change of a finished, ordinary file; links and folders are never followed."""
    if _UNFINISHED.search(path.name):
        return None
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return [found.st_size, found.st_mtime_ns] if stat.S_ISREG(found.st_mode) else None


def _take(folder: Folder, path: Path, deliver: Deliver) -> tuple[str, bool]:
    """The sentence for one file, and whether the file was left in the inbox."""
    mark = _mark(path)
    try:
        sentence = deliver(_content(path), path.name)
    except Exception as error:
        reason = _reason(error)
        if reason is None:
            log.exception("a result file could not be delivered and stays in the inbox")
            return "处理时系统出错，文件留在收件夹，下次再试。", True
        _move(path, folder.refused, reason)
        return f"没有采用。{reason.splitlines()[0]}", False
    if _mark(path) != mark:
        return f"{sentence}文件在处理时又被改动，留在收件夹，下次再看。", True
    _move(path, folder.done, "")
    return sentence, False


def _content(path: Path) -> bytes:
    if path.lstat().st_size > MAX_BYTES:
        raise BadFile(f"文件超过 {MAX_BYTES // 1024 // 1024} MB，没有采用。请核对机构分批提供。")
    return path.read_bytes()


def _reason(error: Exception) -> str | None:
    if isinstance(error, BadFile):
        return error.as_text()
    sentence = getattr(error, "sentence", None)
    return sentence if isinstance(sentence, str) and sentence else None


def _move(path: Path, place: Path, reason: str) -> None:
    number, target = 1, place / path.name
    while target.exists() or target.with_name(target.name + ".txt").exists():
        number += 1
        target = place / f"{path.stem}-{number}{path.suffix}"
    if reason:
        target.with_name(target.name + ".txt").write_text(reason + "\n", encoding="utf-8")
    path.replace(target)


def _seen(folder: Folder) -> dict[str, list[int]]:
    try:
        found = json.loads((folder.inbox / _SEEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _remember(folder: Folder, marks: dict[str, list[int]]) -> None:
    draft = folder.inbox / (_SEEN + ".tmp")
    draft.write_text(json.dumps(marks), encoding="utf-8")
    draft.replace(folder.inbox / _SEEN)
