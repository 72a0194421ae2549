"""No form asks in the framework's own words: every field that must be filled has a sentence of the house."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django import forms

from yimen.desks.shared.caseacts import checking, filing
from yimen.desks.shared.fields import Rows
from yimen.desks.township.intake import forms as intake

LISTS = {"villages": [], "staff": [], "papers": [], "lines": []}


def _forms() -> Iterator[type[forms.Form]]:
    for module in (intake, filing, checking):
        for name, found in vars(module).items():
            if isinstance(found, type) and issubclass(found, forms.Form) and found.__module__ == module.__name__:
                yield pytest.param(found, id=f"{module.__name__.rpartition('.')[2]}.{name}")  # type: ignore[misc]


@pytest.mark.parametrize("form", list(_forms()))
def test_every_needed_field_says_what_to_do(form: type[forms.Form]) -> None:
    wanted = {name: value for name, value in LISTS.items() if name in form.__init__.__code__.co_varnames}
    errors = form({}, **wanted).errors
    standard = str(forms.Field.default_error_messages["required"])
    assert [name for name, sentences in errors.items() if standard in sentences] == []


@pytest.mark.parametrize("rows", [intake.Members, intake.Materials, filing.Consents, filing.MaterialRows])
def test_a_page_cut_short_is_told_so(rows: type[forms.BaseFormSet]) -> None:  # type: ignore[type-arg]
    assert issubclass(rows, Rows)
    bound = rows({"nothing": "here"})
    assert not bound.is_valid()
    assert bound.non_form_errors() == ["页面内容不完整，没有提交。请刷新页面后重新填写。"]
