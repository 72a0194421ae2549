"""Every page template, rendered with sample contexts: nothing undefined, one heading, one primary button, Chinese."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.desks.preview import render
from tests.desks.samples import pages as samples
from yimen.desks.shared import pages
from yimen.desks.shared.shapes import Page

SAMPLES = samples()
LATIN_ALLOWED = set(
    "ID QR PDF Excel WPS SMS JSON Enter Shift Ctrl Esc F2 F8 A B C S V D g d h j k n x kB ZQ HD wxl K Q F P Tab".split()
)


class Text(HTMLParser):
    """Visible words, the number of headings, nodes and primary buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.nodes = self.headings = self.primaries = 0
        self.skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.nodes += 1
        self.headings += tag == "h1"
        self.skip += tag == "dl" and "accounts" in (given.get("class") or "")
        self.primaries += "data-primary" in given or "primary" in (given.get("class") or "").split()

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _read(name: str) -> tuple[str, Text]:
    html = render(*SAMPLES[name])
    parsed = Text()
    parsed.feed(html)
    return html, parsed


def test_every_template_has_a_sample() -> None:
    assert {template for template, _, _ in SAMPLES.values()} == pages.CONTRACTS.keys() - {"shared/list.html"}


@pytest.mark.parametrize("name", SAMPLES)
def test_page_is_whole(name: str) -> None:
    html, parsed = _read(name)
    assert parsed.headings == 1
    assert parsed.primaries <= 1
    assert parsed.nodes <= 3000
    assert not re.search(r"\b(None|null|undefined|nan)\b|\{\{|\{%|<[^<>]*object at", html)


@pytest.mark.parametrize("name", [name for name in SAMPLES if name not in {"login", "handbook-unbuilt"}])
def test_page_speaks_chinese(name: str) -> None:
    """Latin words outside the short list, half-width punctuation between Han, and the plan's old words."""
    text = "".join(_read(name)[1].words)
    assert set(re.findall(r"[A-Za-z]+[0-9]?", text)) - LATIN_ALLOWED == set()
    assert re.findall(r"[一-鿿][,;:?!()][一-鿿]", text) == []
    assert "审批" not in text


@pytest.mark.parametrize("name", SAMPLES)
def test_ids_are_unique(name: str) -> None:
    html = re.sub(r"<template.*?</template>", "", _read(name)[0], flags=re.S)
    found = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(found) == sorted(set(found))


def test_forms_carry_their_guards() -> None:
    for template, frame, given in SAMPLES.values():
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", render(template, frame, given), flags=re.S):
            assert "csrfmiddlewaretoken" in form


def test_contract_refuses_what_a_template_does_not_know() -> None:
    with pytest.raises(TypeError, match=r"unknown \['tabel'\], missing \['table'\]"):
        pages.complete("shared/papers.html", page=Page("文书"), tabel=None)


def test_names_and_words_are_escaped() -> None:
    given: dict[str, Any] = {**SAMPLES["search"][2], "asked": "<script>alert(1)</script>"}
    html = render("shared/search.html", SAMPLES["search"][1], given)
    assert "<script>alert" not in html
