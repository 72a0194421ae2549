"""The database itself keeps what was written (K3)."""

import pytest
from django.db import DatabaseError, connection, transaction

from yimen.base.record import desk, triggers
from yimen.base.record.models import Entry, Read

TABLES = ["record_entry", "record_read", "record_seal"]


def refused(statement: str, params: tuple = ()) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, params)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def test_an_entry_can_neither_be_changed_nor_deleted(enter):
    entry = enter()
    assert refused("UPDATE record_entry SET staff_name = 'x'")
    assert refused("DELETE FROM record_entry")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(seq=entry.seq).update(staff_name="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(seq=entry.seq).delete()
    assert Entry.objects.get().staff_name == "欧阳娜"


def test_a_read_cannot_be_deleted(db):
    desk.note_read(
        staff_id=1, staff_name="李", account_id=1, office_code="o", subject_kind="person",
        subject_ref="r", person_ref="p", purpose="审核", channel="page",
    )  # fmt: skip
    assert refused("DELETE FROM record_read") and Read.objects.count() == 1


def test_an_existing_key_cannot_be_replaced(enter):
    entry = enter()
    columns = ", ".join(field.column for field in Entry._meta.fields)
    values = ", ".join("999" if f.column == "account_id" else f.column for f in Entry._meta.fields)
    verb = "INSERT OR REPLACE INTO" if connection.vendor == "sqlite" else "INSERT INTO"
    end = "" if connection.vendor == "sqlite" else " ON CONFLICT (seq) DO UPDATE SET account_id = 999"
    assert refused(
        f"{verb} record_entry ({columns}) SELECT {values} FROM record_entry WHERE seq = %s{end}", (entry.seq,)
    )
    assert Entry.objects.get().account_id == 8


def test_truncate_is_refused_where_it_exists(enter):
    enter()
    if connection.vendor == "postgresql":
        assert all(refused(f"TRUNCATE {table}") for table in TABLES)
    assert Entry.objects.count() == 1


def test_every_append_only_model_is_guarded_and_a_lost_trigger_is_noticed(db):
    assert set(TABLES) <= set(triggers.protected_tables())
    assert triggers.unguarded() == []
    with connection.cursor() as cursor:
        name = "record_read_keep_change" if connection.vendor == "postgresql" else "record_read_keep_delete"
        cursor.execute(f"DROP TRIGGER {name}" + (" ON record_read" if connection.vendor == "postgresql" else ""))
    assert triggers.unguarded() == ["record_read"]


def test_triggers_are_suspended_only_in_tests(enter, settings):
    enter()
    with triggers.triggers_suspended():
        Entry.objects.all().delete()
    assert triggers.unguarded() == []
    settings.YIMEN_TESTING = False
    with pytest.raises(RuntimeError), triggers.triggers_suspended():
        pass


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_nothing_behind(enter, turn):
    assert Entry.objects.count() == 0
    enter()
    assert triggers.unguarded() == []
