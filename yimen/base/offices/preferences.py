"""How the owner of an account likes the pages; no rights, nothing of a case."""

from __future__ import annotations

from yimen.base.offices.models import Account


def keep(account: Account, *, keys: bool, enter_next: bool, compact: bool, size: str) -> None:
    """Store the four switches beside whatever else is kept there. ``size``: "", "large" or "larger"."""
    account.settings = {**account.settings, "keys": keys, "enter_next": enter_next, "compact": compact, "size": size}
    account.save(update_fields=["settings"])
