"""Pages of the home visit (S7, S27): on a phone or at the desk, by the township or by the district."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from yimen.base.figures import queries as figures
from yimen.casework.applications import queries as applications
from yimen.casework.investigation import acts
from yimen.desks.shared.caseacts.page import CaseAct, Desk, case_act, row_of
from yimen.desks.shared.caseacts.parts import of_village, village_home
from yimen.desks.shared.caseacts.visit_forms import (
    DistrictVisitForm,
    VisitForm,
    candidates,
    open_lines,
    recused_words,
    start,
)
from yimen.desks.shared.shapes import Link, Page, Section
from yimen.desks.shared.work import case_url
from yimen.law.calendar import today
from yimen.law.standards import Unset
from yimen.law.terms import Relation

PHOTO_NOTE = "需要时拍。同一张可用于调查表、档案和公示，不用重复上传。"
CHOOSE_AGAIN = "没有保存成功的，照片请重新选择。"
PHOTO_CLASS = "visit_photo"


def least_words(desk: Desk) -> str:
    """How many must go, by the rule in force."""
    try:
        figure = figures.figure("dibao.min_investigators", desk.application.village_id, today())
    except Unset as unset:
        return str(unset)
    return f"至少 {figure.as_int()} 人（{figure.document}）"


def _home(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    people = candidates(desk)
    form = VisitForm(
        data, files, prefix="visit", desk=desk, people=people, open_now=open_lines(desk), initial=start(desk, people)
    )
    return [Section("visit", "入户调查", form=form)]


def _district(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    people = candidates(desk, district=True)
    first = {**start(desk, people), "reason": "relatives" if applications.relative_filings(desk.application) else ""}
    form = DistrictVisitForm(
        data, files, prefix="visit", desk=desk, people=people, open_now=open_lines(desk), initial=first
    )
    return [Section("visit", "区级入户核查", form=form)]


def _keep_home(desk: Desk, sections: Sequence[Section]) -> object:
    form: Any = sections[0].form
    entry = form.entry(desk.keep_files("visit-photos", PHOTO_CLASS))
    return acts.home_visit(desk.officer, desk.application.ref, version=desk.version, entry=entry)


def _keep_district(desk: Desk, sections: Sequence[Section]) -> object:
    form: Any = sections[0].form
    entry = form.entry(desk.keep_files("visit-photos", PHOTO_CLASS))
    data = form.cleaned_data
    return acts.district_visit(
        desk.officer,
        desk.application.ref,
        version=desk.version,
        entry=entry,
        reason=data["reason"],
        reason_text=data["reason_text"],
    )


def _residents(desk: Desk) -> str:
    names = "、".join(f"{row.person.name}（{Relation(row.relation).label}）" for row in desk.participants)
    return f"登记 {len(desk.participants)} 人：{names}。"


def _purpose(desk: Desk, form: VisitForm, act: str) -> str:
    count = len(form.open_now)
    asked = f"要当面核实 {count} 项；" if count else "没有要当面核实的差异；"
    row = row_of(act)
    return f"{asked}户籍、人口和已核对一致的不用再填。依据实施方案{row.paragraph}、{'、'.join(row.articles)}。"


def _phone(desk: Desk, sections: Sequence[Section], act: str, who: str) -> Mapping[str, Any]:
    form: Any = sections[0].form
    item = desk.application
    place = " ".join(part for part in (item.village.name, item.household.group) if part)
    note = "".join(part for part in (f"{least_words(desk)}，{who}。", recused_words(form.people)) if part)
    back = Link("我的走访", reverse("village:visits")) if of_village(desk) else Link("返回案件", case_url(item.ref))
    return {
        "page": Page(f"{sections[0].title}：{item.applicant.name} · {place}", _purpose(desk, form, act)),
        "back": back,
        "upload": None,
        "form": form,
        "questions": form.questions(note, _residents(desk)),
        "photo": form["photos"],
        "photo_note": PHOTO_NOTE + (CHOOSE_AGAIN if form.is_bound else ""),
    }


def _home_phone(desk: Desk, sections: Sequence[Section]) -> Mapping[str, Any]:
    return _phone(desk, sections, "home_visit", "其中至少一名是乡街经办人员或负责人")


def _district_phone(desk: Desk, sections: Sequence[Section]) -> Mapping[str, Any]:
    return _phone(desk, sections, "district_visit", "全部为区级工作人员")


case_act(
    CaseAct(
        "home_visit",
        _home,
        _keep_home,
        submit="保存入户调查表",
        context=_home_phone,
        template="shared/visit_form.html",
        multipart=True,
        tab="visit",
        after=village_home,
    )
)
case_act(
    CaseAct(
        "district_visit",
        _district,
        _keep_district,
        submit="保存核查表",
        context=_district_phone,
        template="shared/visit_form.html",
        multipart=True,
        tab="visit",
    )
)
