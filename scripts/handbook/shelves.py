"""What the handbook is made of: shelves, booklets, chapters, in the order of reading; everything else follows this table.

A chapter's source is a file of the repository, readable where the repository is browsed; its page is the name given here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HANDBOOK = "docs/handbook"
START = f"{HANDBOOK}/README.md"
# Pages of the developers' shelf that are found, not listed: formats, decisions.
HOW, DECISIONS = "docs/how", "docs/decisions"


@dataclass(frozen=True)
class Booklet:
    """A folder of docs/handbook: README.md and chapters, made into pages below ``name``/ and, if ``printed``, ``name``.pdf."""

    name: str
    title: str
    chapters: tuple[str, ...]
    printed: bool = True


@dataclass(frozen=True)
class Shelf:
    """A row of booklets."""

    title: str
    booklets: tuple[Booklet, ...]


SHELVES = (
    Shelf(
        "使用手册",
        (
            Booklet(
                "clerk", "乡街经办",
                ("common", "queue", "apply", "consent", "materials", "relatives", "check", "comparison", "acceptance", "visit",
                 "programmes", "appraisal", "opinion", "notice", "decided", "papers", "ledgers", "awards", "recertify", "changes",
                 "recovery", "relief", "months", "monthly", "platform", "foreign", "payments", "banks", "closing",
                 "lists", "keyboard", "search", "messages"),
            ),
            Booklet("head", "乡街负责人", ("decide", "changes", "other")),
            Booklet("village", "村（社区）协理", ("visits", "posting", "applying")),
            Booklet(
                "district", "区级",
                ("checks", "comparison", "overview", "charts", "deciding", "delegations", "figures",
                 "uplift", "additions", "closing", "funds", "banks", "calendar", "public"),
            ),
        ),
    ),
    Shelf(
        "管理员手册",
        (
            Booklet("administrator", "管理员手册",
                    ("install", "settings", "users", "backup", "upgrade", "commands", "postgresql", "record", "bench",
                     "batch", "errors", "changelog")),
        ),
    ),
    Shelf(
        "政策与算法",
        (
            Booklet("policy", "政策与算法",
                    ("members", "income", "deductions", "support", "property", "single", "amount", "category",
                     "tekun", "edge", "rigid", "assess", "after", "unset", "procedure", "clocks", "figures", "reckon-file")),
        ),
    ),
    Shelf("开发者", (Booklet("developer", "开发者", ("house", "tables", "routes"), printed=False),)),
    Shelf("词汇表", (Booklet("glossary", "词汇表", (), printed=False),)),
)  # fmt: skip

# Chapters whose source stands elsewhere.
ELSEWHERE = {
    "administrator/settings": f"{HOW}/settings.md",
    "administrator/postgresql": f"{HOW}/postgresql.md",
    "administrator/record": f"{HOW}/record.md",
    "administrator/changelog": "CHANGELOG.md",
    "policy/reckon-file": f"{HOW}/reckon-file.md",
}


def booklets() -> Iterator[Booklet]:
    """All of them, shelf by shelf."""
    for shelf in SHELVES:
        yield from shelf.booklets


@cache
def _found() -> dict[str, str]:
    """What the developers' shelf holds besides its chapters: every other page of docs/how and docs/decisions.

    Looked at once: a page that somebody adds meanwhile waits for the next build.
    """
    pages = {"developer/contributing": "CONTRIBUTING.md", "developer/map": "docs/plan/map.md"}
    taken = set(ELSEWHERE.values())
    for path in sorted((ROOT / HOW).glob("*.md")):
        if f"{HOW}/{path.name}" not in taken:
            pages[f"developer/{path.stem}"] = f"{HOW}/{path.name}"
    for path in sorted((ROOT / DECISIONS).glob("*.md")):
        pages[f"developer/decisions/{'index' if path.stem == 'README' else path.stem}"] = f"{DECISIONS}/{path.name}"
    return pages


def contents() -> dict[str, list[str]]:
    """Per booklet the pages in order, its first page first."""
    found = {
        booklet.name: [f"{booklet.name}/index", *(f"{booklet.name}/{chapter}" for chapter in booklet.chapters)]
        for booklet in booklets()
    }
    found["developer"] += _found()
    return found


def sources() -> dict[str, str]:
    """Page → file of the repository, for every page of the handbook."""
    pages = {"index": START}
    for booklet in booklets():
        pages[f"{booklet.name}/index"] = f"{HANDBOOK}/{booklet.name}/README.md"
        for chapter in booklet.chapters:
            page = f"{booklet.name}/{chapter}"
            pages[page] = ELSEWHERE.get(page, f"{HANDBOOK}/{page}.md")
    return pages | _found()
