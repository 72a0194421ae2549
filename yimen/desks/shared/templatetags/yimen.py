"""Components of every page, and the few ways in which a value becomes text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.forms import (
    BaseForm,
    BaseFormSet,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    RadioSelect,
    Textarea,
)

from yimen.desks.shared.fieldhelp import help_of
from yimen.desks.shared.shapes import (
    Action,
    Block,
    Cell,
    Clock,
    Column,
    Empty,
    Fact,
    Link,
    Pager,
    ReckoningLine,
    Row,
    Step,
    Table,
    Tag,
    Tile,
)
from yimen.law import identity, money as law_money

register = template.Library()


# --- values ---------------------------------------------------------------------------------


@register.filter
def money(fen: int | None) -> str:
    """``106200`` becomes ``1,062.00``; nothing stays a dash, since an unset figure is never 0."""
    return "—" if fen is None else law_money.show(fen)


@register.filter
def date_plain(day: dt.date | None) -> str:
    """``2026-11-22``, as on every screen."""
    return day.strftime("%Y-%m-%d") if day else "—"


@register.filter
def date_cn(day: dt.date | None) -> str:
    """``2026年11月22日``, as in documents."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "—"


@register.filter
def weekday_cn(day: dt.date) -> str:
    return "星期" + "一二三四五六日"[day.weekday()]


@register.filter
def mask_identity(number: str) -> str:
    return identity.mask_identity(number)


@register.filter
def mask_name(name: str) -> str:
    return identity.mask_name(name)


# --- small parts ----------------------------------------------------------------------------


@register.inclusion_tag("shared/parts/tag.html")
def tag(kind: str, text: str) -> dict[str, Any]:
    return {"tag": Tag(kind, text)}


@register.inclusion_tag("shared/parts/tag.html")
def clock_tag(clock: Clock | None) -> dict[str, Any]:
    return {"tag": clock_words(clock)}


def clock_words(clock: Clock | None, amber: int = 3, red: int = 1) -> Tag | None:
    """The words and the colour of a clock; thresholds in working days (look.md)."""
    if clock is None:
        return None
    if clock.paused:
        return Tag("neutral", f"已暂停计时（等{clock.waiting_for}）" if clock.waiting_for else "已暂停计时")
    end = "（暂定）" if clock.provisional else ""
    if clock.until is not None:
        return Tag("blue", f"{clock.what}至 {clock.until:%m-%d}{end}")
    if clock.left is None:
        return None
    if clock.left < 0:
        return Tag("red", f"已超期 {-clock.left} 天{end}")
    kind = "red" if clock.left <= red else "amber" if clock.left <= amber else "green"
    return Tag(kind, f"剩 {clock.left} 个工作日{end}")


@register.inclusion_tag("shared/parts/empty.html")
def empty_state(empty: Empty) -> dict[str, Any]:
    return {"empty": empty}


@register.inclusion_tag("shared/parts/facts.html")
def facts(items: Sequence[Fact], single: bool = False) -> dict[str, Any]:
    return {"facts": items, "single": single}


@register.inclusion_tag("shared/parts/action.html")
def action(item: Action, small: bool = False, link: bool = False) -> dict[str, Any]:
    return {"action": item, "small": small, "link": link}


@register.inclusion_tag("shared/parts/actions.html")
def actions(items: Sequence[Action]) -> dict[str, Any]:
    return {"actions": items}


@register.inclusion_tag("shared/parts/tabs.html")
def tabs(items: Sequence[Link], label: str) -> dict[str, Any]:
    return {"tabs": items, "label": label}


@register.inclusion_tag("shared/parts/tiles.html")
def tiles(items: Sequence[Tile]) -> dict[str, Any]:
    return {"tiles": items}


@register.inclusion_tag("shared/parts/block.html")
def block_card(block: Block, level: int = 2) -> dict[str, Any]:
    return {"block": block, "level": level}


@register.inclusion_tag("shared/parts/timeline.html")
def timeline(steps: Sequence[Step]) -> dict[str, Any]:
    return {"steps": steps}


@register.inclusion_tag("shared/parts/reckoning.html")
def reckoning_panel(lines: Sequence[ReckoningLine]) -> dict[str, Any]:
    return {"lines": lines}


@register.inclusion_tag("shared/parts/pager.html")
def pager(item: Pager | None) -> dict[str, Any]:
    return {"pager": item}


