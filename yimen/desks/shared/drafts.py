"""Half-written forms on the server (T20): kept every 20 seconds and when a field is left, put back when the page is opened.

A draft belongs to one account and one form. Keeping it is no act: it touches no case and writes no record entry.
Passwords, second factors and files are never kept. Seven days after the last word a draft is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from django.db import transaction
from django.forms import BaseForm, BaseFormSet
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict
from django.utils.timezone import localtime

from yimen.base.access.models import OnceKey
from yimen.base.canonical import moment
from yimen.base.offices.models import Account
from yimen.desks.shared.models import FormDraft
from yimen.desks.shared.shapes import Section
from yimen.desks.shared.typed import whole
from yimen.law.calendar import now

LIFE = timedelta(days=7)
LARGEST = 400_000
STEP = "draft_step"
EDITION = "draft_edition"
SEEN = "seen"
# Tokens, keys of the page itself, passwords and second factors: nobody's draft.
NEVER = frozenset(
    {"csrfmiddlewaretoken", "once", "version", STEP, EDITION, SEEN, "code", "old", "new", "again", "password"}
)


class Overtaken(Exception):
    """The draft was kept from elsewhere since this page was opened; ``row`` is what lies on the server."""

    def __init__(self, row: Any) -> None:
        super().__init__("draft kept elsewhere")
        self.row = row


class Shelf(Protocol):
    """Where the draft of one form lies."""

    def row(self) -> Any | None:
        """The draft, or None. It has ``body``, ``saved_at`` and ``version``."""

    def keep(self, request: HttpRequest) -> Any | None:
        """Keep what the request carries; None where the form has been sent meanwhile. Raises :class:`Overtaken`."""

    def drop(self) -> None:
        """Forget it."""


def typed(data: QueryDict) -> dict[str, list[str]]:
    """What somebody typed or chose, without what must never be kept."""
    return {
        name: [str(value) for value in values]
        for name, values in data.lists()
        if name not in NEVER and not name.startswith(("take:", "theirs:"))
    }


def as_query(body: Mapping[str, Iterable[str]]) -> QueryDict:
    """A kept body as forms read it."""
    data = QueryDict(mutable=True)
    for name, values in body.items():
        data.setlist(name, list(values))
    return data


def edition(row: Any | None) -> str:
    """Which keeping of the draft a page has seen; empty for none."""
    return moment(row.saved_at) if row is not None else ""


def clock_words(row: Any) -> str:
    """When a draft was kept: 14:02 today, 11-20 14:02 before."""
    at = localtime(row.saved_at)
    return f"{at:%H:%M}" if at.date() == localtime(now()).date() else f"{at:%m-%d %H:%M}"


def keep_once(
    request: HttpRequest, row: Callable[[], Any | None], store: Callable[[dict[str, list[str]]], Any]
) -> Any | None:
    """Keep a draft unless the same page was sent already or the draft has changed elsewhere.

    An act and the last keeping of its form may arrive at the same moment; both lock the account, so no draft of a
    form that was sent comes to life again.
    """
    account: Any = request.user
    body = typed(request.POST)
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        if OnceKey.objects.filter(account=account, key=request.POST.get("once", "")).exists():
            return None
        found = row()
        if found is not None and edition(found) != request.POST.get(EDITION, "") and found.body != body:
            raise Overtaken(found)
        return store(body)


@dataclass(frozen=True)
class FormShelf:
    """The draft of one form of one page."""

    account: Account
    path: str
    slot: str = ""

    def _mine(self) -> Any:
        return FormDraft.objects.filter(account=self.account, path=self.path[:200], slot=self.slot[:40])

    def row(self) -> FormDraft | None:
        found: FormDraft | None = self._mine().filter(saved_at__gte=now() - LIFE).first()
        return found

    def keep(self, request: HttpRequest) -> FormDraft | None:
        version = request.POST.get("version", "")

        def store(body: dict[str, list[str]]) -> FormDraft:
            FormDraft.objects.filter(saved_at__lt=now() - LIFE).delete()
            row, _ = FormDraft.objects.update_or_create(
                account=self.account,
                path=self.path[:200],
                slot=self.slot[:40],
                defaults={
                    "body": body,
                    "saved_at": now(),
                    "version": whole(version, 10**9),
                },
            )
            return row

        found: FormDraft | None = keep_once(request, self.row, store)
        return found

    def drop(self) -> None:
        self._mine().delete()


def of_page(account: Any, path: str) -> dict[str, FormDraft]:
    """Drafts of a page with several forms, by form."""
    rows = FormDraft.objects.filter(account=account, path=path[:200], saved_at__gte=now() - LIFE)
    return {row.slot: row for row in rows}


def _calm(form: BaseForm) -> None:
    # Django fills the errors of a bound form when it is first looked at; a draft is shown as it was left, unjudged.
    form._errors = ErrorDict()
    form.cleaned_data = {}


def quiet(sections: Iterable[Section]) -> None:
    """Show bound forms without their errors: who goes on writing is not told what is still missing."""
    for section in sections:
        if section.form is not None:
            _calm(section.form)
        rows: BaseFormSet[Any] | None = section.formset
        if rows is not None and rows.management_form.is_valid():
            for form in rows.forms:
                _calm(form)
            rows._errors, rows._non_form_errors = [{} for _ in rows.forms], rows.error_class()


def writes(sections: Iterable[Section]) -> bool:
    """Whether anything is typed or chosen on a page, so that a draft of it makes sense."""
    forms = [section.form for section in sections if section.form is not None]
    rows = [section.formset for section in sections if section.formset is not None]
    return bool(rows) or any(field.name not in NEVER for form in forms for field in form.visible_fields())
