"""What goes out again: the template to fill, and the rows that were not taken with the reason beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yimen.base.exports.writer import Head, Sheet, workbook
from yimen.base.offices import queries as offices
from yimen.casework.awards import ledger_queries as queries
from yimen.gateways.ledgers import door, table
from yimen.law.calendar import now
from yimen.law.terms import Relation

REASON = "错误原因"
LEDGER, ABOUT, EXAMPLE = "台账", "说明", "示例"
_COLUMNS: tuple[tuple[str, int, str], ...] = (
    ("村（社区）", 14, "每户必填一次，写系统中的名称。"),
    ("组（楼栋）", 12, "可以不填。"),
    ("户主姓名", 12, "每一行都写本户户主；户主姓名变了，就是下一户。"),
    ("姓名", 12, "一人一行，户主本人也占一行；少数民族姓名用“·”。"),
    ("身份证号", 22, "18位完整号码，文本格式。末尾变成 000 或写成 E+17 的已被截断，不能导入。"),
    ("与户主关系", 12, "户主写“本人”，其余写配偶、子女、父母、孙子女、兄弟姐妹、其他等。"),
    ("是否保障", 10, "写“是”或“否”；不写的按保障人数核对。"),
    ("保障人数", 10, "本户享受保障的人数，写在户主那一行。"),
    ("保障类别", 10, "写在户主那一行，如 A、B、C。"),
    ("月保障金额（元）", 16, "本户每月的总金额，写在户主那一行，最多两位小数。"),
    ("起始月份", 12, "开始享受的月份，如 2024-03 或 2024年3月。"),
    ("下次复核日期", 14, "可以不填；不填的从起始月份起按类别的复核间隔推算。"),
    ("联系电话", 14, "可以不填。"),
    ("开户人", 12, "可以不填，不填视为户主。以后更换账号时，开户人须是本户成员。"),
    ("开户银行", 20, "可以不填。"),
    ("银行账号", 24, "文本格式，开头的 0 保留。数字格式的不能导入。"),
)
_RULES = (
    ("怎样填", "一人一行，同一户连续写；村、保障人数、类别、金额、起始月份、账号等只写在户主那一行。"),
    ("也可以", "直接上传现有台账：列名写法、标题行、合计行、合并的表头都能认；不认识的列会列出来请您指明。"),
    ("再次导入", "改过的台账可以再次上传，只改变动的格子；台账里没有的列、空着的格子不改动系统里的内容。"),
    ("不会导入", "本系统确认的家庭的类别、金额、成员和月份，停保后的家庭，正在申请的家庭。"),
)
_NUMBER = "（18位号码）"
_BANK = ("张某某", "示例农村商业银行", "（文本格式的账号）")
_EMPTY = ("",) * 5
_EXAMPLE = (
    ("示例社区", "3组", "张某某", "张某某", _NUMBER, "本人", "是", "2", "B", "620.00", "2024-03", "", "", *_BANK),
    ("", "", "张某某", "李某某", _NUMBER, "配偶", "是", "", "", "", "", *_EMPTY),
    ("示例社区", "5组", "王某某", "王某某", _NUMBER, "本人", "是", "1", "A", "465.00", "2021年7月", *_EMPTY),
)


def template(township: str, categories: Sequence[str]) -> bytes:
    """The empty ledger of a township with its villages and categories to choose from, and a sheet that explains."""
    heads = [Head(text, width=width) for text, width, _ in _COLUMNS]
    names = [area.name for area in offices.villages(township)]
    relations = [relation.label for relation in Relation if relation is not Relation.GRANDCHILD]
    lists = {0: names, 5: relations, 6: ["是", "否"], 8: list(categories)}
    # A list in a cell may hold 255 signs; a township with more villages types the name.
    lists = {column: options for column, options in lists.items() if 0 < len(",".join(options)) <= 255}
    about = [*_RULES, *[(text, how) for text, _, how in _COLUMNS]]
    return workbook(
        [
            Sheet(LEDGER, heads, (), lists=lists),
            Sheet(ABOUT, pairs=about),
            Sheet(EXAMPLE, [Head(text, width=width) for text, width, _ in _COLUMNS], _EXAMPLE),
        ],
        now(),
    )


def errors_file(run: Any) -> bytes:
    """The rows of a run's own file that were not taken, as they stood, each with its reason in a last column."""
    lines = list(queries.refused_lines(run))
    grids = {grid.name: grid for grid in door.sheets_of(run)}
    first = grids[run.sheets[0]] if run.sheets else next(iter(grids.values()))
    head = table.find_head(first.rows)
    texts = list(head.texts) if head else []
    kept = [column for column, text in enumerate(texts) if text and text != REASON]
    rows = [row for line in lines for row in _rows(line, grids, kept)]
    heads = [Head(texts[column]) for column in kept]
    return workbook([Sheet("错误行", [*heads, Head(REASON, width=60)], rows, wrap=True)], now())


def _rows(line: Any, grids: dict[str, table.Grid], kept: Sequence[int]) -> list[list[str]]:
    entry = line.entry
    grid = grids.get(entry["sheet"])
    reason = line.reason or "；".join(f"{column}：{sentence}" for column, sentence in line.problems)
    made = []
    for number in range(entry["first"], entry["last"] + 1):
        row = grid.rows[number - 1] if grid and number <= len(grid.rows) else []
        if table.is_blank(row):
            continue
        texts = [table.shown(row[column]) if column < len(row) else "" for column in kept]
        made.append([*[text.removesuffix(" 00:00:00") for text in texts], reason if not made else ""])
    return made
