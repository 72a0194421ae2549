"""What the permission matrix names of a month: the comparison, money, the platform, the close."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.gateways import foreign_files, platform_files
from tests.rooms import banks, rolls
from tests.rooms.recovering import overpaid
from tests.rooms.relieving import distressed
from tests.rooms.world import TOWNSHIP, VILLAGE, World
from yimen.base.sealed import blind_index
from yimen.casework.applications.models import Application, Consent
from yimen.casework.awards import recertify_queries as recertify
from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow
from yimen.casework.monthclose import acts as monthclose
from yimen.casework.monthclose.comparison import queries as comparison
from yimen.casework.monthclose.models import MonthClose
from yimen.casework.payments import acts as payments, bank_queries
from yimen.casework.payments.accounts.entries import AccountProposal
from yimen.casework.payments.custodies.acts import CustodyEntry
from yimen.casework.payments.funds import acts as funds
from yimen.gateways.platform import door as platform, templates as templates_door
from yimen.law.terms import Role


def funded(world: World) -> dict[str, str]:
    """A budget of the district, waiting for the second person."""
    order = funds.propose_funds(
        world.at_district(Role.DISTRICT_HANDLER), move="promise", programme="dibao", source="central",
        rows={"": 100_000}, document="示例财社 1 号",
    )  # fmt: skip
    return {f"fund_{page}:ref": order.ref for page in ("order", "release", "withdraw", "reverse")}


def compared(world: World) -> dict[str, str]:
    """The same household, compared this month."""
    award = recertify.running(world.handler()).get()
    given = Consent(
        application=Application.objects.first(), person=award.household.head, given=True, signed_on=date(2026, 1, 5),
        valid_to=date(2027, 1, 5), signed_by="本人",
    )  # fmt: skip
    given.save()
    run = monthclose.ask_comparison(
        world.at_district(Role.CHECKER), month="2026-11", due_on=date(2026, 11, 24), sources=["bank"]
    )
    part = comparison.parts_of(world.at_district(Role.CHECKER), run)[0]
    pages = ("", "_import", "_job", "_practice")
    return {
        **{f"comparison{page}:ref": run.ref for page in pages},
        "comparison_part:ref": part.ref, "comparison_file:ref": part.ref,
        "comparison_household:ref": award.ref, "comparison_confirm:ref": award.ref,
    }  # fmt: skip


def _account(world: World, award: Any) -> dict[str, str]:
    """Another account for the same household, waiting for the head."""
    entry = AccountProposal(
        "示例银行", "9900000000000077777", "9900000000000077777", "换卡。", award.household.head.ref
    )
    change = payments.propose_account(world.handler(number=1), award=award.ref, entry=entry)
    found = {f"account{page}:ref": change.ref for page in ("", "_confirm", "_refuse", "_withdraw")}
    agent = world.district.who(VILLAGE, Role.AIDE)
    agreed = CustodyEntry(
        award.household.head.ref, agent.ref, "card", "失明。", "按月交付。", date(2026, 11, 1), date(2027, 11, 1)
    )
    custody = payments.record_custody(world.handler(number=1), award=award.ref, entry=agreed)
    found |= {"custody_one:ref": custody.ref, "custody_end:ref": custody.ref, "custody_new:ref": award.ref}
    return found | {"account_new:ref": award.ref}


def sent(world: World) -> dict[str, str]:
    """Last month of the same household: sent to a bank that could not pay."""
    home, number = recertify.running(world.handler()).get().household, "9900000000000000018"
    if not home.accounts.filter(to_on=None).exists():
        home.accounts.create(
            holder="韩守田", bank="示例农村商业银行", number=number, number_index=blind_index("account", number),
            from_on=date(2024, 3, 1),
        )  # fmt: skip
    template = banks.template(world)
    rolls.frozen(world, "2026-10")
    file = banks.send(world)
    row = banks.book(world, banks.take(world, file, banks.answer(file, banks.failing(1))))
    paper = bank_queries.papers_of(row)[0]
    line = bank_queries.failures(world.handler()).get().line
    found = {f"bank{page}:ref": template.ref for page in ("", "_release", "_withdraw", "_send")}
    found |= {f"bank_{page}:ref": file.ref for page in ("file", "file_out", "answer", "practise")}
    found |= {f"bank_{page}:ref": row.ref for page in ("return", "return_job", "judge", "book", "return_withdraw")}
    return found | {"bank_paper:ref": paper.ref, "bank_reissue:ref": line.ref, "bank_letter:ref": line.ref}


def paying(world: World) -> dict[str, str]:
    """The same household, its payment held by the colleague."""
    award = recertify.running(world.handler()).get()
    hold = payments.place_hold(world.handler(number=1), award=award.ref, kind="account", words="存折遗失，等补办。")
    roll = payments.open_roll(world.handler(), month="2026-11")
    payments.draw_up_roll(world.handler(), roll.ref)
    pages = (
        "",
        *(
            f"_{what}"
            for what in "job submit resume approve release return withdraw further line table issue slips".split()
        ),
    )
    found = {f"roll{page}:ref": roll.ref for page in pages} | _closing(world)
    return (
        found
        | {"roll_line:award": award.ref, "hold_place:ref": award.ref, "hold_free:ref": hold.ref}
        | _account(world, award)
    )


def _closing(world: World) -> dict[str, str]:
    """Last month, signed by the colleague and waiting for the head."""
    by = world.handler(number=1)
    close = MonthClose.objects.create(
        area_id=TOWNSHIP, office=by.office, month="2026-10", signed_on=date(2026, 10, 30), proposed_by=by.staff
    )
    pages = "job rows file return resume receive reopen".split()
    return {f"close_{page}:ref": close.ref for page in pages} | {"paper": "fund_table"}


def taken_back(world: World) -> dict[str, str]:
    """The same household, paid too much in two months: one ordered back and partly brought, one not proposed yet."""
    award, decider = recertify.running(world.handler()).get(), world.at_district(Role.DISTRICT_DECIDER)
    made, refund = overpaid(world, award)
    names = ("recovery", *(f"recovery_{page}" for page in ("order", "return", "withdraw", "refund")))
    assert made.ordered_by_id == decider.staff.pk
    return {
        **{f"{name}:ref": made.ref for name in names},
        "recovery_new:ref": award.ref,
        "refund_check:ref": refund.ref,
    }


def foreign(world: World) -> dict[str, str]:
    """A template of somebody else, and one that the handler has only just handed in."""
    handler = world.handler()
    row = foreign_files.registered(handler)
    draft = templates_door.keep_draft(handler, foreign_files.template(), "报送.xlsx")
    return {"foreign_fill:ref": row.ref, "foreign_retire:ref": row.ref, "foreign_columns:ref": draft}


def reconciled(world: World) -> dict[str, str]:
    """The platform's file of this month, in which the household's account is another one."""
    handler, award = world.handler(), recertify.running(world.handler()).get()
    row_of = LedgerRow("第3行", VILLAGE, (LedgerPerson("韩守田", "990101195803020018", "self"),), "A", 1, "2024-03")
    made = platform_files.line(1, row_of, identity=award.household.head.identity)
    run = platform.upload(handler, platform_files.export([made]), "平台.xlsx", month="2026-11")
    run = platform.compare(handler, run)
    pages = ("platform_run", *(f"platform_{what}" for what in "columns again job".split()))
    return {**{f"{page}:ref": run.ref for page in pages}, "platform_adopt:ref": run.lines.order_by("position")[0].ref}


def relieved(world: World) -> dict[str, str]:
    """Somebody of the village in urgent distress, registered and not decided yet."""
    case = distressed(world.handler(), world.crowd.person(date(2026, 11, 24), 40, 60), VILLAGE)
    pages = ("one", "decide", "hand_out", "complete", "cancel")
    return {f"relief_{page}:ref": case.ref for page in pages}
