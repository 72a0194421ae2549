"""The writers of the close of a month."""

from yimen.casework.monthclose.closing.acts import (
    file_month,
    note_close_job,
    receive_month,
    reopen_month,
    return_month,
    sign_month,
)
from yimen.casework.monthclose.closing.freezing import carry_on as carry_on_close
from yimen.casework.monthclose.comparison.answers import import_comparison, take_comparison
from yimen.casework.monthclose.comparison.asking import ask_comparison
from yimen.casework.monthclose.comparison.consenting import record_standing_consents
from yimen.casework.monthclose.comparison.settling import (
    confirm_hits,
    dismiss_comparison_hits,
    explain_comparison_hits,
)
from yimen.casework.monthclose.foreign.acts import keep_template, retire_template
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
    "carry_on_close",
    "compare_platform",
    "confirm_hits",
    "dismiss_comparison_hits",
    "explain_comparison_hits",
    "file_month",
    "handle_differences",
    "import_comparison",
    "issue_platform_sheet",
    "keep_template",
    "note_close_job",
    "open_platform",
    "receive_month",
    "record_standing_consents",
    "reopen_month",
    "retire_template",
    "return_month",
    "sign_month",
    "take_comparison",
    "tick_fixed",
]
