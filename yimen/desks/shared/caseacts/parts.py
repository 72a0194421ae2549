"""What several pages of acts share: fields for hours, people and pictures, and where a refusal belongs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django import forms
from django.urls import reverse

from yimen.base.access.officer import VILLAGE_ROLES
from yimen.base.access.refusal import Refused
from yimen.desks.shared.caseacts.page import Desk
from yimen.desks.shared.fields import required
from yimen.desks.shared.shapes import Section
from yimen.desks.shared.work import case_url


class Hour(forms.TimeField):
    """A time of day; the browser's own picker writes 14:02."""

    def __init__(self, label: str, **more: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        messages = {"required": f"请填写{label}。", "invalid": f"{label}请写成 14:02 的样子。"}
        super().__init__(
            label=label, widget=widget, input_formats=["%H:%M", "%H:%M:%S"], error_messages=messages, **more
        )
        self.article = ""


class Several(forms.MultipleChoiceField):
    """Some of a closed list, as boxes to tick."""

    def __init__(self, label: str, *, needed: bool = True, article: str = "", **more: Any) -> None:
        messages = {**required(label), "required": f"请选择{label}。", "invalid_choice": f"请从列表中选择{label}。"}
        super().__init__(
            label=label, required=needed, widget=forms.CheckboxSelectMultiple, error_messages=messages, **more
        )
        self.article = article


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class Pictures(forms.FileField):
    """Any number of pictures, none as well (nobody is made to take one)."""

    def __init__(self, label: str, **more: Any) -> None:
        messages = {"empty": f"{label}里有空文件，请重新选择。", "invalid": f"{label}没有收到，请重新选择。"}
        widget = _Files(attrs={"accept": "image/jpeg,image/png"})
        super().__init__(label=label, required=False, widget=widget, error_messages=messages, **more)
        self.article = ""

    def clean(self, value: Any, initial: Any = None) -> list[Any]:
        given = value if isinstance(value, list) else [value] if value else []
        return [super(Pictures, self).clean(each, None) for each in given]


def given(sections: Sequence[Section], number: int = 0) -> dict[str, Any]:
    """The cleaned entries of a section's form."""
    return dict(sections[number].form.cleaned_data)  # type: ignore[union-attr]


def lines(text: str) -> list[str]:
    """One entry per line, empty ones left out."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@contextmanager
def refused_at(fields: Mapping[str, str]) -> Iterator[None]:
    """A refusal names the field of the act; here it is told at the field of the page."""
    try:
        yield
    except Refused as refused:
        if refused.field in fields:
            raise Refused(refused.sentence, refused.code, refused.status, fields[refused.field]) from refused
        raise


def of_village(desk: Desk) -> bool:
    """Whether the officer works at a village desk alone."""
    return bool(desk.officer.roles) and desk.officer.roles <= VILLAGE_ROLES


def village_home(desk: Desk) -> str:
    """Back to 我的走访 for the village, to the case for everybody else."""
    return reverse("village:visits") if of_village(desk) else case_url(desk.application.ref)
