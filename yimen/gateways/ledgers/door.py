"""What desks and the command line call with a ledger: take the file in, find its heads, draw the preview up, hand out errors.

I translate and then knock: whatever changes a row is an act of the awards room.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import transaction

from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.base.offices import queries as offices
from yimen.base.refs import new_ref
from yimen.casework.awards import acts, ledger_queries as queries
from yimen.casework.awards.ledgers.entries import LedgerSource
from yimen.gateways.ledgers import incoming, table
from yimen.gateways.ledgers.heads import FIELDS, NOT_TAKEN, label_of, missing
from yimen.gateways.ledgers.kinds import fields_of, for_kind, recognise
from yimen.gateways.ledgers.reading import Ledger, places_of, read_ledger
from yimen.gateways.ledgers.table import Grid, Head
from yimen.law.ledger import LEDGER_NAMES
from yimen.law.standards import Unset
from yimen.law.terms import Programme

KIND, FILE_CLASS = "ledger_run", "ledger"
MAX_BYTES = incoming.MAX_BYTES
LARGE = 1_500
"""Rows above which a file is read by the worker, with progress, rather than while the officer waits."""
_PEEK, _READ = "yimen.gateways.ledgers.parsing:peek", "yimen.gateways.ledgers.parsing:read"
_PEEK_LIMITS: dict[str, int] = {"seconds": 20, "memory_mb": 700}
_READ_LIMITS: dict[str, int] = {"seconds": 40, "memory_mb": 900}
UNCLEAR = "从标题和列名看不出这是哪一类台账。请在“台账种类”里选择低保、特困、低保边缘家庭或刚性支出困难家庭，再上传。"


@dataclass(frozen=True)
class Choice:
    """A sheet that holds a table: its head, what each column is taken for, a sample of what stands below.

    ``programme`` is of which assistance it is, None where neither the officer nor the sheet says so.
    """

    name: str
    height: int
    head: Head
    fields: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    programme: Programme | None = Programme.DIBAO

    @property
    def lacking(self) -> list[str]:
        """What every ledger of its kind must tell and no column does."""
        return missing(self.fields, self.programme or Programme.DIBAO)

    @property
    def complete(self) -> bool:
        """Whether nothing has to be asked: every heading known, nothing needed missing."""
        known = all(field for text, field in zip(self.head.texts, self.fields, strict=True) if text)
        return known and self.programme is not None and not self.lacking


# -- 1 and 2: the file, its sheets and heads -------------------------------------------------


def upload(officer: Officer, data: bytes, name: str, township: str = "", programme: str = "") -> Any:
    """Keep a ledger of the officer's township and begin its run. Raises Refused with what to do.

    ``programme`` is of which assistance it is; "" leaves that to its title and headings.
    """
    incoming.check(data)
    if choices_in(data, name=name, programme=programme)[0].programme is None:
        raise Refused(UNCLEAR, "no_kind", 422, "programme")
    ref = new_ref()
    with transaction.atomic():
        kept = incoming.keep(officer, data, name, file_class=FILE_CLASS, kind=KIND, ref=ref)
        source = LedgerSource(kept.name, hashlib.sha256(data).hexdigest(), kept.ref)
        return acts.open_ledger(officer, source=source, township=township, ref=ref, programme=programme)


def content_of(run: Any) -> bytes:
    """The file of a run as it was handed in."""
    return incoming.content(run.file_ref, "这次导入")


def choices_in(
    data: bytes, remembered: Mapping[str, Sequence[str]] | None = None, *, name: str = "", programme: str = ""
) -> list[Choice]:
    """The sheets that hold a table, each with its columns as the office set them before, else as customary.

    Where the officer said of which assistance the ledger is, only the sheets that do not say otherwise.
    """
    found = []
    for grid in incoming.opened(data, _PEEK, _PEEK_LIMITS):
        head = table.find_head(grid.rows) if grid.name.strip() not in incoming.ABOUT else None
        if head is not None:
            found.append(_choice(grid, head, remembered or {}, name))
    if not found:
        raise Refused(
            "没有找到台账的表头：前 30 行里至少要有户主姓名、身份证号、保障类别、月保障金额等列名。请对照模板改好列名再上传。",
            "no_head",
            422,
            "file",
        )
    return _of_kind(found, Programme(programme)) if programme else found


def _of_kind(found: Sequence[Choice], kind: Programme) -> list[Choice]:
    fit = [choice for choice in found if choice.programme in (None, kind)]
    if not fit:
        other = next(choice.programme for choice in found if choice.programme)
        raise Refused(
            f"选的是{LEDGER_NAMES[kind]}，文件的标题或列名是{LEDGER_NAMES[other]}。请核对文件，或改选台账种类。",
            "other_kind",
            422,
            "programme",
        )
    return [replace(choice, programme=kind, fields=tuple(for_kind(choice.fields, kind))) for choice in fit]


def _choice(grid: Grid, head: Head, remembered: Mapping[str, Sequence[str]], name: str) -> Choice:
    title = " ".join(table.shown(cell) for row in grid.rows[: head.first] for cell in row)
    kind = recognise(f"{name} {grid.name} {title}", head.fields)
    kept = list(remembered.get(signature(head), ()))
    fields = kept if len(kept) == len(head.fields) else list(head.fields)
    below = [row for row in grid.rows[head.last + 1 :] if not table.is_blank(row)][:3]
    sample = tuple(tuple(incoming.sample(row, column) for row in below) for column in range(len(head.texts)))
    meant = tuple(for_kind(fields, kind)) if kind else tuple(fields)
    return Choice(grid.name, grid.height, head, meant, sample, kind)


def signature(head: Head) -> str:
    """Under which an office's own meaning of these headings is kept."""
    return hashlib.sha256(table.signature(head).encode()).hexdigest()


