"""Measures of the pages, after GB/T 9704-2012: A4, 37 mm above, 28 mm at the binding, 156 by 225 mm of text.

Letters are set in 16 pt at 22 lines of 28 signs; forms keep the margins at top and binding and use smaller type.
Millimetres for the page, points for type.
"""

from __future__ import annotations

from typing import Any

_A4, _A5 = (210, 297), (148, 210)

LOOKS: dict[str, dict[str, Any]] = {
    # letters and notices: 16 pt on a pitch of 29 pt
    "letter": {"page": _A4, "margin": (37, 26, 35, 28), "size": 16, "leading": 13, "small": 10.5, "gap": 14,
               "title": 22, "title-below": 9, "folio": 12, "qr": 17, "qr-top": 13, "foot": 8},
    # papers of much text that are signed or read at a table
    "plain": {"page": _A4, "margin": (37, 26, 35, 28), "size": 12, "leading": 5.6, "small": 10.5, "gap": 12,
              "title": 20, "title-below": 6, "folio": 12, "qr": 17, "qr-top": 13, "foot": 8},
    # what must stay on one sheet (A8)
    "tight": {"page": _A4, "margin": (33, 26, 27, 28), "size": 11, "leading": 4.8, "small": 10.5, "gap": 8,
              "title": 20, "title-below": 5, "folio": 12, "qr": 17, "qr-top": 13, "foot": 8},
    "notice": {"page": _A4, "margin": (37, 26, 35, 28), "size": 16, "leading": 13, "small": 12, "gap": 12,
               "title": 22, "title-below": 9, "folio": 12, "qr": 17, "qr-top": 13, "foot": 8},
    "sheet": {"page": _A4, "margin": (32, 20, 28, 28), "size": 10.5, "leading": 6, "small": 10.5, "gap": 10,
              "title": 20, "title-below": 5, "folio": 10.5, "qr": 16, "qr-top": 12, "foot": 8},
    # lists of many columns, on their side
    "wide": {"page": (297, 210), "margin": (28, 20, 21, 25), "size": 10.5, "leading": 6, "small": 10.5, "gap": 8,
             "title": 20, "title-below": 4, "folio": 10.5, "qr": 16, "qr-top": 10, "foot": 8},
    "slip": {"page": _A5, "margin": (33, 15, 22, 18), "size": 11.5, "leading": 6, "small": 10.5, "gap": 8,
             "title": 18, "title-below": 4, "folio": 9, "qr": 20, "qr-top": 9, "foot": 7},
}  # fmt: skip

_TEXT_WIDTH_PT = 156 / 25.4 * 72


def office_size(office: str) -> float:
    """Size of the office's name in the red head: 34 pt, smaller when the name would not fit on one line."""
    return round(min(34.0, _TEXT_WIDTH_PT / max(len(office), 1) * 0.98), 1)


def row_of(text: str) -> list[tuple[str, int]]:
    """The cells of a grid's row, each with its share of 24 units: ``"sex birth_date@2"``."""
    parts = [name.partition("@") for name in text.split()]
    units = share([float(weight or 1) for _, _, weight in parts], 24)
    return [(key, wide) for (key, _, _), wide in zip(parts, units, strict=True)]


def share(weights: list[float], units: int) -> list[int]:
    """Whole units for each weight, adding up to ``units``."""
    total, given, made = sum(weights), 0, []
    for at in range(1, len(weights) + 1):
        upto = round(units * sum(weights[:at]) / total)
        made.append(upto - given)
        given = upto
    return made
