"""The check at start (K32): what makes this installation unsafe, each in a sentence with what to do.

``errors`` keep ``yimen serve`` from starting; warnings are told and work goes on. Nothing here knows a case, but for the
standing rules of the register (``standing``), which ``yimen check`` reads through and no start waits for.
"""

from __future__ import annotations

import importlib.util
import ipaddress
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.base.offices.models import Account, Area
from yimen.base.papers import typeset
from yimen.base.record.triggers import unguarded
from yimen.casework.awards.consistency import out_of_step
from yimen.casework.monthclose.invariants import broken
from yimen.casework.payments.funds.checking import problems
from yimen.config.databases import database_findings
from yimen.config.findings import Finding, error, warning
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today
from yimen.law.standards import KEYS
from yimen.law.terms import Level

OLDEST_DJANGO = (5, 2, 11)
SHORTEST_SECRET = 50
DEFAULT_NAMES = ("admin", "administrator", "root", "test", "demo", "yimen", "ry")
DEFAULT_WORDS = ("admin", "admin123", "123456", "12345678", "password", "yimen", "demo", "test")
DEMO_DISTRICT = "990101"
NAMED = 10

Check = Callable[[Sequence[str]], Iterator[Finding]]


def playing() -> bool:
    """Whether this is the demo or a test run, where some settings may be loose."""
    return bool(settings.YIMEN_DEMO or settings.YIMEN_TESTING)


def is_loopback(host: str) -> bool:
    """Whether a name or address reaches this machine only."""
    plain = host.strip("[]")
    if plain == "localhost":
        return True
    try:
        return ipaddress.ip_address(plain).is_loopback
    except ValueError:
        return False


def _program(_hosts: Sequence[str]) -> Iterator[Finding]:
    if django.VERSION[:3] < OLDEST_DJANGO:
        yield error(
            "django",
            f"Django {django.get_version()} 有已公开的漏洞。",
            "请升级到 5.2.11 以上的 5.2 版本（随发行包提供）。",
        )
    if importlib.util.find_spec("defusedxml") is None:
        yield error("defusedxml", "缺少 defusedxml，不能安全读取外来表格。", "请按发行包重新安装依赖。")


def _secret() -> str:
    try:
        return str(settings.SECRET_KEY)
    except ImproperlyConfigured:  # Django hands out no empty secret
        return ""


def _settings(hosts: Sequence[str]) -> Iterator[Finding]:
    if settings.DEBUG:
        yield error("debug", "调试模式（DEBUG）开着，出错时会泄露内部信息。", "请删去打开 DEBUG 的设置。")
    secret = _secret()
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < 12 or secret.startswith("django-insecure"):
        yield error(
            "secret",
            f"密钥（YIMEN_SECRET_KEY）缺少、太短或是默认值，至少要 {SHORTEST_SECRET} 个随机字符。",
            "请删去该环境变量让系统自动生成，或换成足够长的随机值。",
        )
    if not playing() and not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield error(
            "cookies", "登录凭据会经明文连接传送（YIMEN_TLS 已关闭）。", "请在 TLS 代理之后运行，并设置 YIMEN_TLS=1。"
        )
    reachable = [host for host in (*settings.ALLOWED_HOSTS, *hosts) if not is_loopback(host)]
    if settings.YIMEN_DEMO and reachable:
        yield error(
            "demo_host",
            f"演示模式不能在别的机器可以访问的地址（{'、'.join(dict.fromkeys(reachable))}）上运行。",
            "请去掉 YIMEN_DEMO，或只使用 127.0.0.1。",
        )
    if settings.YIMEN_TODAY and (not settings.YIMEN_DEMO or reachable):
        yield error("pinned", "设置了固定日期（YIMEN_TODAY），时限会算错。", "请删去 YIMEN_TODAY；它只用于本机演示。")
    if not settings.YIMEN_DISTRICT:
        yield warning("district", "还没有设置本区代码（YIMEN_DISTRICT），公示查询没有内容。", "请设置为 6 位区划代码。")


def _keys(_hosts: Sequence[str]) -> Iterator[Finding]:
    if settings.YIMEN_CURRENT_KEY not in settings.YIMEN_KEYS:
        yield error("keys", "正在使用的加密密钥不在密钥表中。", "请核对 YIMEN_KEYS 与 YIMEN_CURRENT_KEY。")
    if any(len(key) != 32 for key in settings.YIMEN_KEYS.values()):
        yield error("keys", "有加密密钥不是 32 字节。", "请核对 YIMEN_KEYS（各项为 32 字节的 base64）。")
    for name in ("keys.json", "secret_key.secret"):
        path = Path(settings.YIMEN_DATA) / name
        if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield error("key_file", f"密钥文件 {path} 其他用户也能读取。", f"请运行：chmod 600 {path}")


