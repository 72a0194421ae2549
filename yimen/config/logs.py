"""Log lines without numbers of persons or accounts: an address typed wrong may carry one, and logs are read by technicians."""

from __future__ import annotations

import logging
import re

# Identity numbers (18, or 15 of old, X at the end) and accounts (16-19 and more): runs of fifteen and longer, whatever
# letter stands before them (an encoded name in an address ends in one), and the groups in which people write them.
_BETWEEN = r"(?:[ +\-]|%20)"
_NUMBER = re.compile(
    r"\d{14,}[0-9Xx]"
    rf"|\d{{6}}{_BETWEEN}\d{{8}}{_BETWEEN}\d{{3}}[0-9Xx]"
    rf"|\d{{4}}(?:{_BETWEEN}\d{{4}}){{3}}(?:{_BETWEEN}\d{{1,4}})?"
)
_SIGNS = re.compile(r"%20|[ +\-]")


def masked(line: str) -> str:
    """The line with long numbers cut to their first four signs and the last one."""
    return _NUMBER.sub(_cut, line)


def _cut(found: re.Match[str]) -> str:
    plain = _SIGNS.sub("", found[0])
    return f"{plain[:4]}****{plain[-1]}"


class Masking(logging.Formatter):
    """Formats as the standard one does, tracebacks included, and masks the result."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
