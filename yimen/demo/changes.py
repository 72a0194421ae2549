"""Changes of circumstances in the demo district: a few every week of the last months, each carried from report to notice.

Deaths with survivors and without, incomes found higher, births, splits, grace after finding work, moves to another township,
people who leave of their own will; of 特困 more care needed, and ends after seven days of public notice; one report that
concerns two awards, and one that the data check made. What began in the last days is still open, so that every step has
something to look at.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from yimen.base.access import second
from yimen.base.access.refusal import Refused
from yimen.casework.awards import acts, change_queries as changes, queries as awards
from yimen.casework.awards.changes.entries import (
    DecisionEntry,
    FindingEntry,
    NewIncome,
    ReportEntry,
    ServiceEntry,
    ViewsEntry,
)
from yimen.casework.households.entries import AccountEntry, PersonEntry
from yimen.casework.payments.hold_queries import held_among
from yimen.demo.happenings import (
    APART,
    CASES,
    FITS,
    HIT,
    LATE,
    STAGED,
    Case,
    concerned,
    found_wage,
    gone_to,
    grown,
    staged_in,
    succeeded,
)
from yimen.demo.places import DISTRICT, TOWNSHIPS
from yimen.demo.theatre import Theatre, at
from yimen.law import calendar
from yimen.law.aftercare.changing import ChangeState
from yimen.law.calendar import add_months, age, month_of
from yimen.law.standards import Unset
from yimen.law.terms import Programme, Relation, Role, SelfCare, Sex

MONTHS = 5
_STARTS = (1, 3)  # Tuesday and Thursday
_APART = timedelta(seconds=31)  # a second factor is good for one use in its half minute
_STEP = 2  # working days from one step to the next

_LEFT_OVER = 2
_SINCE = {APART: 6, LATE: 38}
# An account, an end, an exit and a move to the same standard ask for no incomes.
_WITHOUT_INCOMES = frozenset({"alone", "exit", "account", "apart", "move"})


@dataclass
class Story:
    """One change under way."""

    case: Case
    township: str
    ref: str
    next_on: date
    told: dict[str, Any] = field(default_factory=dict)


class Changes:
    """Plays the changes of all townships, day by day."""

    def __init__(self, stage: Theatre, seed: int, households: int, rolls: Iterable[date] = ()) -> None:
        self.most = max(len(CASES), households // 20)
        self.stage, self.draw = stage, random.Random(f"changes {seed}")
        self.crowd = stage.crowd.beside(f"changes {seed}")
        self.since = add_months(stage.today, -MONTHS)
        self.stories: list[Story] = []
        self.used: set[int] = set()
        self.begun = 0
        self.staged = {self._before(days): cases for days, cases in STAGED}
        if first := min(rolls, default=None):
            self.staged[stage.working_day(first + timedelta(days=2))] = (LATE, LATE)
        self._at = at(stage.today, 17, 2)

    def day(self, day: date) -> None:
        """What this day brings: steps of what is under way, then what is newly reported."""
        if day < self.since:
            return
        self._at = at(day, 17, 2)
        due = [story for story in self.stories if story.next_on <= day]
        for story in due:
            if not self._tried(partial(self._go_on, story, day)):
                self.stories.remove(story)
        for case in self.staged.get(day, ()):
            self._tried(partial(self._hit if case is HIT else self._begin_at, case, staged_in(case), day))
        if day.weekday() in _STARTS and self.begun < self.most:
            for _ in range(2 if day >= self.stage.today - timedelta(days=12) else 1):
                self._tried(lambda: self._begin(day))

    def _before(self, days: int) -> date:
        """The last working day that is so many days before today, or more."""
        before = (self.stage.today - timedelta(days=days + more) for more in range(15))
        return next(day for day in before if self.stage.days.is_working_day(day))

    def _tried(self, work: Callable[[], bool]) -> bool:
        """Whether a step was made and there is another; a household that cannot go this way stays as it is."""
        try:
            return work()
        except (Refused, Unset):
            return False

    def _act(self, act: Callable[..., Any], by: Any, *, signed: bool = False, **given: Any) -> Any:
        """An act at its own moment of the day; signed ones take the second factor of that moment."""
        self._at += _APART
        with calendar.travel(self._at):
            return act(by, **given, **({"code": second.code_now(by.account)} if signed else {}))

    # -- beginning -------------------------------------------------------------------------

    def _begin(self, day: date) -> bool:
        """The next kind of change in the next township that has a household for it."""
        case, codes = CASES[self.begun % len(CASES)], [code for code, *_ in TOWNSHIPS]
        first = self.begun % len(codes)
        self.begun += 1
        return self._begin_at(case, [*codes[first:], *codes[:first]], day)

    def _begin_at(self, case: Case, codes: Sequence[str], day: date) -> bool:
        for code in codes:
            award = self._chosen(case, code, day)
            if award is not None:
                self.used.add(award.pk)
                return self._report(case, code, award, day)
        return False

    def _chosen(self, case: Case, code: str, day: date) -> Any:
        by = self.stage.officer(code, Role.HANDLER)
        rows = awards.running(by).filter(programme=str(case.programme), phase="running", single=False)
        if case.programme is Programme.TEKUN and rows.count() < _LEFT_OVER:
            return None  # a small demo keeps somebody on 特困 everywhere
        rows = rows.filter(start_month__lt=month_of(add_months(day, -3 if case is LATE else -1)))
        if case.programme is Programme.DIBAO and case.kind not in _WITHOUT_INCOMES:
            # Only of what was decided here are the incomes known; a ledger tells an amount and no more.
            rows = rows.filter(origin="decision")
        for award in rows.exclude(pk__in=self.used).order_by("id")[:60]:
            people = list(award.household.memberships.filter(to_on=None).select_related("person").order_by("id"))
            if FITS[case.kind](award, people, day) and not held_among([award.pk]):
                return award
        return None

    def _report(self, case: Case, code: str, award: Any, day: date) -> bool:
        people = list(award.household.memberships.filter(to_on=None).select_related("person").order_by("id"))
        who = concerned(case, award, people, day)
        entry = ReportEntry(
            event=case.event,
            since=day - timedelta(days=_SINCE.get(case) or self.draw.randint(2, 9)),
            source=case.source,
            reported_by="本人" if case.source == "household" else "村（社区）协理员",
            statement=case.statement,
            concerns=[row.person.ref for row in who],
        )
        by = self.stage.officer(code, Role.HANDLER)
        change = self._act(acts.report_together, by, award_ref=award.ref, report=entry)
        told: dict[str, Any] = {
            "who": [row.person.ref for row in who],
            "others": [row.person.ref for row in people if row not in who],
        }
        told["heir"] = next((row.person.ref for row in people if row not in who and grown(row, day)), "")
        self._follow(case, code, change, day, told)
        return True

    def _hit(self, case: Case, codes: Sequence[str], day: date) -> bool:
        """What the check of another application found about a recognised household becomes a change with one press."""
        by = self.stage.officer(codes[0], Role.HANDLER)
        rows = list(awards.running(by).filter(programme=str(case.programme), phase="running").order_by("id"))
        found = changes.waiting_hits(by, rows)
        award = next((row for row in rows if row.pk in found and row.pk not in self.used), None)
        if award is None:
            return False
        self.used.add(award.pk)
        self._follow(case, codes[0], self._act(acts.report_hits, by, award_ref=award.ref), day, {})
        return True

    def _follow(self, case: Case, code: str, change: Any, day: date, told: dict[str, Any]) -> None:
        """A change and those linked to it are carried on from now, each on its own."""
        by = self.stage.officer(code, Role.HANDLER)
        for each in (change, *changes.linked_with(by, change)):
            self.stories.append(Story(case, code, each.ref, self._after(day), told))

    def _after(self, day: date, days: int = _STEP) -> date:
        return self.stage.working_day(day + timedelta(days=1), days - 1)

    # -- going on --------------------------------------------------------------------------

    def _show(self, by: Any, change: Any, day: date) -> None:
        """The notice of a proposed end, hung everywhere on the day it is made."""
        self._act(acts.publish_stop_notice, by, ref=change.ref)
        if notice := changes.last_notice(change):
            self._act(acts.post_stop_notice, by, ref=change.ref, places=notice.places, posted_on=day)

    def _go_on(self, story: Story, day: date) -> bool:
        by = self.stage.officer(story.township, Role.HANDLER)
        change = changes.find(by, story.ref)
        state, ready = ChangeState(change.state), changes.ready(change, day)
        story.next_on = self._after(day, 1 if story.case is LATE else _STEP)
        if state is ChangeState.REPORTED:
            self._act(acts.take_up_change, by, ref=change.ref)
        elif state is ChangeState.HANDLING:
            self._act(acts.record_change_findings, by, ref=change.ref, finding=self._finding(story, change, day))
        elif state is ChangeState.RECKONED and ready.hearing and not ready.heard:
            self._act(acts.hear_views, by, ref=change.ref, views=self._views(story, change, day))
        elif state is ChangeState.RECKONED and ready.notice and not ready.shown:
            self._show(by, change, day)
        elif state in (ChangeState.RECKONED, ChangeState.ON_NOTICE):
            if ready.all:
                self._act(acts.submit_change, by, ref=change.ref)
        elif state is ChangeState.DECIDING:
            self._decide(story, change)
        elif state is ChangeState.DECIDED:
            to = change.award.household.head.name
            service = ServiceEntry("直接送达", day, to, "本人签收")
            self._act(acts.serve_change_notice, by, ref=change.ref, service=service)
        elif state is ChangeState.MOVING:
            self._act(acts.receive_transfer, self.stage.officer(self._next(story), Role.HANDLER), ref=change.ref)
            return False
        return state is not ChangeState.CLOSED

    def _next(self, story: Story) -> str:
        """The township to which a household of this one moves: one with the same standard, so that the amount stays right."""
        streets = {code: name.endswith("街道") for code, name, *_ in TOWNSHIPS}
        codes = [code for code, urban in streets.items() if urban is streets[story.township]]
        return codes[(codes.index(story.township) + 1) % len(codes)]

    def _decide(self, story: Story, change: Any) -> None:
        """The leader of the township where it holds the power, else the district's."""
        entry = DecisionEntry(
            "情况属实，手续齐全，同意。", "已告知可以申请低保边缘家庭、刚性支出困难家庭认定和专项救助。"
        )
        head = self.stage.officer(story.township, Role.HEAD)
        for by in (head, self.stage.officer(DISTRICT, Role.DISTRICT_DECIDER)):
            try:
                self._act(acts.decide_change, by, signed=True, ref=change.ref, decision=entry)
            except Refused as refused:
                if by is head and refused.code == "not_the_power":
                    continue
                if refused.code != "overtaken":
                    raise
                self._act(acts.return_change, by, ref=change.ref, reason="核定以后标准提高了，请重新核算。")
            return

    def _views(self, story: Story, change: Any, day: date) -> ViewsEntry:
        by, other = (self.stage.officer(story.township, Role.HANDLER, number) for number in (0, 1))
        entry = ViewsEntry(
            how="in_person",
            heard_on=day,
            officers=[by.staff.ref, other.staff.ref],
            who=change.award.household.head.name,
            place="本人家中",
            view="agrees",
            said="知道了，没有意见。",
        )
        if story.case.view == "agrees":
            return entry
        said, answer = "活不稳定，下雨天就没有工，钱不是每月都有。", "按最近六个月的平均数核定，已经扣除没有工的月份。"
        return replace(entry, view="objects", said=said, answer=answer)

    def _finding(self, story: Story, change: Any, day: date) -> FindingEntry:
        entry = FindingEntry(story.case.reasons, ground=story.case.ground, effect=story.case.effect)
        facts = changes.basis_of(change.award, day).facts if change.award.programme == Programme.DIBAO else None
        kind = story.case.kind
        if kind == "income" and facts:
            line = next(row for row in facts.incomes if row.amount_fen)
            return replace(entry, incomes={line.ref: line.amount_fen + 9_000})
        if kind == "head" and facts:
            return succeeded(entry, facts.people, story.told["heir"], frozenset(story.told["who"]))
        if story.case is HIT:
            wage = found_wage(self.stage.officer(story.township, Role.HANDLER), change)
            return replace(entry, new_incomes=[wage], settled=True)
        if kind == "split":
            first, *children = story.told["who"]
            return replace(entry, apart_head=first, relations=dict.fromkeys(children, str(Relation.CHILD)))
        if kind == "care":
            return replace(entry, self_care=str(SelfCare.LOST))
        if kind == "birth":
            return replace(entry, joining=[self._baby(change, day)])
        if kind == "grace":
            wage = NewIncome(story.told["who"][0], "wage", "工厂工资", 390_000)
            return replace(entry, new_incomes=[wage], until_month=month_of(add_months(day, 4)))
        if kind in {"move", "apart"}:
            return gone_to(entry, story.case, f"{self._next(story)}001")
        if kind == "account":
            head = change.award.household.head.name
            number = "9902" + "".join(str(self.draw.randrange(10)) for _ in range(15))
            return replace(entry, account=AccountEntry(head, "示例农村商业银行", number))
        return entry

    def _baby(self, change: Any, day: date) -> PersonEntry:
        sex = self.draw.choice((Sex.MALE, Sex.FEMALE))
        head = change.award.household.head
        relation = Relation.CHILD if age(head.birth_date, day) < 45 else Relation.GRANDCHILD
        name = head.name[0] + self.draw.choice(("一诺", "沐阳", "可心", "子墨", "安然", "小满"))
        number = self.crowd.identity(day - timedelta(days=self.draw.randint(20, 50)), sex)
        return PersonEntry(
            name, number, str(relation), marriage="single", work_capacity="none", long_co_resident=True,
            can_live_independently=False,
        )  # fmt: skip