def choices(officer: Officer, run: Any) -> list[Choice]:
    """The sheets of a run's file, with what the office remembers of such headings."""
    return choices_in(content_of(run), queries.heads_of(run.office_id), name=run.file_name, programme=run.programme)


# -- 3: the preview --------------------------------------------------------------------------


def preview(
    officer: Officer,
    run: Any,
    sheets: Sequence[str] = (),
    fields: Sequence[str] = (),
    tell: Any = lambda done, total: None,
) -> Any:
    """Read the chosen sheets (by default the first that holds a table) and draw the preview up.

    ``fields`` are the meanings of the columns as the officer corrected them; they are remembered for the office.
    """
    found = choices(officer, run)
    chosen = _chosen(found, sheets)
    kind = chosen[0].programme
    if kind is None:
        raise Refused(UNCLEAR, "no_kind", 422)
    meaning = tuple(for_kind(fields, kind)) or chosen[0].fields
    if lacking := missing(meaning, kind):
        raise Refused(
            f"还没有指明这些列：{'、'.join(lacking)}。请在对应的列上选择；表中没有的请先补上。", "missing", 422
        )
    if fields and list(meaning) != for_kind(chosen[0].head.fields, kind):
        acts.keep_heads(officer, run.ref, signature=signature(chosen[0].head), columns={"fields": list(fields)})
    ledger = read(run, [choice.name for choice in chosen], meaning, kind)
    if not ledger.rows:
        raise Refused("表头下面没有一户。请核对选的工作表，或重新导出台账。", "empty", 422)
    columns = {
        text: label_of(field) or "没有用到" for text, field in zip(chosen[0].head.texts, meaning, strict=True) if text
    }
    skipped = [{"sheet": row.sheet, "row": row.row, "why": row.why} for row in ledger.skipped]
    names = [choice.name for choice in chosen]
    try:
        return acts.draw_up(
            officer, run.ref, rows=ledger.rows, skipped=skipped, columns=columns, sheets=names, tell=tell
        )
    except Unset as unset:
        raise Refused(str(unset), "unset") from unset


def _chosen(found: Sequence[Choice], sheets: Sequence[str]) -> list[Choice]:
    wanted = [choice for choice in found if choice.name in set(sheets)] if sheets else list(found[:1])
    if not wanted:
        raise Refused("请选择台账所在的工作表。", "no_sheet", 422, "sheets")
    for other in wanted[1:]:
        if other.programme != wanted[0].programme or not table.same_heads(other.head, wanted[0].head):
            raise Refused(
                f"工作表“{other.name}”的列名与“{wanted[0].name}”不同，不能一起导入。请分别导入，或把列名改成一样。",
                "heads_differ",
                422,
                "sheets",
            )
    return wanted


def read(run: Any, sheets: Sequence[str], fields: Sequence[str], programme: Programme = Programme.DIBAO) -> Ledger:
    """The households (of 特困 the persons) of the chosen sheets of a run's file."""
    wanted, parts = set(sheets), []
    for grid in sheets_of(run):
        head = table.find_head(grid.rows) if grid.name in wanted else None
        if head is not None:
            parts.append((grid, head, _fit(fields, head)))
    villages = [(area.name, area.code) for area in offices.villages(run.township_id)]
    known = not (settings.YIMEN_DEMO or settings.YIMEN_TESTING)
    return read_ledger(parts, places_of(run.township.name, villages), known_area=known, programme=programme)


def sheets_of(run: Any) -> list[Grid]:
    """Every sheet of a run's file."""
    return incoming.opened(content_of(run), _READ, _READ_LIMITS)


def _fit(fields: Sequence[str], head: Head) -> list[str]:
    """The meanings, as long as the head is (empty columns at its end differ from sheet to sheet)."""
    width = len(head.texts)
    return [*fields[:width], *[""] * (width - len(fields))]


def offered(fields: Sequence[str], kind: Programme | None = None) -> list[tuple[str, str]]:
    """Field and label to choose from for a column, numbered members as far as the table has them."""
    known = fields_of(kind) if kind else FIELDS
    numbered = sorted({field for field in fields if ":" in field}, key=lambda each: (int(each.partition(":")[2]), each))
    return [("", "请选择"), (NOT_TAKEN, "不导入"), *known.items(), *[(field, label_of(field)) for field in numbered]]


def is_offered(field: str) -> bool:
    """Whether a field is one that a column may be given."""
    base, _, number = field.partition(":")
    return field in {"", NOT_TAKEN} or (base in FIELDS and (not number or number.isdigit()))


def may_import(officer: Officer) -> bool:
    """Whether the officer brings ledgers at all: the township's own people."""
    return bool(officer.areas(TOWNSHIP_ROLES))


__all__ = [
    "KIND", "LARGE", "MAX_BYTES", "Choice", "choices", "choices_in", "content_of", "is_offered", "may_import",
    "offered", "preview", "read", "sheets_of", "signature", "upload",
]  # fmt: skip
