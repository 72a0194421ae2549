"""Templates of somebody else: their heads read, made ready in the limited child, filled through the counter of the exports."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction

from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.exports import desk as exports
from yimen.base.exports.desk import Subject
from yimen.base.exports.filling import filled
from yimen.base.exports.foreign import READY, WANTED
from yimen.base.exports.models import Export
from yimen.base.files import desk as files
from yimen.base.refs import new_ref
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.foreign import queries
from yimen.casework.monthclose.foreign.acts import TemplateEntry
from yimen.gateways.ledgers import heads, incoming, table
from yimen.gateways.ledgers.table import Grid, Head, Vocabulary
from yimen.gateways.ledgers.wordings import NOT_TAKEN
from yimen.gateways.platform import words
from yimen.law.calendar import now
from yimen.law.platform import FILLABLE, ForeignList

MAX_BYTES = 5 * 1024 * 1024
AT_ONCE = 20_000
"""Rows that are written while the officer waits; a longer list is filled township by township."""
FILE_CLASS, DRAFT = "foreign_template", "foreign_draft"
_PEEK, _PREPARE = "yimen.gateways.ledgers.parsing:peek", "yimen.base.exports.foreign:prepare"
_LIMITS: dict[str, int] = {"seconds": 20, "memory_mb": 700}
_ENOUGH = 2
_EXTRA = {
    "serial": "序号 编号序号 顺序号",
    "month": "月份 所属月份 年月 统计月份 发放月份",
    "township": "乡镇 街道 乡镇街道 乡街 镇街 所属乡镇 所属街道 乡镇名称 街道名称",
    "number": "保障编号 低保证号 低保证编号 救助证号 保障证号",
    "group": "组 村民小组 小组 组别 楼栋",
    "holder": "开户人 户名 账户名 开户姓名 开户名",
    "bank": "开户银行 开户行 银行 银行名称 开户行名称",
    "member_name": "成员姓名 家庭成员姓名 保障人员姓名 保障对象成员姓名 人员姓名",
    "member_identity": "成员身份证号 家庭成员身份证号 成员身份证号码 人员身份证号 保障人员身份证号",
    "relation": "与户主关系 与户主的关系 家庭关系 关系",
}
_TABLE = {word: field for field, said in _EXTRA.items() for word in said.split()}


def _field_of(head: str, group: str = "") -> str:
    word = heads.plain(head) or heads.plain(group)
    found = _TABLE.get(word) or words.field_of(head, group)
    # A heading of theirs that we have nothing for is known to stay blank; an unknown one is asked for.
    return found if found in FILLABLE or found in {"name", "identity", NOT_TAKEN, ""} else NOT_TAKEN


def _resolve(found: Sequence[str]) -> list[str]:
    """A bare name is the head's where no other column is, else a member's; a bare number belongs to the name before it."""
    fields, whose = list(found), "head"
    several = "head_name" in fields
    for at, field in enumerate(fields):
        if field in {"head_name", "member_name", "name"}:
            whose = "member" if field == "member_name" or (field == "name" and several) else "head"
        if field in {"name", "identity"}:
            fields[at] = f"{whose}_{field}"
    twice = {field for field in fields if field not in {"", NOT_TAKEN} and fields.count(field) > 1}
    return ["" if field in twice else field for field in fields]


FOREIGN = Vocabulary(_field_of, _resolve)


@dataclass(frozen=True)
class Shown:
    """A sheet of a template with its head: what each column is taken for, and where its foot begins (-1 for none)."""

    name: str
    head: Head
    fields: tuple[str, ...]
    foot: int

    @property
    def unknown(self) -> list[str]:
        """Headings that say nothing to us: they stay blank and coloured unless somebody says what they are."""
        return [text for text, field in zip(self.head.texts, self.fields, strict=True) if text and not field]


def keep_draft(officer: Officer, data: bytes, name: str) -> str:
    """Keep a template until its columns are settled; the reference of the file. Raises Refused for what is no template."""
    sheets_in(data)
    return str(incoming.keep(officer, data, name, file_class=FILE_CLASS, kind=DRAFT, ref=new_ref()).ref)


def draft(officer: Officer, ref: str) -> tuple[bytes, str]:
    """The content and name of a template that this very account has handed in. Raises Unknown."""
    kept = files.find(ref)
    if kept is None or kept.subject_kind != DRAFT or kept.account_id != officer.account.pk:
        raise Unknown(ref)
    return files.read(kept), str(kept.name)


def sheets_in(data: bytes) -> list[Shown]:
    """The sheets of a template that have a head. Raises Refused where there is none."""
    incoming.check(data, MAX_BYTES, "删去多余的工作表后上传")
    found = []
    for grid in incoming.opened(data, _PEEK, _LIMITS):
        head = table.find_head(grid.rows, FOREIGN, _ENOUGH) if grid.name.strip() not in incoming.ABOUT else None
        if head is not None:
            found.append(Shown(grid.name, head, head.fields, _foot(grid, head)))
    if not found:
        raise Refused(
            "没有找到表头：前 30 行里至少要有两个认识的列名，如姓名、身份证号、金额。", "no_head", 422, "file"
        )
    return found


def _foot(grid: Grid, head: Head) -> int:
    for at, row in enumerate(grid.rows[head.last + 1 :], head.last + 1):
        if not table.is_blank(row) and table.why_no_household(row, head, ()) in {"合计行", "说明或签字行"}:
            return at
    return -1


def for_list(fields: Sequence[str], what: str) -> list[str]:
    """What the columns mean in a list of persons: a bare name is the person's, not the head's, unless both are asked for."""
    meant = list(fields)
    if what == ForeignList.PERSONS and "member_name" not in meant:
        own = {"head_name": "member_name", "head_identity": "member_identity"}
        meant = [own.get(field, field) for field in meant]
    return meant


def register(
    officer: Officer, data: bytes, name: str, *, title: str, what: str, sheet: str, fields: Sequence[str]
) -> Any:
    """Make a template ready and keep it for the district. Raises Refused with what to do."""
    shown = next((one for one in sheets_in(data) if one.name == sheet), None)
    if (
        shown is None
        or len(fields) != len(shown.head.texts)
        or any(f not in {"", NOT_TAKEN, *FILLABLE} for f in fields)
    ):
        raise Refused("有的列没有选对，请从列表中选择。", "columns", 422)
    kinds = [_kind(field) for field in fields]
    wanted = {"sheet": sheet, "last": shown.head.last, "foot": shown.foot, "kinds": kinds}
    ready, layout = _prepared(data, wanted)
    ref = new_ref()
    with transaction.atomic():
        kept = incoming.keep(officer, ready, name, file_class=FILE_CLASS, kind=queries.KIND, ref=ref)
        entry = TemplateEntry(
            title,
            what,
            kept.name,
            kept.ref,
            hashlib.sha256(data).hexdigest(),
            sheet,
            shown.head.texts,
            list(fields),
            layout,
        )
        return acts.keep_template(officer, entry=entry, ref=ref)


def _kind(field: str) -> str:
    if field not in FILLABLE:
        return ""
    return "text" if FILLABLE[field].kind == "text" else "number" if FILLABLE[field].kind == "money" else "whole"


def _prepared(data: bytes, wanted: dict[str, Any]) -> tuple[bytes, dict[str, Any]]:
    with TemporaryDirectory(prefix="yimen-") as place:
        path = Path(place) / "template.xlsx"
        path.write_bytes(data)
        path.with_name(WANTED).write_text(json.dumps(wanted, ensure_ascii=False), "utf-8")
        try:
            layout = files.parse_limited(_PREPARE, path, **_LIMITS)
        except files.BadFile as bad:
            raise Refused(str(bad), "bad_file", 422, "file") from bad
        return path.with_name(READY).read_bytes(), layout


# -- filling ---------------------------------------------------------------------------------


def secrets(template: Any) -> bool:
    """Whether it asks for numbers of persons or accounts."""
    return any(FILLABLE[field].secret for field in template.fields if field in FILLABLE)


def fill(
    officer: Officer,
    template: Any,
    *,
    month: str,
    programme: str = "",
    full: bool = False,
    reason: str = "",
    code: str = "",
) -> Export:
    """Fill a template with its list of a month and hand it to the counter of the exports (K23, K24). Raises Refused."""
    if template.retired_at is not None:
        raise Refused("这份表样已经停用，请重新登记。", "retired")
    many = queries.total(officer, template.what, month, programme=programme)
    if many > AT_ONCE:
        raise Refused(f"共 {many} 行，超过 {AT_ONCE} 行，请由各乡街分别填写，或按救助项目分开。", "too_many", 422)
    if not many:
        raise Refused("这个月没有可以填的家庭，请核对月份和救助项目。", "nothing", 422, "month")
    full = full and secrets(template)
    asked = {"template": template.ref, "month": month, "programme": programme}
    export = exports.begin(
        officer, title=f"{template.title} {month}", asked=asked, words=month, full=full, reason=reason, code=code
    )
    subjects: list[Subject] = []
    try:
        rows = list(_rows(officer, template, month, programme, full, subjects))
        content = filled(
            incoming.content(template.file_ref, "这份表样"),
            template.layout,
            rows,
            _about(officer, export, template, len(rows)),
        )
    except ValueError as wrong:
        exports.fail(export, str(wrong))
        raise Refused(str(wrong), "too_many", 422) from wrong
    return exports.hand_in(
        officer, export, content, rows=len(rows), kind="bank" if full else "other", subjects=dict.fromkeys(subjects)
    )


def _rows(
    officer: Officer, template: Any, month: str, programme: str, full: bool, subjects: list[Subject]
) -> Iterator[list[Any]]:
    for said, reads in queries.rows(officer, template.what, month, programme=programme, full=full):
        subjects.append(Subject(*reads))
        yield [_value(field, said) for field in template.fields]


def _value(field: str, said: dict[str, Any]) -> Any:
    if field not in FILLABLE:
        return None
    value = said.get(field, "")
    return Decimal(value).scaleb(-2) if FILLABLE[field].kind == "money" and value != "" else value


def _about(officer: Officer, export: Export, template: Any, rows: int) -> list[tuple[str, str]]:
    at = f"{now():%Y-%m-%d %H:%M}"
    blank = [
        text for text, field in zip(template.columns, template.fields, strict=True) if text and field not in FILLABLE
    ]
    numbers = f"完整号码。理由：{export.reason}" if export.full else "号码只显示部分"
    demo = [("演示数据", "均为虚构，不是真实人员。")] if settings.YIMEN_DEMO else []
    return [
        ("表样", template.title),
        ("名单", ForeignList(template.what).label),
        ("行数", str(rows)),
        ("数据截止", at),
        ("导出人", f"{officer.office.name} {officer.staff.name}　{at}　{export.ref}"),
        ("号码", numbers),
        *([("留空的列", f"{'、'.join(blank)}（已标色，请手工填写）")] if blank else []),
        *demo,
        ("保管", "含个人信息，只用于社会救助工作；用完删除，不得转发（社会救助法第十一条）。"),
    ]
