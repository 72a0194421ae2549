"""The writers of the reconciliation with the provincial platform."""

from yimen.casework.monthclose.platform.handling import adopt_platform, handle_differences, tick_fixed
from yimen.casework.monthclose.platform.keeping import (
    compare,
    compare_platform,
    keep_heads,
    known_programme,
    note_job,
    open_platform,
)
from yimen.casework.monthclose.platform.sheet import issue_platform_sheet

__all__ = [
    "adopt_platform",
    "compare",
    "compare_platform",
    "handle_differences",
    "issue_platform_sheet",
    "keep_heads",
    "known_programme",
    "note_job",
    "open_platform",
    "tick_fixed",
]
