"""The usual page of an act on one object: what is asked beside what is known, done once, then back to the object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from yimen.desks.shared.actpage import ActPage, Build
from yimen.desks.shared.shapes import Link, Page, Section


def act_page(
    title: str, purpose: str, crumbs: Sequence[Link], back: str, build: Build, run: Callable[[Sequence[Section]], str],
    submit: str, **more: Any,
) -> ActPage:  # fmt: skip
    """An act's page with the way back; ``more`` are further fields of ActPage."""
    page = Page(title, purpose, crumbs=[*crumbs, Link(title, "", current=True)])
    return ActPage(
        page=page, build=build, run=run, submit=submit, cancel=Link("返回", back), enter_next=False, **more
    )  # fmt: skip


def about(
    title: str, *, crumbs: Sequence[Link], back: str, form: Callable[[Any], forms.Form], known: Sequence[Section],
    act: Callable[[dict[str, Any]], Any], purpose: str = "", submit: str = "", **more: Any,
) -> ActPage:  # fmt: skip
    """One form above what is known of the object; ``act`` takes its entries."""

    def build(data: Any, files: Any) -> Sequence[Section]:
        return [Section("act", title, form=form(data)), *known]

    def run(sections: Sequence[Section]) -> str:
        act(dict(sections[0].form.cleaned_data))  # type: ignore[union-attr]
        return back

    return act_page(title, purpose, crumbs, back, build, run, submit or title, **more)
