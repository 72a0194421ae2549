"""The code on every page: which paper the page belongs to, and which of its pages it is.

``YM1:P:7BK2M9C4XW0D:2`` is page 2 of the issued paper 7bk2m9c4xw0d; ``YM1:B:7BK2M9C4XW0D:17:1`` is page 1 of form 17
printed blank for the case of that reference. Only digits, capitals and colons, so that the code stays small and cheap
scanners read it. It names nothing of a person, and it is no key: the gate decides who may put a scan to a paper.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import lru_cache

import segno

from yimen.base.refs import is_ref

_PAPER = re.compile(r"YM1:P:([0-9A-Z]{12}):(\d{1,3})")
_BLANK = re.compile(r"YM1:B:([0-9A-Z]{12}|-):(\d{1,3}):(\d{1,3})")
# Any mask may be chosen; trying all eight for the evenest picture costs ten times as much.
_MASK = 3


class NotOurs(ValueError):
    """The text is not the code of one of our pages."""


@dataclass(frozen=True, slots=True)
class PageMark:
    """What a page says of itself. ``form`` is the number of the form on a blank one, 0 on an issued paper.

    ``ref`` is that of the paper, on a blank one that of the case ("" where it belongs to none).
    """

    ref: str
    page: int
    form: int = 0

    @property
    def blank(self) -> bool:
        """Whether the page was printed to be filled by hand."""
        return self.form > 0


def write(mark: PageMark) -> str:
    """The text inside the code."""
    if mark.blank:
        return f"YM1:B:{mark.ref.upper() or '-'}:{mark.form}:{mark.page}"
    return f"YM1:P:{mark.ref.upper()}:{mark.page}"


def read(text: str) -> PageMark:
    """The mark from what a scanner read; it may still name nothing. Raises :class:`NotOurs`."""
    clean = text.strip()
    if found := _PAPER.fullmatch(clean):
        mark = PageMark(found[1].lower(), int(found[2]))
    elif found := _BLANK.fullmatch(clean):
        mark = PageMark("" if found[1] == "-" else found[1].lower(), int(found[3]), int(found[2]))
    else:
        raise NotOurs("这不是本系统文书的页码二维码。")
    if mark.page < 1 or (mark.ref and not is_ref(mark.ref)) or write(mark) != clean:
        raise NotOurs("页码二维码残缺或者被改动。")
    return mark


@lru_cache(maxsize=512)
def svg(text: str, *, link: bool = False) -> str:
    """The code as a picture. ``link`` marks a text with small letters, such as an address."""
    if link:
        made = segno.make(text, error="m", micro=False, encoding="utf-8")
    else:
        made = segno.make(text, error="m", micro=False, boost_error=False, mask=_MASK)
    out = io.BytesIO()
    made.save(out, kind="svg", border=0, xmldecl=False, svgns=True, nl=False)
    return out.getvalue().decode()
