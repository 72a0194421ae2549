"""What exactly a digest of the record covers. docs/how/record.md says the same in words."""

import hashlib
from typing import Any

from yimen.base.canonical import ALGORITHMS, digest, digest_bytes, encode_plain

# The columns of an entry that its digest covers, in the order in which the verifier reads them.
ENTRY_FIELDS = (
    "act",
    "act_label",
    "account_id",
    "after",
    "algorithm",
    "area_code",
    "at",
    "before",
    "business_date",
    "facts_text",
    "office_code",
    "request_id",
    "staff_id",
    "staff_name",
    "subject_kind",
    "subject_ref",
)
SEAL_FIELDS = (
    "number",
    "kind",
    "day",
    "sealed_at",
    "first_seq",
    "last_seq",
    "count",
    "gaps_text",
    "entries",
    "previous",
    "algorithm",
)
NOTHING = ""


def digest_of(row: Any, fields: tuple[str, ...]) -> str:
    """The digest of an entry or seal about to be written: canonical JSON of its named columns."""
    return digest({name: getattr(row, name) for name in fields}, row.algorithm)


def holds(content: dict[str, Any], stored: Any) -> bool:
    """Whether ``stored`` is the digest of the content read back; an unknown algorithm is no digest at all."""
    try:
        return bool(digest_bytes(encode_plain(content), content["algorithm"]) == stored)
    except (ValueError, TypeError):
        return False


class Roll:
    """The running digest over ordered ``seq digest`` lines."""

    def __init__(self, algorithm: str) -> None:
        algorithm = algorithm if algorithm in ALGORITHMS else ALGORITHMS[0]
        self.algorithm = algorithm
        self.count = 0
        self.last_seq = 0
        self._hash = hashlib.new(algorithm)

    def add(self, seq: int, digest: str) -> None:
        """Take the next entry."""
        self._hash.update(f"{seq} {digest}\n".encode())
        self.count += 1
        self.last_seq = seq

    @property
    def digest(self) -> str:
        """The digest so far."""
        return f"{self.algorithm}:{self._hash.hexdigest()}"
