"""The child process of :mod:`yimen.base.files.limited`. Sets its own limits before it touches the file."""

import ctypes
import gc
import importlib
import json
import os
import resource
import socket
import sys
from typing import Any, NoReturn

from yimen.base.files.limited import BROKEN, TOO_MUCH
from yimen.base.files.refusals import BadFile

_SELDOM = 200_000
"""The collector comes after so many objects: rows of a file hold few cycles, and it would look at all of them again and again."""
_OUTPUT = 256 * 1024 * 1024
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def limit(seconds: int, memory_mb: int) -> None:
    """Processor seconds, address space, size of what is written; no core file; no network."""
    memory = memory_mb * 1024 * 1024
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, _OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    _leave_the_network()


def _leave_the_network() -> None:
    """An empty network of its own where the kernel allows it; Python's own sockets are closed in any case."""
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "unshare") and libc.unshare(_CLONE_NEWNET) != 0:
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    socket.socket = _refuse  # type: ignore[misc, assignment]


def _refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
    raise OSError("no network in here")


def answer(function_path: str, path: str) -> dict[str, Any]:
    """Call the function; every outcome is an answer."""
    module, _, name = function_path.partition(":")
    try:
        return {"result": getattr(importlib.import_module(module), name)(path)}
    except BadFile as refusal:
        return {"refused": str(refusal)}
    except (MemoryError, RecursionError):
        return {"refused": TOO_MUCH}
    except Exception:  # noqa: BLE001  # whatever a library throws over a foreign file, the file is unreadable
        return {"refused": BROKEN}


def main() -> None:
    """``child FUNCTION PATH SECONDS MEMORY_MB``."""
    function_path, path, seconds, memory_mb = sys.argv[1:]
    limit(int(seconds), int(memory_mb))
    gc.set_threshold(_SELDOM)
    text = json.dumps(answer(function_path, path), ensure_ascii=False)
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
    # Straight out: a library that ran out of memory must not stumble on its way.
    os._exit(0)


if __name__ == "__main__":
    main()
