"""What was known of somebody before: last month's answer, other sources, and the household's own declaration and check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from yimen.casework.households.models import Person
from yimen.casework.monthclose.models import ComparisonAnswer, ComparisonFinding, ComparisonSubject
from yimen.casework.verification import declarations, wording
from yimen.casework.verification.comparing import OBLIGOR_INCOME
from yimen.casework.verification.models import Comparison
from yimen.law.checks import Measure, item
from yimen.law.comparison import Value, changed
from yimen.law.terms import Marriage, Match

Thing = tuple[str, int, str]
"""("person" or "obligor", id, item)."""

_OBLIGOR_ITEMS = ("wage", "pension", "tax", "land")


@dataclass(frozen=True)
class Before:
    """An earlier value in words, and where it stands."""

    words: str = ""
    where: str = ""


def _key(subject: ComparisonSubject, code: str) -> Thing:
    return ("obligor", subject.obligor_id, code) if subject.obligor_id else ("person", subject.person_id or 0, code)


@dataclass
class Earlier:
    """What else is known of a portion of people, gathered in a few statements."""

    others: dict[Thing, list[Value]] = field(default_factory=lambda: defaultdict(list))
    checked: dict[Thing, list[Comparison]] = field(default_factory=lambda: defaultdict(list))
    people: dict[int, Person] = field(default_factory=dict)

    @classmethod
    def of(cls, answer: ComparisonAnswer, things: Sequence[tuple[ComparisonSubject, str]]) -> Earlier:
        """For these items of these people."""
        made = cls()
        made._hear_others(answer, things)
        made._read_checks(things)
        made.people = {
            subject.person_id: subject.person for subject, _ in things if subject.person and subject.person_id
        }
        return made

    def _hear_others(self, answer: ComparisonAnswer, things: Sequence[tuple[ComparisonSubject, str]]) -> None:
        """What further sources of the same item have said this month and the month before."""
        run = answer.part.feed.run
        runs = type(run).objects.filter(district=run.district_id, month__lte=run.month).order_by("-month")
        rows = ComparisonFinding.objects.filter(
            _about(things, "subject__"), subject__run__in=list(runs.values_list("pk", flat=True)[:2]),
            item__in={code for _, code in things}, answer__part__whole_at__isnull=False,
        )  # fmt: skip
        rows = rows.exclude(answer__part__feed__source=answer.part.feed.source).select_related("subject")
        for row in rows.order_by():
            value = Value(row.amount_fen, row.period, row.count, row.mark)
            self.others[_key(row.subject, row.item)].append(value)

    def _read_checks(self, things: Sequence[tuple[ComparisonSubject, str]]) -> None:
        """The lines of checks in force about these people, and those about their household as a whole."""
        households = {subject.award.application_id for subject, _ in things if subject.award.application_id}
        whole = Q(application__in=households, person__isnull=True, obligor__isnull=True)
        rows = Comparison.objects.filter(_about(things, "") | whole, current=True).select_related("application")
        by_case: dict[int, list[Comparison]] = defaultdict(list)
        for row in rows.order_by("id"):
            if row.person_id is None and row.obligor_id is None:
                by_case[row.application_id].append(row)
            elif row.obligor_id:
                for code in _OBLIGOR_ITEMS if row.item == OBLIGOR_INCOME else (row.item,):
                    self.checked[("obligor", row.obligor_id, code)].append(row)
            else:
                self.checked[("person", row.person_id or 0, row.item)].append(row)
        for subject, code in things:
            whole_rows = by_case.get(subject.award.application_id or 0, ())
            if not subject.obligor_id:
                self.checked[_key(subject, code)] += [row for row in whole_rows if row.item == code]

    # -- what it says --------------------------------------------------------------------------

    def before(self, subject: ComparisonSubject, code: str, prior: ComparisonFinding | None) -> Before:
        """The earlier value that is shown beside the new one."""
        if prior is not None:
            return Before(prior.text or "", f"{prior.subject.run.month} 比对")
        for row in self.checked.get(_key(subject, code), ()):
            words = row.verified_text if row.match != Match.PENDING and row.verified_text else row.declared_text
            if words:
                return Before(words, f"申报核对（{row.application.number}）"[:60])
        known = self._of_person(subject, code)
        return Before(known, "家庭档案") if known else Before()

    def _of_person(self, subject: ComparisonSubject, code: str) -> str:
        person = self.people.get(subject.person_id or 0)
        if person is None or subject.obligor_id:
            return ""
        if code == "marriage" and person.marriage != Marriage.UNKNOWN:
            return Marriage(person.marriage).label
        return declarations.disability(person) if code == "disability" else ""

    def said(
        self, subject: ComparisonSubject, code: str, now: ComparisonFinding | None, prior: ComparisonFinding | None, least: int
    ) -> bool:  # fmt: skip
        """Whether what is found now was said before, by another source, the household itself or its own check."""
        if now is None:
            return False
        if item(code).measure is Measure.TEXT:
            return self._said_in_words(subject, code, now, prior)
        value = Value(now.amount_fen, now.period, now.count, now.mark)
        known = [*self.others.get(_key(subject, code), ()), *self._values(subject, code, prior)]
        if subject.obligor_id and value.monthly is not None:
            known += [Value(subject.obligor.monthly_income_fen, "month")] if _declares(subject) else []
            return any(each.monthly is not None and value.monthly <= each.monthly for each in known)
        return any(not changed(code, each, value, least) for each in known)

    def _said_in_words(
        self, subject: ComparisonSubject, code: str, now: ComparisonFinding, prior: ComparisonFinding | None
    ) -> bool:
        words = now.text or ""
        if any(each.mark == now.mark for each in self.others.get(_key(subject, code), ())):
            return True
        rows = self.checked.get(_key(subject, code), ())
        if prior is None and any(row.verified_text and row.verified_text == words for row in rows):
            return True
        known = self._of_person(subject, code)
        if code == "marriage" and not known:
            return prior is None  # nobody has said anything that it could contradict
        return code in ("members", "marriage", "disability") and (
            wording.match_text(code, known, [words]) is Match.AGREED
        )

    def _values(self, subject: ComparisonSubject, code: str, prior: ComparisonFinding | None) -> list[Value]:
        """What checks later than last month's answer have declared and found, each line and all together."""
        rows = [
            row for row in self.checked.get(_key(subject, code), ())
            if prior is None or (row.queried_on is not None and row.queried_on > prior.queried_on)
        ]  # fmt: skip
        found = [Value(row.verified_fen, row.verified_period, row.verified_count) for row in rows]
        found += [Value(row.declared_fen, row.period, row.declared_count) for row in rows]
        values = [each for each in found if each.fen is not None or each.count is not None]
        return [*values, *_summed(values[: len(rows)])]


def _about(things: Iterable[tuple[ComparisonSubject, str]], path: str) -> Q:
    rows = list(things)
    people = {subject.person_id for subject, _ in rows if subject.person_id}
    obligors = {subject.obligor_id for subject, _ in rows if subject.obligor_id}
    return Q(**{f"{path}person__in": people}) | Q(**{f"{path}obligor__in": obligors})


def _declares(subject: ComparisonSubject) -> Any:
    return subject.obligor is not None and subject.obligor.monthly_income_fen is not None


def _summed(values: Sequence[Value]) -> list[Value]:
    """All lines of a check together, where they are of one period."""
    if len(values) < 2 or len({each.period for each in values}) > 1:
        return []
    if all(each.fen is not None for each in values):
        return [Value(sum(each.fen or 0 for each in values), values[0].period)]
    return [Value(count=sum(each.count or 0 for each in values))]
