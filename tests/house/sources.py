"""The files of the repository, for the tests that read the source."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "yimen"


@cache
def tracked() -> tuple[Path, ...]:
    """Files that git keeps, or would keep once added, relative to the root."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return tuple(Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file())


def python_files(*, below: str = "") -> list[Path]:
    """Python sources but for migrations, relative to the root."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and "migrations" not in path.parts and path.as_posix().startswith(below)
    ]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(tree(path))
