"""工作日历 (S32): the year's holidays and make-up days with their source; years without a notice are provisional."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.offices import queries as offices
from yimen.base.offices.models import CalendarDay, CalendarYear
from yimen.base.powers import acts
from yimen.desks.district.doing import may, roles_of
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import EVERY_ROLE, route
from yimen.desks.shared.shapes import Block, Day, Empty, Fact, Link, Month, Page, Row, Section, Table, Tag
from yimen.desks.shared.typed import whole
from yimen.law.calendar import Calendar, shipped_notices, today

_OURS = "本区登记"
_KINDS = {"holiday": "放假", "makeup": "调休上班", "work": "工作日", "rest": "周末"}
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def kind_of(day: date, days: Calendar) -> str:
    """work, rest, holiday or makeup."""
    if day in days.makeup_days:
        return "makeup"
    if day in days.holidays:
        return "holiday"
    return "work" if days.is_working_day(day) else "rest"


def _day(day: date, days: Calendar, own: Mapping[date, CalendarDay], editing: bool) -> Day:
    kind = kind_of(day, days)
    entry = own.get(day)
    word = {"holiday": "休", "makeup": "班"}.get(kind, "")
    title = f"{entry.name}（{entry.document}）" if entry else _KINDS[kind]
    url = reverse("district:calendar_day", args=[day.isoformat()]) if editing else ""
    return Day(day.day, kind, word, url, day == today(), title)


def _months(year: int, days: Calendar, own: Mapping[date, CalendarDay], editing: bool) -> list[Month]:
    provisional = year not in days.published_years
    grid = gregorian.Calendar()
    return [
        Month(
            f"{month} 月",
            [
                [_day(day, days, own, editing) if day.month == month else None for day in week]
                for week in grid.monthdatescalendar(year, month)
            ],
            provisional,
        )
        for month in range(1, 13)
    ]


def _sources(year: int) -> str:
    """The documents that the year's days rest on."""
    shipped = [notice.document or notice.title for notice in shipped_notices() if notice.year == year]
    own = list(CalendarYear.objects.filter(year=year).order_by("year").values_list("document", flat=True))
    return "；".join(dict.fromkeys([*shipped, *own]))


def _same(one: date, other: date, days: Calendar, own: Mapping[date, CalendarDay]) -> bool:
    entries = [(entry.name, entry.document) if (entry := own.get(day)) else None for day in (one, other)]
    return kind_of(one, days) == kind_of(other, days) and entries[0] == entries[1]


def _runs(special: Sequence[date], days: Calendar, own: Mapping[date, CalendarDay]) -> list[tuple[date, date]]:
    """Days in a row of one kind, name and source as one stretch."""
    found: list[tuple[date, date]] = []
    for day in special:
        last = found[-1][1] if found else None
        if last is not None and (day - last).days == 1 and _same(last, day, days, own):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _weekday(day: date) -> str:
    return f"星期{'一二三四五六日'[day.weekday()]}"


def _change_row(first: date, last: date, days: Calendar, entry: CalendarDay | None, source: str) -> Row:
    kind = kind_of(first, days)
    tag = Tag({"holiday": "blue", "makeup": "amber"}.get(kind, "neutral"), _KINDS[kind])
    alone = first == last
    span = f"{first}" if alone else f"{first} 至 {last}"
    week = _weekday(first) if alone else f"{_weekday(first)}至{_weekday(last)}"
    name, document = (entry.name, entry.document) if entry else ("—", source)
    return Row([span, week, (last - first).days + 1, tag, name, document, _OURS if entry else "随系统提供"])


def _changes(year: int, days: Calendar, own: Mapping[date, CalendarDay]) -> list[Block]:
    source = next((notice.document or "" for notice in shipped_notices() if notice.year == year), "")
    special = sorted(day for day in days.holidays | days.makeup_days | frozenset(own) if day.year == year)
    rows = [_change_row(first, last, days, own.get(first), source) for first, last in _runs(special, days, own)]
    empty = Empty(f"{year} 年还没有登记放假和调休。国务院办公厅公布放假安排后请在这里登记。")
    table = Table(["日期", "星期", "天数", "种类", "名称", "依据文件", "来源"], rows, label="放假和调休", empty=empty)
    return [Block("放假和调休", table=table)]


