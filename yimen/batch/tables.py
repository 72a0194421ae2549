"""The Parquet tables of the batch: every column with its type and meaning. What does not fit is refused, never cast.

Money is whole fen in 64 bits. A table is a folder with one folder per county (``county=990101``), so that whoever reads one
county opens one folder. Lists and facts are JSON text: the law reads them itself, and the text is the same for everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

FORM = b"1"
"""The form of the tables; another number is refused."""
WHOLE = "_SUCCESS"
"""The file that tells that a table is whole, as Spark writes it."""
COUNTY = "county"
COUNTY_DIGITS = 6

TEXT, FEN, COUNT, YES, DAY = pa.string(), pa.int64(), pa.int32(), pa.bool_(), pa.date32()
NAMES = {TEXT: "text", FEN: "int64", COUNT: "int32", YES: "bool", DAY: "date32"}


class BadTable(ValueError):
    """A table that cannot be used: ``sentence`` says in Chinese what is wrong and what to do."""

    @property
    def sentence(self) -> str:
        """What the command prints."""
        return str(self)


@dataclass(frozen=True)
class Column:
    """A column; ``empty`` where it may hold nothing."""

    name: str
    kind: pa.DataType
    words: str
    empty: bool = False


@dataclass(frozen=True)
class Table:
    """A table by its name; ``by_county`` where it lies in folders by county."""

    name: str
    words: str
    columns: tuple[Column, ...]
    by_county: bool = True

    @cached_property
    def schema(self) -> pa.Schema:
        """What its rows are in memory, the county among them."""
        fields = [pa.field(each.name, each.kind, nullable=each.empty) for each in self.columns]
        return pa.schema(fields, metadata={b"yimen": self.name.encode(), b"form": FORM})

    @cached_property
    def stored(self) -> pa.Schema:
        """What its files hold: the county is the name of their folder."""
        at = self.schema.get_field_index(COUNTY)
        return self.schema.remove(at) if self.by_county else self.schema


_COUNTY = Column(COUNTY, TEXT, "6-digit code of the county or district")
_AWARD = Column("award", TEXT, "reference of the award")
_PROGRAMME = Column("programme", TEXT, "law.terms.Programme")
_URBAN = Column("urban", YES, "urban (true) or rural standard")
_MONTH = Column("month", TEXT, "the month, 2026-11")
_PROBLEM = Column("problem", TEXT, "why nothing could be reckoned, in Chinese; empty where it could")


def _fen(name: str, words: str, *, empty: bool = False) -> Column:
    return Column(name, FEN, f"fen: {words}", empty)


FIGURES = Table(
    "figures",
    "the figures (parameters) that the awards are reckoned by, as numbered books",
    (
        Column("book", COUNT, "number of the book, named by awards.book"),
        Column("position", COUNT, "place in the book; of equal figures the later one wins"),
        Column("key", TEXT, "key of the figure, law.standards"),
        Column("value", TEXT, "JSON; money is whole fen"),
        Column("unit", TEXT, "unit, e.g. fen/month"),
        Column("area", TEXT, "code of the area that it holds in"),
        Column("valid_from", DAY, "first day in force", empty=True),
        Column("valid_to", DAY, "last day in force", empty=True),
        Column("document", TEXT, "the document that sets it"),
        Column("confidence", TEXT, "law.standards.CONFIDENCE_LABELS; what is unconfirmed decides nothing"),
        Column("note", TEXT, "note"),
        Column("since_text", TEXT, "what the source prints as the first day"),
    ),
    by_county=False,
)

AWARDS = Table(
    "awards",
    "awards to be reckoned again: law.again.Asked",
    (
        _COUNTY,
        _AWARD,
        _PROGRAMME,
        Column("facts", TEXT, "JSON of law.rules.facts_form; nothing for 特困", empty=True),
        Column("areas", TEXT, "codes of the areas, near to far, by commas"),
        _URBAN,
        Column("on", DAY, "the day of rules and figures"),
        Column("single", YES, "单人保"),
        Column("person", TEXT, "reference of the one person of 特困 or 单人保"),
        Column("level", TEXT, "law.terms.SelfCare, of 特困"),
        Column("form", TEXT, "law.terms.SupportForm, of 特困"),
        Column("taken", TEXT, "references of members on another award of the decision, by commas"),
        Column("reason", TEXT, "why one person applies alone"),
        Column("recognised", YES, "whether the recognition of the household runs"),
        _fen("amount_fen", "the ledger's amount from which the income is worked back", empty=True),
        Column("amount_on", DAY, "the day of that amount", empty=True),
        Column("amount_urban", YES, "its standard", empty=True),
        Column("amount_cover", TEXT, "references of those whom it covers, by commas", empty=True),
        Column("amount_book", COUNT, "the book of its day", empty=True),
        Column("book", COUNT, "the book to reckon by"),
        _fen("stored_fen", "the amount in the register, to be held against", empty=True),
    ),
)

RECKONED = Table(
    "reckoned",
    "what came of each award: law.again.Found",
    (
        _COUNTY,
        _AWARD,
        Column("eligible", YES, "whether it holds by rules and figures of its day"),
        _fen("amount_fen", "a month"),
        Column("category", TEXT, "A, B or C of dibao"),
        Column("cover", TEXT, "JSON: pairs of a person's reference and his supplement in fen"),
        Column("conditions", TEXT, "conditions that do not hold, in Chinese, by ；"),
        Column("explained", TEXT, "SHA-256 of the whole explanation; empty where there is none"),
        _PROBLEM,
        _fen("stored_fen", "as asked", empty=True),
    ),
)

DUES = Table(
    "dues",
    "what is due in a month, from which lines of the roll are made",
    (
        _COUNTY,
        _AWARD,
        _PROGRAMME,
        _URBAN,
        _MONTH,
        _fen("monthly_fen", "the amount of the month"),
        _fen("supplement_fen", "supplements in it"),
        Column("parts", TEXT, "JSON: kind (law.payments.terms.PartKind), month, fen; empty for none"),
        _fen("stored_fen", "what the frozen line pays, to be held against", empty=True),
    ),
)

LINES = Table(
    "lines",
    "lines of the roll: law.payments.line.Amounts",
    (
        _COUNTY,
        _AWARD,
        _PROGRAMME,
        _URBAN,
        _MONTH,
        _fen("base_fen", "the month without supplements"),
        _fen("supplement_fen", "supplements"),
        _fen("addition_fen", "paid on top"),
        _fen("arrears_fen", "for months before"),
        _fen("recovery_fen", "taken back"),
        _fen("total_fen", "what the bank is told to pay"),
        _PROBLEM,
        _fen("stored_fen", "as asked", empty=True),
    ),
)

FILED = Table(
    "filed",
    "rows of filed months, one per award and month",
    (
        _COUNTY,
        _AWARD,
        _MONTH,
        _PROGRAMME,
        _URBAN,
        Column("standing", TEXT, "law.aftercare.movement.Standing; only what is due is counted"),
        Column("persons", COUNT, "persons covered"),
        _fen("paid_fen", "what the bank has paid"),
    ),
)

COUNTED = Table(
    "counted",
    "counts of filed rows by county, month, programme, urban or rural",
    (
        _COUNTY,
        _MONTH,
        _PROGRAMME,
        _URBAN,
        Column("households", FEN, "awards"),
        Column("persons", FEN, "persons"),
        _fen("fen", "paid"),
    ),
)

OFFICIAL = Table(
    "official",
    "the official table by county and for all of them: law.statistics (without 临时救助, which is no filed row)",
    (
        _COUNTY,
        _MONTH,
        Column("row", TEXT, "law.statistics.TableRow"),
        Column("households", FEN, "households"),
        Column("persons", FEN, "persons"),
        _fen("fen", "paid"),
        Column("hundredths", FEN, "spend as shown, in hundredths of ten thousand yuan, half up"),
        Column("average", FEN, "yuan a person, from the spend as shown", empty=True),
    ),
    by_county=False,
)

TABLES = {each.name: each for each in (FIGURES, AWARDS, RECKONED, DUES, LINES, FILED, COUNTED, OFFICIAL)}


# -- holding rows against a table --------------------------------------------------------------


def checked(rows: pa.RecordBatch, table: Table) -> pa.RecordBatch:
    """The rows, if they are the table's: same columns, types, nothing empty that may not be. Raises BadTable."""
    for column in table.columns:
        at = rows.schema.get_field_index(column.name)
        if at < 0 or rows.schema.field(at).type != column.kind:
            raise BadTable(
                f"数据表 {table.name} 的列 {column.name} 缺少或者类型不是 {NAMES[column.kind]}，请按说明重新导出。"
            )
        if not column.empty and rows.column(at).null_count:
            raise BadTable(f"数据表 {table.name} 的列 {column.name} 有空值，请按说明重新导出。")
    if rows.num_columns != len(table.columns):
        raise BadTable(f"数据表 {table.name} 有多余的列，请按说明重新导出。")
    return rows


