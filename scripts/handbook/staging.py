"""From files of the repository to the folder that Sphinx reads: links lead to pages, marks become what the code says.

The sources are plain Markdown that can be read in the repository. Two things happen on the way: a link to another source
becomes a link to its page (one to a file that has no page becomes plain words), and a mark such as
``<!-- yimen: terms -->`` becomes what `made` returns for it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from shelves import ROOT, SHELVES, contents, sources

PICTURES = "docs/pictures"
_LINK = re.compile(r"(!?)\[([^\]\n]*)\]\(([^)\s]+)\)")
_MARK = re.compile(r"^<!-- yimen: (.+?) -->$", re.MULTILINE)
_FENCE = re.compile(r"^ *(```|~~~)", re.MULTILINE)

Made = Callable[[str], str]


class Broken(Exception):
    """A source that cannot be made into a page; says where and why."""


def stage(folder: Path, made: Made) -> None:
    """Write every page and picture into ``folder``."""
    pages = sources()
    by_source = {source: page for page, source in pages.items()}
    children = _children()
    for page, source in pages.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        text = _MARK.sub(lambda mark: made(mark[1]), text)
        text = _outside_fences(text, lambda part, source=source, page=page: _relink(part, source, page, by_source))
        target = folder / f"{page}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text + _toctree(page, children.get(page, ())), encoding="utf-8")
    shutil.copytree(ROOT / PICTURES, folder / "pictures", dirs_exist_ok=True)


def _children() -> dict[str, list[str]]:
    """Per page those under it in the menu."""
    tree = {f"{name}/index": pages[1:] for name, pages in contents().items()}
    tree["index"] = [f"{booklet.name}/index" for shelf in SHELVES for booklet in shelf.booklets]
    decisions = [page for page in tree["developer/index"] if page.startswith("developer/decisions/")]
    tree["developer/index"] = [page for page in tree["developer/index"] if page not in decisions]
    tree["developer/index"].append("developer/decisions/index")
    tree["developer/decisions/index"] = [page for page in decisions if not page.endswith("/index")]
    return tree


def _toctree(page: str, children: list[str] | tuple[()]) -> str:
    if not children:
        return ""
    names = "\n".join(f"/{child}" for child in children)
    return f"\n\n```{{toctree}}\n:hidden:\n\n{names}\n```\n"


def _outside_fences(text: str, change: Callable[[str], str]) -> str:
    """Apply ``change`` to everything but fenced code."""
    parts, start, inside = [], 0, False
    for fence in _FENCE.finditer(text):
        part = text[start : fence.start()]
        parts.append(part if inside else change(part))
        start, inside = fence.start(), not inside
    rest = text[start:]
    return "".join([*parts, rest if inside else change(rest)])


def _relink(text: str, source: str, page: str, by_source: dict[str, str]) -> str:
    here, home = PurePosixPath(source).parent, PurePosixPath(page).parent

    def new(link: re.Match[str]) -> str:
        bang, words, target = link.groups()
        path = target.partition("#")[0]
        # The handbook is read where there is no internet; a place within a page is found by its menu.
        if "://" in target or target.startswith("mailto:") or not path:
            return words
        wanted = os.path.normpath(here / path)
        if not (ROOT / wanted).exists():
            raise Broken(f"{source}: {target} leads nowhere")
        if wanted.startswith(f"{PICTURES}/"):
            return f"{bang}[{words}]({_way(home, f'pictures/{PurePosixPath(wanted).name}')})"
        found = by_source.get(wanted) or by_source.get(f"{wanted}/README.md")
        return f"[{words}]({_way(home, found + '.md')})" if found else words

    return _LINK.sub(new, text)


def _way(home: PurePosixPath, target: str) -> str:
    return os.path.relpath(target, home.as_posix())
