"""The writers of the close of a month."""

from yimen.casework.monthclose.comparison.answers import import_comparison
from yimen.casework.monthclose.comparison.asking import ask_comparison
from yimen.casework.monthclose.comparison.settling import (
    confirm_hits,
    dismiss_comparison_hits,
    explain_comparison_hits,
)
from yimen.casework.monthclose.platform.acts import (
    adopt_platform,
    compare_platform,
    handle_differences,
    issue_platform_sheet,
    open_platform,
    tick_fixed,
)

__all__ = [
    "adopt_platform",
    "ask_comparison",
    "compare_platform",
    "confirm_hits",
    "dismiss_comparison_hits",
    "explain_comparison_hits",
    "handle_differences",
    "import_comparison",
    "issue_platform_sheet",
    "open_platform",
    "tick_fixed",
]
