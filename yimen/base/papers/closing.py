"""Keeps the end of a paper together: a seal or a signature never stands alone on a page.

A signature on a sheet without a line of what was signed proves nothing, so what closes a paper takes the last lines
before it along to the next page.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

Block = dict[str, Any]

_SHORT = 5
_FEW_SIGNS = 400
_CLOSES = ("seal", "sign")


def kept_together(blocks: list[Block]) -> list[Block]:
    """The same blocks, the last ones before each seal or signature bound to it."""
    made: list[Block] = []
    for block in blocks:
        made.append(block)
        if block["block"] in _CLOSES:
            made = _bound(made)
    for before, after in pairwise(made):
        if before["block"] == "text" and after["block"] in ("seal", "sign", "steps", "table", "grid", "keep"):
            before["sticky"] = True
    return _signed_last(made)


def _signed_last(blocks: list[Block]) -> list[Block]:
    """The boxes in which people sign below a long list: together, and with its last row."""
    if blocks and blocks[-1]["block"] == "grid" and len(blocks[-1]["rows"]) <= _SHORT:
        cells = [cell for row in blocks[-1]["rows"] for cell in row]
        if all(cell["kind"] == "opinion" for cell in cells) and _signs(blocks[-1]["rows"]) <= _FEW_SIGNS:
            made = _bound(blocks)
            return made if made is not blocks else [*blocks[:-1], {"block": "keep", "blocks": [blocks[-1]]}]
    return blocks


def _bound(blocks: list[Block]) -> list[Block]:
    """``blocks`` ends in a seal or signature; bind it to the box before it, if there is one."""
    start = len(blocks) - 1
    while start > 0 and blocks[start - 1]["block"] == "text" and blocks[start - 1]["style"] == "note":
        start -= 1
    if start == 0 or blocks[start - 1]["block"] not in ("grid", "table"):
        return blocks
    head, tail = _divided(blocks[start - 1], start)
    return [*blocks[: start - 1], *head, {"block": "keep", "blocks": [tail, *blocks[start:]]}]


def _divided(box: Block, mark: int) -> tuple[list[Block], Block]:
    """A box cut before its last row; a short one goes whole. ``mark`` names the cut within the paper."""
    rows = box["rows"]
    if len(rows) < 2 or (len(rows) <= _SHORT and (box["block"] == "table" or _signs(rows) <= _FEW_SIGNS)):
        return [], box
    first, *others = rows[-2]
    marked = [{**first, "cut": mark}, *others]  # by this mark the page knows whether the last row moved on
    return [{**box, "rows": [*rows[:-2], marked], "open": True}], {
        **box,
        "rows": rows[-1:],
        "joined": True,
        "cut": mark,
    }


def _signs(rows: list[list[dict[str, Any]]]) -> int:
    """How much is written in the cells of a box, room for handwriting included; a box of many signs may fill a page."""
    return sum(
        sum(len(run) for run in cell["runs"] if isinstance(run, str)) + 40 * int(cell.get("lines", 0))
        for row in rows
        for cell in row
    )
