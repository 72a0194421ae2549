"""Reads the text back out of the PDFs that the typesetter writes (just enough of the format for the tests)."""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)\nendobj\n", re.DOTALL)
# A pair of parentheses inside a literal stands there without backslashes.
_SHOWN = re.compile(
    rb"/(f\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|\(((?:\\.|[^\\()]|\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\))*)\)|(ET)",
    re.DOTALL,
)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """All text of all pages, each run of glyphs on a line of its own."""
    objects = {int(hit[1]): hit[2] for hit in _OBJECT.finditer(pdf)}
    pages = [body for body in objects.values() if b"/Type/Page/" in body]
    return "\n".join(_page_text(objects, page) for page in pages)


def fonts_of(pdf: bytes) -> set[str]:
    """Names of the fonts, without the tag of the subset."""
    return {hit.decode() for hit in re.findall(rb"/FontName/[A-Z]{6}\+([\w-]+)", pdf)}


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type/Page/", pdf))


def _page_text(objects: dict[int, bytes], page: bytes) -> str:
    maps = _font_maps(objects, objects[_reference(page, b"Resources")])
    content = _inflated(objects[_reference(page, b"Contents")])
    out, current = [], {}
    for font, digits, literal, end in _SHOWN.findall(content):
        if font:
            current = maps[font]
        elif end:
            out.append("\n")
        else:
            codes = bytes.fromhex(digits.decode()) if digits else _unescaped(literal)
            out += [current.get(int.from_bytes(codes[at : at + 2], "big"), "") for at in range(0, len(codes), 2)]
    return "".join(out)


def _font_maps(objects: dict[int, bytes], resources: bytes) -> dict[bytes, dict[int, str]]:
    fonts = re.search(rb"/Font<<(.*?)>>", resources, re.DOTALL)
    found = re.findall(rb"/(f\d+) (\d+) 0 R", fonts[1]) if fonts else []
    return {name: _glyph_map(_inflated(objects[_reference(objects[int(at)], b"ToUnicode")])) for name, at in found}


def _glyph_map(cmap: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", cmap)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _reference(body: bytes, key: bytes) -> int:
    hit = re.search(rb"/" + key + rb" (\d+) 0 R", body)
    assert hit, key
    return int(hit[1])


def _inflated(body: bytes) -> bytes:
    length = re.search(rb"/Length (\d+)", body)
    start = re.search(rb"stream\r?\n", body)
    assert length and start
    return zlib.decompress(body[start.end() : start.end() + int(length[1])])


def _unescaped(literal: bytes) -> bytes:
    def plain(hit: re.Match[bytes]) -> bytes:
        sign = hit[1]
        return bytes([int(sign, 8)]) if sign[:1].isdigit() else _ESCAPES.get(sign, sign)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, literal, flags=re.DOTALL)
