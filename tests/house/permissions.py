"""One district and one case for the permission matrix: every actor and every reference that an address may name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.test.client import ClientHandler

from tests.gateways import foreign_files, platform_files
from tests.gateways.ledger_files import ledger, row
from tests.rooms import banks, rolls
from tests.rooms.checking import asked, content, rows
from tests.rooms.recovering import overpaid
from tests.rooms.relieving import distressed
from tests.rooms.world import DISTRICT, TOWNSHIP, VILLAGE, World, make_world
from yimen.base.access import second
from yimen.base.access.officer import ADMIN_ROLES, DISTRICT_ROLES, officer_of
from yimen.base.exports import desk as exports
from yimen.base.exports.models import Export, ExportLink
from yimen.base.jobs import desk as jobs
from yimen.base.offices.models import Account, Area, Office, Post, Staff
from yimen.base.papers import desk as papers, runs
from yimen.base.papers.models import PrintRun
from yimen.base.powers import acts as powers
from yimen.base.refs import new_ref
from yimen.base.sealed import blind_index
from yimen.casework.applications import acts as applications
from yimen.casework.applications.models import Application, Consent
from yimen.casework.awards import acts as awards, recertify_queries as recertify
from yimen.casework.awards.changes.entries import ReportEntry
from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow
from yimen.casework.awards.models import Award
from yimen.casework.awards.recertify.entries import CheckEntry
from yimen.casework.monthclose import acts as monthclose
from yimen.casework.monthclose.comparison import queries as comparison
from yimen.casework.monthclose.models import MonthClose
from yimen.casework.payments import acts as payments, bank_queries
from yimen.casework.payments.accounts.entries import AccountProposal
from yimen.casework.payments.custodies.acts import CustodyEntry
from yimen.casework.payments.funds import acts as funds
from yimen.casework.verification import acts as verification
from yimen.desks.public.screen import key_of
from yimen.desks.shared.models import Batch
from yimen.gateways.ledgers import door as ledgers
from yimen.gateways.platform import door as platform, templates as templates_door
from yimen.gateways.provincial import door
from yimen.gateways.provincial.working import JOB
from yimen.law.identity import check_character
from yimen.law.terms import Level, OfficeKind, Role

OTHER_TOWNSHIP, NEXT_VILLAGE, OTHER_DISTRICT = "990101002", "990101001002", "990102"
LATE = "2026-11-24T23:59:59+08:00"
STANDARD = "dibao.standard.urban"
SERVER = ClientHandler(enforce_csrf_checks=False)
LEDGER_PAGES = ("columns", "errors", "job", "submit", "confirm", "withdraw", "undo", "resume")


@dataclass
class Actor:
    """Somebody who tries every address. ``sees``: the case; ``owns``: the draft and the job; ``home``: this district."""

    name: str
    roles: frozenset[Role] = frozenset()
    sees: bool = False
    owns: bool = False
    home: bool = False
    session: str = ""

    def browser(self) -> Client:
        """A fresh browser that carries this actor's session; all ask one server, started once."""
        client = Client()
        client.handler = SERVER
        if self.session:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        return client


@dataclass
class Scene:
    """The actors, and per parameter (or route and parameter) what to put into an address."""

    actors: list[Actor] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, account: Account, **more: bool) -> None:
        officer = officer_of(account)
        self.actors.append(Actor(name, officer.roles, session=_session(account), **more))


def _session(account: Account) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store["started"] = LATE
    store.create()
    return str(store.session_key)


def _hire(number: int, office: Office, role: Role) -> Account:
    body = f"{OTHER_DISTRICT}19800101{number:03d}"
    identity = body + check_character(body)
    person = Staff.objects.create(
        name=f"邻区{number}", identity=identity, identity_index=blind_index("identity", identity), office=office,
        duty="official",
    )  # fmt: skip
    Post.objects.create(staff=person, office=office, role=role, valid_from=date(2025, 1, 1))
    account = Account(username=f"next-{role}", staff=person)
    account.set_unusable_password()
    account.save()
    return account


