"""Which papers a case has and which it still lacks, by the rows of the procedure that were taken."""

from __future__ import annotations

from dataclasses import dataclass

from yimen.base.papers import desk as paper_desk, library
from yimen.base.papers.models import Paper
from yimen.base.record import desk as record
from yimen.casework.applications.models import Application
from yimen.law import procedure
from yimen.law.terms import Order


@dataclass(frozen=True)
class PaperLine:
    """A paper of the case: issued (the newest last), or due and missing."""

    code: str
    title: str
    issued: tuple[Paper, ...]

    @property
    def missing(self) -> bool:
        """Due by an act that was done, and not there."""
        return not self.issued


def papers_checklist(application: Application) -> list[PaperLine]:
    """Papers due by the acts done so far and papers issued, in the order of the procedure."""
    done = set(record.entries_of(application.KIND, application.ref).order_by().values_list("act", flat=True))
    found: dict[str, list[Paper]] = {}
    for row in procedure.steps(Order(application.order)):
        if row.act in done:
            for code in row.papers:
                if not code.endswith("?"):
                    found.setdefault(code, [])
    for paper in paper_desk.papers_of(application.KIND, application.ref):
        found.setdefault(paper.code, []).append(paper)
    return [PaperLine(code, library.form(code).title, tuple(papers)) for code, papers in found.items()]
