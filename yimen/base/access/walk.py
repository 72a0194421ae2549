"""What an act's body is handed: the officer, the row, the day; and what it may ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.conf import settings

from yimen.base.access.models import Subject
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.offices.models import Office
from yimen.base.papers import desk as papers
from yimen.base.papers.checking import Forbidden, Incomplete
from yimen.base.papers.library import UnknownForm
from yimen.base.papers.models import Paper
from yimen.law.procedure import Step
from yimen.law.terms import Stage


@dataclass
class Walk:
    """One act under way."""

    officer: Officer
    row: Step
    on: date
    subject: Subject | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    issued: list[Paper] = field(default_factory=list)
    to: Stage | None = None
    changed: dict[str, Any] = field(default_factory=dict)
    clock_keys: dict[str, str] = field(default_factory=dict)
    """Figures that set the length of clocks started by this act in place of their rules' own."""

    def change(self, **values: Any) -> None:
        """Set columns of the subject; they are written together with its new stage."""
        for name, value in values.items():
            setattr(self.subject, name, value)
        self.changed.update(values)

    def go(self, stage: Stage) -> None:
        """Choose where the subject stands after the act, among the row's stages."""
        if stage not in self.row.to:
            raise ValueError(f"{self.row.act} does not lead to {stage}")
        self.to = stage

    def note(self, **facts: Any) -> None:
        """Plain facts for the record; never identity numbers, accounts, phones or health (K25)."""
        self.facts.update(facts)

    def issue(self, code: str, data: Mapping[str, Any], office: Office | None = None) -> Paper:
        """Issue an official paper of this act in the name of an office (by default the officer's)."""
        return self.issue_all({code: data}, office)[0]

    def issue_all(self, data: Mapping[str, Mapping[str, Any]], office: Office | None = None) -> list[Paper]:
        """Issue several papers of this act at once, in their order: data by code."""
        if self.subject is None:
            raise ValueError("a paper needs its subject")
        mark = self.subject.paper_mark
        return self.issue_each([(code, each, mark) for code, each in data.items()], office)

    def issue_each(
        self, sheets: Iterable[tuple[str, Mapping[str, Any], str]], office: Office | None = None
    ) -> list[Paper]:
        """Issue papers of this act, the same one perhaps several times: code, data, and the mark of the programme in its number."""
        subject = self.subject
        if subject is None:
            raise ValueError("a paper needs its subject")
        about = (
            (code, papers.About(subject.KIND, subject.ref, subject.pk, dict(data)), mark) for code, data, mark in sheets
        )
        made = self.issue_about(about, office)
        self.issued.extend(made)
        return made

    def issue_about(self, sheets: Iterable[tuple[str, papers.About, str]], office: Office | None = None) -> list[Paper]:
        """Issue papers about other subjects than the act's own, in a constant number of statements: code, subject, mark."""
        body, staff = office or self.officer.office, self.officer.staff
        demo = settings.YIMEN_DEMO or settings.YIMEN_TESTING
        by = papers.Issuing(body.area_id, body.name, body.mark, staff.pk, staff.name, self.on, demo)
        wanted = [papers.ToIssue(code, about, replace(by, programme_mark=mark)) for code, about, mark in sheets]
        try:
            return papers.issue_all(wanted)
        except (Incomplete, Forbidden, UnknownForm) as wrong:
            raise Refused(str(wrong), "paper", 422) from wrong
