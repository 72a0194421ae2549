"""Running a parser over a foreign file in a child process with limits on memory, time and output (K28)."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from yimen.base.files.refusals import BadFile

TOO_MUCH = "文件内容过大或过于复杂，没有读取。请核对文件，必要时分成几份后重新上传。"
BROKEN = "文件读不出来：内容已损坏或不完整。请重新导出或重新扫描后再上传。"
_SECONDS, _MEMORY_MB = 5, 300


def parse_limited(function_path: str, path: Path | str, *, seconds: int = _SECONDS, memory_mb: int = _MEMORY_MB) -> Any:
    """What ``module:function`` makes of the file at ``path``; the function gets the path and returns JSON's own types.

    Raises :class:`BadFile` with a Chinese sentence if it refuses the file, fails, or passes a limit. The child has no
    Django, no settings, none of our environment and no network.
    """
    command = [sys.executable, "-m", "yimen.base.files.child", function_path, str(path), str(seconds), str(memory_mb)]
    environment = {
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
    }
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603  # our own interpreter and module
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=seconds + 1,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise BadFile(TOO_MUCH) from None
        output.seek(0)
        return _answer(done.returncode, output.read())


def parse_content(function_path: str, content: bytes, *, seconds: int = _SECONDS, memory_mb: int = _MEMORY_MB) -> Any:
    """:func:`parse_limited` over content in memory."""
    with tempfile.TemporaryDirectory(prefix="yimen-") as folder:
        path = Path(folder) / "content"
        path.write_bytes(content)
        return parse_limited(function_path, path, seconds=seconds, memory_mb=memory_mb)


def _answer(status: int, output: bytes) -> Any:
    if status < 0:
        # Killed by a limit: the processor time, or memory in a library that does not ask politely.
        raise BadFile(TOO_MUCH)
    try:
        answer = json.loads(output)
    except ValueError:
        raise BadFile(TOO_MUCH if output else BROKEN) from None
    if "refused" in answer:
        raise BadFile(answer["refused"])
    return answer["result"]
