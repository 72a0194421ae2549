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

from tests.gateways.ledger_files import ledger, row
from tests.house import permission_month as month
from tests.rooms.checking import asked, content, rows
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
from yimen.casework.awards import acts as awards, recertify_queries as recertify
from yimen.casework.awards.changes.entries import ReportEntry
from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow
from yimen.casework.awards.models import Award
from yimen.casework.awards.recertify.entries import CheckEntry
from yimen.casework.verification import acts as verification
from yimen.desks.public.screen import key_of
from yimen.desks.shared.models import Batch
from yimen.gateways.ledgers import door as ledgers
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
        **month.reconciled(world),
        **month.foreign(world),
        **_change(world),
        **month.sent(world),
        **month.paying(world),
        **{f"additions_{page}:month": "2026-03" for page in ("households", "print", "announce")},
        "additions_month:month": "2026-03",
        **_uplift(world),
        **month.funded(world),
        **month.taken_back(world),
        **month.relieved(world),
        **month.compared(world),
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


def _change(world: World) -> dict[str, str]:
    """A change of the same household, reported."""
    award = recertify.running(world.handler()).get()
    report = ReportEntry("income", date(2026, 11, 20), "village", "李协理", "开始打零工。")
    made = awards.report_change(world.handler(), award_ref=award.ref, report=report)
    acts = "findings take hearing notice posting objection submit decide return serve receive".split()
    found = {f"change_{act}:ref": made.ref for act in acts}
    return found | {"change:ref": made.ref, "change_report:ref": award.ref, "change_hits:ref": award.ref}


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
