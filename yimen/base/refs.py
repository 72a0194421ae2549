"""Opaque references: what a page address, a paper or a job may show instead of a database number.

Twelve signs of Crockford's base 32 without its vowels, so that a reference neither reads as a word nor can be
misheard; about 59 random bits. It is not a secret: the access gate decides who may see what it names.
"""

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ALPHABET = "0123456789bcdfghjkmnpqrstvwxyz"
LENGTH = 12

_seeded: ContextVar[random.Random | None] = ContextVar("yimen_seeded_refs", default=None)


def new_ref() -> str:
    """A fresh reference of twelve signs."""
    source = _seeded.get()
    choose = source.choice if source is not None else secrets.choice
    return "".join(choose(ALPHABET) for _ in range(LENGTH))


def is_ref(text: str) -> bool:
    """Whether the text has the form of a reference (it may still name nothing)."""
    return len(text) == LENGTH and all(sign in ALPHABET for sign in text)


@contextmanager
def seeded_refs(seed: int | str) -> Iterator[None]:
    """Within the block references follow from ``seed``: the demonstration district is the same every time."""
    token = _seeded.set(random.Random(seed))  # noqa: S311  # reproducible on purpose
    try:
        yield
    finally:
        _seeded.reset(token)
