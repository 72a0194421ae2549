"""The code on a page and what a scanner makes of it."""

from __future__ import annotations

import pytest

from yimen.base.papers import pageqr
from yimen.base.papers.pageqr import NotOurs, PageMark


@pytest.mark.parametrize(
    ("mark", "text"),
    [
        (PageMark("7bk2m9c4xw0d", 2), "YM1:P:7BK2M9C4XW0D:2"),
        (PageMark("7bk2m9c4xw0d", 1, 17), "YM1:B:7BK2M9C4XW0D:17:1"),
        (PageMark("", 3, 22), "YM1:B:-:22:3"),
    ],
)
def test_what_is_written_is_read(mark, text):
    assert pageqr.write(mark) == text
    assert pageqr.read(f" {text}\n") == mark


@pytest.mark.parametrize(
    "text",
    [
        "", "https://yimen.example/p/7bk2m9c4xw0d", "YM1:P:7BK2M9C4XW0D", "YM1:P:7BK2M9C4XW0D:0", "YM1:P:7BK2M9C4XW0A:1",
        "YM1:P:7BK2M9C4XW0D:01", "YM2:P:7BK2M9C4XW0D:1", "ym1:p:7bk2m9c4xw0d:1", "YM1:B:7BK2M9C4XW0D:1",
        "YM1:P:7BK2M9C4XW0D:1;DROP", "YM1:P:" + "9" * 4000,
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_words(text):
    with pytest.raises(NotOurs, match="页码二维码|不是本系统"):
        pageqr.read(text)


def test_the_code_stays_small_and_each_page_has_its_own():
    pictures = [pageqr.svg(pageqr.write(PageMark("7bk2m9c4xw0d", page))) for page in (1, 2, 99)]
    assert len(set(pictures)) == 3
    sizes = [int(picture.split('width="')[1].split('"')[0]) for picture in pictures]
    assert max(sizes) <= 25  # modules: on a picture of 16 mm each is 0.6 mm wide
