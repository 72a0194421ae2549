"""The benchmark of the papers draws what it says (how fast is nobody's assertion)."""

from __future__ import annotations

from yimen.base.papers import library
from yimen.bench import papers


def test_one_of_each_and_a_batch():
    assert papers.different().papers == len(library.codes())
    made = papers.batch(3, "extension", duplex=True)
    assert made.papers == 3 and made.size > 10_000 and made.seconds > 0
