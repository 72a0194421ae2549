"""The finished handbook: its folder, what may be read from it, and the search by substring."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

SITE = Path(__file__).resolve().parent / "site"
START = "index.html"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".pdf": "application/pdf",
}
_INDEX = "search.json"
_BEFORE, _AFTER = 30, 90


@dataclass(frozen=True)
class Found:
    """A section that holds all words: ``url`` below /help/, and a piece of its text around the first of them."""

    url: str
    title: str
    page: str
    booklet: str
    excerpt: str


def built() -> bool:
    """Whether the handbook was made."""
    return (SITE / START).is_file()


def file(path: str) -> Path | None:
    """The file of the handbook at ``path``; None for a folder, another kind of file, or anything outside."""
    try:
        wanted = (SITE / path).resolve(strict=True)
    except (OSError, ValueError):
        return None
    inside = wanted.is_relative_to(SITE.resolve()) and wanted.is_file()
    return wanted if inside and wanted.suffix in TYPES else None


def is_folder(path: str) -> bool:
    """Whether a folder of the handbook was asked for, which has a first page."""
    return file(f"{path}/{START}") is not None


def search(asked: str, most: int = 50) -> list[Found]:
    """Sections that hold every word of ``asked`` (parted by blanks), those with it in their title first."""
    wanted = _plain(asked).split()
    if not wanted or not (SITE / _INDEX).is_file():
        return []
    path = SITE / _INDEX
    ranked = []
    for place, (entry, title, text) in enumerate(_entries(path, path.stat().st_mtime_ns)):
        if all(word in title or word in text for word in wanted):
            ranked.append((-sum(word in title for word in wanted), place, entry, text))
    ranked.sort(key=lambda row: row[:2])
    return [_found(entry, text, wanted[0]) for _, _, entry, text in ranked[:most]]


def _found(entry: dict[str, str], text: str, word: str) -> Found:
    at = max(text.find(word), 0)
    start = max(at - _BEFORE, 0)
    piece = entry["text"][start : at + _AFTER]
    shown = ("…" if start else "") + piece + ("…" if at + _AFTER < len(entry["text"]) else "")
    return Found(entry["url"], entry["title"], entry["page"], entry["shelf"], shown)


@lru_cache(maxsize=1)
def _entries(path: Path, changed: int) -> tuple[tuple[dict[str, str], str, str], ...]:
    """The list of sections with title and text made plain; read again when the handbook was built anew."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple((row, _plain(f"{row['title']} {row['page']}"), _plain(row["text"])) for row in rows)


def _plain(text: str) -> str:
    """Full-width letters and capitals are no other words. Sign by sign, so that places in the text stay."""
    return "".join(_narrow(sign) for sign in text)


def _narrow(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign).lower()
    return plain if len(plain) == 1 else sign
