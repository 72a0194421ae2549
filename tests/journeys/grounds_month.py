"""What stands for references of a month: rolls, banks, funds, the platform, the close; taken from the demo or made in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.gateways import foreign_files, platform_files
from tests.rooms.recovering import ordered_back
from tests.rooms.relieving import distressed
from yimen.base.access.officer import officer_of
from yimen.base.offices.models import Account
from yimen.casework.awards import recertify_queries as recertify
from yimen.casework.monthclose.foreign import queries as foreign_queries
from yimen.casework.monthclose.models import ComparisonHit, ComparisonPart, ComparisonRun, MonthClose, PlatformRun
from yimen.casework.payments import acts as payments, bank_queries, queries as payment_queries
from yimen.casework.payments.accounts.entries import AccountProposal
from yimen.casework.payments.custodies.acts import CustodyEntry
from yimen.casework.payments.funds import acts as funds, queries as fund_queries
from yimen.casework.payments.models import Recovery, ReliefCase
from yimen.demo.people import Crowd
from yimen.demo.places import District
from yimen.gateways.bank import door as banks, practice
from yimen.gateways.platform import door as platform
from yimen.law.aftercare.months import later_month
from yimen.law.calendar import month_of, today
from yimen.law.payments.bank_terms import BankField
from yimen.law.terms import Role


class MonthGrounds:
    """References of the month and its money. ``cases`` and ``account`` come from the class that inherits."""

    district: District
    cases: Any

    def account(self, role: Role, case: Any = None) -> Account:
        """Who holds a role at the place of a case, or anywhere."""
        raise NotImplementedError

    def _hold(self) -> Any:
        """A household whose payment the other handler of the first case's township holds back."""
        near = self.cases[0].township_id
        handler = officer_of(self.district.accounts[self.district.who(near, Role.HANDLER, 1).pk])
        if found := payment_queries.holds(handler).filter(freed_at=None).first():
            return found
        award = recertify.running(handler).filter(township_id=near).order_by("pk")[0]
        return payments.place_hold(
            handler, award=award.ref, kind="identity", words="邮寄的告知书两次退回，需上门核实。"
        )

    def _fund_order(self) -> Any:
        """A movement of the district's money, waiting for the second person."""
        officer = officer_of(self.account(Role.DISTRICT_HANDLER))
        if found := fund_queries.orders(officer).filter(state="proposed").first():
            return found
        return funds.propose_funds(
            officer,
            move="promise",
            programme="dibao",
            source="central",
            rows={"": 120_000_000},
            document="示例财社 9 号",
        )

    def _custody(self) -> Any:
        """A household of the first case's township whose card the helper of its village keeps, not filed yet."""
        near = self.cases[0].township_id
        handler = officer_of(self.account(Role.HANDLER, self.cases[0]))
        if found := payment_queries.custodies(handler).filter(ended_on=None).first():
            return found
        award = recertify.running(handler).filter(township_id=near, monthly_fen__gt=0).order_by("pk")[0]
        entry = CustodyEntry(
            award.household.head.ref, self.district.who(award.village_id, Role.AIDE).ref, "card", "双目失明、独居。",
            "按月取款交给本户。", today(), today() + timedelta(365),
        )  # fmt: skip
        return payments.record_custody(handler, award=award.ref, entry=entry)

    def _account_change(self) -> Any:
        """Another account for a household of the first case's township, waiting for the head."""
        near = self.cases[0].township_id
        handler = officer_of(self.district.accounts[self.district.who(near, Role.HANDLER, 1).pk])
        if found := payment_queries.account_changes(handler).filter(state="proposed").first():
            return found
        award = recertify.running(handler).filter(township_id=near, monthly_fen__gt=0).order_by("pk")[0]
        number = "9900000000000077777"
        entry = AccountProposal("示例农村商业银行", number, number, "原存折遗失，换卡。", award.household.head.ref)
        return payments.propose_account(handler, award=award.ref, entry=entry)

    def _roll(self) -> Any:
        """The roll of this month of the first case's township, drawn up by its handler and waiting for the head."""
        near = self.cases[0].township_id
        handler = officer_of(self.account(Role.HANDLER, self.cases[0]))
        if found := payment_queries.rolls(handler).filter(area_id=near).first():
            return found
        roll = payments.open_roll(handler, month=month_of(today()))
        payments.draw_up_roll(handler, roll.ref)
        return payments.submit_roll(handler, ref=roll.ref)

    def _banks(self) -> dict[str, str]:
        """Last month's file of the first case's township: one line to be put right, one waiting to be sent once more."""
        near = self.cases[0].township_id
        officer = officer_of(self.account(Role.CASHIER, self.cases[0]))
        handler = officer_of(self.district.accounts[self.district.who(near, Role.HANDLER, 1).pk])
        sent = [file for file in bank_queries.files(officer) if file.area_id == near]
        for serial in () if bank_queries.plan(officer, near).batches else self._paid(sent[-1]):
            line = self._came_back(officer, sent[-1], serial)
            payments.reissue_payment(handler, refs=[line.ref], correction="账户已解冻。")
            if bank_queries.plan(officer, near).batches:
                break
        if not bank_queries.failures(officer).filter(line__township=near).exists():
            self._came_back(officer, sent[0], self._paid(sent[0])[0])
        waiting = bank_queries.plan(officer, near).batches[0].template
        return {
            "banks": bank_queries.templates(officer_of(self.account(Role.SUPERVISOR))).filter(state="proposed")[0].ref,
            "send": waiting.ref, "bankfiles": sent[0].ref,
            "bankreturns": bank_queries.returns(officer, sent[0])[0].ref,
            "bankletters": self._paid_line(sent[0]), "payfailures": bank_queries.failures(officer)[0].line.ref,
        }  # fmt: skip

    @staticmethod
    def _paid(file: Any) -> list[int]:
        return [serial for serial, kind in bank_queries.last_words(file).items() if kind == "paid"]

    @staticmethod
    def _paid_line(file: Any) -> str:
        """A line of a file that the bank has paid."""
        words = bank_queries.last_words(file)
        return next(
            told[BankField.LINE] for told in bank_queries.told(file) if words.get(told[BankField.SERIAL]) == "paid"
        )

    @staticmethod
    def _came_back(officer: Any, file: Any, serial: int) -> Any:
        """The bank brings one payment of a file back; its line."""
        content = practice.came_back(file, {serial})
        row = payments.take_bank_return(officer, file=file.ref, content=content, name="退回.txt", read=banks.read_own)
        payments.book_bank_return(officer, ref=row.ref, read=banks.read_own)
        return bank_queries.failures(officer).get(file=file, serial=serial).line

    def _close(self) -> Any:
        """Last month of the first case's township, signed and waiting for the head."""
        handler = officer_of(self.account(Role.HANDLER, self.cases[0]))
        month = later_month(month_of(today()), -1)
        made, _ = MonthClose.objects.get_or_create(
            area_id=self.cases[0].township_id, month=month,
            defaults={"office": handler.office, "signed_on": today(), "proposed_by": handler.staff},
        )  # fmt: skip
        return made

    def _recovery(self) -> Any:
        """A household of the first case's village that was paid too much: ordered back, a refund waits for its check."""
        handler, near = officer_of(self.account(Role.HANDLER, self.cases[0])), self.cases[0]
        if found := Recovery.objects.filter(
            state="ordered", refunds__check_row=None, award__village=near.village_id
        ).first():
            return found
        rows = recertify.running(handler).filter(township_id=near.township_id)
        award = (rows.filter(village_id=near.village_id) or rows).order_by("-pk")[0]
        aide = self.district.who(award.village_id, Role.AIDE)
        decider = officer_of(self.account(Role.DISTRICT_DECIDER))
        return ordered_back(handler, aide.ref, decider, award)[0]

    def _platform(self) -> PlatformRun:
        """The platform's file of this month of the first case's township, with differences of every kind."""
        near, month = self.cases[0].township_id, month_of(today())
        found = PlatformRun.objects.filter(township_id=near, month=month, state="compared").order_by("id").last()
        if found is not None:
            return found
        handler = officer_of(self.account(Role.HANDLER, self.cases[0]))
        data = platform_files.of_month(near, month)
        return platform.compare(handler, platform.upload(handler, data, "平台数据.xlsx", month=month))

    def _relief(self) -> Any:
        """Somebody in the first case's village in urgent distress, waiting for the decision."""
        near = self.cases[0].village_id
        if found := ReliefCase.objects.filter(state="registered", village=near).first():
            return found
        handler = officer_of(self.account(Role.HANDLER, self.cases[0]))
        return distressed(handler, Crowd(99).person(today(), 40, 60), near)

    def _foreign(self) -> str:
        """A template of somebody else, registered by the handler of the first case's township."""
        officer = officer_of(self.account(Role.HANDLER, self.cases[0]))
        found = foreign_queries.templates(officer).first()
        return (found or foreign_files.registered(officer)).ref

    def _compared(self) -> dict[str, str]:
        """The latest comparison of the demo with a request file of it, and a household of the first case's township."""
        run = ComparisonRun.objects.order_by("-month")[0]
        hits = ComparisonHit.objects.filter(state="open", award__township_id=self.cases[0].township_id).order_by("id")
        home = hits[0].award if hits else self._review()
        part = ComparisonPart.objects.filter(feed__run=run).order_by("id")[0]
        return {"comparison": run.ref, "file": part.ref, "home": home.ref}