def _own_days(year: int) -> dict[date, CalendarDay]:
    rows = CalendarDay.objects.filter(day__year=year).order_by("day")
    return {row.day: row for row in rows}


def _years(chosen: int, days: Calendar) -> list[Link]:
    now = today().year
    years = sorted({*days.published_years, now, now + 1, chosen})
    return [
        Link(
            f"{year} 年",
            f"{reverse('district:calendar')}?year={year}",
            current=year == chosen,
            count="" if year in days.published_years else "暂定",
        )
        for year in years
    ]


@route("calendar.read", "calendar", "none", EVERY_ROLE)
def calendar(request: HttpRequest) -> HttpResponse:
    """The year as a grid; the days rest on the State Council's notice and the district's own entries."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    asked = whole(request.GET.get("year", ""), _LAST_YEAR) or 0
    year = asked if asked >= _FIRST_YEAR else today().year
    days, own = offices.working_calendar(), _own_days(year)
    editing = may(officer, "set_calendar_day")
    published = year in days.published_years
    return show(
        request,
        "district/calendar.html",
        page=Page(
            "工作日历",
            "法定时限按工作日计算，以国务院办公厅的放假安排为准。"
            + ("点某一天可以登记放假或调休。" if editing else ""),
            tags=[] if published else [Tag("neutral", f"{year} 年暂定")],
        ),
        years=_years(year, days),
        months=_months(year, days, own, editing),
        document=_sources(year) if published else "",
        changes=_changes(year, days, own),
    )


class DayForm(forms.Form):
    """What a day is, by which document."""

    kind = forms.ChoiceField(
        label="这一天",
        choices=[("free", "放假"), ("working", "调休上班"), ("none", "撤销本区登记，按随系统提供的安排")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择这一天放假还是上班。"},
    )
    name = forms.CharField(label="名称", max_length=40, required=False, help_text="例如：元旦。")
    document = forms.CharField(
        label="依据文件",
        max_length=120,
        help_text="国务院办公厅放假通知的文号。",
        error_messages={"required": "请填写国务院办公厅放假通知的文号。"},
    )
    closes_year = forms.BooleanField(
        label="这一年的放假安排已全部登记",
        required=False,
        help_text="勾选后这一年的期限不再标“暂定”。",
    )


_WORKING = {"free": False, "working": True, "none": None}
_SET = roles_of("set_calendar_day")


def _crumbs(year: int) -> list[Link]:
    return [Link("工作日历", f"{reverse('district:calendar')}?year={year}")]


@route("calendar.set", "calendar", "none", _SET, ("GET", "POST"))
def day(request: HttpRequest, day: str) -> HttpResponse:
    """Enter, change or take back one day; the last one closes its year."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    own = _own_days(chosen.year)
    entry = own.get(chosen)
    days = offices.working_calendar()
    initial = _initial(chosen, entry)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [
            Section("day", f"{chosen}（星期{'一二三四五六日'[chosen.weekday()]}）", form=DayForm(data, initial=initial))
        ]

    def run(sections: Sequence[Section]) -> str:
        given = sections[0].form.cleaned_data if sections[0].form else {}
        acts.set_calendar_day(
            officer,
            day=chosen,
            working=_WORKING[given["kind"]],
            name=given["name"],
            document=given["document"],
            closes_year=given["closes_year"],
        )
        return f"{reverse('district:calendar')}?year={chosen.year}"

    head = Page(
        "登记放假或调休", "改动只影响以后起算的期限；已起算的期限保留原来的到期日。", crumbs=_crumbs(chosen.year)
    )
    facts = [
        Fact("现在是", _KINDS[kind_of(chosen, days)]),
        Fact("依据", entry.document if entry else _sources(chosen.year) or "没有放假安排，按周末推算"),
    ]
    cancel = Link("返回日历", f"{reverse('district:calendar')}?year={chosen.year}")
    return ActPage(head, build, run, "登记", cancel=cancel, aside=[Block(f"{chosen}", facts=facts)]).answer(request)


def _initial(chosen: date, entry: CalendarDay | None) -> dict[str, Any]:
    if entry is None:
        latest = CalendarDay.objects.filter(day__year=chosen.year).order_by("-day").first()
        return {"kind": "free", "document": latest.document if latest else ""}
    return {"kind": "working" if entry.working else "free", "name": entry.name, "document": entry.document}
