"""Whether Chromium 78 itself reads every script and every rule of the styles that are shipped (B6); no node is needed.

The word lists of tests/desks/test_look.py name what it lacks; here the browser says so. It parses all of ES2019 and three
things more (BigInt, class fields, dynamic import), which the word lists keep out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from tests.chromium78 import OldPage
from tests.house.sources import PACKAGE

SITE = PACKAGE / "desks/public/help/site"  # the handbook's copies of the same files
Open = Callable[[str], OldPage]
# One declaration at a time, as a sheet of its own: what the browser does not know is not in its rules.
UNREAD = """pairs => {
    const style = document.createElement('style');
    document.head.appendChild(style);
    return pairs.filter(([selector, declaration]) => {
        style.textContent = `${selector} { ${declaration} }`;
        const rule = style.sheet.cssRules[0];
        return !rule || !rule.style.length;
    }).map(pair => pair.join(' { '));
}"""
MEDIA = "queries => queries.filter(query => window.matchMedia(query).media === 'not all')"


def shipped(ending: str) -> list[Path]:
    return sorted(path for path in PACKAGE.rglob(f"*{ending}") if SITE not in path.parents)


SCRIPTS = shipped(".js")
STYLES = shipped(".css")
HTMX = Path(str(files("django_htmx").joinpath("static/django_htmx/htmx.min.js")))


@pytest.fixture
def blank(open_old: Open) -> OldPage:
    return open_old("about:blank")


def test_scripts_are_where_they_are_looked_for() -> None:
    assert len(SCRIPTS) >= 4 and len(STYLES) >= 3
    assert {path.parent.name for path in [*SCRIPTS, *STYLES]} == {"yimen"}, "the word lists read this folder only"


@pytest.mark.parametrize("script", [*SCRIPTS, HTMX], ids=lambda path: path.name)
def test_a_script_is_read(blank: OldPage, script: Path) -> None:
    assert blank.run("text => { new Function(text); return 'read'; }", script.read_text(encoding="utf-8")) == "read"


def test_what_cannot_be_read_is_noticed(blank: OldPage) -> None:
    for text in ("let a = b?.c;", "a ??= 1;", "class A { #b() {} }"):
        with pytest.raises(AssertionError, match="SyntaxError"):
            blank.run("text => { new Function(text); return 'read'; }", text)
    wrong = [
        ["a", "inset: 0"],
        ["a:focus, a:focus-visible", "color: red"],
        ["p", "width: min(1px, 2px)"],
        ["p", "color: red"],
    ]
    assert len(blank.run(UNREAD, wrong)) == 3
    assert blank.run(MEDIA, ["(width >= 300px)", "print"]) == ["(width >= 300px)"]


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_a_style_sheet_is_read(blank: OldPage, style: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.S)
    pairs = [
        [selector.strip(), declaration.strip()]
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text)
        for declaration in body.split(";")
        # Other browsers' own names are for those browsers.
        if declaration.strip() and not selector.strip().startswith("@page") and "-moz-" not in selector + declaration
    ]
    assert blank.run(UNREAD, pairs) == []
    assert blank.run(MEDIA, re.findall(r"@media\s*([^{]+?)\s*\{", text)) == []
