"""From a declared chart to the SVG in the page: drawn once for the same data, and kept (stack.md)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import vl_convert
from django.conf import settings

KEPT = 400
_TOKEN = re.compile(r"--([a-z0-9-]+):\s*(#[0-9A-Fa-f]{6})")
# Lines and dots over the fill, so that the series stay apart on grey paper (look.md). The first series is plain.
_PATTERNS = (
    "",
    '<path d="M0,8 L8,0" stroke="#fff" stroke-width="1.6"/>',
    '<circle cx="4" cy="4" r="1.4" fill="#fff"/>',
    '<path d="M0,4 H8" stroke="#fff" stroke-width="1.4"/>',
    '<path d="M0,0 L8,8" stroke="#fff" stroke-width="1.6"/>',
    '<path d="M4,0 V8" stroke="#fff" stroke-width="1.4"/>',
)


@cache
def tokens() -> dict[str, str]:
    """The colours of the product by name, read from the one file that holds them."""
    css = Path(__file__).parent.parent / "static" / "yimen" / "tokens.css"
    return dict(reversed([(name, colour) for name, colour in _TOKEN.findall(css.read_text("utf-8"))]))


def fills(count: int) -> list[str]:
    """Fills of ``count`` series in their order, each colour with its own pattern. ValueError beyond six."""
    if count > len(_PATTERNS):
        raise ValueError(f"{count} series are more than a reader can tell apart")
    return [tokens()["chart-1"], *(f"url(#decal-{number})" for number in range(2, count + 1))][:count]


def svg(spec: Mapping[str, Any]) -> str:
    """The picture of a Vega-Lite declaration. Marks that lead somewhere keep their links."""
    text = json.dumps(spec, ensure_ascii=False, sort_keys=True)
    place = Path(settings.YIMEN_DATA) / "charts" / f"{hashlib.sha256(text.encode()).hexdigest()}.svg"
    if not place.exists():
        _keep(place, _dressed(vl_convert.vegalite_to_svg(text, allowed_base_urls=[])))
    return place.read_text("utf-8")


def _dressed(drawn: str) -> str:
    """Patterns in; out of the way of the keyboard and of screen readers, whom the table beside it serves."""
    dressed = drawn.replace("<a ", '<a tabindex="-1" ').replace(
        "<svg ", '<svg aria-hidden="true" focusable="false" ', 1
    )
    return re.sub(r"(<svg [^>]*>)", lambda head: head.group(1) + _decals(), dressed, count=1)


@cache
def _decals() -> str:
    made = "".join(
        f'<pattern id="decal-{number}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{tokens()[f"chart-{number}"]}"/>{shape}</pattern>'
        for number, shape in enumerate(_PATTERNS, 1)
        if shape
    )
    return f"<defs>{made}</defs>"


def _keep(place: Path, picture: str) -> None:
    """Whole or not at all, though two requests draw the same; the oldest go when there are too many."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", dir=place.parent, suffix=".part", delete=False) as file:
        file.write(picture)
    Path(file.name).replace(place)
    kept = sorted(place.parent.glob("*.svg"), key=lambda path: path.stat().st_mtime)
    for old in kept[:-KEPT]:
        old.unlink(missing_ok=True)
