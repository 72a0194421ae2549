"""The frame around every page: place, user, menu by role, switches of the user."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseProblem
from django.http import HttpRequest
from django.urls import reverse

from yimen.base.access import second
from yimen.base.access.officer import Officer
from yimen.base.exports.desk import IN_FULL, RELEASERS
from yimen.base.offices.models import Area
from yimen.desks.shared import demo
from yimen.desks.shared.chapters import chapter_of
from yimen.desks.shared.shapes import Frame, Link, MenuGroup
from yimen.law.calendar import now
from yimen.law.terms import Level, Role

_MONEY = (
    ("发放名册", "township:rolls"),
    ("银行发放", "township:banks"),
    ("暂缓发放", "township:holds"),
)
_TOWNSHIP = (
    (
        "日常工作",
        (
            ("待办", "township:queue"),
            ("新登记申请", "township:intake"),
            ("公示公布", "township:notices"),
            ("文书打印", "township:papers"),
            ("在保名册", "township:awards"),
            ("复核", "township:recertify"),
            ("变更", "township:changes"),
            ("临时救助", "township:relief"),
            ("家庭档案", "search"),
        ),
    ),
    (
        "月末",
        (
            ("月末办结", "township:closing"),
            ("每月比对", "township:comparison"),
            ("月度变动", "township:months"),
            ("平台对账", "township:platform"),
            ("月报表", "township:returns"),
        ),
    ),
    (
        "发放和资金",
        (
            *_MONEY,
            ("发放账户", "township:accounts"),
            ("代管存折", "township:custody"),
            ("多发和退回", "township:recoveries"),
            ("临时加发", "township:additions"),
            ("提高标准", "township:uplifts"),
            ("资金", "township:funds"),
        ),
    ),
    (
        "资料",
        (
            ("政策与标准", "figures"),
            ("导入中心", "township:ledgers"),
            ("外来表样", "township:foreign"),
            ("导出中心", "exports"),
        ),
    ),
)
_DISTRICT = (
    (
        "日常工作",
        (
            ("各乡街办理情况", "district:overview"),
            ("统计图表", "district:charts"),
            ("核对请求", "district:checks"),
            ("区级确认", "district:cases"),
            ("文书打印", "township:papers"),
            ("在保名册", "township:awards"),
            ("复核", "township:recertify"),
            ("变更", "township:changes"),
            ("临时救助", "township:relief"),
            ("案件查询", "search"),
        ),
    ),
    (
        "月末",
        (
            ("月末办结", "district:closes"),
            ("每月比对", "district:comparisons"),
            ("月度变动", "district:months"),
            ("平台对账", "township:platform"),
            ("月报表", "district:returns"),
        ),
    ),
    (
        "发放和资金",
        (
            *_MONEY,
            ("发放账户", "district:accounts"),
            ("代管存折", "township:custody"),
            ("多发和退回", "township:recoveries"),
            ("临时加发", "township:additions"),
            ("资金", "district:funds"),
        ),
    ),
    (
        "规则与权限",
        (
            ("确认权限移交", "district:delegations"),
            ("政策与标准", "figures"),
            ("银行文件模板", "district:banks"),
            ("提高标准", "district:uplifts"),
            ("在保金额核对", "district:register"),
            ("工作日历", "district:calendar"),
        ),
    ),
    ("资料", (("外来表样", "township:foreign"), ("导出中心", "exports"))),
)
_VILLAGE = (
    (
        "我的工作",
        (
            ("我的走访", "village:visits"),
            ("新登记申请", "township:intake"),
            ("在保家庭", "township:awards"),
            ("临时救助", "township:relief"),
        ),
    ),
)
_CASHIER = (
    (
        "资金发放",
        (
            ("发放名册", "township:rolls"),
            ("银行发放", "township:banks"),
            ("暂缓发放", "township:holds"),
            ("发放账户", "township:accounts"),
        ),
    ),
    ("资料", (("政策与标准", "figures"), ("导出中心", "exports"))),
)
_ADMIN = (("资料", (("政策与标准", "figures"), ("工作日历", "district:calendar"))),)

INTAKE_ROLES = frozenset({Role.HANDLER, Role.AIDE})
_MENUS = {Level.TOWNSHIP: _TOWNSHIP, Level.DISTRICT: _DISTRICT, Level.VILLAGE: _VILLAGE}


def _groups(officer: Officer) -> Any:
    """The menu of the desk; who only releases money has one of their own, and neither cases nor search."""
    level = officer.level()
    if level is not None:
        return _MENUS[level]
    return _CASHIER if Role.CASHIER in officer.roles else _ADMIN


def _menu(officer: Officer, path: str) -> list[MenuGroup]:
    groups = _groups(officer)
    made = []
    for title, items in groups:
        links = [
            Link(text, address, current=path == address)
            for text, name, address in ((text, name, reverse(name)) for text, name in items)
            if name != "township:intake" or officer.roles & INTAKE_ROLES
        ]
        made.append(MenuGroup(title, links))
    mine, own, guide = reverse("settings"), reverse("password"), reverse("help:start")
    help_links = [
        Link("我的设置", mine, current=path == mine),
        Link("修改密码", own, current=path == own),
        Link("使用手册", guide),
    ]
    return [*made, MenuGroup("账号与帮助", help_links)]


def _demo_note(officer: Officer) -> str:
    """In the demo the strip shows the second factor of who decides or takes full numbers along; nowhere else."""
    if settings.YIMEN_DEMO and officer.roles & (IN_FULL | RELEASERS):
        return f"动态口令 {second.code_now(officer.account)}"
    return ""


def place_name(officer: Officer | None) -> str:
    """The district's name beside the brand."""
    code = officer.district if officer else settings.YIMEN_DISTRICT
    area = Area.objects.filter(code=code).first()
    return area.name if area else ""


