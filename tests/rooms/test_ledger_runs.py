"""Who takes a ledger over, in parts that survive an interruption, and how it is undone within a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.conftest import TODAY
from tests.rooms import rolls
from tests.rooms.ledgers import SOURCE, code, families, family, lines, proposed, take
from tests.rooms.world import TOWNSHIP, World
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.record.models import Entry
from yimen.base.sealed import blind_index
from yimen.casework.awards import acts, queries, versions
from yimen.casework.awards.ledgers import parts
from yimen.casework.awards.ledgers.entries import LedgerRow
from yimen.casework.awards.models import Award, LedgerLine, LedgerRun
from yimen.casework.households.models import BankAccount, Membership, Person
from yimen.law.aftercare.history import dues
from yimen.law.aftercare.terms import AwardCause, AwardPhase
from yimen.law.calendar import ZONE, start_of_day
from yimen.law.ledger import LineOutcome, LineState, RunState
from yimen.law.terms import Role

Travel = Callable[[datetime], None]
NINE = datetime.combine(TODAY, datetime.min.time(), ZONE) + timedelta(hours=9)


def state_of(world: World, *rows: LedgerRow) -> list[str]:
    return [str(line.state) for line in lines(proposed(world, list(rows)))]


def only(world: World, *rows: LedgerRow) -> LedgerLine:
    """The last of the lines of a preview."""
    return lines(proposed(world, list(rows)))[-1]


def said(line: LedgerLine) -> str:
    return "；".join(sentence for _, sentence in line.problems)


# -- who -----------------------------------------------------------------------------------


def test_nobody_confirms_what_they_uploaded(world: World) -> None:
    head = world.head()
    run = acts.open_ledger(head, source=SOURCE)
    acts.draw_up(head, run.ref, rows=families(world, 2))
    acts.submit_ledger(head, ref=run.ref)
    with pytest.raises(Refused, match="须由不同的人办理"):
        acts.take_over_ledger(head, ref=run.ref, code=code(head))
    with pytest.raises(Refused, match="您的岗位不能办理"):
        acts.take_over_ledger(world.handler(), ref=run.ref, code="000000")
    assert not Award.objects.exists()


def test_confirming_asks_for_the_second_factor(world: World) -> None:
    run = acts.submit_ledger(world.handler(), ref=proposed(world, families(world, 1)).ref)
    with pytest.raises(Refused, match="动态口令不正确"):
        acts.take_over_ledger(world.head(), ref=run.ref, code="abc")


def test_another_township_does_not_see_the_run(world: World) -> None:
    run = proposed(world, families(world, 1))
    stranger = world.handler("990101002")
    with pytest.raises(Unknown):
        acts.submit_ledger(stranger, ref=run.ref)
    with pytest.raises(Refused, match="只能导入本乡街的台账"):
        acts.open_ledger(stranger, source=SOURCE, township=TOWNSHIP)
    for role in (Role.SUPERVISOR, Role.SYSTEM_ADMIN, Role.DISTRICT_HANDLER):
        with pytest.raises(Refused, match="您的岗位不能办理"):
            acts.open_ledger(world.at_district(role), source=SOURCE)


def test_nobody_brings_or_confirms_their_own_household(world: World) -> None:
    rows = families(world, 2)
    head = world.head()
    head.staff.identity_index = blind_index("identity", rows[1].people[0].identity)
    head.staff.save()
    run = proposed(world, rows)
    assert "近亲属" in lines(run)[1].remarks[0]
    acts.submit_ledger(world.handler(), ref=run.ref)
    with pytest.raises(Refused, match="您应当回避"):
        acts.take_over_ledger(head, ref=run.ref, code=code(head))
    own = acts.draw_up(head, acts.open_ledger(head, source=SOURCE).ref, rows=rows)
    assert [line.state for line in lines(own)] == ["new", "error"]


def test_a_preview_changed_behind_the_programs_back_is_refused(world: World) -> None:
    run = acts.submit_ledger(world.handler(), ref=proposed(world, families(world, 2)).ref)
    line = lines(run)[0]
    line.entry = {**line.entry, "monthly_fen": 99999900}
    line.save()
    with pytest.raises(Refused, match="与提交时不一致"):
        acts.take_over_ledger(world.head(), ref=run.ref, code=code(world.head()))


# -- parts, interruptions, races ---------------------------------------------------------


def test_an_interrupted_run_goes_on_where_it_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 2)
    run = acts.submit_ledger(world.handler(), ref=proposed(world, families(world, 5)).ref)
    head = world.head()
    acts.take_over_ledger(head, ref=run.ref, code=code(head))

    class Killed(BaseException):
        """As if the process had ended."""

    def die(done: int, total: int) -> None:
        if done >= 4:
            raise Killed

    with pytest.raises(Killed):
        acts.carry_on(head, run.ref, die)
    assert Award.objects.count() == 4
    assert acts.carry_on(head, run.ref).state == RunState.DONE
    assert acts.carry_on(head, run.ref).state == RunState.DONE
    assert Award.objects.count() == 5
    entries = Entry.objects.filter(subject_ref=run.ref).order_by("seq")
    assert [entry.act for entry in entries] == ["open_ledger", "submit_ledger", *["take_over_ledger"] * 4]
    assert entries[2].facts["file"] == "0" * 64 and entries[2].facts["new"] == 5
    assert [entry.facts["opened"] for entry in entries[3:]] == [2, 2, 1]


def test_a_row_overtaken_since_the_preview_is_left_out_with_its_reason(world: World) -> None:
    rows = families(world, 3)
    late = acts.submit_ledger(world.handler(), ref=proposed(world, rows).ref)
    take(world, rows[:1])
    head = world.head()
    acts.take_over_ledger(head, ref=late.ref, code=code(head))
    run = acts.carry_on(head, late.ref)
    assert (run.counts["taken"], run.counts["left"]) == (2, 1)
    assert "预览之后情况有变" in lines(run)[0].reason
    assert Award.objects.count() == 3


def test_two_ledgers_of_a_township_wait_for_each_other(world: World) -> None:
    first = acts.submit_ledger(world.handler(), ref=proposed(world, families(world, 1)).ref)
    second = acts.submit_ledger(world.handler(), ref=proposed(world, families(world, 1)).ref)
    head = world.head()
    acts.take_over_ledger(head, ref=first.ref, code=code(head))
    with pytest.raises(Refused, match="正在导入或撤销"):
        acts.take_over_ledger(head, ref=second.ref, code=code(head))


def test_a_withdrawn_ledger_leaves_no_rows(world: World) -> None:
    run = acts.submit_ledger(world.handler(), ref=proposed(world, families(world, 2)).ref)
    acts.withdraw_ledger(world.head(), ref=run.ref, reason="金额列不对")
    run.refresh_from_db()
    assert run.state == RunState.WITHDRAWN and run.note == "金额列不对" and not run.lines.exists()
    with pytest.raises(Refused, match="已撤回"):
        acts.submit_ledger(world.handler(), ref=run.ref)


# -- undoing -----------------------------------------------------------------------------


def undo(world: World, run: LedgerRun, reason: str = "拿错了文件") -> LedgerRun:
    head = world.head()
    acts.undo_ledger(head, ref=run.ref, reason=reason, code=code(head))
    return acts.carry_on(head, run.ref)


def test_undoing_ends_everything_and_the_ledger_can_come_again(world: World) -> None:
    rows = families(world, 3)
    run = undo(world, take(world, rows))
    assert run.state == RunState.UNDONE and run.counts["reversed"] == 3
    assert {award.voided_on for award in Award.objects.order_by("id")} == {TODAY}
    assert not queries.in_township(TOWNSHIP).exists()
    assert not Membership.objects.filter(to_on=None).exists() and not BankAccount.objects.filter(to_on=None).exists()
    again = take(world, rows)
    assert again.counts["taken"] == 3 and queries.counts(TOWNSHIP)[0] == 3


def test_undoing_a_change_brings_the_old_values_back(world: World) -> None:
    row = family(world, 1, 3, category="B", phone="13900000001")
    take(world, [row])
    third = Person.objects.filter(name=row.people[2].name)
    third.update(died_on=TODAY)
    edited = replace(
        row, people=row.people[:2], category="A", monthly_fen=90000, village="990101001003", account="9988888888888888888",
        phone="13900000002", group="9组",
    )  # fmt: skip
    run = take(world, [edited])
    assert run.counts["changed"] == 1
    assert undo(world, run).counts["reversed"] == 1
    third.update(died_on=None)
    assert state_of(world, row) == [LineState.SAME]
    award = Award.objects.get()
    assert award.voided_on is None and award.persons.filter(active=True).count() == 3


def test_what_was_built_on_since_stays_with_its_reason(world: World) -> None:
    rows = families(world, 3)
    run = take(world, rows)
    take(world, [replace(rows[0], monthly_fen=77700)])
    account = BankAccount.objects.get(household__head__name=rows[1].head_name)
    account.to_on = TODAY
    account.save()
    done = undo(world, run)
    assert (done.counts["reversed"], done.counts["kept"]) == (1, 2)
    told = {line.place: line.reason for line in lines(done)}
    assert "又有变动" in told["第2行"] and "账户" in told["第3行"] and not told["第4行"]
    assert [line.outcome for line in lines(done)] == [LineOutcome.KEPT, LineOutcome.KEPT, LineOutcome.REVERSED]


def test_after_a_day_it_is_too_late_to_undo(world: World, travel: Travel) -> None:
    travel(NINE)
    run = take(world, families(world, 1))
    travel(NINE + timedelta(hours=24, minutes=1))
    with pytest.raises(Refused, match="逐户办理变更或停保"):
        undo(world, run)
    travel(NINE + timedelta(hours=23))
    with pytest.raises(Refused, match="为什么撤销"):
        undo(world, run, " ")
    assert undo(world, run).state == RunState.UNDONE


def test_the_undo_ends_on_the_hour(world: World) -> None:
    run = take(world, families(world, 1))
    assert run.undo_until - run.finished_at == timedelta(hours=24)
    assert run.finished_at >= start_of_day(TODAY)


def test_what_a_later_version_rests_on_is_not_undone(world: World) -> None:
    run = take(world, families(world, 2))
    held, _ = Award.objects.order_by("id")
    basis = versions.Basis("change", "later", TODAY)
    versions.add(held, held.start_month, AwardCause.SUSPENDED, basis, phase=AwardPhase.HELD, monthly_fen=0)
    acts.undo_ledger(world.head(), ref=run.ref, reason="拿错了文件", code=code(world.head()))
    done = acts.carry_on(world.head(), run.ref)
    assert (done.counts["reversed"], done.counts["kept"]) == (1, 1)
    assert "又有变更、暂停或标准调整" in next(line.reason for line in lines(done) if line.outcome == LineOutcome.KEPT)
    held.refresh_from_db()
    assert held.voided_on is None


def test_what_a_roll_has_paid_stays_as_it_was_reckoned(world: World) -> None:
    """The month is paid: a correction counts from the next one, the start stays, and what was paid is not undone."""
    rows = families(world, 2)
    first = take(world, rows)
    rolls.frozen(world)
    run = take(world, [replace(rows[0], monthly_fen=90_000), replace(rows[1], start_month="2024-01")])
    raised, moved = lines(run)
    assert "这次的更正从 2026-12 起算" in " ".join(raised.remarks)
    assert moved.state == LineState.ERROR and "已按发放名册发到 2026-11" in str(moved.problems)
    award = Award.objects.order_by("id")[0]
    assert dues(list(award.versions.all()), "2026-11", "2026-12") == {"2026-11": rows[0].monthly_fen, "2026-12": 90_000}
    done = undo(world, first)
    assert done.counts["kept"] == 2
    assert "已按导入的内容发放到 2026-11" in next(line.reason for line in lines(done) if line.place == rows[1].place)
    assert undo(world, run).counts["reversed"] == 1
    assert dues(list(award.versions.all()), "2026-11", "2026-12") == dict.fromkeys(
        ("2026-11", "2026-12"), rows[0].monthly_fen
    )
