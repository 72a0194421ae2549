"""Turns a laid-out paper into PDF/A-2b bytes: the same document always gives the same bytes.

K27: the typesetter reads the packaged page and the fonts of the folders named here, nothing else: no network, no
other file, and data arrives as text that is never evaluated. In PDF/A a character without a glyph is an error that
names it, so a name is never printed with a hole in it.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import re
import threading
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from yimen.law import calendar

_HERE = Path(__file__).parent
PAGE = _HERE / "page" / "paper.typ"
PACKAGED_FONTS = _HERE / "fonts"
_LAYOUT = tuple(_HERE / f"{name}.py" for name in ("layout", "closing", "looks", "pageqr", "writing"))
SYSTEM_FONTS = ("/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype/hanazono")

# Faces that a place may have licensed; the first one found in its folders is used.
BODY_FACES = ("FangSong_GB2312", "仿宋_GB2312", "FZFangSong-Z02S", "方正仿宋_GBK", "FangSong", "仿宋")
TITLE_FACES = ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "方正小标宋_GBK")

_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_MORE = "more-codes"
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_local = threading.local()


class CannotTypeset(RuntimeError):
    """The page could not be set; a fault of the form or of the installation, not of the officer."""


class MorePages(CannotTypeset):
    """A paper has more pages than codes were made for; make more and draw again."""


class MissingGlyph(CannotTypeset):
    """No installed font has these characters; ``characters`` holds them, none was dropped."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        named = "、".join(f"“{sign}”（U+{ord(sign):04X}）" for sign in characters)
        super().__init__(
            f"文书中的 {named} 没有可用的字形，文书没有生成，一个字也不会漏印。"
            "请系统管理员安装补充字体（fonts-noto-cjk、fonts-hanazono，或放入 YIMEN_FORM_FONT_DIRS 指定的文件夹）后重试，"
            "不要改用别的字代替。"
        )


def pdf(
    documents: Sequence[Mapping[str, Any]], issued_on: date, *, title: str = "", office: str = "", duplex: bool = False
) -> bytes:
    """The documents one after another as one PDF/A-2b. The date inside the file is that of the paper, not of the printing.

    ``duplex`` lets each begin on an odd page. Raises MissingGlyph, MorePages or CannotTypeset.
    """
    compiler = _compiler()
    job = {"papers": list(documents), "title": title, "office": office, "duplex": duplex, "faces": faces()}
    inputs = {"job": json.dumps(job, ensure_ascii=False, sort_keys=True)}
    try:
        made = compiler.compile(
            sys_inputs=inputs, format="pdf", pdf_standards=["a-2b"], timestamp=int(_stamp(issued_on))
        )
    except typst.TypstError as error:
        raise _translated(error) from error
    return bytes(made) if isinstance(made, bytes) else b"".join(made or ())


def shed() -> None:
    """Have the typesetter forget what it keeps of the pages it drew last: worth it after hundreds of them.

    It drops what ten drawings in a row did not use; without this a worker would hold several such piles at once.
    """
    empty = json.dumps({"papers": [], "title": "", "office": "", "duplex": False, "faces": faces()})
    for turn in range(12):
        _compiler().compile(sys_inputs={"job": empty, "turn": str(turn)}, format="pdf", timestamp=0)


@lru_cache(maxsize=1)
def engine() -> str:
    """What drew the bytes: typesetter, page, layout and fonts. Another engine may draw the same paper differently.

    The forms are not part of it: a form that changes under its version is a fault, not another engine.
    """
    fonts = [f"{font.family}/{font.weight}/{_size(font.path)}" for font in _fonts().fonts()]
    sources = [path.read_text(encoding="utf-8") for path in (PAGE, *_LAYOUT)]
    parts = [importlib.metadata.version("typst"), *sources, *sorted(fonts)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def faces() -> dict[str, list[str]]:
    """The place's own faces for body and title, where it has them."""
    families = set(_fonts().families())
    return {
        "body": [name for name in BODY_FACES if name in families][:1],
        "title": [name for name in TITLE_FACES if name in families][:1],
    }


def forget_fonts() -> None:
    """Look at the font folders again (they are read once per process and thread)."""
    _fonts.cache_clear()
    faces.cache_clear()
    engine.cache_clear()
    _local.__dict__.clear()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folders = [PACKAGED_FONTS, *getattr(settings, "FORM_FONT_DIRS", ()), *SYSTEM_FONTS]
    present = [str(folder) for folder in folders if Path(folder).is_dir()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=present)


def _compiler() -> typst.Compiler:
    """One compiler per thread: it is not made to be shared, and keeping it is ten times faster."""
    if not hasattr(_local, "compiler"):
        packages = str(PAGE.parent / "no-packages")
        _local.compiler = typst.Compiler(
            input=str(PAGE), root=str(PAGE.parent), font_paths=_fonts(), package_path=packages,
            package_cache_path=packages,
        )  # fmt: skip
    compiler: typst.Compiler = _local.compiler
    return compiler


def _stamp(day: date) -> float:
    return calendar.start_of_day(day).timestamp()


def _size(path: str | None) -> int:
    return Path(path).stat().st_size if path else 0


def _translated(error: typst.TypstError) -> CannotTypeset:
    if _MORE in error.message:
        return MorePages(_MORE)
    found = _MISSING.findall(f"{error.message}\n{error.diagnostic}")
    texts = [_ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text) for text in found]
    signs = "".join(dict.fromkeys(sign for text in texts for sign in text))
    return MissingGlyph(signs) if signs else CannotTypeset(f"文书排版失败，请联系系统管理员：{error.message}")
