"""各乡街办理情况: where work is stuck, and what hides before acceptance (S21, rules on delay)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.offices import queries as offices
from yimen.casework.applications import queries as applications
from yimen.desks.district.doing import readers
from yimen.desks.district.following import after_the_decision
from yimen.desks.district.uplift.register import summary
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Action, Block, Cell, Column, Empty, Link, Page, Row, Table, Tag, Tile
from yimen.desks.shared.work import COLUMNS_DISTRICT, Work, case_url, row_of, work_of
from yimen.law.calendar import first_day, today
from yimen.law.terms import ENDS, Stage

SHOWN = 30
_BEFORE = (Stage.REGISTERED, Stage.SUPPLEMENTING)
COLUMNS = [
    Column("乡街"),
    *(
        Column(text, numeric=True)
        for text in (
            "在办",
            "临期",
            "已超期",
            "已暂停",
            "本月办结",
            "申请到受理（平均天数）",
            "尚未受理最长（天）",
            "不予受理",
            "二次补正",
        )
    ),
]


@dataclass
class Tally:
    """One township counted. Days are calendar days from application to acceptance, of this year's acceptances."""

    works: list[Work] = field(default_factory=list)
    finished: int = 0
    days: list[int] = field(default_factory=list)
    declined: int = 0
    second: int = 0

    @property
    def near(self) -> int:
        return sum(work.near and not work.overdue for work in self.works)

    @property
    def overdue(self) -> int:
        return sum(work.overdue for work in self.works)

    @property
    def paused(self) -> int:
        return sum(work.paused for work in self.works)

    def average(self) -> str:
        """Whole days with one decimal, in integers."""
        if not self.days:
            return "—"
        tenths = (sum(self.days) * 20 + len(self.days)) // (2 * len(self.days))
        return f"{tenths // 10}.{tenths % 10}"

    def longest(self, on: date) -> str:
        waits = [(on - work.application.applied_on).days for work in self.works if _unaccepted(work)]
        return str(max(waits)) if waits else "—"


def _unaccepted(work: Work) -> bool:
    return work.application.accepted_on is None


def second_supplements(officer: Officer) -> Any:
    """Open and ended cases in which a second supplement was asked for, the newest first."""
    counted = applications.visible(officer).annotate(
        second_notices=Count("supplement_notices", filter=~Q(supplement_notices__second_reason=""))
    )
    return counted.filter(second_notices__gt=0).order_by("-id")


def tallies(officer: Officer, works: Sequence[Work], on: date) -> dict[str, Tally]:
    """Every township of the district counted, in a constant number of queries."""
    found = {row.code: Tally() for row in offices.townships(officer.district)}
    for work in works:
        found.setdefault(work.application.township_id, Tally()).works.append(work)
    rows = applications.visible(officer).order_by()
    since, year = first_day(on), on.replace(month=1, day=1)
    ended = Q(stage__in=[*ENDS]) & (Q(decided_on__gte=since) | Q(ended_on__gte=since))
    counted = rows.values_list("township_id").annotate(
        finished=Count("id", filter=ended), declined=Count("id", filter=Q(stage=Stage.DECLINED, ended_on__gte=year))
    )
    for township, finished, declined in counted:
        found[township].finished, found[township].declined = finished, declined
    accepted = rows.filter(accepted_on__gte=year).values_list("township_id", "applied_on", "accepted_on")
    for township, applied_on, accepted_on in accepted:
        found[township].days.append((accepted_on - applied_on).days)
    for township in second_supplements(officer).order_by().values_list("township_id", flat=True):
        found[township].second += 1
    return found


def _count(number: int, tone: str, url: str) -> Cell:
    return Cell(str(number), url, tag=Tag(tone, "需要督办") if number and tone else None)


def _row(name: str, code: str, tally: Tally, on: date) -> Row:
    url = f"{reverse('district:cases')}?tab=all&township={code}"
    return Row(
        [
            Link(name, url),
            len(tally.works),
            tally.near,
            _count(tally.overdue, "red", f"{url}&only=overdue") if tally.overdue else 0,
            tally.paused,
            tally.finished,
            tally.average(),
            tally.longest(on),
            tally.declined,
            tally.second,
        ],
        tone="different" if tally.overdue else "",
    )


