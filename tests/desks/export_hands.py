"""Hands for the tests of exports: the tables of a page as a reader sees them, and the file behind its button."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from django.test import Client
from python_calamine import CalamineWorkbook


class Tables(HTMLParser):
    """The tables of a list page as a reader sees them: heads, and the words of every row."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.open = self.within = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag == "table":
            self.within = "list" in classes
            self.tables += [[]] if self.within else []
        elif self.within and tag == "tr":
            self.tables[-1].append([])
        elif self.within and tag in ("td", "th"):
            self.open = "pick" not in classes
            self.tables[-1][-1] += [""] if self.open else []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.open = False
        elif tag == "table":
            self.within = False

    def handle_data(self, data: str) -> None:
        if self.open and self.within:
            self.tables[-1][-1][-1] += data


def plain(value: Any) -> str:
    """A cell without the marks that differ between paper and screen: blanks, brackets around notes, commas, zeros."""
    text = re.sub(r"[\s（）,]", "", str(value))
    if re.fullmatch(r"-?\d+\.\d+", text):
        text = text.rstrip("0").rstrip(".")
    return "" if text == "—" else text


def taken(client: Client, page: str) -> list[list[list[Any]]]:
    """Press 导出 Excel on the page, fetch the file, read its sheets but the last."""
    form = re.search(r'action="/exports/new/">(.*?)</form>', page, re.DOTALL)
    assert form, "no 导出 Excel"
    fields = {unescape(name): unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[1])}
    answer = client.post("/exports/new/", fields)
    assert answer.status_code == 302 and answer["Location"].startswith("/exports/file/"), answer
    got = client.get(answer["Location"])
    assert got.status_code == 200 and got["Content-Disposition"].startswith("attachment")
    book = CalamineWorkbook.from_filelike(BytesIO(got.content))
    assert book.sheet_names[-1] == "说明"
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names[:-1]]
