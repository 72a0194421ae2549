"""Two people, one form: what I typed beside what is there now, to be taken over field by field; nothing is lost.

Two occasions: what a form edits was changed since the page was opened (or the case moved on but the act is still
possible), and a draft was kept from another window. Nothing is merged by the program; the person chooses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm, BaseFormSet, BoundField, CheckboxInput, ClearableFileInput
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict

from yimen.base.canonical import digest
from yimen.desks.shared.drafts import NEVER
from yimen.desks.shared.pages import show
from yimen.desks.shared.shapes import Difference, Fact, Page, Section
from yimen.desks.shared.typed import whole

TAKE, THEIRS = "take:", "theirs:"
EMPTY = "（没有填）"
_TOTAL = "-TOTAL_FORMS"


@dataclass(frozen=True)
class Meanwhile:
    """What happened to the case since a version, and whether the act is still open to it."""

    facts: Sequence[Fact] = field(default_factory=list)
    possible: bool = False
    version: int | None = None


def raw(bound: BoundField) -> list[str]:
    """The value of a field as a browser would send it; empty for nothing."""
    value = bound.value()
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, list | tuple | set):
        return [str(one) for one in value]
    return [] if value is None or value == "" else [str(value)]


def words(bound: BoundField) -> str:
    """The value of a field as a person reads it."""
    if isinstance(bound.field.widget, CheckboxInput):
        return "是" if raw(bound) else "否"
    labels = {str(code): str(label) for code, label in getattr(bound.field, "choices", ())}
    return "、".join(labels.get(one, one) for one in raw(bound) if one) or EMPTY


def _shown(bound: BoundField) -> bool:
    widget = bound.field.widget
    return not (
        bound.is_hidden or bound.field.disabled or bound.name in NEVER or isinstance(widget, ClearableFileInput)
    )


def _row_name(form: BaseForm) -> str:
    """What a row is about: the text that stands in it without being typed, or the name of the person."""
    named = [bound for bound in form if bound.field.disabled or bound.name == "name"]
    return " ".join(raw(named[0])) if named else ""


def _fields(sections: Sequence[Section]) -> Iterator[tuple[str, BoundField]]:
    """Every field that a person fills in, with the words that name it."""
    for section in sections:
        if section.form is not None:
            yield from ((str(bound.label), bound) for bound in section.form if _shown(bound))
        rows: BaseFormSet[Any] | None = section.formset
        for number, form in enumerate(rows.forms if rows is not None else (), 1):
            name = _row_name(form) or f"{section.title}第 {number} 行"
            yield from ((f"{name}：{bound.label}", bound) for bound in form if _shown(bound))


def differences(mine: Sequence[Section], theirs: Sequence[Section]) -> list[Difference]:
    """The fields in which two fillings of the same page differ, in the order of the page."""
    left = {bound.html_name: (label, bound) for label, bound in _fields(mine)}
    right = {bound.html_name: (label, bound) for label, bound in _fields(theirs)}
    found = []
    for name in [*left, *(name for name in right if name not in left)]:
        label = (left.get(name) or right[name])[0]
        one, other = (side[name][1] if name in side else None for side in (left, right))
        values = [raw(bound) if bound is not None else [] for bound in (one, other)]
        if values[0] != values[1]:
            texts = [words(bound) if bound is not None else EMPTY for bound in (one, other)]
            found.append(Difference(name, label, texts[0], texts[1], values[1]))
    return found


def seen(sections: Sequence[Section]) -> str:
    """A digest of what a page starts with, so that a change in the store is noticed when the page comes back."""
    return digest({bound.html_name: raw(bound) for _, bound in _fields(sections)})


def merged(data: QueryDict) -> QueryDict:
    """What was chosen on the page of the conflict, as one filling of the form."""
    chosen = data.copy()
    for name in [name for name in data if name.startswith(TAKE)]:
        target = name.removeprefix(TAKE)
        if data[name] == "theirs":
            chosen.setlist(target, data.getlist(THEIRS + target))
            if not chosen.getlist(target):
                chosen.pop(target, None)
    for name in [name for name in chosen if name.startswith((TAKE, THEIRS))]:
        chosen.pop(name)
    return chosen


def carried(data: QueryDict, theirs: Sequence[Section] = ()) -> list[tuple[str, str]]:
    """A whole filling as hidden values, without keys and secrets; a table is as long as the longer of the two."""
    lengths = {f"{part.formset.prefix}{_TOTAL}": len(part.formset.forms) for part in theirs if part.formset is not None}
    pairs = []
    for name, values in data.lists():
        if name in NEVER or name.startswith((TAKE, THEIRS)):
            continue
        for value in values:
            text = str(value)
            longer = lengths.get(name, 0)
            number = whole(text) if longer else None
            pairs.append((name, text if number is None else str(max(number, longer))))
    return pairs


def conflict_page(
    request: HttpRequest,
    page: Page,
    mine: Sequence[Section],
    theirs: Sequence[Section],
    *,
    sentence: str,
    theirs_head: str,
    facts: Sequence[Fact] = (),
    hidden: dict[str, str] | None = None,
    step: str = "merged",
) -> HttpResponse:
    """Both versions side by side (409)."""
    data: MultiValueDict[str, Any] = request.POST
    return show(
        request,
        "shared/conflict.html",
        409,
        page=Page(f"两份内容不一样：{page.title}", crumbs=page.crumbs),
        sentence=sentence,
        rows=differences(mine, theirs),
        theirs_head=theirs_head,
        facts=facts,
        hidden=hidden or {},
        carried=carried(data, theirs),  # type: ignore[arg-type]
        url=request.path,
        step=step,
    )
