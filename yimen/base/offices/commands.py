"""``yimen users``: the first accounts of a place, before any page can make one; and the way back in after a lock-out.

A password is drawn at random and shown once; nobody chooses one for another (K19). Every change leaves its entry in
the record.
"""

import argparse
import secrets
import sys
from collections.abc import Callable, Sequence

import pyotp
from axes.utils import reset as unlock
from django.db import transaction

from yimen.base.offices.models import Account, Area, Office, Post, Staff
from yimen.base.offices.queries import account_named, find_office, posts_of
from yimen.base.record import desk as record
from yimen.base.sealed import blind_index
from yimen.law.calendar import today
from yimen.law.identity import BadIdentity, BadName, clean_name, read_identity
from yimen.law.terms import Duty, Level, OfficeKind, Role

ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
WITH_CODES = (Role.HEAD, Role.CASHIER, Role.DISTRICT_DECIDER)
_KINDS = {Role.AIDE: OfficeKind.VILLAGE, Role.HANDLER: OfficeKind.TOWNSHIP, Role.HEAD: OfficeKind.TOWNSHIP,
          Role.CASHIER: OfficeKind.TOWNSHIP, Role.CHECKER: OfficeKind.DISTRICT_CENTRE}  # fmt: skip


class Stopped(Exception):
    """The command cannot go on; the sentence says why and what to do."""


def main_users(args: Sequence[str]) -> int:
    """``yimen users create|lock|reset|list``: 0 done, 1 refused with a sentence."""
    chosen = _parser().parse_args(args)
    work: Callable[[argparse.Namespace], None] = chosen.work
    try:
        with transaction.atomic():
            work(chosen)
    except (Stopped, BadName, BadIdentity) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yimen users", description="账号：建立、锁定、重置、列出")
    kinds = parser.add_subparsers(metavar="操作", required=True)
    create = kinds.add_parser("create", help="建立账号，随机密码只显示一次")
    create.set_defaults(work=_create)
    create.add_argument("username", metavar="账号")
    create.add_argument("--name", required=True, metavar="姓名")
    create.add_argument("--role", required=True, choices=[str(role) for role in Role], metavar="岗位", help=_roles())
    create.add_argument("--area", required=True, metavar="区划代码", help="6 位（区）、9 位（乡街）或 12 位（村）")
    create.add_argument("--area-name", default="", metavar="名称", help="区划还没有登记时填写")
    create.add_argument("--identity", default="", metavar="身份证号", help="不写则逐项询问，不留在命令记录里")
    for name, words, work in (("lock", "锁定账号", _lock), ("reset", "换新的随机密码并解锁", _reset)):
        one = kinds.add_parser(name, help=words)
        one.set_defaults(work=work)
        one.add_argument("username", metavar="账号")
    kinds.add_parser("list", help="列出账号").set_defaults(work=_list)
    return parser


def _roles() -> str:
    return "，".join(f"{role} {role.label}" for role in Role)


def _account(username: str) -> Account:
    found = account_named(username)
    if found is None:
        raise Stopped(f"没有账号“{username}”。运行 yimen users list 查看全部账号。")
    return found


def _note(act: str, label: str, account: Account) -> None:
    """One entry per change; at the command line nobody is logged in."""
    office = account.staff.office
    record.write(
        act=act, act_label=label, subject_kind="account", subject_ref=account.username, staff_id=None,
        staff_name="命令行（系统管理员）", account_id=None, office_code=office.area_id, area_code=office.area_id,
    )  # fmt: skip


def _password(account: Account) -> None:
    word = secrets.token_urlsafe(12)
    account.set_password(word)
    print(f"账号　{account.username}\n密码　{word}（只显示这一次，请当面交给本人，首次登录后尽快更换）")


