"""One piece of help."""

from __future__ import annotations

from dataclasses import dataclass

from yimen.law.articles import cited


@dataclass(frozen=True)
class Help:
    """One or two plain sentences, an example, and the articles they rest on (codes of ``law.articles``)."""

    text: str
    example: str = ""
    articles: tuple[str, ...] = ()

    @property
    def basis(self) -> str:
        """The articles in words; empty where the field follows from good practice alone."""
        return "、".join(cited(code) for code in self.articles)


def say(text: str, *articles: str, such: str = "") -> Help:
    """Help in one line; ``such`` is the example."""
    return Help(text, such, articles)
