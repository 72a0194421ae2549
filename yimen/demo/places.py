"""The fictional district 安澜区: six townships and streets, forty villages and communities, offices, staff, accounts."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import product
from zoneinfo import ZoneInfo

import pyotp
from django.contrib.auth.hashers import make_password

from yimen.base.offices.models import Account, Area, Delegation, Office, OrderChoice, Post, Staff, StaffRelative
from yimen.base.sealed import blind_index
from yimen.casework.households.pinyin import spell
from yimen.demo.people import Crowd
from yimen.law.terms import DelegationMode, Duty, KinRelation, Level, OfficeKind, Order, Programme, Role

DISTRICT = "990101"
SINCE = date(2024, 1, 1)
# From this day the check comes before acceptance, as the plan has it.
CHECK_FIRST = date(2026, 10, 1)
_SHANGHAI = ZoneInfo("Asia/Shanghai")

TOWNSHIPS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "990101001",
        "青禾街道",
        "青禾",
        ("站前社区", "梧桐社区", "河畔社区", "光华社区", "锦绣社区", "文昌社区", "向阳社区"),
    ),
    (
        "990101002",
        "望川街道",
        "望川",
        ("望川社区", "石榴社区", "安平社区", "朝晖社区", "银杏社区", "和顺社区", "清源社区"),
    ),
    ("990101003", "临湖街道", "临湖", ("临湖社区", "听松社区", "月湾社区", "春晓社区", "南堤社区", "芦苇社区")),
    ("990101100", "柳庄镇", "柳庄", ("柳庄村", "东岗村", "西岗村", "杏花村", "石磨村", "小河村", "长堤村")),
    ("990101101", "白杨镇", "白杨", ("白杨村", "榆树屯村", "双井村", "北坡村", "南坡村", "黄泥村", "三棵树村")),
    ("990101200", "石桥乡", "石桥", ("石桥村", "桃源村", "青石村", "沙洼村", "老井村", "苇塘村")),
)
# Two townships show the other path: one takes over next month, one has no date yet; there the district decides.
DELEGATED = {
    "990101001": date(2026, 1, 1),
    "990101002": date(2026, 1, 1),
    "990101003": date(2026, 7, 1),
    "990101100": date(2026, 7, 1),
    "990101101": date(2026, 12, 1),
}


@dataclass
class Login:
    """A demo account as the command prints it."""

    username: str
    password: str
    role: str
    name: str
    office: str


@dataclass
class District:
    """What the rest of the demo needs to find again."""

    logins: list[Login] = field(default_factory=list)
    staff: dict[tuple[str, Role], list[Staff]] = field(default_factory=dict)
    accounts: dict[int, Account] = field(default_factory=dict)

    def who(self, code: str, role: Role, number: int = 0) -> Staff:
        return self.staff[(code, role)][number]


def _areas() -> None:
    rows = [
        Area(code="990000", name="示例省", level=Level.PROVINCE),
        Area(code="990100", name="云溪市", level=Level.CITY, parent_id="990000"),
        Area(code=DISTRICT, name="安澜区", level=Level.DISTRICT, parent_id="990100"),
    ]
    for code, name, _, villages in TOWNSHIPS:
        urban = name.endswith("街道")
        rows.append(Area(code=code, name=name, level=Level.TOWNSHIP, parent_id=DISTRICT, urban=urban))
        for number, village in enumerate(villages, 1):
            rows.append(
                Area(code=f"{code}{number:03d}", name=village, level=Level.VILLAGE, parent_id=code, urban=urban)
            )
    for row in rows:
        row.initials = spell(row.name)[1][:40]
    Area.objects.bulk_create(rows)


def _offices() -> None:
    rows = [
        Office(
            area_id=DISTRICT,
            kind=OfficeKind.DEPARTMENT,
            name="安澜区民政局",
            mark="安澜民",
            address="安澜区示例大道1号",
            phone="000-5550-9000",
            hotline="000-5550-9001",
        ),
        Office(
            area_id=DISTRICT,
            kind=OfficeKind.DISTRICT_CENTRE,
            name="安澜区社会救助中心",
            mark="安澜救",
            address="安澜区示例大道1号",
            phone="000-5550-9100",
        ),
    ]
    for position, (code, name, short, villages) in enumerate(TOWNSHIPS, 1):
        body = f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"
        rows.append(
            Office(
                area_id=code,
                kind=OfficeKind.TOWNSHIP,
                name=f"安澜区{body}",
                mark=f"安澜{short}",
                address=f"{name}便民服务中心社会救助窗口",
                phone=f"000-5550-{position}000",
                hotline=f"000-5550-{position}001",
            )
        )
        for number, village in enumerate(villages, 1):
            committee = "居民委员会" if village.endswith("社区") else "村民委员会"
            rows.append(
                Office(
                    area_id=f"{code}{number:03d}",
                    kind=OfficeKind.VILLAGE,
                    name=f"{village}{committee}",
                    mark=village,
                    phone=f"000-5550-{position}{number:02d}9",
                )
            )
    Office.objects.bulk_create(rows)


_DISTRICT_POSTS = (
    (OfficeKind.DISTRICT_CENTRE, Role.CHECKER, "check", "核对岗"),
    (OfficeKind.DEPARTMENT, Role.DISTRICT_HANDLER, "visit", "入户核查岗"),
    (OfficeKind.DEPARTMENT, Role.DISTRICT_HANDLER, "visit2", "入户核查岗"),
    (OfficeKind.DEPARTMENT, Role.DISTRICT_DECIDER, "decide", "副局长"),
    (OfficeKind.DEPARTMENT, Role.SUPERVISOR, "watch", "监督岗"),
    (OfficeKind.DEPARTMENT, Role.SYSTEM_ADMIN, "system", "系统管理员"),
    (OfficeKind.DEPARTMENT, Role.SECURITY_ADMIN, "safety", "安全管理员"),
    (OfficeKind.DEPARTMENT, Role.AUDIT_ADMIN, "audit", "审计管理员"),
)
_TOWNSHIP_POSTS = ((Role.HANDLER, "jb1", "经办"), (Role.HANDLER, "jb2", "经办"), (Role.HEAD, "fz", "主任"))


class _Maker:
    def __init__(self, seed: int, on: date, password: Callable[[], str]) -> None:
        self.crowd, self.on, self.made = Crowd(seed + 1), on, District()
        # One random password for all demo accounts, hashed once: sixty slow hashes would double the waiting time.
        self.word = password()
        self.hashed = make_password(self.word)
        self.offices = {(row.area_id, row.kind): row for row in Office.objects.order_by("pk")}

    def post(self, code: str, kind: OfficeKind, role: Role, username: str, title: str, duty: Duty) -> Staff:
        office = self.offices[(code, kind)]
        person = self.crowd.person(self.on, 26, 55)
        staff = Staff.objects.create(
            name=person.name,
            initials=spell(person.name)[1],
            identity=person.identity,
            identity_index=blind_index("identity", person.identity),
            phone=f"000-5551-{len(self.made.logins):04d}",
            office=office,
            duty=duty,
            title=title,
        )
        Post.objects.create(staff=staff, office=office, role=role, valid_from=SINCE)
        self.made.staff.setdefault((code, role), []).append(staff)
        self._account(staff, username, role, office)
        return staff

    def _account(self, staff: Staff, username: str, role: Role, office: Office) -> None:
        word = self.word
        account = Account(username=username, staff=staff, second_factor=pyotp.random_base32(), password=self.hashed)
        account.save()
        self.made.accounts[staff.pk] = account
        self.made.logins.append(Login(username, word, role.label, staff.name, office.name))


def _people(maker: _Maker) -> None:
    for kind, role, username, title in _DISTRICT_POSTS:
        maker.post(DISTRICT, kind, role, username, title, Duty.OFFICIAL)
    for code, name, _, villages in TOWNSHIPS:
        short = spell(name)[1][:2]
        for role, suffix, title in _TOWNSHIP_POSTS:
            maker.post(code, OfficeKind.TOWNSHIP, role, f"{short}-{suffix}", title, Duty.HANDLING_OFFICER)
        for number in range(1, len(villages) + 1):
            maker.post(
                f"{code}{number:03d}", OfficeKind.VILLAGE, Role.AIDE, f"{short}-c{number}", "社会救助协理员", Duty.AIDE
            )
    for code, name, _, _villages in TOWNSHIPS:
        username = f"{spell(name)[1][:2]}-ff"
        maker.post(code, OfficeKind.TOWNSHIP, Role.CASHIER, username, "资金发放岗", Duty.HANDLING_OFFICER)


HANDED_OVER = (Programme.DIBAO, Programme.TEKUN, Programme.EDGE)
"""What the townships decide; 刚性支出 stays with the district (rules.md §5)."""


def _powers(made: District) -> None:
    drafted, released = made.who(DISTRICT, Role.SUPERVISOR), made.who(DISTRICT, Role.DISTRICT_DECIDER)
    at = datetime.combine(date(2025, 12, 20), time(9), _SHANGHAI)
    for (code, since), programme in product(DELEGATED.items(), HANDED_OVER):
        Delegation.objects.create(
            programme=programme,
            township_id=code,
            mode=DelegationMode.DELEGATION,
            document=f"示例文号 安澜政发〔{since.year}〕{since.month}号",
            basis="示例省关于乡镇（街道）作出确认决定的规定（示例文号）；社会救助法第四十四条第二款",
            valid_from=since,
            proposed_by=drafted,
            proposed_at=at,
            released_by=released,
            released_at=at,
        )
    for order, since in ((Order.MINISTRY, date(2025, 1, 1)), (Order.PLAN, CHECK_FIRST)):
        OrderChoice.objects.create(
            area_id=DISTRICT,
            programme=Programme.DIBAO,
            order=order,
            valid_from=since,
            document=f"示例文号 安澜民发〔{since.year}〕9号",
            chosen_by=drafted,
        )


def add_relative(staff: Staff, name: str, identity: str, relation: KinRelation, on: date) -> StaffRelative:
    """Register a fictional close relative of somebody on staff."""
    return StaffRelative.objects.create(
        staff=staff,
        name=name,
        identity=identity,
        identity_index=blind_index("identity", identity),
        relation=relation,
        registered_on=on,
    )


def build(seed: int, on: date, password: Callable[[], str] | None = None) -> District:
    """Create places, offices, staff with accounts (random passwords), powers and the order of steps."""
    _areas()
    _offices()
    maker = _Maker(seed, on, password or (lambda: secrets.token_urlsafe(6)))
    _people(maker)
    _powers(maker.made)
    return maker.made
