"""The look, as far as a machine can see it: contrasts, one home for colours, and what Chromium 78 cannot read (bars.md B2, B6, B8)."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "yimen/desks/shared/static/yimen"
TEMPLATES = STATIC.parents[1] / "templates"
STYLES = sorted(STATIC.glob("*.css"))
SCRIPTS = sorted(STATIC.glob("*.js"))
WHITE = "#FFFFFF"

READING = [
    (ink, ground)
    for ink in ("ink", "ink-2", "ink-3", "primary")
    for ground in ("surface", "page", "head", "hover", "amber-tint")
]
TAGS = [
    ("red", "red-tint"),
    ("amber", "amber-tint"),
    ("green", "green-tint"),
    ("bar", "primary-tint"),
    ("ink-2", "neutral-tint"),
    ("primary", "primary-tint"),
    ("ink-2", "primary-tint"),
    ("ink-2", "line-2"),
    ("red", "surface"),
    ("red", "amber-tint"),
    ("amber", "surface"),
]
ON_DARK = [("on-dark", "primary"), ("on-dark", "bar"), ("on-dark", "bar-key")]
EDGES = [
    ("edge", "surface"),
    ("edge", "page"),
    ("edge", "amber-tint"),
    ("edge", "red-tint"),
    ("primary", "surface"),
    ("primary", "page"),
    ("focus-on-bar", "bar"),
    ("green", "surface"),
    ("red", "surface"),
    ("red", "amber-tint"),
]
CHARTS = [(f"chart-{number}", ground) for number in range(1, 7) for ground in ("surface", "page")]


def _plain(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def _tokens() -> dict[str, str]:
    text = _plain((STATIC / "tokens.css").read_text(encoding="utf-8"))
    return dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+);", text[: text.index("}")]))


TOKENS = _tokens()


def _rgb(colour: str) -> tuple[int, int, int]:
    assert re.fullmatch(r"#[0-9A-F]{6}", colour), colour
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(rgb: tuple[float, ...]) -> float:
    parts = [value / 255 for value in rgb]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _pair(one: str, other: str) -> float:
    return _contrast(_rgb(TOKENS[one]), _rgb(TOKENS[other]))


@pytest.mark.parametrize(("ink", "ground"), [*READING, *TAGS, *ON_DARK])
def test_text_is_readable(ink: str, ground: str) -> None:
    assert _pair(ink, ground) >= 4.5


@pytest.mark.parametrize(("mark", "ground"), [*EDGES, *CHARTS])
def test_edges_and_marks_are_visible(mark: str, ground: str) -> None:
    assert _pair(mark, ground) >= 3.0


def test_the_watermark_leaves_notes_readable() -> None:
    red, green, blue, strength = map(float, re.findall(r"[\d.]+", TOKENS["watermark"]))
    laid = tuple(
        below * (1 - strength) + above * strength
        for below, above in zip(_rgb(TOKENS["page"]), (red, green, blue), strict=True)
    )
    assert _contrast(_rgb(TOKENS["ink-3"]), laid) >= 4.5


COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|\b(?:rgba?|hsla?|hwb|lab|lch)\(|:[^;{]*\b(?:white|black|red|green|blue|gr[ae]y|silver|navy|orange|yellow)\b(?![-\w])"
)


@pytest.mark.parametrize("style", [path for path in STYLES if path.name != "tokens.css"], ids=lambda path: path.name)
def test_no_colour_outside_the_variables(style: Path) -> None:
    bare = re.sub(r"var\(--[a-z0-9-]+\)", "", _plain(style.read_text(encoding="utf-8")))
    values = "\n".join(re.findall(r"[{;]\s*([a-z-]+:[^;{}]*)(?=[;}])", bare))
    assert COLOUR.findall(values) == []


DRAWN = [path for ending in ("html", "js", "svg") for path in sorted(STATIC.parents[1].rglob(f"*.{ending}"))]


@pytest.mark.parametrize("file", DRAWN, ids=lambda path: path.name)
def test_no_colour_in_templates_scripts_and_drawings(file: Path) -> None:
    """Drawings are painted by the style sheet; the mark in the tab of the browser stands alone and has its own."""
    found = re.findall(r"(?:fill|stroke|color)\s*[=:]\s*[\"']?(?:#|rgb|hsl)", file.read_text(encoding="utf-8"))
    assert file.name == "mark.svg" or found == []


def test_every_variable_in_use_is_defined() -> None:
    used = {name for path in STYLES for name in re.findall(r"var\(--([a-z0-9-]+)", path.read_text(encoding="utf-8"))}
    assert used - TOKENS.keys() == set()


# --- Chromium 78 ------------------------------------------------------------------------------

CSS_UNKNOWN = [
    r":is\(",
    r":where\(",
    r":has\(",
    r":not\([^)]*,",
    ":focus-visible",
    ":user-invalid",
    ":user-valid",
    ":modal",
    "::marker",
    "::file-selector-button",
    r"(?<![-\w])gap\s*:",
    r"(?<![-\w])(?:row|column)-gap\s*:",
    r"(?<![-\w])inset",
    "aspect-ratio",
    "subgrid",
    "container-type",
    r"overflow(?:-[xy])?\s*:\s*clip",
    r"\d[dsl]v[hw]\b",
    "content-visibility",
    "scrollbar-gutter",
    r"(?<!min)(?<![-\w])min\(",
    r"(?<![-\w])max\(",
    r"clamp\(",
    "color-mix",
    r"oklch\(",
    r"margin-(?:inline|block)\s*:",
    r"padding-(?:inline|block)\s*:",
    "accent-color",
    r"(?<!-webkit-)(?<!-moz-)appearance\s*:",
    r"(?<!-webkit-)print-color-adjust",
    r":\s*anywhere",
    r"(?<!-webkit-)line-clamp",
    "text-wrap",
    "text-underline-offset",
    "text-decoration-thickness",
    r"(?<![-\w])translate\s*:",
    r"(?<![-\w])rotate\s*:",
    "hyphens",
    "field-sizing",
    "@layer",
    "@container",
    r"@media[^{]*[<>]",
    r"@supports\s+selector",
    "&",
]
JS_UNKNOWN = [
    r"\?\.(?!\d)",
    r"\?\?",
    r"\|\|=",
    "&&=",
    r"\*\*=",
    r"(?<![\w/\"'])#[a-z]\w*\s*[=(;]",
    r"static\s*\{",
    "replaceAll",
    r"\.at\(",
    "findLast",
    "toSorted",
    "toReversed",
    r"Object\.hasOwn",
    "groupBy",
    "fromAsync",
    "isWellFormed",
    r"Promise\.any",
    "WeakRef",
    "structuredClone",
    "randomUUID",
    r"AbortSignal\.timeout",
    "canParse",
    r"Intl\.Segmenter",
    r"Intl\.DisplayNames",
    "CompressionStream",
    "replaceChildren",
    r"\binert\b",
    "popover",
    "submitter",
    "showPicker",
    "checkVisibility",
    "startViewTransition",
    "moveBefore",
    "showOpenFilePicker",
    r"navigator\.share",
    r"\beval\(",
    r"new Function",
    r"\bimport\b",
    r"\d_\d",
    r"matchAll",
    r"catch\s*\{\s*\}",
]


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_styles_hold_nothing_that_chromium_78_drops(style: Path) -> None:
    text = _plain(style.read_text(encoding="utf-8"))
    assert [word for word in CSS_UNKNOWN if re.search(word, text)] == []


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_grid_gaps_stand_in_grids_only(style: Path) -> None:
    """Current browsers read grid-gap in a flex box too, Chromium 78 does not: the two would look different."""
    rules = re.findall(r"\{([^{}]*)\}", _plain(style.read_text(encoding="utf-8")))
    gaps = [re.search(r"grid-gap:\s*([^;]+)", rule) for rule in rules if "display: grid" not in rule]
    assert {gap[1].strip() for gap in gaps if gap} <= {"0"}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_hold_nothing_that_chromium_78_lacks(script: Path) -> None:
    text = _plain(script.read_text(encoding="utf-8"))
    without_words = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', text)
    assert [word for word in JS_UNKNOWN if re.search(word, without_words)] == []


# --- own origin and weight --------------------------------------------------------------------


def _templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("template", _templates(), ids=lambda path: path.name)
def test_templates_have_no_inline_style_or_script(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    found = re.findall(
        r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:|hx-on|js:|https?://|\|safe|autoescape off",
        text,
    )
    assert found == []


def _weight(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in paths)


def test_styles_and_scripts_are_light() -> None:
    assert _weight(STYLES) <= 15_000
    assert _weight(SCRIPTS) <= 12_000


def test_ime_comes_first_in_every_key_handler() -> None:
    """Enter that ends a composition must never move, submit or fire a shortcut (B4)."""
    for script in (STATIC / "keys.js", STATIC / "forms.js"):
        text = script.read_text(encoding="utf-8")
        handlers = re.findall(r'addEventListener\("keydown", (\w+)\)', text)
        assert handlers
        for handler in handlers:
            body = re.search(rf"function {handler}\(event\) \{{(.*?)\n  \}}\n", text, flags=re.S)
            assert body is not None and "composing(event)" in body[1][:260], handler
