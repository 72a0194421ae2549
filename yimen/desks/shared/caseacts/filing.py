"""Pages of 四(一): consents, materials, missing papers, close relatives, ending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from yimen.casework.applications import acts, queries
from yimen.casework.applications.entries import ConsentEntry, MaterialEntry
from yimen.casework.households import queries as households
from yimen.desks.shared.caseacts.page import CaseAct, Desk, as_built, case_act
from yimen.desks.shared.fields import Day, Hidden, Pick, Shown, Text, Upload, Yes, table_of, terms
from yimen.desks.shared.shapes import Action, Block, Fact, Section
from yimen.law.calendar import today
from yimen.law.rules.members import ADULT
from yimen.law.terms import KinRelation, MaterialState, Relation

ANSWERS = [("", "还没有签"), ("given", "已签署"), ("refused", "不同意")]


class ConsentForm(forms.Form):
    """One person's signature."""

    ref = Hidden()
    kind = Hidden()
    name = Shown("姓名")
    answer = Pick("意思", ANSWERS, needed=False)
    signed_by = Text("签署人（监护人代签的填监护人）", longest=100, needed=False)
    signed_on = Day("签署日期", needed=False)
    refused_reason = Text("不同意的原因", longest=200, needed=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") == "given" and not data.get("signed_by"):
            self.add_error("signed_by", "请填写签署人。")
        if data.get("answer") and not data.get("signed_on"):
            self.add_error("signed_on", "请填写签署日期。")
        if data.get("answer") == "refused" and not data.get("refused_reason"):
            self.add_error("refused_reason", "请写明不同意的原因。")
        return data


Consents = table_of(ConsentForm, extra=0)


def _people(desk: Desk) -> list[dict[str, Any]]:
    day = today()
    signed = {
        row.person_id or -row.obligor_id
        for row in queries.consents(desk.application)
        if row.given and row.valid_to >= day
    }
    members = [_member_row(row, day) for row in desk.participants if row.person_id not in signed]
    obligors = [_obligor_row(row, day) for row in queries.obligors(desk.application) if -row.pk not in signed]
    return members + obligors


def _member_row(row: Any, day: date) -> dict[str, Any]:
    """A grown member signs; for others the guardian is asked for."""
    grown = households.age(row.person.birth_date, day) >= ADULT
    return {
        "ref": row.person.ref,
        "kind": "person",
        "name": f"{row.person.name}（{Relation(row.relation).label}）",
        "answer": "given",
        "signed_by": row.person.name if grown else "",
        "signed_on": day,
    }


def _obligor_row(row: Any, day: date) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "kind": "obligor",
        "name": f"{row.name}（义务人）",
        "answer": "",
        "signed_by": row.name,
        "signed_on": day,
    }


def _signed(desk: Desk) -> list[Fact]:
    return [
        Fact((row.person or row.obligor).name, f"已于 {row.signed_on:%Y-%m-%d} 签署，有效至 {row.valid_to:%Y-%m-%d}")
        for row in queries.consents(desk.application)
        if row.given
    ]