def files(folder: Path, table: Table) -> list[tuple[str, Path]]:
    """County and path of every file of a table, in their order; all of them hold what the table says. Raises BadTable."""
    place = folder / table.name
    if not (place / WHOLE).is_file():
        raise BadTable(f"{place} 没有写完或者不存在，请重新导出或者重新运行。")
    found = [(path.parent.name.removeprefix(f"{COUNTY}=") if table.by_county else "", path) for path in _parquet(place)]
    for county, path in found:
        if table.by_county and not (county.isdigit() and len(county) == COUNTY_DIGITS):
            raise BadTable(f"{path.parent} 不是“{COUNTY}=6 位代码”这样的文件夹，请按说明重新导出。")
        _check_file(path, table)
    return found


def _parquet(place: Path) -> Iterator[Path]:
    return iter(sorted(place.rglob("*.parquet")))


def _check_file(path: Path, table: Table) -> None:
    try:
        held = pq.read_schema(path)
    except (pa.ArrowInvalid, OSError) as why:
        raise BadTable(f"{path} 不是完整的 Parquet 文件，请重新导出。") from why
    form = (held.metadata or {}).get(b"form", FORM)  # Spark keeps no words of ours in what it writes
    same = [(each.name, each.type) for each in held] == [(each.name, each.type) for each in table.stored]
    if form != FORM or not same:
        raise BadTable(f"{path} 的列与数据表 {table.name} 的规定不一致，请按说明重新导出。")


def present(folder: Path, table: Table) -> bool:
    """Whether a folder holds a table at all."""
    return (folder / table.name).is_dir()