def size_of(request: HttpRequest) -> str:
    """The size of letters that the reader chose: "", large or larger."""
    size = request.COOKIES.get("size", "")
    return size if size in {"large", "larger"} else ""


def _plain(request: HttpRequest) -> Frame:
    """What needs no database: the demo strip and the size of letters."""
    size, choose = size_of(request), reverse("size")
    sizes = [
        Link(text, f"{choose}?to={value}&back={request.path}", current=size == value)
        for text, value in (("标准", ""), ("大字", "large"), ("特大字", "larger"))
    ]
    if not settings.YIMEN_DEMO:
        return Frame(size=size, sizes=sizes)
    people, switch, tour = demo.people(request), reverse("demo_switch"), reverse("tour")
    return Frame(demo=True, demo_people=people, switch_url=switch, tour_url=tour, size=size, sizes=sizes)


def _of(officer: Officer, request: HttpRequest) -> Frame:
    own = officer.account.settings
    searching = reverse("search") if officer.level() is not None else ""
    intake = bool(officer.roles & INTAKE_ROLES)
    return replace(
        _plain(request),
        place=place_name(officer),
        office=officer.office.name,
        user=officer.staff.name,
        demo_note=_demo_note(officer),
        menu=_menu(officer, request.path),
        home_url=reverse("home"),
        help_url=chapter_of(request, officer),
        search_url=searching,
        logout_url=reverse("logout"),
        settings_url=reverse("settings"),
        household_url=searching,
        intake_url=reverse("township:intake") if intake else "",
        compact=bool(own.get("compact")),
        keys=bool(own.get("keys", True)),
        enter_next=bool(own.get("enter_next", True)),
        watermark=f"{officer.staff.name} {now():%m-%d %H:%M}",
    )


def frame_of(request: HttpRequest) -> Frame:
    """The frame of a request, logged in or not. Without a database a bare one, so that error pages still come."""
    officer: Officer | None = getattr(request, "officer", None)
    try:
        return _of(officer, request) if officer else replace(_plain(request), place=place_name(None))
    except DatabaseProblem:
        return _plain(request)
