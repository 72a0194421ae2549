"""Saying no so that it helps: one sentence, what is missing, who can act."""

from __future__ import annotations


class Refused(Exception):
    """An act may not be done. ``sentence`` goes to the user; ``status`` is the HTTP answer.

    403 not this person, 409 not in this state (or somebody was faster), 422 the entries are wrong; ``field`` names
    the field at fault, if one is.
    """

    def __init__(self, sentence: str, code: str, status: int = 409, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.code, self.status, self.field = sentence, code, status, field


class Unknown(Exception):
    """Nothing of that reference within the officer's scope: the same 404 for both (K14)."""
