"""平台对账: planted differences are found exactly, each handled once, a later file settles them; nothing changes an award."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.gateways.ledger_files import book
from tests.gateways.platform_files import HEADS, export, line, planted
from tests.rooms.ledgers import families, family, take
from tests.rooms.test_ledger_programmes import recognised, tekun
from tests.rooms.world import TOWNSHIP, World, make_world
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.papers import desk as papers
from yimen.casework.awards import acts as awards, change_queries as changes
from yimen.casework.awards.changes.entries import ReportEntry
from yimen.casework.awards.models import Award, AwardVersion
from yimen.casework.monthclose import queries as month
from yimen.casework.monthclose.models import PlatformLine, PlatformRun
from yimen.casework.monthclose.platform import acts, listing, queries
from yimen.gateways.platform import door
from yimen.law.platform import Handling, LineKind, MonthState, PlatformState, programme_of, standing_of
from yimen.law.terms import Programme

MONTH, BEFORE = "2026-11", "2026-10"
OWN = "9900000000000001234"


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def stock(world: World) -> list[Any]:
    """Twelve households on 低保, one person on 特困, one edge household."""
    rows = families(world, 12)
    take(world, rows)
    beside = [tekun(world, 51, urban=True), recognised(world, Programme.EDGE, 61)]
    for row in beside:
        take(world, [row])
    return [*rows, *(replace(row, village_name="站前社区") for row in beside)]


def brought(world: World, data: bytes, name: str = "平台.xlsx", on: str = MONTH, **more: Any) -> Any:
    """Uploaded and compared by the handler."""
    handler = world.handler()
    run = door.upload(handler, data, name, month=on, **more)
    assert door.choices(run)[0].complete
    return door.compare(handler, run)


def found(run: Any) -> set[tuple[str, str, str]]:
    """Kind, head and field of every line that is no agreement."""
    rows = run.lines.exclude(handling=str(Handling.SETTLED)).order_by("position")
    return {(row.kind, row.head_name, row.field) for row in rows}


def one(run: Any, field: str) -> PlatformLine:
    return PlatformLine.objects.get(run=run, field=field)


def refusal(call: Any, *args: Any, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **more)
    return refused.value.sentence


# -- comparing -----------------------------------------------------------------------------


def test_differences_of_every_kind_are_found_exactly(world: World, stock: list[Any]) -> None:
    names = [row.people[0].name for row in stock]
    bad_digit = stock[5].people[0].identity
    bad_digit = bad_digit[:-1] + ("1" if bad_digit[-1] != "1" else "2")
    plants: dict[int, dict[str, Any]] = {
        0: {"amount": 999.5, "supplement": 20},
        1: {"account": OWN},
        2: {"name": "王不同"},
        3: {"category": "甲类", "urban": "农村"},
        4: {"month": "2025-01", "persons": 9},
        5: {"identity": bad_digit},
        6: {"standing": "已注销", "amount": 1},
        7: {"village": "没有的村"},
        8: {"programme": "特困人员"},
        9: {"identity": float(stock[9].people[0].identity[:17]) * 10},
        11: {"identity": stock[11].people[0].identity[:15]},
    }
    lines = [line(at + 1, row, **plants.get(at, {})) for at, row in enumerate(stock) if at != 10]
    stranger = family(world, 70, 1)
    lines += [
        line(90, stranger),
        line(91, stock[13]),
        line(92, stock[0], programme="临时救助"),
        line(93, stranger, standing="注销"),
    ]
    run = brought(world, export(lines))
    same = str(LineKind.DIFFERS)
    expected = {
        (same, names[0], "amount"), (same, names[0], "supplement"), (same, names[1], "account"), (same, names[2], "head_name"),
        (same, names[3], "category"), (same, names[3], "urban"), (same, names[4], "start_month"), (same, names[4], "persons"),
        (same, names[5], "head_identity"), (same, names[6], "standing"), (same, names[7], "village"), (same, names[8], "programme"),
        ("ours", names[9], ""), ("ours", names[10], ""), ("ours", names[11], ""), ("theirs", stranger.people[0].name, ""),
        ("refused", names[9], ""), ("refused", names[11], ""), ("refused", names[13], ""), ("refused", stranger.people[0].name, ""),
    }  # fmt: skip
    assert found(run) == expected
    assert (run.counts["rows"], run.counts["same"], run.counts["differs"], run.counts["awards"]) == (16, 2, 9, 14)
    told = {row.head_name: row.remark for row in run.lines.filter(kind=str(LineKind.REFUSED))}
    assert "截断" in told[names[9]] and "只有15位" in told[names[11]] and "同一人" in told[names[13]]
    assert "同名" in run.lines.get(kind="ours", head_name=names[9]).remark
    assert any("不在这次对账范围：临时救助" in row["why"] for row in run.skipped)
    account = one(run, "account")
    assert account.theirs.endswith("1234") and account.theirs.startswith("***") and account.ours != account.theirs
    whole = {row.people[0].identity for row in stock} | {row.account for row in stock if row.account}
    kept = " ".join(f"{row.ours} {row.theirs} {row.remark}" for row in run.lines.order_by("position"))
    assert not any(number in kept for number in whole)


def test_another_head_of_the_same_household_is_the_same_household(world: World) -> None:
    row = family(world, 1, 3)
    take(world, [row])
    wife = row.people[1]
    run = brought(world, planted([row], {0: {"name": wife.name, "identity": wife.identity}}))
    assert {key for _, _, key in found(run)} == {"head_name", "head_identity"}


def test_the_month_is_what_its_history_says(world: World, stock: list[Any]) -> None:
    ended = Award.objects.filter(programme="dibao").order_by("pk")[0]
    last = AwardVersion.objects.get(award=ended)
    AwardVersion.objects.create(
        award=ended, township_id=TOWNSHIP, village=last.village, seq=2, from_month=MONTH, cause="ended", phase="ended",
        monthly_fen=0, basis_kind="change", basis_ref="x", on=last.on,
    )  # fmt: skip
    Award.objects.filter(pk=ended.pk).update(end_month=MONTH, phase="ended")
    data = planted(stock, {})
    assert found(brought(world, data, on=BEFORE)) == set()
    run = brought(world, data)
    assert found(run) == {("theirs", stock[0].people[0].name, "")}
    assert run.lines.get().remark == f"我方最低生活保障自 {MONTH} 起已停止。"
    assert month.reconciled(TOWNSHIP, BEFORE).state is MonthState.AGREED


def test_the_number_of_statements_does_not_grow_with_the_rows(world: World, stock: list[Any]) -> None:
    counted = []
    for rows in (stock[:3], stock):
        data = planted(rows, {at: {"amount": 1} for at in range(len(rows))})
        run = door.upload(world.handler(), data, "平台.xlsx", month=MONTH)
        with CaptureQueriesContext(
            connection,
        ) as statements:
            door.compare(world.handler(), run)
        counted.append(len(statements))
    assert abs(counted[1] - counted[0]) <= 6, counted


# -- what is refused -----------------------------------------------------------------------


def test_replayed_foreign_empty_and_broken_files_change_nothing(world: World, stock: list[Any]) -> None:
    handler, data = world.handler(), planted(stock, {1: {"account": OWN}})
    run = brought(world, data)
    before = list(PlatformLine.objects.order_by("pk").values())
    assert "已于" in refusal(door.upload, handler, data, "改了名字.xlsx", month=MONTH)
    others = [line(1, family(world, 80, 1)), line(2, family(world, 81, 1))]
    opened = door.upload(handler, export(others), "别的街.xlsx", month=MONTH)
    assert "没有一户是" in refusal(door.compare, handler, opened)
    nothing = door.upload(handler, export([]), "空.xlsx", month=MONTH)
    assert refusal(door.compare, handler, nothing)
    assert "文件写的是 2026-10" in refusal(door.upload, handler, data + b"0", "2026年10月.xlsx", month=MONTH)
    assert refusal(door.upload, handler, data[:900], "断了.xlsx", month=MONTH)
    assert "还没有到" in refusal(door.upload, handler, export(others), "x.xlsx", month="2026-12")
    assert "xls" in refusal(door.upload, handler, b"\xd0\xcf\x11\xe0", "x.xls", month=MONTH)
    with pytest.raises(Unknown):
        queries.run(world.handler("990101002"), run.ref)
    assert list(PlatformLine.objects.order_by("pk").values()) == before
    assert PlatformRun.objects.get(pk=run.pk).state == PlatformState.COMPARED


def test_unknown_headings_are_asked_once_for_the_district(world: World, stock: list[Any]) -> None:
    heads = [{"户主姓名": "户主尊姓", "月保障金额": "钱数"}.get(head, head) for head in HEADS]
    rows = [line(at, row) for at, row in enumerate(stock[:12], 1)]
    run = door.upload(world.handler(), export(rows, heads), "平台.xlsx", month=MONTH)
    [choice] = door.choices(run)
    assert choice.unknown == ["户主尊姓", "钱数"] and choice.lacking == ["户主姓名"]
    assert "户主姓名" in refusal(door.compare, world.handler(), run)
    fields = list(choice.fields)
    fields[heads.index("户主尊姓")], fields[heads.index("钱数")] = "head_name", "head_name"
    assert "选在了几列上" in refusal(door.compare, world.handler(), run, "", fields)
    fields[heads.index("钱数")] = "amount"
    assert door.compare(world.handler(), run, "", fields).counts["same"] == 12
    other = door.choices_in(export(rows[:3], heads), queries.heads_of("990101002"))
    assert other[0].complete, "another township of the district is not asked again"


def test_of_which_assistance_a_file_is(world: World, stock: list[Any]) -> None:
    """Without a column for it by its title; a file of one programme says nothing of the others."""
    at = HEADS.index("救助项目")
    heads = [head for head in HEADS if head != "救助项目"]
    rows = [[cell for n, cell in enumerate(line(1, row)) if n != at] for row in stock[:12]]
    unclear = door.upload(world.handler(), export(rows, heads), "平台.xlsx", month=MONTH)
    assert "救助项目" in refusal(door.compare, world.handler(), unclear)
    run = brought(world, export(rows, heads, "青禾街道城市低保对象"), "低保.xlsx")
    assert (run.programmes, found(run)) == (["dibao"], set())
    state = month.reconciled(TOWNSHIP, MONTH)
    assert (state.state, state.lacking) == (MonthState.OPEN, ("edge", "tekun"))
    assert "边缘" in refusal(acts.issue_platform_sheet, world.handler(), township=TOWNSHIP, month=MONTH)
    assert programme_of("城市低保边缘家庭") is Programme.EDGE and programme_of("高龄津贴") is None
    assert standing_of("正常 享受") == "running" and standing_of("说不清") is None


# -- handling ------------------------------------------------------------------------------


def test_what_was_said_of_a_difference_lives_on_until_a_file_settles_it(world: World, stock: list[Any]) -> None:
    handler = world.handler()
    first = brought(
        world, planted(stock, {1: {"account": OWN}, 2: {"name": "王不同"}, 3: {"month": "2025-01"}, 4: {"amount": 1}})
    )
    fix = [one(first, "account").ref, one(first, "head_name").ref]
    acts.handle_differences(handler, refs=fix, how=str(Handling.FIX))
    assert "写明" in refusal(acts.handle_differences, handler, refs=[one(first, "start_month").ref], how="kept")
    acts.handle_differences(
        handler, refs=[one(first, "start_month").ref], how="kept", reason="平台统一录入，不影响发放"
    )
    acts.tick_fixed(handler, refs=fix)
    assert [row.handling for row in queries.to_fix(TOWNSHIP, MONTH)] == ["fixed", "fixed"]
    assert "没有办结" in refusal(acts.issue_platform_sheet, handler, township=TOWNSHIP, month=MONTH)
    # The account was mended, the name was not, the kept month is as it was, the amount is another one now.
    second = brought(world, planted(stock, {2: {"name": "王不同"}, 3: {"month": "2025-01"}, 4: {"amount": 2}}))
    assert PlatformRun.objects.get(pk=first.pk).state == PlatformState.REPLACED
    settled = one(first, "account")
    assert (settled.handling, settled.settled_by_id) == (Handling.SETTLED, second.pk)
    again, kept, changed = one(second, "head_name"), one(second, "start_month"), one(second, "amount")
    assert again.handling == Handling.FIX and "仍然不同" in again.remark
    assert (kept.handling, kept.reason) == (Handling.KEPT, "平台统一录入，不影响发放")
    assert changed.handling == Handling.OPEN
    assert refusal(acts.tick_fixed, handler, refs=fix[:1]), "an older file's lines are no work any more"
    third = brought(world, planted(stock, {3: {"month": "2025-02"}}))
    assert one(third, "start_month").handling == Handling.OPEN, "a reason speaks of the values it was given for"
    fourth = brought(world, planted(stock, {3: {"month": "2025-01"}}, ()) + b"")
    acts.handle_differences(handler, refs=[one(fourth, "start_month").ref], how="kept", reason="同前，不影响发放")
    state = month.reconciled(TOWNSHIP, MONTH)
    assert (state.state, state.open, state.kept, state.same) == (MonthState.AGREED, 0, 1, 13)


def test_after_the_platform_a_change_is_opened_and_no_award_changes(world: World, stock: list[Any]) -> None:
    handler = world.handler()
    before = list(Award.objects.order_by("pk").values()), AwardVersion.objects.count()
    data = planted(stock, {1: {"account": OWN, "amount": 5}}, without=[2])
    run = brought(world, data)
    account = one(run, "account")
    said = queries.proposed(account, handler.staff.name)
    assert said["event"] == "account" and "平台“***************1234”" in said["statement"]
    line_ = acts.adopt_platform(handler, ref=account.ref, report=ReportEntry(**said, concerns=()))
    change = changes.find(handler, line_.change.ref)
    assert (change.event, change.state, change.award_id) == ("account", "reported", account.award_id)
    joined = acts.adopt_platform(handler, ref=one(run, "amount").ref)
    assert joined.change_id == change.pk, "the second difference of a household joins its open change"
    assert "变更里办完" in refusal(acts.handle_differences, handler, refs=[account.ref], how="fix")
    assert (list(Award.objects.order_by("pk").values()), AwardVersion.objects.count()) == before
    assert month.reconciled(TOWNSHIP, MONTH).open == 3
    again = door.compare(handler, queries.run(handler, run.ref))
    assert one(again, "account").change_id == change.pk, "compared again, it is still under way"
    awards.take_up_change(handler, ref=change.ref)


def test_the_sheet_speaks_for_the_files_that_count(world: World, stock: list[Any]) -> None:
    handler = world.handler()
    assert month.reconciled(TOWNSHIP, MONTH).state is MonthState.NONE
    brought(world, planted(stock, {}))
    state = month.reconciled(TOWNSHIP, MONTH)
    assert (state.state, state.same, state.filed) == (MonthState.AGREED, 14, False)
    sheet = acts.issue_platform_sheet(handler, township=TOWNSHIP, month=MONTH)
    paper = queries.paper_of(sheet)
    assert paper is not None and paper.data["result"] == "完全一致"
    assert papers.render(paper).startswith(b"%PDF")
    assert month.reconciled(TOWNSHIP, MONTH).filed
    brought(world, planted(stock, {0: {"amount": 1}}))
    state = month.reconciled(TOWNSHIP, MONTH)
    assert (state.state, state.sheet) == (MonthState.OPEN, ""), "a later file takes the sheet's word"
    with pytest.raises(Refused):
        acts.issue_platform_sheet(world.handler("990101002"), township=TOWNSHIP, month=MONTH)


def test_the_work_list_says_what_to_type(world: World, stock: list[Any]) -> None:
    handler = world.handler()
    run = brought(world, planted(stock, {3: {"account": OWN}, 1: {"amount": 5}}, without=[2]))
    refs = list(run.lines.values_list("ref", flat=True))
    acts.handle_differences(handler, refs=refs, how="fix")
    lines = list(queries.to_fix(TOWNSHIP, MONTH))
    assert [row.row for row in lines] == sorted(row.row for row in lines), "in the platform's own order"
    shown, whole = listing.to_type(lines, full=False), listing.to_type(lines, full=True)
    assert not any(row.account in str(shown) or row.people[0].identity in str(shown) for row in stock if row.account)
    at = next(n for n, row in enumerate(lines) if row.field == "account")
    assert (whole[at].value, whole[at].identity) == (stock[3].account, stock[3].people[0].identity)
    assert whole[at].their_number == "JT000004"


def test_a_book_without_a_head_is_no_file_of_the_platform(world: World) -> None:
    assert "没有找到表头" in refusal(
        door.upload, world.handler(), book(("a", [["甲", "乙"], [1, 2]])), "x.xlsx", month=MONTH
    )
