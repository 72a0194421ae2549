"""What desks call with a file of the platform: take it in, find its heads, hold it against our month.

I translate and then knock: whatever is kept is kept by an act of the room.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction

from yimen.base.access.officer import TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Refused
from yimen.base.files import desk as files
from yimen.base.offices import queries as offices
from yimen.base.refs import new_ref
from yimen.base.runs.desk import Tell, quiet
from yimen.casework.monthclose.platform import acts, queries
from yimen.casework.monthclose.platform.entries import PlatformSource
from yimen.gateways.ledgers import incoming, table
from yimen.gateways.ledgers.cells import shown as text_of
from yimen.gateways.ledgers.kinds import named
from yimen.gateways.ledgers.reading import places_of
from yimen.gateways.ledgers.table import Grid, Head
from yimen.gateways.ledgers.wordings import NOT_TAKEN
from yimen.gateways.platform.parsing import MADE, WANTED
from yimen.gateways.platform.rows import RowReader, Told
from yimen.gateways.platform.words import LABELS, PLATFORM, missing
from yimen.law.platform import programme_of
from yimen.law.terms import Programme

KIND, FILE_CLASS = queries.RUN, "platform"
MAX_BYTES = 20 * 1024 * 1024
LARGE = 3_000
"""Rows above which a file is compared by the worker, with progress, rather than while the officer waits."""
_PEEK, _ROWS = "yimen.gateways.ledgers.parsing:peek_long", "yimen.gateways.platform.parsing:rows"
_PEEK_LIMITS: dict[str, int] = {"seconds": 40, "memory_mb": 1_200}
_ROWS_LIMITS: dict[str, int] = {"seconds": 120, "memory_mb": 1_200}
_ENOUGH = 2
_TITLE_MONTH = re.compile(r"(20\d\d)\s*[年./-]\s*(1[0-2]|0?[1-9])\s*(?:月|$|[^\d])")
UNCLEAR = "从文件名、标题和列名看不出是哪个救助项目。请选择救助项目，或导出带“救助项目”一列的数据。"


@dataclass(frozen=True)
class Choice:
    """A sheet that holds a table: its head, what each column is taken for, a sample of what stands below."""

    name: str
    height: int
    head: Head
    fields: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    title: str = ""

    @property
    def lacking(self) -> list[str]:
        """What every file must tell and no column does."""
        return missing(self.fields)

    @property
    def unknown(self) -> list[str]:
        """Headings that say nothing to us."""
        return [text for text, field in zip(self.head.texts, self.fields, strict=True) if text and not field]

    @property
    def complete(self) -> bool:
        """Whether nothing has to be asked."""
        return not self.unknown and not self.lacking


# -- 1 and 2: the file, its sheets and heads -------------------------------------------------


def upload(officer: Officer, data: bytes, name: str, *, month: str, programme: str = "", township: str = "") -> Any:
    """Keep a file of the platform and begin its reconciliation. Raises Refused with what to do; nothing is kept then."""
    incoming.check(data, MAX_BYTES, "按救助项目分成几份后上传")
    code = acts.known_programme(programme)
    township = township or next(iter(officer.areas(TOWNSHIP_ROLES)), "")
    found = choices_in(data)
    _check_month(found[0], name, month)
    ref = new_ref()
    with transaction.atomic():
        kept = incoming.keep(officer, data, name, file_class=FILE_CLASS, kind=KIND, ref=ref)
        source = PlatformSource(kept.ref, kept.name, hashlib.sha256(data).hexdigest())
        return acts.open_platform(officer, source=source, month=month, programme=code, township=township, ref=ref)


def _check_month(choice: Choice, name: str, month: str) -> None:
    """Refuse a file whose own title or name says another month."""
    for text in (choice.title, name, choice.name):
        months = {f"{year}-{int(number):02d}" for year, number in _TITLE_MONTH.findall(text)}
        if months and month not in months:
            told = "、".join(sorted(months))
            raise Refused(
                f"文件写的是 {told}，选的月份是 {month}。请核对月份，或换成对应月份的文件。", "month", 422, "month"
            )


def choices_in(data: bytes, remembered: Mapping[str, Sequence[str]] | None = None) -> list[Choice]:
    """The sheets that hold a table, each with its columns as the district set them before, else as customary."""
    found = []
    for grid in incoming.opened(data, _PEEK, _PEEK_LIMITS):
        head = table.find_head(grid.rows, PLATFORM, _ENOUGH) if grid.name.strip() not in incoming.ABOUT else None
        if head is not None:
            found.append(_choice(grid, head, remembered or {}))
    if not found:
        raise Refused(
            "没有找到表头：前 30 行里至少要有户主姓名、身份证号和别的列名。请直接上传从平台导出的 Excel，不要改动表头。",
            "no_head",
            422,
            "file",
        )
    return found


def _choice(grid: Grid, head: Head, remembered: Mapping[str, Sequence[str]]) -> Choice:
    title = " ".join(dict.fromkeys(text_of(cell) for row in grid.rows[: head.first] for cell in row))
    kept = list(remembered.get(signature(head), ()))
    fields = tuple(kept if len(kept) == len(head.fields) else head.fields)
    below = [row for row in grid.rows[head.last + 1 :] if not table.is_blank(row)][:3]
    sample = tuple(tuple(incoming.sample(row, column) for row in below) for column in range(len(head.texts)))
    return Choice(grid.name, grid.height, head, fields, sample, title[:200])


def signature(head: Head) -> str:
    """Under which the district's own meaning of these headings is kept."""
    return hashlib.sha256(table.signature(head).encode()).hexdigest()


