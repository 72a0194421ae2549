"""Whether the database keeps what it has acknowledged (K30, K31)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from yimen.base.record.triggers import protected_tables
from yimen.config.findings import Finding, error, warning
from yimen.law import calendar

FULL, EXTRA = 2, 3
ROLLBACK_JOURNALS = frozenset({"delete", "truncate", "persist"})
# Write-ahead logging of older libraries can lose commits or damage the file when two connections meet (K30).
PATCHED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
WITHDRAWN = (3, 52, 0)


def database_findings(connection: Any, *, strict: bool) -> Iterator[Finding]:
    """What is wrong with the database behind a connection; ``strict`` outside demo and tests."""
    if connection.vendor == "sqlite":
        yield from _sqlite(connection)
    elif connection.vendor == "postgresql":
        yield from _postgres(connection, strict)


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite may use write-ahead logging with several connections."""
    if version == WITHDRAWN:
        return False
    if version[:2] > PATCHED[-1][:2]:
        return True
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in PATCHED)


def _one(connection: Any, statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
    return row[0] if row else None


def _sqlite(connection: Any) -> Iterator[Finding]:
    journal = str(_one(connection, "PRAGMA journal_mode")).lower()
    synchronous = int(_one(connection, "PRAGMA synchronous"))
    version = connection.Database.sqlite_version_info
    if synchronous < FULL:
        yield error(
            "sqlite_sync",
            "数据库的 synchronous 低于 FULL，断电会丢失已确认的办理结果。",
            "请恢复程序自带的数据库设置（EXTRA）。",
        )
    elif synchronous < EXTRA and journal == "delete":
        yield warning("sqlite_extra", "数据库使用 DELETE 日志而 synchronous 只是 FULL。", "建议恢复为 EXTRA。")
    if journal == "wal" and not wal_is_safe(version):
        yield error(
            "sqlite_wal",
            f"SQLite {'.'.join(map(str, version))} 的 WAL 日志在多连接时会损坏数据。",
            "请恢复 journal_mode=DELETE，或升级 SQLite 到 3.51.3 以上。",
        )
    elif journal not in {*ROLLBACK_JOURNALS, "wal"}:
        yield error("sqlite_journal", f"数据库的日志方式“{journal}”不能防断电。", "请恢复 journal_mode=DELETE。")
    if not _one(connection, "PRAGMA foreign_keys"):
        yield error(
            "sqlite_keys", "数据库没有检查数据之间的引用（foreign_keys 关闭）。", "请恢复程序自带的数据库设置。"
        )


def _postgres(connection: Any, strict: bool) -> Iterator[Finding]:
    judge = error if strict else warning
    for name, why in (
        ("fsync", "断电会损坏数据库"),
        ("full_page_writes", "断电会损坏数据页"),
        ("synchronous_commit", "断电会丢失已确认的办理结果"),
    ):
        if str(_one(connection, f"SHOW {name}")) == "off":
            yield judge(
                f"pg_{name}", f"PostgreSQL 的 {name} 已关闭，{why}。", f"请在 postgresql.conf 中设置 {name} = on。"
            )
    if str(_one(connection, "SHOW data_checksums")) == "off":
        yield warning(
            "pg_checksums", "PostgreSQL 没有打开数据校验（data_checksums）。", "建议用 pg_checksums --enable 打开。"
        )
    if _one(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        yield judge("pg_superuser", "程序以数据库超级用户连接，可以绕过一切保护。", "请为程序另建普通用户。")
    if owned := _owned(connection):
        yield judge(
            "pg_owner",
            f"程序的数据库用户拥有只增不改的表（{'、'.join(owned[:3])}{'等' if len(owned) > 3 else ''}），可以拆除保护。",
            "请把这些表交给不能登录的用户，程序用户只留 SELECT 和 INSERT。",
        )


def _owned(connection: Any) -> list[str]:
    """Append-only tables that the role of the program could alter because it owns them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE tableowner = current_user AND tablename = ANY(%s) ORDER BY tablename",
            [protected_tables()],
        )
        return [row[0] for row in cursor.fetchall()]


def back_up(connection: Any) -> Path | None:
    """A whole copy of the embedded database beside it, made by the database itself, never by copying the file (K30)."""
    if connection.vendor != "sqlite" or not connection.introspection.table_names():
        return None
    source = Path(str(connection.settings_dict["NAME"]))
    folder = source.parent / "backup"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"{source.stem}-{calendar.now():%Y%m%d-%H%M%S}.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    target.chmod(0o600)
    return target
