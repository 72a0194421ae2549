"""What an officer enters of a new account."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AccountProposal:
    """A new account. ``member`` is the reference of the holder in the household; else name, relation, identity number and
    by what he draws the money. ``again`` is the number typed a second time.
    """

    bank: str
    number: str
    again: str
    reason: str
    member: str = ""
    holder: str = ""
    relation: str = "other"
    identity: str = ""
    authority: str = ""