# --- tables ---------------------------------------------------------------------------------


def as_cell(value: object) -> Cell:
    """Accept the short forms of a cell: a word, a number, a tag, a link, an action."""
    if isinstance(value, Cell):
        return value
    if isinstance(value, Tag):
        return Cell(tag=value)
    if isinstance(value, Link):
        return Cell(text=value.text, url=value.url, note=value.note)
    if isinstance(value, Action):
        return Cell(action=value)
    return Cell(text="—" if value is None or value == "" else str(value))


def _paired(row: Row, columns: Sequence[Column]) -> dict[str, Any]:
    cells = [{"cell": as_cell(value), "column": column} for value, column in zip(row.cells, columns, strict=True)]
    return {"row": row, "first": cells[0], "cells": cells[1:]}


@register.inclusion_tag("shared/parts/table.html")
def data_table(table: Table) -> dict[str, Any]:
    columns = [column if isinstance(column, Column) else Column(column) for column in table.columns]
    return {
        "table": table,
        "columns": columns,
        "rows": [_paired(row, columns) for row in table.rows],
        "foot": _paired(table.foot, columns) if table.foot else None,
    }


# --- forms ----------------------------------------------------------------------------------


def _kind(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, Textarea):
        return "textarea"
    return "file" if isinstance(widget, ClearableFileInput) else "line"


@register.inclusion_tag("shared/parts/field.html")
def field(bound: BoundField, show_optional: bool = True) -> dict[str, Any]:
    """A field with its label, help and errors. ``field.article`` on the form field names its rule (T26)."""
    return {
        "field": bound,
        "kind": _kind(bound),
        "inline": bound.field.widget.attrs.get("data-inline", False),
        "help": help_of(bound.form, bound.name),
        "article": getattr(bound.field, "article", ""),
        "show_optional": show_optional,
        "looked_up": "hx-post" in bound.field.widget.attrs,
    }


@register.inclusion_tag("shared/parts/cell_field.html")
def cell_field(bound: BoundField) -> dict[str, Any]:
    return {"field": bound, "looked_up": "hx-post" in bound.field.widget.attrs}


@register.inclusion_tag("shared/parts/form_fields.html")
def form_fields(form: BaseForm | None) -> dict[str, Any]:
    return {"form": form}


@register.inclusion_tag("shared/parts/formset.html")
def formset_table(formset: BaseFormSet[Any], label: str, paste: bool = False) -> dict[str, Any]:
    sample = formset.empty_form
    heads = [bound for bound in sample.visible_fields() if bound.name != "DELETE"]
    helps = [(bound.label, found) for bound in heads if (found := help_of(sample, bound.name))]
    folded = getattr(sample, "folded", False)
    return {
        "formset": formset, "sample": sample, "heads": heads, "label": label, "paste": paste, "helps": helps,
        "folded": folded,
    }  # fmt: skip


@register.inclusion_tag("shared/parts/hidden.html")
def hidden_values(values: Mapping[str, str]) -> dict[str, Any]:
    return {"values": values}


def _form_errors(form: BaseForm, before: str = "") -> Iterable[dict[str, str]]:
    for name, messages in form.errors.items():
        bound = form[name] if name in form.fields else None
        label = f"{before}{bound.label}：" if bound is not None else before
        target = (bound.id_for_label or bound.auto_id) if bound is not None else ""
        for message in messages:
            yield {"text": f"{label}{message}", "target": target}


def _all_errors(source: BaseForm | BaseFormSet[Any] | None) -> Iterable[dict[str, str]]:
    if isinstance(source, BaseFormSet):
        for message in source.non_form_errors():
            yield {"text": str(message), "target": ""}
        for number, form in enumerate(source.forms, start=1):
            yield from _form_errors(form, f"第 {number} 行")
    elif source is not None and source.is_bound:
        yield from _form_errors(source)


@register.inclusion_tag("shared/parts/errors.html")
def error_list(*sources: BaseForm | BaseFormSet[Any] | None) -> dict[str, Any]:
    """Every error of the given forms and form sets, each with a link to its field."""
    return {"errors": [error for source in sources for error in _all_errors(source)]}


@register.inclusion_tag("shared/parts/errors.html")
def section_errors(sections: Sequence[Any]) -> dict[str, Any]:
    sources = [part for section in sections for part in (section.form, section.formset)]
    return {"errors": [error for source in sources for error in _all_errors(source)]}
