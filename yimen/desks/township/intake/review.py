"""核对后提交: everything that was typed, read once more in plain text before the application is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from yimen.base.access.officer import Officer
from yimen.base.refs import new_ref
from yimen.casework.applications.following import outlook
from yimen.desks.shared import conflict, drafts
from yimen.desks.shared.pages import show
from yimen.desks.shared.shapes import Block, Empty, Fact, Link, Page, Row, Section, Table
from yimen.law.calendar import today

SUBMIT = "提交申请，打印回执"
LONGEST = 12


def _facts(form: Any, title: str) -> list[Fact]:
    """The fields that were filled; what was left empty is not asked about again."""
    return [
        # A whole question does not fit in front of its answer; the head of the part says it.
        Fact(str(bound.label) if len(str(bound.label)) <= LONGEST else title, conflict.words(bound))
        for bound in form
        if not bound.is_hidden and (bound.value() not in (None, "", False))
    ]


def _table(section: Section) -> Table:
    """The rows that count, with the columns in which anything stands."""
    rows: Any = section.formset
    kept = [form for form in rows.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    names = [
        name
        for name in (kept[0].fields if kept else ())
        if name != "DELETE" and not kept[0][name].is_hidden and any(form[name].value() for form in kept)
    ]
    lines = [[conflict.words(form[name]) if form[name].value() else "" for name in names] for form in kept]
    heads = [str(kept[0][name].label) for name in names]
    return Table(heads, [Row(line) for line in lines], label=section.title, empty=Empty("没有填写。"))


def _part(section: Section) -> Block:
    facts = [*section.facts, *(_facts(section.form, section.title) if section.form is not None else ())]
    table = _table(section) if section.formset is not None else None
    table = None if table is not None and facts and not table.rows else table
    empty = Empty("没有填写。") if table is None and not facts else None
    return Block(section.title, facts=facts, table=table, empty=empty)


def _receipt(officer: Officer, sections: Sequence[Section]) -> Block:
    """申请回执 as it will be, so that it can be read out before the application is made (S3); it has no number yet."""
    by_name = {section.key: section for section in sections}
    method: Any = by_name["method"].form
    papers: Any = by_name["materials"].formset
    members: Any = by_name["members"].formset
    states = {row.get("code", ""): str(row.get("state", "")) for row in papers.cleaned_data}
    found = outlook(officer.office.area_id[:9], str(method.cleaned_data["applied_by"]), states, today())
    first = next((row for row in members.cleaned_data if row and not row.get("DELETE")), {})
    facts = [
        Fact("申请人", str(first.get("name", ""))),
        Fact("案号、查询码", "提交后生成"),
        Fact("经办、电话", f"{officer.staff.name} {found.phone}".strip()),
    ]
    table = Table(["接下来的步骤", "时间"], [Row(list(step)) for step in found.steps], label="接下来的步骤",
                  empty=Empty("本区还没有选定办理次序，提交时会被拒绝，请联系区级民政部门。"))  # fmt: skip
    return Block("申请回执（提交后打印，交给申请人）", "回执上没有身份证号。", facts=facts, table=table,
                 text=f"还缺的材料：{'、'.join(found.missing) or '没有'}。")  # fmt: skip


def review(request: HttpRequest, sections: Sequence[Section]) -> HttpResponse:
    """The whole application on one page; back to the form with everything, or submit."""
    crumbs = [Link("待办", "/"), Link("新登记申请", "", current=True)]
    once = request.POST.get("once", "") or new_ref()
    return show(
        request,
        "township/intake_review.html",
        page=Page("核对后提交", "还没有提交。请念给申请人听，有不对的返回修改。", crumbs=crumbs),
        parts=[*(_part(section) for section in sections), _receipt(request.officer, sections)],  # type: ignore[attr-defined]
        hidden={"once": once, drafts.EDITION: request.POST.get(drafts.EDITION, "")},
        carried=conflict.carried(request.POST),
        submit_url=request.path,
        submit=SUBMIT,
    )