def _folders(_hosts: Sequence[str]) -> Iterator[Finding]:
    for folder, what in ((settings.YIMEN_FILES_DIR, "附件"), (settings.YIMEN_GATEWAY_DIR, "核对交换")):
        place = Path(folder)
        try:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            yield error("folder", f"{what}文件夹 {place} 无法建立。", "请核对路径和权限，或设置 YIMEN_DATA。")
            continue
        if not os.access(place, os.W_OK | os.X_OK):
            yield error("folder", f"{what}文件夹 {place} 不能写入。", "请把它交给运行本系统的用户。")


def _fonts(_hosts: Sequence[str]) -> Iterator[Finding]:
    if not any(typeset.PACKAGED_FONTS.glob("*.[ot]tf")):
        yield error("fonts", "随程序提供的字体不见了，文书无法生成。", "请重新安装程序。")
    missing = [folder for folder in typeset.SYSTEM_FONTS if not Path(folder).is_dir()]
    if missing and not playing():
        yield warning(
            "rare_fonts", "没有安装补充字体，含生僻字的文书会停止打印。", "请安装 fonts-noto-cjk 和 fonts-hanazono。"
        )


def _tables(_hosts: Sequence[str]) -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        yield error("tables", f"数据库还没有建好或不是最新（还差 {len(waiting)} 项）。", "请运行：yimen migrate")
        return
    if tables := unguarded():
        yield error(
            "triggers",
            f"只增不改的表缺少数据库保护：{'、'.join(tables)}。",
            "请运行 yimen migrate 补上，再用 yimen verify 核验，并查明是谁删去的。",
        )
    yield from _accounts()
    yield from _figures()


def _accounts() -> Iterator[Finding]:
    rows = Account.objects.filter(username__in=DEFAULT_NAMES, is_active=True).order_by("pk")
    for account in rows:
        if any(account.check_password(word) for word in (*DEFAULT_WORDS, account.username)):
            yield error(
                "default_account",
                f"账号“{account.username}”使用默认密码。",
                f"请运行：yimen users reset {account.username}，或 yimen users lock {account.username}",
            )
    if not playing() and Area.objects.filter(code=DEMO_DISTRICT).exists():
        yield error(
            "demo_data", "这个数据库装着演示数据，不能用作正式库。", "请为正式库另设 YIMEN_DATA 或 DATABASE_URL。"
        )


def _figures() -> Iterator[Finding]:
    """Unset figures that keep cases from being decided, per district."""
    on, book = today(), figures.book()
    wanted = [key.key for key in KEYS.values() if key.required]
    for area in Area.objects.filter(level=Level.DISTRICT).order_by("code"):
        _found, missing = book.attempt(wanted, offices.scopes(area.code), on)
        if missing:
            names = "、".join(dict.fromkeys(item.label for item in missing))
            yield warning(
                "unset",
                f"{area.name}有 {len(missing)} 项标准参数未设置，相关事项不能办理：{names}。",
                "请在“政策与标准”中设置并复核发布。",
            )


def _register() -> Iterator[Finding]:
    """Awards whose columns say otherwise than their history."""
    found = out_of_step()
    if found:
        named = "；".join(f"{each.number}（{'、'.join(each.what)}）" for each in found[:NAMED])
        more = f"等 {len(found)} 户" if len(found) > NAMED else ""
        yield error(
            "awards",
            f"在保名册与按月的历史不一致：{named}{more}。",
            "请先不要按名册发放这些户，运行 yimen verify 核验留痕，查明原因后更正。",
        )


def _funds() -> Iterator[Finding]:
    """Where the ledger of the funds does not say what the rolls, orders and relief say."""
    found = problems()
    if found:
        more = f"等 {len(found)} 处" if len(found) > NAMED else ""
        yield error(
            "funds",
            f"资金账与名册不一致：{'；'.join(each.rstrip('。') for each in found[:NAMED])}{more}。",
            "请先不要拨付、发放，在区级“资金”页面查看，查明原因后冲正。",
        )


def _money() -> Iterator[Finding]:
    """Lines and filed months of the last half year for which an invariant does not hold."""
    for each in broken(later_month(month_of(today()), -6)):
        yield error(
            "money",
            f"{each.words}（{each.code}）。",
            "请先不要发放、报备，保留现场，运行 yimen verify 核验留痕，告知系统管理员查明。",
        )


def standing() -> list[Finding]:
    """What is wrong with the register itself; nothing where the tables cannot be read, which ``run`` tells."""
    try:
        return [*_register(), *_funds(), *_money()]
    except DatabaseError:
        return []


def _database(_hosts: Sequence[str]) -> Iterator[Finding]:
    try:
        yield from database_findings(connection, strict=not playing())
        yield from _tables(_hosts)
    except DatabaseError:
        yield error("database", "数据库打不开。", "请核对 DATABASE_URL 或 YIMEN_DATA，确认数据库已启动、磁盘未满。")


CHECKS: tuple[Check, ...] = (_program, _settings, _keys, _folders, _fonts, _database)


def run(hosts: Sequence[str] = ()) -> list[Finding]:
    """Every finding, errors first. ``hosts``: addresses on which the server is about to listen."""
    found = [finding for check in CHECKS for finding in check(hosts)]
    return sorted(found, key=lambda finding: finding.level != "error")
