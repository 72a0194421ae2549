"""yimen check: a safe installation passes, and each unsafe setting is named (K30, K31, K32)."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection

from tests.rooms.ledgers import families, take
from tests.rooms.world import make_world
from yimen import cli
from yimen.base.offices.models import Account, Area
from yimen.base.papers import typeset
from yimen.base.record.triggers import triggers_suspended
from yimen.casework.awards.models import Award, AwardVersion
from yimen.config import checks
from yimen.config.databases import back_up, database_findings, wal_is_safe

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _safe(settings: Any, tmp_path: Path) -> None:
    """A sound installation; each test spoils one thing."""
    settings.SECRET_KEY = "k3Jx0vQpZr7sYt2uWm9nAb4cDe6fGh8iLo1qRs5wXz-TyUvNcMp"
    settings.YIMEN_FILES_DIR, settings.YIMEN_GATEWAY_DIR = tmp_path / "files", tmp_path / "gateway"
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]


def codes(level: str = "error", hosts: tuple[str, ...] = ()) -> set[str]:
    return {finding.code for finding in checks.run(hosts) if finding.level == level}


def real_place(settings: Any) -> None:
    """Neither the demo nor a test: everything counts."""
    settings.YIMEN_TESTING = settings.YIMEN_DEMO = False
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True


def test_a_sound_installation_passes(capsys: Any) -> None:
    assert codes() == set()
    assert cli.main(["check"]) == 0
    assert "没有发现错误" in capsys.readouterr().out


def test_a_finding_ends_the_command_with_one_and_says_what_to_do(settings: Any, capsys: Any) -> None:
    settings.DEBUG = True
    assert cli.main(["check"]) == 1
    heard = capsys.readouterr()
    assert "【错误】调试模式" in heard.err and "请删去" in heard.err and "发现 1 项错误" in heard.out


def test_every_finding_is_a_chinese_sentence_with_an_advice(settings: Any) -> None:
    settings.DEBUG, settings.SECRET_KEY, settings.YIMEN_TODAY, settings.YIMEN_DISTRICT = True, "short", "2026-11-24", ""
    found = checks.run(["0.0.0.0"])
    assert {finding.code for finding in found} >= {"debug", "secret", "pinned", "district"}
    assert all(finding.sentence.endswith("。") and finding.advice for finding in found)


@pytest.mark.parametrize("secret", ["", "django-insecure-" + "k3Jx0vQpZr7s" * 5, "a" * 60, "k3Jx0vQpZr7sYt2uWm9nAb4c"])
def test_a_weak_secret(settings: Any, secret: str) -> None:
    settings.SECRET_KEY = secret
    assert codes() == {"secret"}


def test_cookies_in_the_clear(settings: Any) -> None:
    real_place(settings)
    settings.SESSION_COOKIE_SECURE = False
    assert "cookies" in codes()


def test_the_demo_where_others_can_reach_it(settings: Any) -> None:
    settings.YIMEN_DEMO = True
    assert codes() == set()
    assert codes(hosts=("0.0.0.0",)) == {"demo_host"}
    assert codes(hosts=("::1",)) == set()
    settings.ALLOWED_HOSTS = ["assist.example.cn"]
    assert codes() == {"demo_host"}


def test_a_pinned_day_outside_the_demo(settings: Any) -> None:
    settings.YIMEN_TODAY = "2026-11-24"
    assert codes() == {"pinned"}
    settings.YIMEN_DEMO = True
    assert codes() == set()
    assert "pinned" in codes(hosts=("10.0.0.1",))


def test_an_old_framework_or_a_missing_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.VERSION", (5, 2, 10, "final", 0))
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert codes() == {"django", "defusedxml"}


def test_keys_that_do_not_fit(settings: Any, tmp_path: Path) -> None:
    settings.YIMEN_CURRENT_KEY = "lost"
    assert codes() == {"keys"}
    settings.YIMEN_CURRENT_KEY, settings.YIMEN_DATA = next(iter(settings.YIMEN_KEYS)), tmp_path
    (tmp_path / "keys.json").write_text("{}")
    (tmp_path / "keys.json").chmod(0o644)
    assert codes() == {"key_file"}


def test_folders_that_cannot_be_written(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "taken").write_text("")
    settings.YIMEN_FILES_DIR = tmp_path / "taken" / "files"
    assert codes() == {"folder"}
    settings.YIMEN_FILES_DIR = tmp_path / "files"
    monkeypatch.setattr("os.access", lambda *_: False)
    assert codes() == {"folder"}


def test_fonts_that_are_gone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> None:
    monkeypatch.setattr(typeset, "PACKAGED_FONTS", tmp_path)
    monkeypatch.setattr(typeset, "SYSTEM_FONTS", (str(tmp_path / "none"),))
    assert codes() == {"fonts"}
    real_place(settings)
    assert "rare_fonts" in codes("warning")


def test_a_missing_trigger_is_named() -> None:
    with triggers_suspended():
        found = [finding for finding in checks.run() if finding.code == "triggers"]
    assert "record_entry" in found[0].sentence and codes() == set()


def test_tables_that_are_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks.MigrationExecutor, "migration_plan", lambda *_: [("one", False)])
    assert codes() == {"tables"}


def test_a_database_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise DatabaseError("no answer")

    monkeypatch.setattr(checks, "database_findings", fail)
    assert codes() == {"database"}


def test_a_default_account(settings: Any) -> None:
    make_world()
    account = Account.objects.get(username="qh-fz")
    account.username = "admin"
    account.set_password("admin123")
    account.save()
    assert codes() == {"default_account"}
    account.set_password("drawn-at-random")
    account.save()
    assert codes() == set()


def test_demo_data_in_a_real_place(settings: Any) -> None:
    make_world()
    real_place(settings)
    assert "demo_data" in codes()


def test_figures_that_nobody_has_set_are_told_and_stop_nothing() -> None:
    Area.objects.create(code="880101", name="未设区", level="district", initials="")
    found = [finding for finding in checks.run() if finding.code == "unset"]
    assert [finding.level for finding in found] == ["warning"]
    assert found[0].sentence.startswith("未设区有") and "权限下放的方式" in found[0].sentence


# -- the two databases -------------------------------------------------------------------


class Answers:
    """A connection that answers each statement from a table."""

    def __init__(self, vendor: str, version: tuple[int, ...] = (), owned: tuple[str, ...] = (), **told: Any) -> None:
        self.vendor, self.told, self.owned = vendor, told, owned
        self.Database = SimpleNamespace(sqlite_version_info=version)

    def cursor(self) -> Answers:
        return self

    def __enter__(self) -> Answers:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def execute(self, statement: str, _values: Any = None) -> None:
        self.last = next((name for name in self.told if name in statement), "")

    def fetchone(self) -> tuple[Any]:
        return (self.told.get(self.last, "on"),)

    def fetchall(self) -> list[tuple[str]]:
        return [(name,) for name in self.owned]


def sqlite(version: tuple[int, ...] = (3, 40, 1), **told: Any) -> set[str]:
    given = {"journal_mode": "delete", "synchronous": 3, "foreign_keys": 1, **told}
    return {finding.code for finding in database_findings(Answers("sqlite", version, **given), strict=True)}


def postgres(*, strict: bool = True, owned: tuple[str, ...] = (), **told: Any) -> set[tuple[str, str]]:
    answers = Answers("postgresql", owned=owned, **{"rolsuper": False, **told})
    return {(finding.code, finding.level) for finding in database_findings(answers, strict=strict)}


def test_sqlite_must_keep_what_it_acknowledged() -> None:
    assert sqlite() == set()
    assert sqlite(synchronous=1) == {"sqlite_sync"}
    assert sqlite(synchronous=2) == {"sqlite_extra"}
    assert sqlite(journal_mode="memory") == {"sqlite_journal"}
    assert sqlite(journal_mode="wal") == {"sqlite_wal"}
    assert sqlite((3, 51, 3), journal_mode="wal", synchronous=2) == set()
    assert sqlite(foreign_keys=0) == {"sqlite_keys"}


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), False),
        ((3, 52, 1), True),
        ((3, 53, 0), True),
    ],
)
def test_which_libraries_may_write_ahead(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_postgresql_must_keep_it_too_and_the_program_own_nothing() -> None:
    assert postgres() == set()
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        assert postgres(**{name: "off"}) == {(f"pg_{name}", "error")}
        assert postgres(strict=False, **{name: "off"}) == {(f"pg_{name}", "warning")}
    assert postgres(rolsuper=True) == {("pg_superuser", "error")}
    assert postgres(owned=("record_entry",)) == {("pg_owner", "error")}
    assert postgres(strict=False, owned=("record_entry",)) == {("pg_owner", "warning")}
    assert postgres(data_checksums="off") == {("pg_checksums", "warning")}


def test_the_database_of_this_run_is_asked_for_real() -> None:
    assert [finding for finding in database_findings(connection, strict=False) if finding.level == "error"] == []


@pytest.mark.django_db(transaction=True)
def test_a_backup_is_whole_or_not_made(tmp_path: Path) -> None:
    copy = back_up(connection)
    assert (copy is None) == (connection.vendor != "sqlite")
    if copy is not None:
        assert copy.stat().st_size > 0 and copy.stat().st_mode & 0o077 == 0
        copy.unlink()


def test_an_award_out_of_step_with_its_history_is_named(capsys: Any) -> None:
    world = make_world()
    take(world, families(world, 3))
    assert checks.standing() == []
    wrong, bare, _ = Award.objects.order_by("id")
    Award.objects.filter(pk=wrong.pk).update(monthly_fen=wrong.monthly_fen + 1)
    with triggers_suspended():
        AwardVersion.objects.filter(award=bare).delete()
    assert cli.main(["check"]) == 1
    heard = capsys.readouterr()
    assert f"{wrong.number}（金额）" in heard.err and f"{bare.number}（没有版本）" in heard.err
    assert "awards" not in codes()
