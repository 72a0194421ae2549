"""Form fields that read what people type with the law floor's own readers, and say in Chinese what is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.conf import settings

from yimen.law.identity import BadIdentity, BadName, clean_name, read_identity
from yimen.law.money import BadAmount, parse_yuan
from yimen.law.terms import Term

STALE = "页面内容不完整，没有提交。请刷新页面后重新填写。"


def short(label: str) -> str:
    """A label without its remark in brackets at the end: 金额（元） is asked for as 金额."""
    return label.partition("（")[0] if label.endswith("）") else label


def required(label: str, ask: str = "") -> dict[str, str]:
    """Messages of a field that must be filled; ``ask`` is the sentence where the label does not make one."""
    what = short(label)
    return {
        "required": ask or f"请填写{what}。",
        "invalid_choice": f"请从列表中选择{what}。",
        "invalid": f"{what}的格式不对，请核对。",
        "null_characters_not_allowed": f"{what}里有看不见的字符，请删除后重新填写。",
    }


class Text(forms.CharField):
    """A line of text with Chinese messages; ``article`` is the help at the field."""

    def __init__(
        self, label: str, *, longest: int = 200, needed: bool = True, article: str = "", rows: int = 0, **more: Any
    ) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else more.pop("widget", None) or forms.TextInput()
        messages = {**required(label), "max_length": f"{short(label)}最多 {longest} 个字，请精简。"}
        super().__init__(
            label=label, max_length=longest, required=needed, widget=widget, error_messages=messages, **more
        )
        self.article = article


class Name(Text):
    """A person's name as on the identity card; the page offers rare characters for it."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "data-rare": True}

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
        super().__init__(
            label, longest=20, widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "numeric"}), **more
        )

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
        messages = {**required(label), "invalid": f"{short(label)}请写成 2026-11-22 的样子。"}
        super().__init__(
            label=label,
            required=needed,
            widget=widget,
            input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"],
            error_messages=messages,
            **more,
        )
        self.article = article


class Pick(forms.ChoiceField):
    """One of a closed list; ``empty`` shows a first empty line."""

    def __init__(
        self,
        label: str,
        choices: Iterable[tuple[str, str]],
        *,
        needed: bool = True,
        empty: str = "",
        radio: bool = False,
        article: str = "",
        ask: str = "",
        **more: Any,
    ) -> None:
        pairs = [("", empty), *choices] if empty or not needed else list(choices)
        widget = forms.RadioSelect(attrs={"data-inline": True}) if radio else forms.Select()
        messages = required(label, ask or f"请选择{short(label)}。")
        super().__init__(label=label, choices=pairs, required=needed, widget=widget, error_messages=messages, **more)
        self.article = article

    def has_changed(self, initial: Any, data: Any) -> bool:
        """A list without an empty line always sends its first one: a spare row that nobody touched stays no entry."""
        first = next((value for value, _ in self.choices), "")  # type: ignore[union-attr]
        return super().has_changed(initial or first, data or first)


class Yes(forms.BooleanField):
    """A box to tick, never required."""

    def __init__(self, label: str, *, article: str = "", **more: Any) -> None:
        super().__init__(label=label, required=False, **more)
        self.article = article


class Whole(forms.IntegerField):
    """A whole number."""

    def __init__(
        self, label: str, *, needed: bool = True, least: int = 0, most: int = 9999, article: str = "", **more: Any
    ) -> None:
        messages = {
            **required(label),
            "invalid": f"{short(label)}应为整数。",
            "min_value": f"{short(label)}不能小于 {least}。",
            "max_value": f"{short(label)}不能大于 {most}。",
        }
        super().__init__(label=label, required=needed, min_value=least, max_value=most, error_messages=messages, **more)
        self.widget.attrs.update({"inputmode": "numeric", "class": "numeric"})
        self.article = article


class Number(forms.DecimalField):
    """A number with at most two decimals (mu, pieces)."""

    def __init__(self, label: str, *, needed: bool = True, article: str = "", **more: Any) -> None:
        what = short(label)
        messages = {
            **required(label),
            "invalid": f"{what}应为数字。",
            "max_decimal_places": f"{what}最多两位小数。",
            "min_value": f"{what}不能小于 0。",
            "max_digits": f"{what}太大，请核对。",
            "max_whole_digits": f"{what}太大，请核对。",
        }
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "numeric"})
        super().__init__(
            label=label,
            required=needed,
            min_value=0,
            max_digits=8,
            decimal_places=2,
            error_messages=messages,
            widget=widget,
            **more,
        )
        self.article = article


class Upload(forms.FileField):
    """One file."""

    def __init__(
        self, label: str, *, needed: bool = False, accept: str = "image/jpeg,image/png,application/pdf", **more: Any
    ) -> None:
        widget = forms.ClearableFileInput(attrs={"accept": accept})
        what = short(label)
        messages = {
            "required": f"请选择{what}。",
            "empty": f"{what}是空文件，请重新选择。",
            "invalid": f"{what}没有收到，请重新选择。",
            "missing": f"请选择{what}。",
        }
        super().__init__(label=label, required=needed, widget=widget, error_messages=messages, **more)
        self.article = ""


class Hidden(forms.CharField):
    """What the page itself sends back; missing only where the page was cut short or changed."""

    def __init__(self, **more: Any) -> None:
        messages = dict.fromkeys(("required", "null_characters_not_allowed"), STALE)
        super().__init__(widget=forms.HiddenInput, error_messages=messages, **more)


class Shown(forms.CharField):
    """Known text in a row, shown and never sent."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label=label, required=False, disabled=True, **more)


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]  # generic for the type checker only
    """Rows of one form; says in words of the house what is wrong with their number."""

    default_error_messages: ClassVar = {
        "missing_management_form": STALE,
        "too_many_forms": "行数太多，请分次登记。",
        "too_few_forms": "请至少填写一行。",
    }


def table_of(form: type[forms.Form], **more: Any) -> type[forms.BaseFormSet[Any]]:
    """A table of rows of a form; ``more`` as for Django's formset_factory."""
    return forms.formset_factory(form, formset=Rows, **more)


def terms(term: type[Term], *leave: Term) -> list[tuple[str, str]]:
    """Choices of a vocabulary, without some."""
    return [(str(item.value), item.label) for item in term if item not in leave]


def in_table(form: forms.BaseForm) -> None:
    """Give each field of a table row the width that its kind of entry needs."""
    for field in form.fields.values():
        kind = next((word for sort, word in _WIDTHS if isinstance(field, sort)), "")
        if kind:
            field.widget.attrs["data-wide"] = kind


_WIDTHS: tuple[tuple[type[forms.Field], str], ...] = (
    (IdentityNumber, "id"),
    (Name, "name"),
    (Yuan, "money"),
    (Number, "money"),
    (Day, "text"),
    (Pick, "choice"),
    (Text, "text"),
)


class TableForm(forms.Form):
    """A row of a table of entries. ``folded``: too many columns for one line, so that each row takes two on a desk's screen."""

    folded = False

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        in_table(self)
