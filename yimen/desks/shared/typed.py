"""Numbers as they come from an address or a hidden field, where anybody may have written anything."""

from __future__ import annotations

_LONGEST = 15


def whole(text: str, most: int = 10**_LONGEST - 1) -> int | None:
    """A whole number from 0 to ``most`` in plain digits; None for everything else, ``²`` and a thousand nines among it."""
    if not text.isascii() or not text.isdecimal() or len(text) > _LONGEST:
        return None
    number = int(text)
    return number if number <= most else None
