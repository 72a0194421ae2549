"""The writers of the close of a month."""

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
    "compare_platform",
    "handle_differences",
    "issue_platform_sheet",
    "open_platform",
    "tick_fixed",
]