def _foot(found: dict[str, Tally], on: date) -> Row:
    whole = Tally(
        works=[work for tally in found.values() for work in tally.works],
        finished=sum(tally.finished for tally in found.values()),
        days=[days for tally in found.values() for days in tally.days],
        declined=sum(tally.declined for tally in found.values()),
        second=sum(tally.second for tally in found.values()),
    )
    return Row(
        [
            "合计",
            len(whole.works),
            whole.near,
            whole.overdue,
            whole.paused,
            whole.finished,
            whole.average(),
            whole.longest(on),
            whole.declined,
            whole.second,
        ]
    )


def _tiles(works: Sequence[Work], found: dict[str, Tally]) -> list[Tile]:
    near = sum(tally.near for tally in found.values())
    overdue = sum(tally.overdue for tally in found.values())
    url = reverse("district:cases")
    return [
        Tile("在办", str(len(works)), note="件", url=f"{url}?tab=all"),
        Tile("3 个工作日内到期", str(near), tone="amber" if near else "", url=f"{url}?tab=all&only=near"),
        Tile("已超期", str(overdue), tone="red" if overdue else "", url=f"{url}?tab=all&only=overdue"),
        Tile("本月办结", str(sum(tally.finished for tally in found.values())), note="件"),
    ]


def _register_tile(officer: Officer) -> Tile:
    """Amounts on the register that differ from their rule, by the last check."""
    words, differing = summary(officer)
    return Tile(
        "在保金额不符", str(differing), note=words, tone="red" if differing else "", url=reverse("district:register")
    )


def _overdue_block(works: Sequence[Work]) -> Block:
    late = [work for work in works if work.overdue]
    more = f"共 {len(late)} 件，这里列出最早到期的 {SHOWN} 件。" if len(late) > SHOWN else ""
    rows = [row_of(work, township=True) for work in late[:SHOWN]]
    table = Table(COLUMNS_DISTRICT, rows, label="已超期的案件", empty=Empty("没有超期的案件。"))
    return Block("已超期的案件", more, table=table)


def _second_block(officer: Officer) -> Block:
    rows = []
    for item in second_supplements(officer).prefetch_related("supplement_notices")[:SHOWN]:
        notice = [row for row in item.supplement_notices.all() if row.second_reason][-1]
        rows.append(
            Row(
                [
                    Link(item.applicant.name, case_url(item.ref)),
                    item.number,
                    item.township.name,
                    f"{notice.sent_on}",
                    notice.second_reason,
                ]
            )
        )
    table = Table(
        ["申请人", "案号", "乡街", "再次告知日", "理由"],
        rows,
        label="二次补正",
        empty=Empty("没有要求二次补正的案件。补正应当一次性告知，再次要求的须写明理由并在这里列出。"),
    )
    return Block("二次补正", "民发〔2021〕57号第十条要求一次性告知。", table=table)


@route("district.overview", "application", "district", readers())
def overview(request: HttpRequest) -> HttpResponse:
    """Every township: open, near due, overdue, paused, finished, and the days that pass before acceptance."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    on = today()
    works = work_of(officer, applications.visible(officer).exclude(stage__in=[*ENDS]), on)
    found = tallies(officer, works, on)
    names = {row.code: row.name for row in offices.townships(officer.district)}
    table = Table(
        COLUMNS,
        [_row(names.get(code, code), code, tally, on) for code, tally in found.items()],
        label="各乡街办理情况",
        foot=_foot(found, on),
        empty=Empty("本区还没有登记乡镇、街道。请系统管理员先建立机构。"),
    )
    return show(
        request,
        "district/overview.html",
        page=Page(
            "各乡街办理情况",
            f"截至 {on}。只读；点乡街或数字查看案件。",
            tools=[Action("查看全部案件", f"{reverse('district:cases')}?tab=all")],
        ),
        tiles=[*_tiles(works, found), _register_tile(officer)],
        table=table,
        note=(
            "临期：3 个工作日内到期。法定时限从受理起算，“申请到受理”和“尚未受理最长”用来发现受理以前的拖延；"
            f"平均天数按 {on.year} 年受理的案件计算，不予受理按 {on.year} 年计。"
        ),
        blocks=[_overdue_block(works), after_the_decision(officer, on), _second_block(officer)],
    )
