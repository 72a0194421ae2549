"""Each booklet as one PDF: the pages that Sphinx has read become plain blocks, and booklet.typ sets them.

Only the shipped font is used, so that the same booklet comes out on every machine; signs that it lacks have a stand-in here,
and one without a stand-in stops the build.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typst
from docutils import nodes
from shelves import ROOT, booklets, contents
from sphinx.application import Sphinx

HERE = Path(__file__).parent
FONTS = ROOT / "yimen/base/papers/fonts"
STAND_INS = str.maketrans({"•": "·", "✓": "√", "−": "－", "‹": "〈", "›": "〉", "✗": "×", "\u00a0": " "})  # noqa: RUF001
PHONE_WIDTH = 400
# Where a long name may be broken over two lines.
_BREAKS = re.compile(r"([._/-])")
Block = dict[str, Any]
Run = dict[str, Any]


def print_booklets(app: Sphinx, site: Path) -> None:
    """Write ``<booklet>.pdf`` beside the pages."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    source = Path(app.srcdir)
    page = source / "booklet.typ"
    page.write_text((HERE / "booklet.typ").read_text(encoding="utf-8"), encoding="utf-8")
    for booklet in booklets():
        if not booklet.printed:
            continue
        chapters = [list(_blocks(app.env.get_doctree(name), 0)) for name in contents()[booklet.name]]
        data = {"title": booklet.title, "version": app.config.version, "chapters": chapters}
        try:
            made = typst.compile(
                page, root=source, font_paths=fonts, format="pdf", pdf_standards=["a-2b"], timestamp=0,
                sys_inputs={"booklet": json.dumps(data, ensure_ascii=False)},
            )  # fmt: skip
        except typst.TypstError as problem:
            raise SystemExit(f"{booklet.name}.pdf: {_told(problem)}") from problem
        (site / f"{booklet.name}.pdf").write_bytes(made if isinstance(made, bytes) else b"".join(made or ()))


def _told(problem: typst.TypstError) -> str:
    signs = re.findall(r'the text `"(.+?)"` could not be displayed', f"{problem.message}\n{problem.diagnostic}")
    return (
        f"字体里没有 {'、'.join(dict.fromkeys(signs))}，请在 printing.py 里给它一个替代"
        if signs
        else str(problem.message)
    )


# -- from a page to blocks -------------------------------------------------------------------


def _blocks(node: nodes.Node, depth: int) -> Iterator[Block]:
    for child in node.children:
        maker = _MAKERS.get(type(child).__name__)
        if maker is not None:
            yield from maker(child, depth)
        elif isinstance(child, nodes.Invisible | nodes.raw) or type(child).__name__ in {
            "toctree",
            "compound",
            "transition",
        }:
            continue
        else:
            yield from _blocks(child, depth)


def _section(node: nodes.section, depth: int) -> Iterator[Block]:
    yield from _blocks(node, depth + 1)


def _title(node: nodes.title, depth: int) -> Iterator[Block]:
    yield {"kind": "heading", "level": depth, "runs": _runs(node)}


def _paragraph(node: nodes.paragraph, depth: int) -> Iterator[Block]:
    pictures = list(node.findall(nodes.image))
    if runs := _runs(node):
        yield {"kind": "para", "runs": runs}
    for picture in pictures:
        yield from _image(picture, depth)


def _image(node: nodes.image, _: int) -> Iterator[Block]:
    from PIL import Image

    source = Path(node.document.settings.env.srcdir)
    width = Image.open(source / node["uri"]).width
    yield {"kind": "image", "path": f"/{node['uri']}", "phone": width <= PHONE_WIDTH, "alt": node.get("alt", "")}


def _list(node: nodes.Element, depth: int) -> Iterator[Block]:
    items = [list(_blocks(item, depth)) for item in node.children]
    yield {
        "kind": "list",
        "ordered": isinstance(node, nodes.enumerated_list),
        "start": node.get("start", 1),
        "items": items,
    }


def _table(node: nodes.table, _: int) -> Iterator[Block]:
    def rows(part: type[nodes.Element]) -> list[list[list[Run]]]:
        return [[_runs(cell) for cell in row.children] for found in node.findall(part) for row in found.children]

    yield {"kind": "table", "head": rows(nodes.thead), "rows": rows(nodes.tbody)}


def _code(node: nodes.literal_block, _: int) -> Iterator[Block]:
    yield {"kind": "code", "text": node.astext().translate(STAND_INS)}


def _quote(node: nodes.Element, depth: int) -> Iterator[Block]:
    yield {"kind": "quote", "blocks": list(_blocks(node, depth))}


_MAKERS: dict[str, Callable[[Any, int], Iterator[Block]]] = {
    "section": _section, "title": _title, "paragraph": _paragraph, "image": _image, "bullet_list": _list,
    "enumerated_list": _list, "table": _table, "literal_block": _code, "block_quote": _quote, "note": _quote,
}  # fmt: skip


def _runs(node: nodes.Node, strong: bool = False, code: bool = False) -> list[Run]:
    found: list[Run] = []
    for child in node.children:
        if isinstance(child, nodes.Text):
            text = child.astext().replace("\n", " ").translate(STAND_INS)
            if code:
                text = _BREAKS.sub("\\1\u200b", text)
            found.append({"text": text, "strong": strong, "code": code})
        elif not isinstance(child, nodes.image | nodes.raw | nodes.Invisible):
            found += _runs(child, strong or isinstance(child, nodes.strong), code or isinstance(child, nodes.literal))
    return [run for run in found if run["text"]]