def _neighbours(scene: Scene) -> None:
    """The district next door, with the same posts."""
    area = Area.objects.create(code=OTHER_DISTRICT, name="邻水区", level=Level.DISTRICT, parent_id="990100")
    office = Office.objects.create(area=area, kind=OfficeKind.DEPARTMENT, name="邻水区民政局", mark="邻水")
    for number, role in enumerate(sorted(DISTRICT_ROLES), 1):
        scene.add(f"{role} of the next district", _hire(number, office, role))
    street = Area.objects.create(code=f"{OTHER_DISTRICT}001", name="邻水街道", level=Level.TOWNSHIP, parent=area)
    there = Office.objects.create(area=street, kind=OfficeKind.TOWNSHIP, name="邻水街道办事处", mark="邻街")
    scene.add("handler of the next district", _hire(900, there, Role.HANDLER))


def _people(scene: Scene, world: World) -> None:
    accounts, who = world.district.accounts, world.district.who

    def account(code: str, role: Role, number: int = 0) -> Account:
        return accounts[who(code, role, number).pk]

    scene.actors.append(Actor("anonymous"))
    scene.add("handler", account(TOWNSHIP, Role.HANDLER), sees=True, owns=True, home=True)
    scene.add("colleague", account(TOWNSHIP, Role.HANDLER, 1), sees=True, home=True)
    scene.add("head", account(TOWNSHIP, Role.HEAD), sees=True, home=True)
    scene.add("cashier", account(TOWNSHIP, Role.CASHIER), home=True)
    scene.add("cashier of another township", account(OTHER_TOWNSHIP, Role.CASHIER), home=True)
    scene.add("aide", account(VILLAGE, Role.AIDE), sees=True, home=True)
    scene.add("aide of the next village", account(NEXT_VILLAGE, Role.AIDE), home=True)
    scene.add("aide of another township", account(f"{OTHER_TOWNSHIP}001", Role.AIDE), home=True)
    for role in (Role.HANDLER, Role.HEAD):
        scene.add(f"{role} of another township", account(OTHER_TOWNSHIP, role), home=True)
    for role in sorted(DISTRICT_ROLES):
        scene.add(role, account(DISTRICT, role), sees=True, owns=role is Role.CHECKER, home=True)
    for role in sorted(ADMIN_ROLES):
        scene.add(role, account(DISTRICT, role), home=True)


def _objects(scene: Scene, world: World) -> None:
    case, batch = asked(world)
    checker = world.at_district(Role.CHECKER)
    sent = door._asked(verification.queries.request_content(batch))
    door.keep(checker, door.request_json(sent), door.request_name(batch, "json"), door.REQUEST_CLASS, batch.ref)
    result = verification.import_results(checker, content=content(batch, rows(batch)))
    watcher = world.at_district(Role.SUPERVISOR)
    delegation = powers.propose_delegation(
        watcher, township="990101200", programme="dibao", mode="delegation", document="示例文号 1 号",
        basis="社会救助法第四十四条第二款", valid_from=date(2027, 1, 1),
    )  # fmt: skip
    figure = powers.propose_figure(
        watcher, key=STANDARD, value=80_000, valid_from=date(2027, 1, 1), document="示例文号 2 号", area=DISTRICT
    )
    draft = applications.save_draft(world.handler(), new_ref(), {}, "没有写完的")
    job = jobs.enqueue(JOB, args={}, staff_id=checker.staff.pk, account_id=checker.account.pk, office_code=DISTRICT)
    waiting, ready = _exports(world)
    run = _print_run(world, case)
    receipt = papers.papers_of("application", case.ref).filter(code="application_receipt").get()
    scene.values = {
        "ref": case.ref, "household:ref": case.household.ref, "paper:ref": receipt.ref, "discard:ref": draft.ref,
        "batch:ref": batch.ref, "request_file:ref": batch.ref, "suffix": "json", "result_file:ref": result.ref,
        "import_job:ref": job.ref, "delegation_release:ref": delegation.ref, "figure_release:ref": figure.ref,
        "key": STANDARD, "day": "2026-12-01", "area": TOWNSHIP, "screen:key": key_of(TOWNSHIP), "township": TOWNSHIP,
        "batch_run:ref": _batch(world).ref, "export_job:ref": waiting.ref, "export_link:ref": ready.ref, "export_release:ref": waiting.ref,
        "token": ready.links.get().token, "village": VILLAGE, "kind": "notice", "code": case.progress_code, "letter:ref": receipt.ref,
        "month": "2026-11",
        "what": "due",
        "page:path": "index.html",
        "tour_file:name": "ledger-clean.xlsx",
        **_ledger(world),
        **_review(world),
        **_platform(world),
        **_foreign(world),
        **_change(world),
        **_banks(world),
        **_paying(world),
        **{f"additions_{page}:month": "2026-03" for page in ("households", "print", "announce")},
        "additions_month:month": "2026-03",
        **_uplift(world),
        **_funds(world),
        **_comparison(world),
        **_recovery(world),
        **_relief(world),
        "print_run:ref": run.ref,
        "print_file:ref": run.ref,
        "case-sheet:code": "home_visit",
    }  # fmt: skip


