"""One byte form for one value, so that the same facts always have the same digest.

The form is JSON: object keys sorted by code point, no blanks, UTF-8 without escapes beyond those JSON demands.
Dates are ``YYYY-MM-DD``, moments are UTC with six decimals (``2026-12-01T01:02:03.000000+00:00``).
A float is refused: two machines may print it differently, and no amount of money is one.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

ALGORITHMS = ("sha256", "sm3")

# One encoder for the whole process: json.dumps with options builds a new one at every call.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


_OWN = frozenset({str, int, bool, type(None)})


class NotCanonical(TypeError):
    """The value has no canonical form (a float, bytes, a moment without zone, a key that is not text)."""


def moment(value: datetime) -> str:
    """The canonical text of an aware moment: UTC, always six decimals."""
    if value.tzinfo is None:
        raise NotCanonical("a moment without time zone has no canonical form")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def plain(value: Any) -> Any:
    """The value in JSON's own types, or :class:`NotCanonical`."""
    # Most values are exactly of these types; the others are asked one by one.
    kind = type(value)
    if kind in _OWN:
        return value
    if kind is dict:
        return {(key if type(key) is str else _key(key)): plain(item) for key, item in value.items()}
    if kind is list or kind is tuple:
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def _key(key: Any) -> str:
    if isinstance(key, Enum):
        key = key.value
    if not isinstance(key, str):
        raise NotCanonical(f"an object key must be text, not {type(key).__name__}")
    return key


def canonical_text(value: Any) -> str:
    """The canonical JSON of ``value`` as text."""
    return _encode(plain(value))


def canonical(value: Any) -> bytes:
    """The canonical JSON of ``value`` as UTF-8 bytes."""
    return canonical_text(value).encode()


def encode_plain(value: Any) -> bytes:
    """Canonical bytes of a value already known to be in JSON's own types (the verifier's fast way)."""
    return _encode(value).encode()


def digest_bytes(content: bytes, algorithm: str = "sha256") -> str:
    """``"sha256:<hex>"`` of the bytes; ``algorithm`` is one of :data:`ALGORITHMS`."""
    if algorithm not in ALGORITHMS:
        raise ValueError(f"unknown digest algorithm {algorithm!r}")
    return f"{algorithm}:{hashlib.new(algorithm, content).hexdigest()}"


def digest(value: Any, algorithm: str = "sha256") -> str:
    """The digest of the canonical form of ``value``, with the algorithm's id in front."""
    return digest_bytes(canonical(value), algorithm)
