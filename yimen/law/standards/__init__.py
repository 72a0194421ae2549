"""Figures that an authority sets: dated, per area, each with its document; the nearest area wins.

An unset figure is an error that names it, never a guess (rules.md §13). ``data/`` holds
what the program ships: national figures, what is known of Jilin and Siping (visibly
unconfirmed) and an openly fictional demo district.
"""

from yimen.law.standards.book import Book, Missing, Unconfirmed, Unset
from yimen.law.standards.data import read_figure, shipped_book, shipped_figures
from yimen.law.standards.figure import CONFIDENCE_LABELS, BadFigure, Figure, Value, exact
from yimen.law.standards.labels import KEYS, Key, key_of
from yimen.law.standards.places import chain, place_name

__all__ = [
    "CONFIDENCE_LABELS",
    "KEYS",
    "BadFigure",
    "Book",
    "Figure",
    "Key",
    "Missing",
    "Unconfirmed",
    "Unset",
    "Value",
    "chain",
    "exact",
    "key_of",
    "place_name",
    "read_figure",
    "shipped_book",
    "shipped_figures",
]