def _print_run(world: World, case: Any) -> PrintRun:
    """Papers that the handler asked for as one file, ready to be fetched."""
    lines = [{"paper": paper.ref} for paper in papers.papers_of("application", case.ref)[:1]]
    by = world.handler()
    return runs.make(
        runs.begin(
            title="文书", lines=lines, duplex=False, staff_id=by.staff.pk, staff_name=by.staff.name,
            account_id=by.account.pk, office_code=TOWNSHIP,
        )
    )  # fmt: skip


def _ledger(world: World) -> dict[str, str]:
    """A ledger that the handler has brought, previewed with a row in error."""
    handler = world.handler()
    run = ledgers.preview(handler, ledgers.upload(handler, ledger(row(1), row(2, amount="四百")), "台账.xlsx"))
    names = ("ledger", *(f"ledger_{what}" for what in LEDGER_PAGES))
    return {f"{name}:ref": run.ref for name in names}


def _review(world: World) -> dict[str, str]:
    """A household of the village on assistance, its review recorded and waiting for the head."""
    people = (LedgerPerson("韩守田", f"99010119580302001{check_character('99010119580302001')}", "self"),)
    line = LedgerRow("第3行", VILLAGE, people, "A", 35_000, "2024-03", recertify_on="2026-12-01")
    awards.take_over(world.handler(), world.head(), rows=[line], code=second.code_now(world.head().account))
    award = recertify.running(world.handler()).get()
    [review] = awards.start_recertification(world.handler(), refs=[award.ref])
    check = CheckEntry(date(2026, 11, 24), [world.handler().staff.ref, world.aide().staff.ref])
    awards.renew(world.handler(), refs=[review.ref], check=check)
    return {f"recertify_{what}:ref": award.ref for what in ("one", "change", "return")}


def _uplift(world: World) -> dict[str, str]:
    """A raised standard, reckoned for the one household on assistance and not proposed yet."""
    watcher = world.at_district(Role.SUPERVISOR)
    run = awards.open_uplift(watcher, keys=[STANDARD], month="2026-12")
    awards.draw_up_uplift(watcher, run.ref)
    award = Award.objects.order_by("pk")[0]
    return {
        **{
            f"uplift{page}:ref": run.ref
            for page in ("", "_job", "_submit", "_release", "_withdraw", "_resume", "_line")
        },
        "uplift_print:ref": run.ref,
        "uplift_line:award": award.ref,
        "award:ref": award.ref,
        "award_month:ref": award.ref,
        "month": "2026-11",
    }


def _funds(world: World) -> dict[str, str]:
    """A budget of the district, waiting for the second person."""
    order = funds.propose_funds(
        world.at_district(Role.DISTRICT_HANDLER), move="promise", programme="dibao", source="central",
        rows={"": 100_000}, document="示例财社 1 号",
    )  # fmt: skip
    return {f"fund_{page}:ref": order.ref for page in ("order", "release", "withdraw", "reverse")}