def content_of(run: Any) -> bytes:
    """The file of a run as it was handed in."""
    return incoming.content(run.file_ref, "这次对账")


def choices(run: Any) -> list[Choice]:
    """The sheets of a run's file, with what its district remembers of such headings."""
    return choices_in(content_of(run), queries.heads_of(run.township_id))


def is_offered(field: str) -> bool:
    """Whether a field is one that a column may be given."""
    return field in {"", NOT_TAKEN} or field in LABELS


# -- 3: the comparison -----------------------------------------------------------------------


def compare(officer: Officer, run: Any, sheet: str = "", fields: Sequence[str] = (), tell: Tell = quiet) -> Any:
    """Hold the chosen sheet (by default the first, or the one compared before) against our month.

    ``fields`` are the meanings of the columns as the officer set them; they are remembered for the district.
    """
    found = choices(run)
    wanted = sheet or run.sheet or found[0].name
    shown = next((one for one in found if one.name == wanted), None)
    if shown is None:
        raise Refused("没有这张工作表，请重新选择。", "no_sheet", 422, "sheet")
    # What an officer has looked at and left open is not compared, and not asked again.
    meaning = [field or NOT_TAKEN for field in fields] if fields else list(shown.fields)
    if len(meaning) != len(shown.head.texts) or not all(map(is_offered, meaning)):
        raise Refused("有的列没有选对，请从列表中选择。", "columns", 422)
    if lacking := missing(meaning):
        raise Refused(
            f"还没有指明这些列：{'、'.join(lacking)}。请在对应的列上选择；文件里没有的请重新从平台导出。",
            "missing",
            422,
        )
    _check_twice(meaning)
    if list(shown.fields) != meaning:
        acts.keep_heads(officer, run, signature=signature(shown.head), fields=meaning)
    with _rows_of(content_of(run), shown, meaning) as (answer, lines):
        return _compared(officer, run, shown, meaning, answer, lines, tell)


def _check_twice(fields: Sequence[str]) -> None:
    twice = {field for field in fields if field not in {"", NOT_TAKEN} and fields.count(field) > 1}
    if twice:
        told = "、".join(LABELS[field] for field in sorted(twice))
        raise Refused(f"这些内容选在了几列上：{told}。每项只能对应一列，其余请选“不比对”。", "twice", 422)


