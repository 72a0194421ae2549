"""Habits of the house that a machine can see: one clock, no float near money, short files, whole packages."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.sources import ROOT, nodes, python_files, tracked

LONGEST_FILE = 400
CLOCK = "yimen/law/calendar.py"
CLOCK_READS = {"now", "today", "utcnow", "localdate", "localtime"}
CLOCK_OWNERS = {"datetime", "date", "dt", "timezone", "DateTime", "_datetime"}
TIME_READS = {"time", "localtime", "gmtime", "strftime", "ctime"}
# Where amounts and shares are reckoned: money, rules, figures, and the rooms that keep their results.
NEAR_MONEY = ("yimen/law/", "yimen/casework/", "yimen/base/figures/", "yimen/gateways/")
SQL_CLOCKS = {"Now", "CurrentTimestamp", "TruncNow"}


def _where(path: Path, node: ast.AST) -> str:
    return f"{path}:{getattr(node, 'lineno', 0)}"


def test_no_file_is_long() -> None:
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {str(path): lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def _reads_the_clock(node: ast.AST) -> bool:
    if isinstance(node, ast.keyword):
        return node.arg in {"auto_now", "auto_now_add"}
    if not isinstance(node, ast.Attribute | ast.Name):
        return False
    if isinstance(node, ast.Name):
        return node.id in SQL_CLOCKS
    owner = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
    return (owner in CLOCK_OWNERS and node.attr in CLOCK_READS) or (owner == "time" and node.attr in TIME_READS)


def test_only_the_calendar_knows_what_day_it_is() -> None:
    files = [path for path in python_files(below="yimen/") if path.as_posix() != CLOCK]
    assert [_where(path, node) for path in files for node in nodes(path) if _reads_the_clock(node)] == []


def _floats(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, float)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"


def test_no_float_near_money() -> None:
    files = [path for path in python_files(below="yimen/") if path.as_posix().startswith(NEAR_MONEY)]
    assert [_where(path, node) for path in files for node in nodes(path) if _floats(node)] == []


def _is_save_override(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        isinstance(part, ast.FunctionDef) and part.name in {"save", "delete"} for part in node.body
    )


def test_no_model_overrides_save_or_delete() -> None:
    files = [path for path in python_files(below="yimen/") if path.name.startswith("models") or "models" in path.parts]
    assert [_where(path, node) for path in files for node in nodes(path) if _is_save_override(node)] == []


def _is_row_signal(node: ast.AST) -> bool:
    """``post_migrate`` speaks of the whole database, not of a row; triggers are laid with it."""
    if not isinstance(node, ast.ImportFrom) or node.module not in {"django.db.models.signals", "django.dispatch"}:
        return False
    return {name.name for name in node.names} != {"post_migrate"}


def test_no_signals_between_rows() -> None:
    files = python_files(below="yimen/")
    assert [_where(path, node) for path in files for node in nodes(path) if _is_row_signal(node)] == []


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {name.name.split(".")[0] for name in node.names}
    return {node.module.split(".")[0]} if isinstance(node, ast.ImportFrom) and node.module else set()


def test_one_place_writes_tables() -> None:
    """K23: whatever leaves as a table is written by base.exports, with its escapes, masks and log."""
    writers = {"xlsxwriter", "openpyxl", "csv", "odf", "xlwt", "pandas"}
    # The demo's old ledger is full of what the writer refuses to write: that is what it is for. A bank's answer is only read.
    apart = ("yimen/base/exports/", "yimen/demo/ledger_files.py", "yimen/gateways/bank/reading.py")
    files = [path for path in python_files(below="yimen/") if not path.as_posix().startswith(apart)]
    assert [_where(path, node) for path in files for node in nodes(path) if _imported(node) & writers] == []


def test_every_folder_of_code_is_a_package() -> None:
    """A folder without __init__.py would be invisible to the import contracts."""
    folders = {
        folder for path in python_files(below="yimen/") for folder in path.parents if folder.as_posix() not in {".", ""}
    }
    assert sorted(str(folder) for folder in folders if not (ROOT / folder / "__init__.py").exists()) == []


def test_no_test_is_left_out_and_nothing_is_unfinished() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "X" * 3, "mark.ski" + "p", "mark.xfai" + "l")
    found = [
        f"{path}: {mark}"
        for path in python_files()
        for mark in marks
        if mark in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert found == []


def test_made_and_fetched_files_stay_out_of_git() -> None:
    unwanted = (".min.js", ".min.css", ".sqlite3", ".pyc", ".secret", ".egg-info", ".whl")
    folders = {".venv", "node_modules", "__pycache__", "var", ".cache", "dist"}
    assert [str(path) for path in tracked() if path.name.endswith(unwanted) or folders & set(path.parts)] == []
