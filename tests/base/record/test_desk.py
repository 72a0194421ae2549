"""Writing and asking."""

from datetime import date, datetime

import pytest

from yimen.base.record import desk
from yimen.base.record.models import Entry, Read
from yimen.law import calendar


def test_an_entry_carries_the_servers_time_and_its_own_digest(enter):
    with calendar.travel(datetime(2026, 12, 1, 0, 30)):
        entry = enter(business_date=date(2026, 11, 26))
        assert entry.at == calendar.now() and entry.business_date == date(2026, 11, 26)
        assert enter().business_date == date(2026, 12, 1)
    assert entry.digest.startswith("sha256:") and entry.facts == {"result": "受理", "working_days": 3}


def test_the_sm_profile_digests_with_sm3(enter, settings):
    settings.YIMEN_DIGEST = "sm3"
    entry = enter()
    assert (entry.algorithm, entry.digest[:4]) == ("sm3", "sm3:")


@pytest.mark.parametrize("number", ["11010519491231002X", "13800138000", "6222020200112233442", "110105491231002"])
def test_a_number_typed_into_a_reason_does_not_enter_the_record(enter, number):
    entry = enter(facts={"reason": f"电话或证号{number}，经核实", "items": [number]})
    assert number not in entry.facts_text and desk.HIDDEN in entry.facts["reason"] == f"电话或证号{desk.HIDDEN}，经核实"


@pytest.mark.parametrize(
    "harmless",
    ["安民低保〔2026〕第000123号", "990101001202611220001", "sha256:" + "13800138000" * 5, "20261122000123"],
)
def test_numbers_of_cases_and_digests_stay(enter, harmless):
    assert enter(facts={"paper": harmless}).facts["paper"] == harmless


def test_facts_are_small_and_plain(enter):
    with pytest.raises(ValueError, match="at most"):
        enter(facts={"x": "长" * 20_000})
    with pytest.raises(TypeError):
        enter(facts={"share": 0.5})


def test_who_did_what_to_a_subject(enter, django_assert_num_queries):
    enter(act="visit", staff_id=1)
    enter(act="visit", staff_id=2)
    enter(act="decide", staff_id=3)
    enter(act="visit", staff_id=4, subject_ref="other0000000")
    enter(act="visit", staff_id=None)
    with django_assert_num_queries(1):
        assert desk.did("application", "bcdfghjkmnpq", ["visit", "interview"]) == {1, 2}
    assert [e.act for e in desk.entries_of("application", "bcdfghjkmnpq")] == ["visit", "visit", "decide", "visit"]


def test_reads_are_shown_to_the_person(db):
    for purpose in ("审核申请", "入户核查"):
        desk.note_read(
            staff_id=1, staff_name="李", account_id=1, office_code="o", subject_kind="household",
            subject_ref="h", person_ref="p", purpose=purpose, channel="page",
        )  # fmt: skip
    assert [read.purpose for read in desk.reads_of_person("p")] == ["入户核查", "审核申请"]
    assert list(desk.reads_of("household", "h")) == list(Read.objects.order_by("-id"))
    assert Entry.objects.count() == 0
