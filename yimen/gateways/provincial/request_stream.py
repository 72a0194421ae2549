"""A request file of JSON written while it is read from the rows: the same bytes as ``request_json``, in bounded memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from yimen.base.canonical import canonical, canonical_text
from yimen.gateways.provincial.plain import REQUEST_KIND, VERSION

_CASES = '"cases":[]'
_PORTION = 200


def request_chunks(head: Mapping[str, Any], cases: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The canonical JSON of a request, piece by piece. ``head`` holds everything but the cases, its counts included."""
    body = {"kind": REQUEST_KIND, "version": VERSION, **head, "cases": []}
    before, after = canonical_text(body).split(_CASES)
    total = hashlib.sha256()

    def counted(piece: str) -> bytes:
        data = piece.encode()
        total.update(data)
        return data

    yield counted(before + _CASES[:-1])
    for piece in _joined(cases):
        yield counted(piece)
    total.update(f"]{after}".encode())
    # Keys stand in alphabetical order, so that the digest follows the cases and precedes everything that ``after`` holds.
    sign = canonical(f"sha256:{total.hexdigest()}").decode()
    yield f'],"digest":{sign}{after}\n'.encode()


def _joined(cases: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Cases with commas between them, some hundred at a time."""
    lead, some = "", []
    for case in cases:
        some.append(canonical_text(case))
        if len(some) == _PORTION:
            yield lead + ",".join(some)
            lead, some = ",", []
    if some:
        yield lead + ",".join(some)
