"""What is known of the people of a part, as a source that has nothing new would answer: for the practice province alone."""

from __future__ import annotations

from typing import Any

from yimen.casework.monthclose.comparison.subjects import ref_of, rows_of
from yimen.casework.monthclose.models import ComparisonAnswer, ComparisonFinding, ComparisonPart, ComparisonSubject
from yimen.casework.verification.models import Finding
from yimen.law.checks import source

Truth = dict[str, dict[str, list[dict[str, Any]]]]


def known_of(part: ComparisonPart) -> Truth:
    """By the reference of a person and the item: what the source said last, else what their own check has found."""
    subjects = list(rows_of(part))
    people = {row.person_id: ref_of(row.pk) for row in subjects if row.person_id}
    truth: Truth = {ref_of(row.pk): {} for row in subjects}
    run = part.feed.run
    last = ComparisonAnswer.objects.filter(
        part__feed__source=part.feed.source, part__feed__run__district=run.district_id, part__feed__run__month__lt=run.month,
        part__whole_at__isnull=False,
    ).order_by("-part__feed__run__month").values_list("part__feed__run_id", flat=True).first()  # fmt: skip
    before = ComparisonSubject.objects.filter(run=last, person__in=people).values_list("person_id", flat=True)
    asked = set(before.order_by()) if last else set()
    _hear_last(truth, people, last, part.feed.source)
    _read_checks(truth, {person: ref for person, ref in people.items() if person not in asked}, part.feed.source)
    return truth


def _hear_last(truth: Truth, people: dict[int, str], run: int | None, code: str) -> None:
    rows = ComparisonFinding.objects.filter(
        subject__run=run,
        subject__person__in=people,
        answer__part__feed__source=code,
        answer__part__whole_at__isnull=False,
    ).select_related("subject")
    for row in rows.order_by("id"):
        found = {"value_text": _value(row.text), "amount_fen": row.amount_fen, "count": row.count, "period": row.period}
        truth[people[row.subject.person_id or 0]].setdefault(row.item, []).append(found)


def _read_checks(truth: Truth, people: dict[int, str], code: str) -> None:
    found = Finding.objects.filter(
        result__person__person__in=people, result__superseded=False, item__in=source(code).items
    )
    latest: dict[tuple[int, str], int] = {}
    for row in found.select_related("result__person").order_by("-result__person__request_id", "id"):
        asked = row.result.person
        if latest.setdefault((asked.person_id or 0, row.item), asked.request_id) == asked.request_id:
            said = {
                "value_text": _value(row.text),
                "amount_fen": row.amount_fen,
                "count": row.count,
                "period": row.period,
            }
            truth[people[asked.person_id or 0]].setdefault(row.item, []).append(said)


def _value(text: str | None) -> str:
    """The words of a finding without its amount and details, which are said anew."""
    return (text or "").partition("，")[0].partition("（")[0]
