"""A list as a file: the page is opened once more, unpaged, as the same officer, and its tables are written (T9; K23).

Up to 5,000 rows at once; more in the background, portion by portion, with progress.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve

from yimen.base.access.officer import Officer, officer_of
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.exports import desk
from yimen.base.exports.models import Export
from yimen.base.exports.writer import ABOUT, Head, Sheet, Value, XlsxWriter
from yimen.base.jobs import desk as jobs
from yimen.desks.shared.lists.collecting import PORTION, Collecting, TooMany
from yimen.desks.shared.lists.sheets import heads_of, lines, sheet_of
from yimen.desks.shared.lists.tables import tables_of
from yimen.desks.shared.shapes import Table
from yimen.law import calendar

JOB = "export_list"
# The one list that is asked for by a form: what was typed may be a name and stands in no address (T6).
POSTED = frozenset({"search"})
_NO_LIST = "这个页面没有可以导出的名单，或者名单现在是空的。请返回名单页面再试。"


@dataclass(frozen=True)
class Wish:
    """Which page with which view; ``form`` is what was typed on a page that is asked by a form."""

    path: str
    query: str = ""
    form: str = ""

    def plain(self) -> dict[str, str]:
        """As it is kept, sealed, with the export."""
        return {"path": self.path, "query": self.query, "form": self.form}


def open_page(officer: Officer, wish: Wish, wanted: Collecting) -> Collecting:
    """What the page gives to this officer now. Raises Refused or Unknown like the page itself, and TooMany."""
    match = _match(wish)
    request = HttpRequest()
    request.method = "POST" if match.url_name in POSTED else "GET"
    request.path = request.path_info = wish.path
    request.GET, request.POST = QueryDict(wish.query), QueryDict(wish.form)
    request.META = {"SERVER_NAME": "export", "SERVER_PORT": "0"}
    request.user, request.officer = officer.account, officer  # type: ignore[attr-defined]
    request.number, request.htmx = officer.request_id, False  # type: ignore[attr-defined]
    request.resolver_match = match
    request.collecting = wanted  # type: ignore[attr-defined]
    match.func(request, *match.args, **match.kwargs)
    if not tables_of(wanted.context) and (wanted.portion or 1) == 1:
        raise Refused(_NO_LIST, "no_list", 422)
    return wanted


def _match(wish: Wish) -> ResolverMatch:
    try:
        match = resolve(wish.path)
    except Resolver404:
        raise Unknown(wish.path) from None
    declared = getattr(match.func, "declared", None)
    if declared is None or declared.public:
        raise Refused(_NO_LIST, "no_list", 422)
    return match


# -- asking ------------------------------------------------------------------------------


def take(officer: Officer, wish: Wish, *, full: bool = False, reason: str = "", code: str = "") -> Export:
    """Make the export of a list: finished at once, or handed to the background. Raises Refused."""
    large = False
    try:
        found = open_page(officer, wish, Collecting(full=full))
    except TooMany:
        large = True
        found = open_page(officer, wish, Collecting(portion=1, full=full))
    export = desk.begin(
        officer,
        title=found.context["page"].title,
        asked=wish.plain(),
        words=words_of(found.context),
        full=full,
        reason=reason,
        code=code,
    )
    if large:
        return _in_background(officer, export)
    return _make(officer, export, _Whole(found))


def _in_background(officer: Officer, export: Export) -> Export:
    made = jobs.enqueue(
        JOB,
        args={"export": export.ref},
        staff_id=officer.staff.pk,
        account_id=officer.account.pk,
        office_code=officer.office.area_id,
        once=export.ref,
    )
    export.job_ref = made.ref
    export.save(update_fields=["job_ref"])
    return export


@jobs.job(JOB)
def work(run: jobs.Running) -> dict[str, Any]:
    """The background: as the officer who asked, with the posts of today."""
    export = Export.objects.select_related("account__staff").get(ref=run.args["export"])
    officer = officer_of(export.account)
    try:
        wish = Wish(**export.asked)  # type: ignore[arg-type]
        made = _make(officer, export, _Portions(officer, wish, export.full, run))
    except (Refused, Unknown, ValueError) as problem:
        sentence = getattr(problem, "sentence", str(problem))
        desk.fail(export, sentence)
        raise jobs.JobFailed(sentence) from problem
    return {"export": made.ref, "rows": made.rows}


# -- making ------------------------------------------------------------------------------


class _Whole:
    """A page that fits: everything is there."""

    def __init__(self, found: Collecting) -> None:
        self.context = found.context
        self.total: int | None = None
        self.subjects: list[desk.Subject] = []

    def sheets(self) -> Iterator[Sheet]:
        for name, table in tables_of(self.context):
            self.note(table.rows)
            yield sheet_of(name or self.context["page"].title, table)

    def note(self, rows: Any) -> None:
        self.subjects += [desk.Subject(*each) for row in rows for each in row.reads]


class _Portions(_Whole):
    """A long list, opened portion by portion while it is written; which rows it has was settled at the start."""

    def __init__(self, officer: Officer, wish: Wish, full: bool, run: jobs.Running) -> None:
        self.officer, self.wish, self.full, self.run = officer, wish, full, run
        self.first = open_page(officer, wish, Collecting(portion=1, full=full))
        super().__init__(self.first)
        self.total = self.first.total or 0

    def sheets(self) -> Iterator[Sheet]:
        name, table = tables_of(self.context)[0]
        heads = heads_of(table)
        foot = next(lines([table.foot], heads)) if table.foot else None
        yield Sheet(name or self.context["page"].title, heads, self._lines(name, table, heads), foot=foot)

    def _lines(self, name: str, first: Table, heads: list[Head]) -> Iterator[list[Value]]:
        portion, rows = 1, list(first.rows)
        while True:
            self.note(rows)
            yield from lines(rows, heads)
            done = min(portion * PORTION, self.total)
            self.run.tell(f"已写 {done} 行，共 {self.total} 行", total=self.total, done=done)
            if self.first.keys is None or done >= self.total:
                return
            portion += 1
            rows = self._open(name, portion)

    def _open(self, name: str, portion: int) -> list[Any]:
        wanted = Collecting(portion=portion, full=self.full, keys=self.first.keys)
        again = open_page(self.officer, self.wish, wanted)
        return next((list(table.rows) for told, table in tables_of(again.context) if told == name), [])


def _make(officer: Officer, export: Export, source: _Whole) -> Export:
    at = calendar.now()
    writer = XlsxWriter(at, f"{officer.staff.name} {at:%Y-%m-%d %H:%M} 导出 {export.ref}")
    count, names = 0, set()
    for sheet in source.sheets():
        name = sheet.name if sheet.name not in names else f"{sheet.name[:24]} {len(names) + 1}"
        names.add(name)
        count += writer.add(Sheet(name, sheet.heads, sheet.rows, foot=sheet.foot))
    writer.add(Sheet(ABOUT, pairs=_about(officer, export, source, count)))
    kind = "bank" if export.full else "other"
    return desk.hand_in(officer, export, writer.content(), rows=count, kind=kind, subjects=source.subjects)


def _about(officer: Officer, export: Export, source: _Whole, count: int) -> list[tuple[str, str]]:
    """Definition, filter, time, who, rows; in the demo also that nobody in it exists."""
    numbers = f"完整号码。理由：{export.reason}" if export.full else "与屏幕相同：号码只显示部分"
    left = (source.total or count) - count
    gone = [("变动", f"生成期间有 {left} 行办理后已不在名单里，没有列入。")] if left > 0 else []
    demo = [("演示数据", "均为虚构，不是真实人员。")] if settings.YIMEN_DEMO else []
    return [
        ("名单", export.title),
        ("口径", source.context["page"].purpose or export.title),
        ("筛选", export.words or "全部"),
        ("行数", str(count)),
        *gone,
        ("数据截止", f"{calendar.now():%Y-%m-%d %H:%M}"),
        ("导出人", f"{officer.office.name} {officer.staff.name}"),
        ("号码", numbers),
        ("导出编号", export.ref),
        *demo,
        ("保管", "含个人信息，只用于社会救助工作；用完删除，不得转发（社会救助法第十一条）。"),
    ]


def words_of(context: Mapping[str, Any]) -> str:
    """Tab, filters and search words of a page as they stand, in words."""
    told = [tab.text for tab in context.get("tabs") or () if tab.current]
    for item in context.get("filters") or ():
        label = dict(item.choices).get(item.value, "")
        if item.value and label and label not in told:
            told.append(f"{item.label}：{label}")
    if context.get("asked"):
        told.append(f"搜索：{context['asked']}")
    return "；".join(told)
