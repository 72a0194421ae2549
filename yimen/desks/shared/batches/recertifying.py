"""The doors and entries of a batch of reviews: begin, renew, confirm; of recognitions that expire: tell, end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.casework.awards import acts, residence_queries as residences
from yimen.casework.awards.recertify.entries import CheckEntry
from yimen.casework.investigation.queries import investigators_at
from yimen.desks.shared.caseacts.parts import Several
from yimen.desks.shared.fields import Day, Pick, Text, terms
from yimen.law.calendar import today
from yimen.law.recertify import DataCheck
from yimen.law.standards import Unset


class CheckForm(forms.Form):
    """Who looked, when, and what the check of data said: once for every ticked household."""

    investigators = Several("核查人员")
    checked_on = Day("核查日期")
    data_check = Pick("信息核对", terms(DataCheck))
    note = Text("情况说明", longest=400, needed=False, rows=2)

    def __init__(self, officer: Officer, awards: Sequence[Any], data: Any, **more: Any) -> None:
        super().__init__(data, initial={"checked_on": today(), "investigators": [officer.staff.ref]}, **more)
        self.village = awards[0].village_id if awards else ""
        places = {code for award in awards for code in (award.township_id, award.village_id)}
        places |= {code for codes in residences.areas_of(awards).values() for code in codes}
        people = [(row.ref, f"{row.name}（{row.office.name}）") for row in investigators_at(sorted(places), today())]
        self.fields["investigators"].choices = people  # type: ignore[attr-defined]

    def clean_investigators(self) -> list[str]:
        """Told here for all ticked households at once, and held against each of them by the act."""
        chosen: list[str] = self.cleaned_data["investigators"]
        try:
            least = figures.figure("dibao.min_investigators", self.village, today()).as_int() if self.village else 0
        except Unset:
            return chosen
        if len(chosen) < least:
            missing = least - len(chosen)
            raise forms.ValidationError(f"核查人员不得少于 {least} 人，还差 {missing} 人。请再选择一同核查的人员。")
        return chosen


def check_entry(fields: Mapping[str, Any]) -> CheckEntry:
    """What the act takes, from a cleaned form or from a batch that kept it as text."""
    chosen, day = fields["investigators"], fields["checked_on"]
    return CheckEntry(
        checked_on=forms.DateField().clean(day),
        investigators=chosen.split(",") if isinstance(chosen, str) else list(chosen),
        data_check=fields["data_check"],
        note=fields["note"],
    )


def _review(award: Any, label: str) -> Any:
    if award.review is None:
        raise Refused(f"这一户的复核还没有开始，不能办理“{label}”。请先批量开始复核。", "not_started")
    return award.review


def start(officer: Officer, award: Any, version: int | None, fields: Mapping[str, str]) -> object:
    """Begin the review of one ticked household."""
    return acts.start_recertification(officer, refs=[award.ref])


def renew(officer: Officer, award: Any, version: int | None, fields: Mapping[str, str]) -> object:
    """No obvious change in one ticked household."""
    review = _review(award, "续保登记")
    return acts.renew(officer, refs=[review.ref], check=check_entry(fields), version=version)


def confirm(officer: Officer, award: Any, version: int | None, fields: Mapping[str, str]) -> object:
    """The leader confirms one ticked household."""
    return acts.confirm_recertification(officer, refs=[_review(award, "确认复核").ref], version=version)


def invite(officer: Officer, award: Any, version: int | None, fields: Mapping[str, str]) -> object:
    """The letter to one ticked household whose recognition expires."""
    return acts.invite_again(officer, refs=[award.ref])


def end(officer: Officer, award: Any, version: int | None, fields: Mapping[str, str]) -> object:
    """The end of one ticked recognition past its last day."""
    return acts.end_expired(officer, refs=[award.ref])