def _consents(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    rows = Consents(data, prefix="consents", initial=_people(desk))
    note = (
        "成年家庭成员本人签署，其他成员由监护人签署；"
        "义务人须由本人签署，不同意的如实记录，不影响受理低保申请（社会救助法第四十、四十一条）。"
    )
    return [Section("consents", "承诺与授权", note, formset=rows, facts=_signed(desk))]


def _keep_consents(desk: Desk, sections: Sequence[Section]) -> object:
    rows = [row for row in sections[0].formset.cleaned_data if row and row["answer"]]  # type: ignore[union-attr]
    entries = [
        ConsentEntry(
            row["answer"] == "given",
            row["signed_on"],
            row["signed_by"] or row["name"],
            person_ref=row["ref"] if row["kind"] == "person" else "",
            obligor_ref=row["ref"] if row["kind"] == "obligor" else "",
            refused_reason=row["refused_reason"],
        )
        for row in rows
    ]
    return acts.record_consent(desk.officer, desk.application.ref, version=desk.version, entries=entries)


def _print_sheet(desk: Desk) -> list[Block]:
    sheet = Action("打印承诺授权书（签字用）", reverse("blank-pledge", args=[desk.application.ref]))
    return [Block("签字页", text="先打印，请家庭成员逐人签字，再在左边登记。", actions=[sheet])]


case_act(CaseAct("record_consent", _consents, _keep_consents, submit="登记签署", aside=_print_sheet, tab="materials"))


class MaterialForm(forms.Form):
    """How one paper was established."""

    code = Hidden()
    label = Shown("材料")
    state = Pick("状态", terms(MaterialState))
    note = Text("说明", longest=200, needed=False)


MaterialRows = table_of(MaterialForm, extra=0)


def _material_rows(desk: Desk) -> list[dict[str, str]]:
    return [
        {"code": row.code, "label": row.label, "state": row.state, "note": row.note}
        for row in queries.materials(desk.application)
    ]


class ScanForm(forms.Form):
    """A scan of a paper, optional."""

    paper = Pick("扫描件属于", [], needed=False, empty="—")
    file = Upload("扫描件（选传）")

    def __init__(self, *args: Any, papers: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["paper"].choices = [("", "—"), *papers]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("file") and not data.get("paper"):
            self.add_error("paper", "请选择扫描件属于哪一项材料。")
        return data


def _materials(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    initial = _material_rows(desk)
    papers = [(row["code"], row["label"]) for row in initial]
    return [
        Section(
            "materials",
            "材料",
            "能由核对取得的不要求提供（社会救助法第六十二条）。",
            formset=MaterialRows(data, prefix="materials", initial=initial),
        ),
        Section("scan", "扫描件", form=ScanForm(data, files, prefix="scan", papers=papers)),
    ]


def _entries(desk: Desk, sections: Sequence[Section]) -> list[MaterialEntry]:
    scan = sections[1].form.cleaned_data if len(sections) > 1 and sections[1].form is not None else {}
    stored = desk.keep_files("scan-file", "material") if scan.get("file") else []
    rows = sections[0].formset.cleaned_data  # type: ignore[union-attr]
    return [
        MaterialEntry(
            row["code"], row["state"], row["note"], stored[0] if stored and row["code"] == scan["paper"] else ""
        )
        for row in rows
    ]


def _keep_materials(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.record_material(
        desk.officer, desk.application.ref, version=desk.version, entries=_entries(desk, sections)
    )


case_act(
    CaseAct(
        "record_material",
        _materials,
        _keep_materials,
        submit="保存材料状态",
        multipart=True,
        tab="materials",
        stored=as_built(_materials),
    )
)


class SupplementForm(forms.Form):
    """The one notice of everything missing."""

    by_on = Day("补正期限")
    notes = Text("另外需要的材料（每行一项，核对不能取得的）", longest=1000, rows=3, needed=False)
    second_reason = Text("再次要求补正的理由（首次不填）", longest=200, needed=False)


def _missing(desk: Desk) -> list[Fact]:
    facts = [Fact(row.label, "缺") for row in queries.missing_materials(desk.application)]
    return facts + [Fact(f"{name}的承诺授权", "未签") for name in queries.missing_consents(desk.application)]


def _supplement(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    return [
        Section(
            "supplement",
            "一次性告知全部缺项",
            "下列缺项会全部写进告知书。",
            form=SupplementForm(data, prefix="supplement"),
            facts=_missing(desk),
        )
    ]


def _send_supplement(desk: Desk, sections: Sequence[Section]) -> object:
    data = sections[0].form.cleaned_data  # type: ignore[union-attr]
    return acts.request_supplement(desk.officer, desk.application.ref, version=desk.version, **data)


case_act(CaseAct("request_supplement", _supplement, _send_supplement, submit="制发一次性补正告知书"))


def _received(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    return [
        Section("materials", "收到的材料", formset=MaterialRows(data, prefix="materials", initial=_material_rows(desk)))
    ]


def _receive(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.receive_supplement(
        desk.officer, desk.application.ref, version=desk.version, entries=_entries(desk, sections)
    )


case_act(CaseAct("receive_supplement", _received, _receive, submit="登记收到补正", stored=as_built(_received)))


class FilingForm(forms.Form):
    """What the register form says beyond what is stored."""

    hardship = Text("家庭困难情况", longest=1000, rows=3)
    investigation = Text("调查核实情况", longest=1000, rows=3, needed=False)
    opinion = Text("乡镇（街道）意见", longest=500, rows=2, needed=False)


def _filings(desk: Desk) -> list[Fact]:
    return [
        Fact(
            row.person_name,
            f"是{row.staff.office.name}{row.staff.name}的{KinRelation(row.relation).label}",
            "本人申明" if row.declared else "系统比对发现",
        )
        for row in queries.relative_filings(desk.application)
        if row.filed_on is None
    ]


def _file(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    return [
        Section(
            "filing",
            "近亲属备案",
            "备案不影响受理；确认前由区级入户核查（民发〔2021〕57号第二十条）。",
            form=FilingForm(data, prefix="filing"),
            facts=_filings(desk),
        )
    ]


def _keep_filing(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.file_relative(desk.officer, desk.application.ref, version=desk.version, **sections[0].form.cleaned_data)  # type: ignore[union-attr]


case_act(CaseAct("file_relative", _file, _keep_filing, submit="登记备案，制备案表", tab="family"))


class EndForm(forms.Form):
    """Why the procedure ends."""

    cause = Pick("终止原因", [("withdrawn", "申请人撤回申请"), ("refused", "无正当理由拒不配合")], radio=True)
    reason = Text("事实和理由", longest=300, rows=3)
    asked = Text("要求配合的事项（拒不配合的填写）", longest=300, needed=False)
    asked_on = Day("要求配合的日期", needed=False)
    sure = Yes("已向申请人当面说明后果")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("cause") == "refused" and not data.get("asked"):
            self.add_error("asked", "请写明要求配合什么。")
        if not data.get("sure"):
            self.add_error("sure", "请先向申请人说明终止的后果和救济途径。")
        return data


def _end(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    return [Section("end", "终止审核确认程序", form=EndForm(data, prefix="end"))]


def _keep_end(desk: Desk, sections: Sequence[Section]) -> object:
    data = sections[0].form.cleaned_data  # type: ignore[union-attr]
    asked_on: date | None = data["asked_on"]
    return acts.end_procedure(
        desk.officer,
        desk.application.ref,
        version=desk.version,
        withdrawn=data["cause"] == "withdrawn",
        reason=data["reason"],
        asked=data["asked"],
        asked_on=asked_on,
    )


case_act(CaseAct("end_procedure", _end, _keep_end, submit="终止程序，制告知书"))
