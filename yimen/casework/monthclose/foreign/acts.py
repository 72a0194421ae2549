"""Registering and retiring templates of somebody else. Filling one is an export and has its entry there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.casework.monthclose.foreign_models import ForeignTemplate
from yimen.law.calendar import now
from yimen.law.platform import FILLABLE, ForeignList


@dataclass(frozen=True)
class TemplateEntry:
    """A template made ready: its words, the meaning of its columns, where its workbook lies."""

    title: str
    what: str
    file_name: str
    file_ref: str
    file_sha256: str
    sheet: str
    columns: Sequence[str]
    fields: Sequence[str]
    layout: Mapping[str, Any]


@office_act("keep_template")
def keep_template(walk: Walk, *, entry: TemplateEntry, ref: str) -> ForeignTemplate:
    """Register a template for the officer's district. Raises Refused without a title, or where no column is known."""
    title = entry.title.strip()[:80]
    if not title:
        raise Refused("请填写表样名称。", "title", 422, "title")
    if entry.what not in {str(each) for each in ForeignList}:
        raise Refused("请选择填哪一份名单。", "what", 422, "what")
    known = [field for field in entry.fields if field in FILLABLE]
    if not known:
        raise Refused("没有一列知道填什么，请至少指明一列。", "columns", 422)
    row = ForeignTemplate.objects.create(
        ref=ref,
        district_id=walk.officer.district,
        office=walk.officer.office,
        title=title,
        what=entry.what,
        file_name=entry.file_name,
        file_ref=entry.file_ref,
        file_sha256=entry.file_sha256,
        sheet=entry.sheet,
        columns=list(entry.columns),
        fields=list(entry.fields),
        layout=dict(entry.layout),
        kept_by=walk.officer.staff,
        kept_at=now(),
    )
    walk.note(subject=(ForeignTemplate.KIND, row.ref), file=row.file_sha256, title=title, known=len(known))
    return row


@office_act("retire_template")
def retire_template(walk: Walk, *, ref: str) -> ForeignTemplate:
    """Take a template out of use; it stays, and can be registered anew."""
    row = gate.fetch(walk.officer, ForeignTemplate.objects.all(), ref, lock=True)
    if row.retired_at is not None:
        raise Refused("这份表样已经停用。", "wrong_state")
    row.retired_at, row.retired_by = now(), walk.officer.staff
    row.save(update_fields=["retired_at", "retired_by"])
    walk.note(subject=(ForeignTemplate.KIND, row.ref), title=row.title)
    return row
