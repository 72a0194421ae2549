"""What a failed test printed, cut to what helps: the first lines and the last, and the log once.

The program's log goes to the error channel, where pytest captures it a second time as the log.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

FIRST, LAST = 40, 80


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    report = yield
    report.sections = shortened(report.sections)
    return report


def shortened(sections: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each section at most FIRST and LAST lines long; a log that the error channel has as well is left out."""
    there = {name for name, _ in sections}
    return [
        (name, _cut(words))
        for name, words in sections
        if name.replace("Captured log", "Captured stderr") not in there - {name}
    ]


def _cut(words: str) -> str:
    lines = words.splitlines(keepends=True)
    if len(lines) <= FIRST + LAST:
        return words
    return "".join([*lines[:FIRST], f"… {len(lines) - FIRST - LAST} lines …\n", *lines[-LAST:]])
