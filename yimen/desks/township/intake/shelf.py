"""Where a half-written application lies: several for one account, each with its own reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from yimen.base.access.officer import Officer
from yimen.casework.applications import acts, queries
from yimen.desks.shared.drafts import keep_once


@dataclass(frozen=True)
class IntakeShelf:
    """The draft of one application."""

    officer: Officer
    ref: str

    def row(self) -> Any | None:
        return queries.drafts(self.officer).filter(ref=self.ref).first()

    def keep(self, request: HttpRequest) -> Any | None:
        def store(body: dict[str, list[str]]) -> Any:
            title = request.POST.get("members-0-name", "")
            return acts.save_draft(self.officer, self.ref, dict(body), title)

        return keep_once(request, self.row, store)

    def drop(self) -> None:
        acts.drop_draft(self.officer, self.ref)