def _comparison(world: World) -> dict[str, str]:
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


def _change(world: World) -> dict[str, str]:
    """A change of the same household, reported."""
    award = recertify.running(world.handler()).get()
    report = ReportEntry("income", date(2026, 11, 20), "village", "李协理", "开始打零工。")
    made = awards.report_change(world.handler(), award_ref=award.ref, report=report)
    acts = "findings take hearing notice posting objection submit decide return serve receive".split()
    found = {f"change_{act}:ref": made.ref for act in acts}
    return found | {"change:ref": made.ref, "change_report:ref": award.ref, "change_hits:ref": award.ref}


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


def _banks(world: World) -> dict[str, str]:
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
    found |= {f"bank_{page}:ref": row.ref for page in ("return", "book", "return_withdraw")}
    return found | {"bank_paper:ref": paper.ref, "bank_reissue:ref": line.ref}


def _paying(world: World) -> dict[str, str]:
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


def _foreign(world: World) -> dict[str, str]:
    """A template of somebody else, and one that the handler has only just handed in."""
    handler = world.handler()
    row = foreign_files.registered(handler)
    draft = templates_door.keep_draft(handler, foreign_files.template(), "报送.xlsx")
    return {"foreign_fill:ref": row.ref, "foreign_retire:ref": row.ref, "foreign_columns:ref": draft}


def _platform(world: World) -> dict[str, str]:
    """The platform's file of this month, in which the household's account is another one."""
    handler, award = world.handler(), recertify.running(world.handler()).get()
    row_of = LedgerRow("第3行", VILLAGE, (LedgerPerson("韩守田", "990101195803020018", "self"),), "A", 1, "2024-03")
    made = platform_files.line(1, row_of, identity=award.household.head.identity)
    run = platform.upload(handler, platform_files.export([made]), "平台.xlsx", month="2026-11")
    run = platform.compare(handler, run)
    pages = ("platform_run", *(f"platform_{what}" for what in "columns again job".split()))
    return {**{f"{page}:ref": run.ref for page in pages}, "platform_adopt:ref": run.lines.order_by("position")[0].ref}


def _recovery(world: World) -> dict[str, str]:
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


def _closing(world: World) -> dict[str, str]:
    """Last month, signed by the colleague and waiting for the head."""
    by = world.handler(number=1)
    close = MonthClose.objects.create(
        area_id=TOWNSHIP, office=by.office, month="2026-10", signed_on=date(2026, 10, 30), proposed_by=by.staff
    )
    pages = "job rows file return resume receive reopen".split()
    return {f"close_{page}:ref": close.ref for page in pages}


def _relief(world: World) -> dict[str, str]:
    """Somebody of the village in urgent distress, registered and not decided yet."""
    case = distressed(world.handler(), world.crowd.person(date(2026, 11, 24), 40, 60), VILLAGE)
    pages = ("one", "decide", "hand_out", "complete", "cancel")
    return {f"relief_{page}:ref": case.ref for page in pages}


def _batch(world: World) -> Batch:
    account = world.handler().account
    return Batch.objects.create(account=account, act="announce", rows=[], asked_at=LATE, finished_at=LATE)


def _exports(world: World) -> tuple[Export, Export]:
    """Two lists that the handler asked for: one waits for a second person, one is ready behind a fresh link."""
    made = []
    for count in (5_000, 3):
        asked = {"path": "/township/", "query": "", "form": ""}
        export = exports.begin(world.handler(), title="待办", asked=asked, words="")
        made.append(exports.hand_in(world.handler(), export, b"PK", rows=count, kind="other" if count > 3 else "bank"))
    Export.objects.filter(pk=made[1].pk).update(state="ready")
    ExportLink.objects.create(token="t" * 43, export=made[1], account=made[1].account, made_at=LATE)
    return made[0], made[1]


def build() -> Scene:
    """Lay everything down once; each try is rolled back."""
    scene, world = Scene(), make_world()
    _people(scene, world)
    _neighbours(scene)
    _objects(scene, world)
    return scene