def _compared(
    officer: Officer,
    run: Any,
    shown: Choice,
    meaning: Sequence[str],
    answer: dict[str, Any],
    lines: Iterator[tuple[int, list[Any]]],
    tell: Tell,
) -> Any:
    programmes = _programmes(run, shown, meaning, answer)
    villages = [(area.name, area.code) for area in offices.villages(run.township_id)]
    reader = RowReader(
        [field for field in meaning if field not in {"", NOT_TAKEN}],
        places_of(run.township.name, villages),
        run.month,
        programmes[0] if len(programmes) == 1 else "",
        known_area=not (settings.YIMEN_DEMO or settings.YIMEN_TESTING),
        wanted=programmes,
    )
    facts = {"sheet": shown.name, "columns": list(shown.head.texts), "fields": list(meaning)}
    return acts.compare(
        officer,
        run,
        rows=reader.rows(lines),
        total=answer["rows"],
        programmes=programmes,
        facts=facts,
        skipped=lambda: _skipped(answer["skipped"], reader.told),
        tell=tell,
    )


def _skipped(first: Sequence[Sequence[Any]], told: Told) -> list[dict[str, Any]]:
    """Rows left out with the reason: sums and notes first, then other assistance; a word on members and masked accounts."""
    rows = [{"row": number, "why": why} for number, why in (*first, *told.skipped)]
    if told.members:
        rows.append({"row": 0, "why": f"{told.members} 行是其他成员，只取户主一行比对。"})
    if told.masked:
        rows.append({"row": 0, "why": f"{told.masked} 行的银行账号打了码，没有比对账号。"})
    return rows


def _programmes(run: Any, shown: Choice, meaning: Sequence[str], answer: dict[str, Any]) -> list[str]:
    """Of which assistance the file is: as chosen, as its column says, else as its name and title say."""
    if run.programme:
        return [run.programme]
    if "programme" in meaning:
        found = {str(kind) for word in answer["words"] if (kind := programme_of(word))}
        if not found:
            raise Refused(
                "“救助项目”一列里没有低保、特困、低保边缘、刚性支出中的任何一项，请核对列的对应。", "kind", 422
            )
        return sorted(found)
    told = named(f"{run.file_name} {shown.name} {shown.title}")
    if len(told) != 1:
        raise Refused(UNCLEAR, "kind", 422, "programme")
    return [str(Programme(next(iter(told))))]


@contextmanager
def _rows_of(
    data: bytes, shown: Choice, meaning: Sequence[str]
) -> Iterator[tuple[dict[str, Any], Iterator[tuple[int, list[Any]]]]]:
    """What the child says of the sheet, and its rows one after the other; both are gone with the block."""
    columns = [at for at, field in enumerate(meaning) if field not in {"", NOT_TAKEN}]
    wanted = {
        "sheet": shown.name,
        "first": shown.head.first,
        "last": shown.head.last,
        "texts": shown.head.texts,
        "columns": columns,
        "people": [at for at, field in enumerate(meaning) if field in {"head_name", "head_identity"}],
        "count": meaning.index("programme") if "programme" in meaning else -1,
    }
    with TemporaryDirectory(prefix="yimen-") as place:
        path = Path(place) / "platform.xlsx"
        path.write_bytes(data)
        path.with_name(WANTED).write_text(json.dumps(wanted, ensure_ascii=False), "utf-8")
        try:
            answer = files.parse_limited(_ROWS, path, **_ROWS_LIMITS)
        except files.BadFile as bad:
            raise Refused(str(bad), "bad_file", 422, "file") from bad
        with path.with_name(MADE).open(encoding="utf-8") as lines:
            yield answer, _lines(lines)


def _lines(source: Any) -> Iterator[tuple[int, list[Any]]]:
    for line in source:
        number, cells = json.loads(line)
        yield number, cells


__all__ = [
    "KIND", "LARGE", "MAX_BYTES", "Choice", "choices", "choices_in", "compare", "content_of", "is_offered", "signature", "upload",
]  # fmt: skip
