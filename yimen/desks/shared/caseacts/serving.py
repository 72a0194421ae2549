"""Pages of serving papers: how, when, to whom, and what was signed for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from yimen.base.papers import desk as papers, library
from yimen.casework.decisions import acts
from yimen.casework.decisions.service_acts import HOW, REFUSAL
from yimen.desks.shared.caseacts.page import CaseAct, Desk, case_act
from yimen.desks.shared.caseacts.parts import given, village_home
from yimen.desks.shared.fields import Day, Pick, Text, Upload
from yimen.desks.shared.shapes import Fact, Section
from yimen.law.calendar import today


class ServiceForm(forms.Form):
    """One service."""

    how = Pick("送达方式", [(text, text) for text in HOW], initial=HOW[0])
    served_on = Day("送达日期")
    to_whom = Text("签收人", longest=100)
    receipt = Text(
        "回证情况", longest=200, initial="已签收", article="写明签收、拒收或无法送达；留置送达的写明见证人。"
    )
    note = Text("备注", longest=200, needed=False)
    receipt_file = Upload("送达回证扫描件（选传）")


class PaperServiceForm(ServiceForm):
    """One service of a paper to be chosen."""

    paper_ref = Pick("文书", [], empty="请选择")
    field_order = ["paper_ref", "how", "served_on", "to_whom", "receipt", "note", "receipt_file"]

    def __init__(self, *args: Any, issued: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["paper_ref"].choices = [("", "请选择"), *issued]  # type: ignore[attr-defined]


# What forms.md hands to the applicant; internal papers and board papers are served to nobody.
_HANDED = ("送达", "决定后", "当场交付", "随决定", "告知")


def _papers(desk: Desk) -> list[Any]:
    """Papers of the case that are served, the newest first."""
    issued = list(papers.papers_of("application", desk.application.ref))[::-1]
    return [paper for paper in issued if library.form(paper.code).to_applicant.startswith(_HANDED)]


def _served(paper: Any) -> str:
    done = list(papers.services(paper))
    return f"已于 {done[-1].served_on:%Y-%m-%d} 送达（{done[-1].how}，{done[-1].to_whom}）" if done else "未送达"


def _first(desk: Desk) -> dict[str, Any]:
    return {"served_on": today(), "to_whom": desk.application.applicant.name}


def _refusal(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    paper = next((row for row in _papers(desk) if row.code == REFUSAL), None)
    facts = [Fact("文书", paper.title), Fact("文号", paper.number), Fact("送达", _served(paper))] if paper else []
    form = ServiceForm(data, files, prefix="service", initial=_first(desk))
    return [Section("service", "送达不予确认告知书", "决定作出后 3 个工作日内送达。", form=form, facts=facts)]


def _serve_refusal(desk: Desk, sections: Sequence[Section]) -> object:
    return _serve(desk, acts.serve_refusal, given(sections))


def _serve(desk: Desk, act: Any, data: dict[str, Any]) -> object:
    data["receipt_file"] = (desk.keep_files("service-receipt_file", "service_receipt") or [""])[0]
    return act(desk.officer, desk.application.ref, version=desk.version, **data)


case_act(CaseAct("serve_refusal", _refusal, _serve_refusal, submit="登记送达", multipart=True, tab="papers"))


def _paper(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    rows = _papers(desk)
    issued = [(row.ref, f"{row.title} {row.number}") for row in rows]
    facts = [Fact(row.title, _served(row), row.number) for row in rows]
    form = PaperServiceForm(data, files, prefix="service", issued=issued, initial=_first(desk))
    return [Section("service", "登记送达", form=form, facts=facts)]


def _serve_paper(desk: Desk, sections: Sequence[Section]) -> object:
    return _serve(desk, acts.serve_paper, given(sections))


case_act(
    CaseAct("serve_paper", _paper, _serve_paper, submit="登记送达", multipart=True, tab="papers", after=village_home)
)