def _create(chosen: argparse.Namespace) -> None:
    if account_named(chosen.username):
        raise Stopped(f"账号“{chosen.username}”已经有了。换一个名字，或运行 yimen users reset {chosen.username}。")
    role, name = Role(chosen.role), clean_name(chosen.name)
    number = read_identity(chosen.identity or input("身份证号："), allow_unknown_area=True).number
    office = _office(chosen.area, chosen.area_name.strip(), _KINDS.get(role, OfficeKind.DEPARTMENT))
    person = _person(name, number, office, role)
    account = Account(username=chosen.username, staff=person)
    if role in WITH_CODES:
        account.second_factor = pyotp.random_base32()
        print(f"动态口令密钥　{account.second_factor}（只显示这一次，请本人录入口令器）")
    _password(account)
    account.save()
    _note("create_account", "建立账号", account)


def _person(name: str, number: str, office: Office, role: Role) -> Staff:
    """The person of an identity number, once; with the post (K17: a person is an identity number, not an account)."""
    index = blind_index("identity", number)
    duty = Duty.AIDE if role is Role.AIDE else Duty.OFFICIAL if len(office.area_id) == 6 else Duty.HANDLING_OFFICER
    person, _new = Staff.objects.get_or_create(
        identity_index=index, defaults={"name": name, "identity": number, "office": office, "duty": duty}
    )
    if person.name != name:
        raise Stopped("这个身份证号已登记为另一姓名的工作人员，请核对姓名和号码。")
    held = {Role(post.role) for post in posts_of(person.pk, today())}
    if held and (role in ADMINISTRATORS or held & set(ADMINISTRATORS)):
        raise Stopped(f"{name}已有岗位。管理员岗位须单独由一人担任，不能兼任其他岗位，请另选一人。")
    if role not in held:
        Post.objects.create(staff=person, office=office, role=role, valid_from=today())
    return person


_LEVELS = {6: Level.DISTRICT, 9: Level.TOWNSHIP, 12: Level.VILLAGE}


def _office(code: str, name: str, kind: OfficeKind) -> Office:
    found = find_office(code, kind)
    if found:
        return found
    area = Area.objects.filter(code=code).first() or _new_area(code, name)
    body = {
        OfficeKind.DEPARTMENT: "民政局",
        OfficeKind.DISTRICT_CENTRE: "社会救助中心",
        OfficeKind.VILLAGE: "村（居）民委员会",
    }
    return Office.objects.create(
        area=area, kind=kind, name=f"{area.name}{body.get(kind, '社会救助经办机构')}", mark=area.name[:20]
    )


def _new_area(code: str, name: str) -> Area:
    level = _LEVELS.get(len(code)) if code.isdecimal() else None
    if level is None:
        raise Stopped(f"“{code}”不是区划代码，应为 6 位（区）、9 位（乡街）或 12 位（村、社区）数字。")
    if not name:
        raise Stopped(f"还没有登记代码为 {code} 的区划，请用 --area-name 写明名称。")
    parent = None
    if level is not Level.DISTRICT:
        parent = Area.objects.filter(code=code[:6] if level is Level.TOWNSHIP else code[:9]).first()
        if parent is None:
            raise Stopped(f"{code} 的上级区划还没有登记，请先为上级建立账号。")
    return Area.objects.create(code=code, name=name, level=level, parent=parent)


def _lock(chosen: argparse.Namespace) -> None:
    account = _account(chosen.username)
    account.is_active = False
    account.save(update_fields=["is_active"])
    _note("lock_account", "锁定账号", account)
    print(f"账号“{account.username}”已锁定，正在使用的页面从下一次点击起失效。")


def _reset(chosen: argparse.Namespace) -> None:
    account = _account(chosen.username)
    account.is_active = True
    _password(account)
    account.save()
    unlock(username=account.username)
    _note("reset_account", "重置密码", account)


def _list(_chosen: argparse.Namespace) -> None:
    rows = Account.objects.select_related("staff", "staff__office").order_by("username")
    for account in rows:
        roles = "、".join(Role(post.role).label for post in posts_of(account.staff_id, today())) or "没有岗位"
        state = "" if account.is_active else "　已锁定"
        print(f"{account.username}　{account.staff.name}　{roles}　{account.staff.office.name}{state}")
    if not rows:
        print("还没有账号。运行 yimen users create --help 查看怎样建立第一个。")
