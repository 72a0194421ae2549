"""The shapes that views hand to the templates: plain frozen data, every attribute always there.

A template may use only what stands here or in its own head comment; the strict test engine
fails on anything undefined, so each attribute has a quiet default.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm, BaseFormSet, BoundField

_WHOLE = re.compile(r"[\d.,:/\- ]{1,16}(元|人)?( 至 [\d\-]{1,10})?")


@dataclass(frozen=True)
class Tag:
    """A status word with its colour. ``kind``: red, amber, green, blue or neutral (look.md)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Link:
    text: str
    url: str
    current: bool = False
    count: str = ""
    note: str = ""


@dataclass(frozen=True)
class Action:
    """Something to do. ``get`` is a link, ``post`` a small form with its hidden values (once, version)."""

    text: str
    url: str
    method: str = "get"
    primary: bool = False
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fact:
    """A known fact, shown as plain text and never asked again."""

    label: str
    value: str
    note: str = ""
    tag: Tag | None = None
    reveal: Action | None = None


@dataclass(frozen=True)
class MenuGroup:
    text: str
    items: Sequence[Link]


@dataclass(frozen=True)
class Frame:
    """What stands around every page. Sizes and switches are the user's own settings.

    ``size`` is "", "large" or "larger"; ``sizes`` are the three links of 大字版.
    """

    place: str = ""
    office: str = ""
    user: str = ""
    demo: bool = False
    demo_note: str = ""
    demo_people: Sequence[Link] = ()
    switch_url: str = ""
    tour_url: str = ""
    menu: Sequence[MenuGroup] = ()
    home_url: str = "/"
    search_url: str = ""
    search_text: str = ""
    logout_url: str = ""
    settings_url: str = ""
    household_url: str = ""
    intake_url: str = ""
    help_url: str = ""
    size: str = ""
    sizes: Sequence[Link] = ()
    compact: bool = False
    keys: bool = True
    enter_next: bool = True
    watermark: str = ""
    phones: Sequence[Fact] = ()


@dataclass(frozen=True)
class Page:
    """The head of a page: title, one line of purpose, the way back, tools at the top right."""

    title: str
    purpose: str = ""
    crumbs: Sequence[Link] = ()
    tools: Sequence[Action] = ()
    tags: Sequence[Tag] = ()


@dataclass(frozen=True)
class Refusal:
    """Why an act did not happen, in one sentence, and who can do what next."""

    sentence: str
    next: str = ""
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Empty:
    """An empty state says why it is empty and what to do."""

    sentence: str
    action: Action | None = None


@dataclass(frozen=True)
class Cell:
    text: str = ""
    url: str = ""
    note: str = ""
    tag: Tag | None = None
    action: Action | None = None
    strong: bool = False

    @property
    def whole(self) -> bool:
        """A date, a span of dates or a number is never broken over two lines."""
        return bool(_WHOLE.fullmatch(self.text))

    @property
    def alone(self) -> bool:
        """Whole, with a short tag at the most: then its box says so, which spares a long list an element for each."""
        return self.whole and not (self.url or self.note or self.action)


@dataclass(frozen=True)
class Row:
    """``tone``: "", "different" (amber) or "refused" (red). ``ref`` is what a tick box sends; a row without has none.

    ``reads`` names whose file an export of the row in full numbers opens: (kind, reference, person's reference).
    """

    cells: Sequence[Cell | Tag | Link | Action | str | int]
    tone: str = ""
    ref: str = ""
    name: str = ""
    anchor: str = ""
    reads: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True)
class Column:
    text: str
    numeric: bool = False
    sort_url: str = ""
    sorted: str = ""


@dataclass(frozen=True)
class Table:
    """``pick`` names the tick boxes ("" for none); ``form_id`` is the form they belong to."""

    columns: Sequence[Column | str]
    rows: Sequence[Row]
    label: str = ""
    empty: Empty | None = None
    foot: Row | None = None
    pick: str = ""
    form_id: str = ""
    stack: bool = True


@dataclass(frozen=True)
class Pager:
    total: int
    first: int
    last: int
    unit: str = "件"
    previous_url: str = ""
    next_url: str = ""
    sizes: Sequence[Link] = ()


@dataclass(frozen=True)
class Filter:
    """One drop-down above a list; ``choices`` are pairs of stored word and label."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    value: str = ""


@dataclass(frozen=True)
class Tile:
    label: str
    value: str
    note: str = ""
    tone: str = ""
    url: str = ""
    done: int | None = None
    of: int | None = None


@dataclass(frozen=True)
class Clock:
    """A statutory clock as the reader sees it. ``left`` in working days (negative: overdue)."""

    left: int | None = None
    paused: bool = False
    until: dt.date | None = None
    what: str = ""
    provisional: bool = False
    waiting_for: str = ""


@dataclass(frozen=True)
class Step:
    """One step of the timeline. ``state``: done, now, ahead or skipped."""

    name: str
    state: str
    note: str = ""
    facts: Sequence[Fact] = ()
    papers: Sequence[Link] = ()
    tag: Tag | None = None


@dataclass(frozen=True)
class ReckoningLine:
    """One figure with its why. ``value`` is ready to print; ``total`` draws the closing rule."""

    name: str
    value: str
    formula: str = ""
    basis: str = ""
    document: str = ""
    note: str = ""
    children: Sequence[ReckoningLine] = ()
    total: bool = False
    opened: bool = False


@dataclass(frozen=True)
class Block:
    """A card: any of facts, a table, a text, an empty state, and its own secondary actions."""

    title: str
    note: str = ""
    tag: Tag | None = None
    facts: Sequence[Fact] = ()
    table: Table | None = None
    text: str = ""
    empty: Empty | None = None
    actions: Sequence[Action] = ()
    anchor: str = ""


@dataclass(frozen=True)
class Chart:
    """A drawn figure: the picture, what it says in words, and the same numbers as a table."""

    title: str
    svg: str
    words: str
    table: Table
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a long form. ``facts`` are already known; ``state`` is a tag such as 未看 or 完成."""

    key: str
    title: str
    note: str = ""
    form: BaseForm | None = None
    formset: BaseFormSet[Any] | None = None
    facts: Sequence[Fact] = ()
    table: Table | None = None
    state: Tag | None = None
    paste: bool = False


@dataclass(frozen=True)
class Check:
    """A condition of an act: met or not, and why."""

    text: str
    met: bool
    note: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class Question:
    """A numbered question of the visit form, with its open fields and what is known."""

    title: str
    fields: Sequence[BoundField]
    known: str = ""


@dataclass(frozen=True)
class Visit:
    """One household to visit, as the village sees it."""

    name: str
    group: str
    reason: str
    url: str
    tag: Tag | None = None


@dataclass(frozen=True)
class Day:
    """``kind``: work, rest, holiday or makeup; ``word`` is its name in the grid (休, 班, 国庆节)."""

    number: int
    kind: str
    word: str = ""
    url: str = ""
    today: bool = False
    title: str = ""


@dataclass(frozen=True)
class Month:
    name: str
    weeks: Sequence[Sequence[Day | None]]
    provisional: bool = False


@dataclass(frozen=True)
class Draft:
    """Where the form saves itself every 20 seconds, when it last did, and a sentence if a draft was put back ("" for none)."""

    url: str = ""
    saved_at: str = ""
    restored: str = ""
    discard: Action | None = None


@dataclass(frozen=True)
class Difference:
    """One field in which two fillings of a form differ; ``raw`` is what a browser would send of theirs."""

    name: str
    label: str
    mine: str
    theirs: str
    raw: Sequence[str] = ()
