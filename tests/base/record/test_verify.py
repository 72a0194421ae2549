"""Every kind of intrusion behind the program's back is found and the first bad entry is named (K12, K13)."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from yimen.base.record import commands, ranges, sealing
from yimen.base.record.models import Entry, Seal
from yimen.base.record.triggers import triggers_suspended
from yimen.base.record.verify import BadAnchor, read_anchor, verify
from yimen.law import calendar


@pytest.fixture
def three_seals(enter):
    """Thirty entries under three seals, three more unsealed; returns the first sequence number."""
    first = enter().seq
    for number in range(2, 34):
        if number % 10 == 1:
            sealing.seal_now()
        enter(facts={"number": number})
    return first


def intrude(statement: str, *params) -> None:
    with triggers_suspended(), connection.cursor() as cursor:
        cursor.execute(statement, params)


def codes(report) -> list[str]:
    return [finding.code for finding in report.findings]


def test_an_untouched_record_verifies(three_seals):
    report = verify(sealing.export_anchor())
    assert report.ok and (report.entries, report.seals, report.unsealed) == (33, 3, 3)
    assert "核验通过" in report.to_text()


def test_an_empty_record_verifies(db):
    assert verify().ok and verify(sealing.export_anchor()).ok


@pytest.mark.parametrize("column", [f.column for f in Entry._meta.fields if f.column not in ("seq",)])
def test_an_edit_of_any_column_is_found(three_seals, column):
    value = {
        "at": datetime(2020, 1, 1, tzinfo=calendar.ZONE),
        "business_date": date(2020, 1, 1),
        "staff_id": 9,
        "account_id": 9,
    }
    changed = Entry.objects.filter(seq=three_seals + 14)
    with triggers_suspended():
        changed.update(**{column: value.get(column, "x")})
    report = verify()
    assert report.first_bad == three_seals + 14 and "entry_edited" in codes(report)
    assert f"第 {three_seals + 14} 号留痕被改动" in report.to_text()


def test_an_edit_with_its_digest_is_found_by_the_seal(three_seals, enter):
    twin = enter(staff_name="别人")
    intruded = {name: getattr(twin, name) for name in ("staff_name", "facts_text", "at", "digest")}
    with triggers_suspended():
        Entry.objects.filter(seq=three_seals + 14).update(**intruded)
    report = verify()
    assert codes(report) == ["seal_entries"] and report.first_bad == three_seals + 10


def test_nonsense_in_a_column_is_a_finding_and_no_crash(three_seals):
    if connection.vendor == "sqlite":
        intrude("UPDATE record_entry SET at = 'nonsense', account_id = x'00' WHERE seq = %s", three_seals + 14)
        assert verify().first_bad == three_seals + 14
        intrude("UPDATE record_seal SET last_seq = 'nonsense', sealed_at = '' WHERE number = 3")
    else:
        intrude("UPDATE record_seal SET last_seq = 9223372036854775807 WHERE number = 3")
    assert "seal_edited" in codes(verify())


@pytest.mark.parametrize("place", [0, 9, 10, 14, 29])
def test_a_deleted_entry_is_named(three_seals, place):
    intrude("DELETE FROM record_entry WHERE seq = %s", three_seals + place)
    report = verify()
    assert codes(report) == ["entry_missing"] and report.first_bad == three_seals + place


def test_reordered_entries_are_found(three_seals):
    for old, new in ((14, 1000), (15, 14), (1000, 15)):
        intrude("UPDATE record_entry SET seq = %s WHERE seq = %s", three_seals + new, three_seals + old)
    report = verify()
    assert codes(report) == ["seal_entries"] and report.first_bad == three_seals + 10


def test_an_edited_seal_is_found(three_seals):
    intrude("UPDATE record_seal SET count = 9 WHERE number = 2")
    assert verify().first_bad == three_seals + 10 and "seal_edited" in codes(verify())
    intrude("DELETE FROM record_seal WHERE number = 2")
    assert "seal_missing" in codes(verify())


def test_a_cut_tail_is_found_only_against_an_anchor(three_seals):
    anchor = sealing.export_anchor()
    intrude("DELETE FROM record_entry WHERE seq >= %s", three_seals + 31)
    assert verify().ok
    report = verify(anchor)
    assert codes(report) == ["tail_cut"] and report.first_bad == three_seals + 31
    intrude("DELETE FROM record_entry WHERE seq >= %s", three_seals + 20)
    intrude("DELETE FROM record_seal WHERE number = 3")
    assert verify().ok
    report = verify(json.dumps(anchor))
    assert "seal_cut" in codes(report) and report.first_bad == three_seals + 20


def test_an_unsealed_entry_deleted_or_rewritten_is_found_against_the_anchor(three_seals, enter):
    anchor = sealing.export_anchor()
    enter()
    sealing.seal_now()
    assert verify(anchor).ok
    intrude("DELETE FROM record_seal WHERE number = 4")
    intrude("DELETE FROM record_entry WHERE seq = %s", three_seals + 31)
    assert verify().ok
    assert codes(verify(anchor)) == ["tail_differs"] and verify(anchor).first_bad == three_seals + 30


def test_a_record_rewritten_as_a_whole_is_found_against_the_anchor(three_seals, enter):
    anchor = sealing.export_anchor()
    intrude("DELETE FROM record_seal")
    intrude("DELETE FROM record_entry WHERE seq = %s", three_seals)
    sealing.seal_now()
    for _ in range(5):
        enter()
        sealing.seal_now()
    assert verify().ok
    assert "anchor_differs" in codes(verify(anchor))


def test_gaps_known_to_the_seal_are_told_from_deletions():
    assert ranges._unknown([[1, 10], [20, 20], [30, 40]], "[[3,4],[6,6],[20,20],[35,99]]") == [
        [1, 2],
        [5, 5],
        [7, 10],
        [30, 34],
    ]
    assert ranges._unknown([[5, 2**62]], "nonsense") == [[5, 2**62]]


def test_a_number_the_database_skipped_is_no_deletion(enter):
    first = enter()
    with triggers_suspended():
        Entry.objects.filter(seq=first.seq).update(seq=first.seq + 5)
    seal = sealing.seal_now()
    assert json.loads(seal.gaps_text) == [[1, first.seq + 4]] and verify().ok


def test_daily_and_interim_seals(enter):
    with calendar.travel(datetime(2026, 12, 1, 9)):
        assert sealing.seal_if_due() is None
        enter()
        assert sealing.seal_if_due() is None
    with calendar.travel(datetime(2026, 12, 1, 10)):
        assert sealing.seal_if_due().kind == "interim"
        assert sealing.seal_if_due().day == date(2026, 11, 30)
    with calendar.travel(datetime(2026, 12, 2, 0, 1)):
        daily = sealing.seal_if_due()
        assert (daily.kind, daily.day, daily.count) == ("daily", date(2026, 12, 1), 0)
        assert sealing.seal_if_due() is None and sealing.seal_now(date(2026, 12, 1)) is None
    assert verify().ok


def test_many_entries_are_sealed_before_the_hour(enter, monkeypatch):
    monkeypatch.setattr(sealing, "INTERIM_ENTRIES", 3)
    assert [enter() and sealing.seal_if_due() is not None for _ in range(3)] == [False, False, True]


def test_the_commands_say_what_they_found(three_seals, tmp_path, capsys):
    file = tmp_path / "anchor.json"
    assert commands.main_anchor(["--out", str(file)]) == 0 and commands.main_verify(["--anchor", str(file)]) == 0
    assert commands.main_seal([]) == 0 and commands.main_seal([]) == 0
    assert "没有需要封印的留痕" in capsys.readouterr().out
    intrude("UPDATE record_entry SET staff_name = 'x' WHERE seq = %s", three_seals)
    assert commands.main_verify(["--anchor", str(file)]) == 1
    assert f"第 {three_seals} 号留痕被改动" in capsys.readouterr().out
    assert commands.main_verify(["--json"]) == 1
    assert json.loads(capsys.readouterr().out)["first_bad"] == three_seals
    file.write_text("{", encoding="utf-8")
    assert (
        commands.main_verify(["--anchor", str(file)]) == commands.main_verify(["--anchor", str(tmp_path / "no")]) == 2
    )
    assert "锚点文件读不出来" in capsys.readouterr().err


@pytest.mark.parametrize("bad", ["", "[]", '"x"', '{"format": "yimen-anchor-1"}', "null"])
def test_a_foreign_anchor_is_refused(bad):
    with pytest.raises(BadAnchor, match="锚点文件"):
        read_anchor(bad)


def test_seals_count_time_in_minutes(enter):
    with calendar.travel(datetime(2026, 12, 1, 9)) as start:
        enter()
    with calendar.travel(start + timedelta(minutes=59)):
        assert sealing.seal_if_due() is None
    assert Seal.objects.count() == 0
