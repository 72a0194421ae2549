"""Sphinx, taught our page: plain HTML without scripts or inline styles, a menu by shelf, a list of all words for the search."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from PIL import Image
from shelves import SHELVES, contents
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.writers.html5 import HTML5Translator

INDEX = "search.json"
PHONE_WIDTH = 400


class Translator(HTML5Translator):
    """HTML that a strict content security policy lets pass, and that a phone can show."""

    def visit_image(self, node: nodes.image) -> None:
        """Width and height, so that nothing jumps while a picture loads."""
        name = self.builder.images[node["uri"]]
        width, height = Image.open(Path(self.builder.srcdir) / node["uri"]).size
        kind = "phone-picture" if width <= PHONE_WIDTH else "picture"
        folder = self.builder.imgpath
        self.body.append(
            f'<img class="{kind}" src="{folder}/{name}" alt="{self.attval(node.get("alt", ""))}" '
            f'width="{width}" height="{height}" loading="lazy">'
        )

    def depart_image(self, node: nodes.image) -> None:
        """Nothing to close."""

    def visit_table(self, node: nodes.table) -> None:
        """A wide table scrolls inside its frame, with the keyboard too."""
        self.body.append('<div class="scroll" tabindex="0" role="group" aria-label="表格（可左右滚动）"><table>\n')

    def depart_table(self, node: nodes.table) -> None:
        self.body.append("</table></div>\n")

    def visit_colspec(self, node: nodes.colspec) -> None:
        """No widths: they would be inline styles."""

    def depart_colspec(self, node: nodes.colspec) -> None:
        """Nothing to close."""

    def visit_tgroup(self, node: nodes.tgroup) -> None:
        node.stubs = []

    def depart_tgroup(self, node: nodes.tgroup) -> None:
        """Nothing to close."""

    def visit_entry(self, node: nodes.entry) -> None:
        head = isinstance(node.parent.parent, nodes.thead)
        self.body.append('<th scope="col">' if head else "<td>")
        self.context.append("</th>\n" if head else "</td>\n")

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        self.body.append(f"<pre>{self.encode(node.rawsource or node.astext())}</pre>\n")
        raise nodes.SkipNode


class Builder(StandaloneHTMLBuilder):
    """HTML pages and the list of words; no scripts, no inventory, no search page of Sphinx."""

    name = "html"
    search = False
    default_translator_class = Translator

    def create_pygments_style_file(self) -> None:
        """Code is shown plainly."""

    def copy_translation_js(self) -> None:
        """No scripts."""

    def dump_inventory(self) -> None:
        """Nobody refers to this site from another."""

    def handle_finish(self) -> None:
        """Write what the search looks through."""
        entries = [entry for page in ("index", *_all_pages()) for entry in self._entries(page)]
        (Path(self.outdir) / INDEX).write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")

    def _entries(self, page: str) -> Iterator[dict[str, str]]:
        """One per section: where it is, what it is called, what it says without its subsections."""
        tree = self.env.get_doctree(page)
        title = self.env.titles[page].astext()
        for section in tree.findall(nodes.section):
            heading = section.next_node(nodes.title)
            first = section.parent is tree
            words = " ".join(_words(section).split())
            yield {
                "url": f"{page}.html" + ("" if first else f"#{section['ids'][0]}"),
                "page": title,
                "shelf": _booklet_title(page),
                "title": heading.astext() if heading else title,
                "text": words,
            }


def _words(section: nodes.section) -> str:
    own = [child for child in section.children if not isinstance(child, nodes.section | nodes.title)]
    return " ".join(part.astext() for child in own for part in child.findall(nodes.TextElement) if not _nested(part))


def _nested(part: nodes.Node) -> bool:
    """Inline parts are told with their paragraph."""
    return isinstance(part.parent, nodes.TextElement)


def _all_pages() -> Iterator[str]:
    for pages in contents().values():
        yield from pages


def _booklet_title(page: str) -> str:
    name = page.split("/", maxsplit=1)[0]
    return next((b.title for shelf in SHELVES for b in shelf.booklets if b.name == name), "使用手册")


def _context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> str | None:
    """Menu, way back, neighbours and printed booklet of a page."""
    if doctree is None:
        return None
    builder, titles, listed = app.builder, app.env.titles, contents()

    def link(to: str, title: str = "") -> dict[str, Any]:
        return {
            "url": builder.get_relative_uri(page, to) or "#main",
            "title": title or titles[to].astext(),
            "current": to == page,
        }

    name = page.split("/", maxsplit=1)[0] if "/" in page else ""
    own = listed.get(name, [])
    context["shelves"] = [
        {
            "title": shelf.title,
            "booklets": [
                link(f"{booklet.name}/index", booklet.title)
                | {"pages": [link(to) for to in own[1:] if not _deep(to)] if booklet.name == name else []}
                for booklet in shelf.booklets
            ],
        }
        for shelf in SHELVES
    ]
    context["crumbs"] = [link("index", "使用手册"), *([link(own[0])] if own and page != own[0] else [])] if own else []
    place = own.index(page) if page in own else -1
    context["before"] = link(own[place - 1]) if place > 0 else None
    context["after"] = link(own[place + 1]) if 0 <= place < len(own) - 1 else None
    booklet = next((b for shelf in SHELVES for b in shelf.booklets if b.name == name), None)
    context["printed"] = context["pathto"](f"{name}.pdf", 1) if booklet and booklet.printed else ""
    return "page.html"


def _deep(page: str) -> bool:
    """Decisions stand on a page of their own, not in the menu."""
    return page.startswith("developer/decisions/") and not page.endswith("/index")


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_builder(Builder, override=True)
    app.add_html_theme("yimen", str(Path(__file__).parent / "theme" / "yimen"))
    app.connect("html-page-context", _context)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
