"""Where every page of the product leads in a small demo district: who may open it, and on which case or row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from tests.gateways import ledger_files
from tests.journeys.grounds_month import MonthGrounds
from yimen.base.access.officer import ADMIN_ROLES, officer_of
from yimen.base.exports.models import Export
from yimen.base.figures.models import FigureVersion
from yimen.base.offices.models import Account, Area, Delegation
from yimen.base.papers.models import Paper
from yimen.casework.applications.models import Application
from yimen.casework.awards import acts as awards, change_queries as changes, recertify_queries as recertify
from yimen.casework.awards.changes.entries import FindingEntry, ReportEntry, ViewsEntry
from yimen.casework.awards.models import LedgerRun, UpliftRun
from yimen.casework.awards.recertify.entries import CheckEntry
from yimen.casework.decisions.models import Notice
from yimen.casework.verification.models import CheckBatch, ResultFile
from yimen.demo.places import DISTRICT, District
from yimen.desks.shared.models import Batch
from yimen.desks.shared.routes import EVERY_ROLE, RouteRow, all_routes
from yimen.gateways.ledgers import door as ledgers
from yimen.law import procedure
from yimen.law.calendar import month_of, now, today
from yimen.law.ledger import RunState
from yimen.law.terms import Order, Role

# Files, answers to scripts, and ways to another page: opened elsewhere, or no pages.
FILES = frozenset(
    {
        "page",
        "blank-pledge",
        "case-papers",
        "case-signing",
        "case-sheet",
        "print_file",
        "export_file",
        "paper",
        "bank_paper",
        "request_file",
        "comparison_file",
        "letter",
        "ledger_template",
        "ledger_errors",
        "tour_file",
    }
)
NO_PAGES = frozenset(
    {
        "print",
        "print_run",
        "export_new",
        "export_full",
        "export_job",
        "export_link",
        "list_columns",
        "list_save",
        "list_drop",
        "import_job",
        "import_results",
        "additions_print",
        "bank_return_job",
        "comparison_consent",
        "comparison_dismiss",
        "comparison_explain",
        "comparison_import",
        "comparison_job",
        "ledger_job",
        "ledger_upload",
        "foreign_columns",
        "foreign_upload",
        "platform_job",
        "platform_upload",
        "register_job",
        "size",
        "uplift_job",
        "screen",
        "home",
    }
)
# One role of each desk sees what its colleagues see; both deciding roles look at a decision.
DESKS = (
    (Role.AIDE,),
    (Role.HANDLER, Role.HEAD),
    (Role.DISTRICT_DECIDER,),
    (Role.CHECKER, Role.SUPERVISOR, Role.DISTRICT_HANDLER),
    tuple(sorted(ADMIN_ROLES)),
    (Role.CASHIER,),
)

EVERYBODY = tuple(sorted(EVERY_ROLE))


@dataclass(frozen=True)
class Visit:
    """One page as one officer opens it, in ``role``; both are None without login."""

    name: str
    url: str
    who: Account | None
    role: Role | None = None


class Grounds(MonthGrounds):
    """The values that stand for ``<ref>`` and its like."""

    def __init__(self, district: District) -> None:
        self.district = district
        self.cases = list(Application.objects.order_by("id"))

    def account(self, role: Role, case: Any = None) -> Account:
        """Who holds a role at the place of a case, or anywhere."""
        places = [code for code, held in self.district.staff if held == role]
        near = {case.village_id, case.township_id, DISTRICT} if case else set(places)
        code = next(code for code in places if code in near)
        return self.district.accounts[self.district.who(code, role).pk]

    def case(self, act: str = "") -> Any:
        """A case on which an act may be done now, else the one that got furthest."""
        stages = {stage for order in Order if (row := procedure.step(order, act)) for stage in row.stages}
        found = [case for case in self.cases if case.stage in stages]
        return (found or self.cases)[0]

    def visits(self) -> Iterator[Visit]:
        """Every page that a GET opens, once per desk that may open it."""
        for row in all_routes()[0]:
            if "GET" in row.methods and row.name not in FILES | NO_PAGES:
                yield from self._visits(row)

    def _visits(self, row: RouteRow) -> Iterator[Visit]:
        case = self.case(row.name.removeprefix("act-"))
        url = self.url(row, case)
        if row.public:
            yield Visit(row.name, url, None)
            return
        # What is open to everybody looks the same to everybody, and most to those who may change it.
        desks = DESKS[2:3] if row.roles in {EVERYBODY, ()} else DESKS
        # What the district reads of a township looks the same to who decides there and to who watches.
        watched = row.path.startswith("/township/") and set(DESKS[3]) & set(row.roles)
        for desk in desks if not watched else [desk for desk in desks if desk != DESKS[2]]:
            role = next((role for role in desk if role in (row.roles or EVERYBODY)), None)
            if role is not None:
                yield Visit(row.name, url, self.account(role, case), role)

    def url(self, row: RouteRow, case: Any) -> str:
        """The address with its places filled."""
        values = {"case": case.ref, "household": case.household.ref, **self._refs}
        path = row.path.replace("<str:code>", case.progress_code)
        # The months of the addition that the demo district has.
        path = path.replace("additions/<str:month>", "additions/2026-03").replace("<str:area>", case.township_id)
        for name, value in {"township": case.township_id, "village": case.village_id, "kind": "notice",
                            "award": values["awards"], "key": "dibao.standard.urban", "day": "2027-01-01",
                            "month": "2026-11", "what": "due"}.items():  # fmt: skip
            path = path.replace(f"<str:{name}>", value)
        if "<str:ref>" in path:
            before = path.split("<str:ref>")[0].strip("/").rsplit("/", 1)[-1]
            path = path.replace("<str:ref>", values[before])
        return path

    def _batch(self) -> Batch:
        """Two cases of which one was done, asked for by the handler of the first case's township."""
        rows = [{"ref": case.ref, "version": 1, "state": "done", "told": ""} for case in self.cases[:2]]
        rows[-1] |= {"state": "refused", "told": "本件现为“申请登记”，还不能办理“开始公示”。"}
        given = {"rows": rows, "asked_at": now(), "finished_at": now()}
        account = self.account(Role.HANDLER, self.cases[0])
        return Batch.objects.get_or_create(account=account, act="publish_notice", defaults=given)[0]

    def _export(self) -> Export:
        """A list that a handler of the first case's township wants and the head has to let go."""
        account = self.account(Role.HANDLER, self.cases[0])
        asked = {"path": "/township/", "query": "", "form": ""}
        given = {
            "asked": asked,
            "words": "",
            "account": account,
            "day": today() - timedelta(1),
            "asked_at": now(),
            "state": "waiting",
        }
        office = account.staff.office.area_id
        return Export.objects.get_or_create(
            title="待办", staff=account.staff, office_code=office, rows=2_600, why="达到 2500 行。", defaults=given
        )[0]

    def _ledger(self) -> LedgerRun:
        """A ledger of the first case's township with a new household and a row in error, waiting for the head."""
        account = self.account(Role.HANDLER, self.cases[0])
        found = LedgerRun.objects.filter(proposed_by=account.staff, state=RunState.PREVIEWED).first()
        if found is not None:
            return found
        officer, village = (
            officer_of(account),
            Area.objects.filter(parent_id=self.cases[0].township_id).order_by("code")[0],
        )
        rows = (ledger_files.row(1, village=village.name), ledger_files.row(2, village=village.name, amount="四百"))
        return ledgers.preview(officer, ledgers.upload(officer, ledger_files.ledger(*rows), "在保台账.xlsx"))

    def _review(self) -> Any:
        """A household of the first case's township whose review is recorded and waits for the head."""
        handler, near = officer_of(self.account(Role.HANDLER, self.cases[0])), self.cases[0].township_id
        rows = recertify.running(handler).filter(township_id=near)
        if found := recertify.with_state(rows, "recorded").first():
            return found
        award = recertify.with_state(rows, "none").filter(recertify_on__isnull=False).order_by("-recertify_on")[0]
        [review] = awards.start_recertification(handler, refs=[award.ref])
        aide = self.district.who(award.village_id, Role.AIDE)
        awards.renew(handler, refs=[review.ref], check=CheckEntry(today(), [handler.staff.ref, aide.ref]))
        return award

    def _uplift(self) -> UpliftRun:
        """A raised standard, reckoned and, where somebody gets more by it, waiting for the other person."""
        found = UpliftRun.objects.filter(state__in=("proposed", "previewed")).order_by("-state", "id").first()
        if found is not None:
            return found
        officer = officer_of(self.account(Role.SUPERVISOR))
        run = awards.open_uplift(
            officer, keys=["dibao.standard.urban", "dibao.standard.rural"], month=month_of(today())
        )
        run = awards.draw_up_uplift(officer, run.ref)
        return awards.propose_uplift(officer, ref=run.ref) if run.counts["raised"] else run

    def _change(self) -> Any:
        """A household of the first case's township that wants to leave: established and heard, to be handed to the leader."""
        handler, near = officer_of(self.account(Role.HANDLER, self.cases[0])), self.cases[0].township_id
        home = self.cases[0].village_id
        mine = changes.all_changes(handler).filter(event="voluntary_exit", award__village_id=home)
        if found := mine.exclude(state="closed").first():
            return found
        open_now = changes.all_changes(handler).exclude(state="closed").values("award_id")
        rows = recertify.running(handler).filter(township_id=near).exclude(pk__in=open_now)
        # One of the first case's own village, so that its helper sees it too.
        award = (rows.filter(village_id=home) or rows).order_by("pk")[0]
        who = award.household.head.name
        report = ReportEntry("voluntary_exit", today(), "household", who, "子女接去同住，自愿退出。")
        made = awards.report_change(handler, award_ref=award.ref, report=report)
        awards.take_up_change(handler, ref=made.ref)
        awards.record_change_findings(handler, ref=made.ref, finding=FindingEntry("本人书面申请退出。"))
        aide = self.district.who(award.village_id, Role.AIDE)
        views = ViewsEntry("in_person", today(), [handler.staff.ref, aide.ref], "户主", "家中", "agrees", "愿意退出。")
        awards.hear_views(handler, ref=made.ref, views=views)
        return changes.find(handler, made.ref)

    @cached_property
    def _refs(self) -> dict[str, str]:
        """Made once: a walk opens pages and sends forms empty, so what stands here stays as it is."""
        return {
            "paper": Paper.objects.order_by("id")[0].ref,
            "notice": Notice.objects.filter(withdrawn_on=None).order_by("-id")[0].ref,
            "batch": CheckBatch.objects.order_by("id")[0].ref,
            "result": ResultFile.objects.order_by("id")[0].ref,
            "delegations": Delegation.objects.filter(released_at=None).order_by("id")[0].ref,
            "exports": self._export().ref,
            "ledgers": self._ledger().ref,
            "platform": self._platform().ref,
            "foreign": self._foreign(),
            "lines": self._platform().lines.filter(award__isnull=False).order_by("position")[0].ref,
            "recertify": self._review().ref,
            "changes": self._change().ref,
            "report": self._change().award.ref,
            "place": self._change().award.ref,
            "free": self._hold().ref,
            "rolls": self._roll().ref,
            **self._banks(),
            "accounts": self._account_change().ref,
            "custody": self._custody().ref,
            "signed": self._close().ref,
            "filed": self._close().ref,
            "hits": self._change().award.ref,
            "run": self._batch().ref,
            "uplift": self._uplift().ref,
            **self._compared(),
            "funds": self._fund_order().ref,
            "relief": self._relief().ref,
            "recoveries": self._recovery().ref,
            "new": self._recovery().award.ref,
            "refunds": self._recovery().refunds.get().ref,
            "awards": self._review().ref,
            "waiting": FigureVersion.objects.filter(released_at=None).order_by("id")[0].ref,
        }
