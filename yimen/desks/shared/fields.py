"""Form fields that read what people type with the law floor's own readers, and say in Chinese what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings

from yimen.law.identity import BadIdentity, BadName, clean_name, read_identity
from yimen.law.money import BadAmount, parse_yuan
from yimen.law.terms import Term


def required(what: str) -> dict[str, str]:
    """Messages of a field that must be filled."""
    return {"required": f"请填写{what}。", "invalid_choice": f"请从列表中选择{what}。", "invalid": f"{what}的格式不对，请核对。"}


class Text(forms.CharField):
    """A line of text with Chinese messages; ``article`` is the help at the field."""

    def __init__(self, label: str, *, longest: int = 200, needed: bool = True, article: str = "", rows: int = 0, **more: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else more.pop("widget", None) or forms.TextInput()
        messages = {**required(label), "max_length": f"{label}最多 {longest} 个字，请精简。"}
        super().__init__(label=label, max_length=longest, required=needed, widget=widget, error_messages=messages, **more)
        self.article = article


class Name(Text):
    """A person's name as on the identity card."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return ""
        try:
            return clean_name(text)
        except BadName as bad:
            raise forms.ValidationError(str(bad)) from bad


class IdentityNumber(Text):
    """An identity number of 18 characters, told at once what is wrong with it."""

    def __init__(self, label: str = "身份证号", **more: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text", "maxlength": "24"})
        super().__init__(label, longest=40, widget=widget, **more)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return ""
        try:
            return read_identity(text, allow_unknown_area=settings.YIMEN_DEMO or settings.YIMEN_TESTING).number
        except BadIdentity as bad:
            raise forms.ValidationError(str(bad)) from bad


class Yuan(Text):
    """An amount typed in yuan, handed on in fen; empty is None."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, longest=20, widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "numeric"}), **more)

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value))
        if not text:
            return None
        try:
            return parse_yuan(text)
        except BadAmount as bad:
            raise forms.ValidationError(str(bad)) from bad

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 100}.{value % 100:02d}" if isinstance(value, int) else value


class Day(forms.DateField):
    """A date; the browser's own picker writes 2026-11-22."""

    def __init__(self, label: str, *, needed: bool = True, article: str = "", **more: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        messages = {"required": f"请填写{label}。", "invalid": f"{label}请写成 2026-11-22 的样子。"}
        super().__init__(label=label, required=needed, widget=widget, input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"], error_messages=messages, **more)
        self.article = article


class Pick(forms.ChoiceField):
    """One of a closed list; ``empty`` shows a first empty line."""

    def __init__(
        self, label: str, choices: Iterable[tuple[str, str]], *, needed: bool = True, empty: str = "", radio: bool = False,
        article: str = "", **more: Any,
    ) -> None:
        pairs = [("", empty), *choices] if empty or not needed else list(choices)
        widget = forms.RadioSelect(attrs={"data-inline": True}) if radio else forms.Select()
        super().__init__(label=label, choices=pairs, required=needed, widget=widget, error_messages=required(label), **more)
        self.article = article


class Yes(forms.BooleanField):
    """A box to tick, never required."""

    def __init__(self, label: str, *, article: str = "", **more: Any) -> None:
        super().__init__(label=label, required=False, **more)
        self.article = article


class Whole(forms.IntegerField):
    """A whole number."""

    def __init__(self, label: str, *, needed: bool = True, least: int = 0, most: int = 9999, article: str = "", **more: Any) -> None:
        messages = {**required(label), "invalid": f"{label}应为整数。", "min_value": f"{label}不能小于 {least}。", "max_value": f"{label}不能大于 {most}。"}
        super().__init__(label=label, required=needed, min_value=least, max_value=most, error_messages=messages, **more)
        self.widget.attrs.update({"inputmode": "numeric", "class": "numeric"})
        self.article = article


class Number(forms.DecimalField):
    """A number with at most two decimals (mu, pieces)."""

    def __init__(self, label: str, *, needed: bool = True, article: str = "", **more: Any) -> None:
        messages = {**required(label), "invalid": f"{label}应为数字。", "max_decimal_places": f"{label}最多两位小数。", "min_value": f"{label}不能小于 0。", "max_digits": f"{label}太大，请核对。", "max_whole_digits": f"{label}太大，请核对。"}
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "numeric"})
        super().__init__(label=label, required=needed, min_value=0, max_digits=8, decimal_places=2, error_messages=messages, widget=widget, **more)
        self.article = article


class Upload(forms.FileField):
    """One file."""

    def __init__(self, label: str, *, needed: bool = False, accept: str = "image/jpeg,image/png,application/pdf", **more: Any) -> None:
        widget = forms.ClearableFileInput(attrs={"accept": accept})
        messages = {"required": f"请选择{label}。", "empty": f"{label}是空文件，请重新选择。", "invalid": f"{label}没有收到，请重新选择。", "missing": f"请选择{label}。"}
        super().__init__(label=label, required=needed, widget=widget, error_messages=messages, **more)
        self.article = ""


def terms(term: type[Term], *leave: Term) -> list[tuple[str, str]]:
    """Choices of a vocabulary, without some."""
    return [(str(item.value), item.label) for item in term if item not in leave]
