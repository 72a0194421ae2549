"""Which acts go in a batch, what they ask once for all, and the door each row knocks at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.base.offices import queries as offices
from yimen.casework.applications import acts as applications
from yimen.casework.awards import acts as awards
from yimen.casework.decisions import acts as decisions, boards, queries as notices
from yimen.casework.verification import acts as verification
from yimen.desks.shared.batches import recertifying
from yimen.desks.shared.batches.subjects import AWARDS, CASES, FALLS, Subjects
from yimen.desks.shared.fields import Day, Pick, Text
from yimen.law.calendar import today

Knock = Callable[[Officer, Any, int | None, Mapping[str, str]], object]


class Nothing(forms.Form):
    """No entries: the acts are the same for every case."""

    def __init__(self, officer: Officer, cases: Sequence[Any], data: Any) -> None:
        super().__init__(data)


@dataclass(frozen=True)
class Kind:
    """``knock(officer, case, version, fields)`` does the act on one row; ``form`` asks what is the same for all."""

    act: str
    knock: Knock
    note: str
    form: Callable[[Officer, Sequence[Any], Any], forms.Form] = Nothing
    over: Subjects = CASES


# -- doors -------------------------------------------------------------------------------


def _request(officer: Officer, case: Any, version: int | None, fields: Mapping[str, str]) -> object:
    return verification.request_check(officer, case.ref, version=version)


def _publish(officer: Officer, case: Any, version: int | None, fields: Mapping[str, str]) -> object:
    return decisions.publish_notice(officer, case.ref, version=version)


def _close(officer: Officer, case: Any, version: int | None, fields: Mapping[str, str]) -> object:
    return decisions.close_notice(officer, case.ref, version=version)


def _announce(officer: Officer, case: Any, version: int | None, fields: Mapping[str, str]) -> object:
    return decisions.announce(officer, case.ref, version=version)


def _hand_over(officer: Officer, case: Any, version: int | None, fields: Mapping[str, str]) -> object:
    return applications.hand_over(
        officer, case.ref, version=version, staff_ref=fields["staff_ref"], reason=fields["reason"]
    )


def _post(officer: Officer, case: Any, version: int | None, fields: Mapping[str, str]) -> object:
    """The live notice of the case that does not hang at this place yet."""
    place = fields["place"]
    for notice in notices.notices_of(case):
        if notice.withdrawn_on is None and place in boards.missing_places(notice):
            day = forms.DateField().clean(fields["posted_on"])
            return decisions.record_posting(
                officer, case.ref, version=version, notice_ref=notice.ref, place=place, posted_on=day
            )
    raise Refused(f"没有要在“{place}”张贴的公示（公布），或已经登记过张贴。", "no_notice")


def _fall(officer: Officer, award: Any, version: int | None, fields: Mapping[str, str]) -> object:
    """What a raised standard found to be too much, as a change of its own."""
    return awards.report_fall(officer, award_ref=award.ref)


# -- entries -----------------------------------------------------------------------------


class HandOverForm(forms.Form):
    """To whom, and why."""

    staff_ref = Pick("改派给", [], empty="请选择")
    reason = Text("改派理由", longest=200, rows=2)

    def __init__(self, officer: Officer, cases: Sequence[Any], data: Any) -> None:
        super().__init__(data)
        areas = officer.areas(TOWNSHIP_ROLES)
        people = [(row.ref, row.name) for row in offices.handlers(areas, today())]
        self.fields["staff_ref"].choices = [("", "请选择"), *people]  # type: ignore[attr-defined]


class PostingForm(forms.Form):
    """One place and one day for all; a photograph belongs to the single notice and is added there."""

    place = Pick("张贴在哪一处", [], empty="请选择")
    posted_on = Day("张贴日期")

    def __init__(self, officer: Officer, cases: Sequence[Any], data: Any) -> None:
        super().__init__(data, initial={"posted_on": today()})
        places = boards.places_to_post(cases)
        self.fields["place"].choices = [("", "请选择"), *((place, place) for place in places)]  # type: ignore[attr-defined]


KINDS: dict[str, Kind] = {
    kind.act: kind
    for kind in (
        Kind("request_check", _request, "查询家庭成员和已同意的义务人；以前提请过的须到案件页写明理由。"),
        Kind("publish_notice", _publish, "今天开始公示，每件各制一份公示单。张贴后请登记张贴。"),
        Kind("record_posting", _post, "同一天贴在同一处的，一次登记；照片可以以后在案件页补。", PostingForm),
        Kind("close_notice", _close, "公示期满、各处都张贴过、没有未处理异议的，报请确认。"),
        Kind("announce", _announce, "每件各制一份公布单，家庭从起始月纳入保障。"),
        Kind("hand_over", _hand_over, "经办改为选定的人；所有环节、时限不变。", HandOverForm),
        Kind(
            "start_recertification",
            recertifying.start,
            "开始后由两名以上人员核查，再办理续保登记或者登记有变化。",
            over=AWARDS,
        ),
        Kind(
            "renew",
            recertifying.renew,
            "只用于没有明显变化、金额不变的家庭；每户制一份复核表，打印后由核查人员、家庭成员和负责人签字。有变化的到该户的复核页登记。",
            recertifying.CheckForm,
            AWARDS,
        ),
        Kind(
            "report_change",
            _fall,
            "按提高标准时的核算各登记一件变更，情况说明照核算结果写好；先听取意见，再由负责人决定，金额现在不变。",
            over=FALLS,
        ),
        Kind(
            "confirm_recertification",
            recertifying.confirm,
            "没有明显变化的，金额不变，记下次复核日期；有变化的，金额照旧发放，列在“待办变更”。",
            over=AWARDS,
        ),
        Kind(
            "invite_again",
            recertifying.invite,
            "只用于有有效期的认定：每户制一份认定期满告知书，写明到哪天、怎样重新申请、哪些不用再填。办完回到名单里勾选，成批打印。",
            over=AWARDS,
        ),
        Kind(
            "end_expired",
            recertifying.end,
            "只用于有效期已经届满的认定：自期满的次月终止，不用再听取意见，因为有效期是原决定定下的。还没办完的复核、变更随之办结。",
            over=AWARDS,
        ),
    )
}
