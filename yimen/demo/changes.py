"""Changes of circumstances in the demo district: a few every week of the last months, each carried from report to notice.

Deaths with survivors and without, incomes found higher, births, splits, grace after finding work, moves to another township,
people who leave of their own will; of 特困 more care needed, and ends after seven days of public notice. What began in the
last days is still open, so that every step has something to look at.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
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


@dataclass(frozen=True)
class Case:
    """What may happen: to whom, what is reported, what is established. ``fits`` chooses among the households of a township."""

    kind: str
    event: str
    statement: str
    reasons: str
    programme: Programme = Programme.DIBAO
    source: str = "village"
    view: str = "agrees"
    effect: str = ""
    ground: str = ""


CASES: tuple[Case, ...] = (
    Case("income", "income", "儿子今年在县城工地干活，每月往家寄钱，村里都知道。", "看了存折和务工单位的证明，按实际收入核定。", view="objects"),
    Case("head", "death", "户主因病去世，村里帮着办的后事。", "看了死亡证明和户口注销证明；其余成员照旧共同生活。"),
    Case("care", "self_care", "今年摔了一跤以后卧床，吃饭、如厕都要人帮。", "上门评估，六项中四项以上不能自理。", Programme.TEKUN),
    Case("birth", "birth", "家里添了孩子，户口已经报上。", "看了出生医学证明和户口簿。", source="household"),
    Case("alone", "death", "老人在家中去世，侄子办的后事。", "看了死亡证明，本户没有其他成员。"),
    Case("split", "split", "成年子女在外另住，自己开伙，户口已分开。", "入户看过，收入、开支各自独立。"),
    Case("last", "death", "老人在敬老院去世，院里报来。", "看了死亡证明。", Programme.TEKUN, source="institution"),
    Case("grace", "work", "家里的劳力经村里介绍进了厂，已经干满一个月。", "看了劳动合同和工资条。", effect="grace"),
    Case("move", "transfer", "一家人搬到邻近乡街长住，户口一并迁去。", "看了户口迁移证明，迁入地已联系好。", source="household"),
    Case("exit", "voluntary_exit", "子女条件好了，老人自己提出不再领取。", "本人书面提出，已说明今后有困难可以再申请。", source="household"),
    Case("able", "obligor", "侄子去年办了收养手续，有固定工作。", "看了收养登记和工资证明，义务人有赡养能力。", Programme.TEKUN,
         effect="end", ground="obligor_able"),
    Case("account", "account", "原来的存折挂失，换了新卡。", "核对了本人身份证和新卡。", source="household"),
)  # fmt: skip

# Begun a few days before today in the street that the tour visits; an account, an end and an exit ask for no incomes.
_IN_THE_FIRST_STREET = ("alone", "exit")
_LEFT_OVER = 2
_WITHOUT_INCOMES = frozenset({"alone", "exit", "account"})


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

    def __init__(self, stage: Theatre, seed: int, households: int) -> None:
        self.most = max(len(CASES), households // 20)
        self.stage, self.draw = stage, random.Random(f"changes {seed}")
        self.crowd = stage.crowd.beside(f"changes {seed}")
        self.since = add_months(stage.today, -MONTHS)
        self.stories: list[Story] = []
        self.used: set[int] = set()
        self.begun = 0
        before = (stage.today - timedelta(days=number) for number in range(3, 15))
        self.last = next(day for day in before if stage.days.is_working_day(day))
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
        if day == self.last:
            for kind in _IN_THE_FIRST_STREET:
                case = next(case for case in CASES if case.kind == kind)
                self._tried(partial(self._begin_at, case, (TOWNSHIPS[0][0],), day))
        if day.weekday() in _STARTS and self.begun < self.most:
            for _ in range(2 if day >= self.stage.today - timedelta(days=12) else 1):
                self._tried(lambda: self._begin(day))

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
        rows = rows.filter(start_month__lt=month_of(add_months(day, -1)))
        if case.programme is Programme.DIBAO and case.kind not in _WITHOUT_INCOMES:
            # Only of what was decided here are the incomes known; a ledger tells an amount and no more.
            rows = rows.filter(origin="decision")
        for award in rows.exclude(pk__in=self.used).order_by("id")[:60]:
            people = list(award.household.memberships.filter(to_on=None).select_related("person").order_by("id"))
            if _FITS[case.kind](award, people, day):
                return award
        return None

    def _report(self, case: Case, code: str, award: Any, day: date) -> bool:
        people = list(award.household.memberships.filter(to_on=None).select_related("person").order_by("id"))
        who = _concerned(case, award, people, day)
        entry = ReportEntry(
            event=case.event,
            since=day - timedelta(days=self.draw.randint(2, 9)),
            source=case.source,
            reported_by="本人" if case.source == "household" else "村（社区）协理员",
            statement=case.statement,
            concerns=[row.person.ref for row in who],
        )
        change = self._act(
            acts.report_change, self.stage.officer(code, Role.HANDLER), award_ref=award.ref, report=entry
        )
        told: dict[str, Any] = {
            "who": [row.person.ref for row in who],
            "others": [row.person.ref for row in people if row not in who],
        }
        told["heir"] = next((row.person.ref for row in people if row not in who and _grown(row, day)), "")
        self.stories.append(Story(case, code, change.ref, self._after(day), told))
        return True

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
        story.next_on = self._after(day)
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
        facts = changes.basis_of(change.award, day).facts if story.case.programme is Programme.DIBAO else None
        kind = story.case.kind
        if kind == "income" and facts:
            line = next(row for row in facts.incomes if row.amount_fen)
            return replace(entry, incomes={line.ref: line.amount_fen + 9_000})
        if kind == "head":
            return replace(entry, new_head=story.told["heir"])
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
        if kind == "move":
            return replace(entry, to_village=f"{self._next(story)}001")
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


# -- who fits --------------------------------------------------------------------------------


def _grown(row: Any, day: date) -> bool:
    return age(row.person.birth_date, day) >= 18


def _concerned(case: Case, award: Any, people: list[Any], day: date) -> list[Any]:
    """The members whom a report is about."""
    head = [row for row in people if row.person_id == award.household.head_id]
    if case.kind in {"head", "alone", "last"}:
        return head
    others = [row for row in people if row not in head and _grown(row, day)]
    if case.kind == "split":
        # The grown child moves out with its own children.
        child = next((row for row in others if row.relation == Relation.CHILD), None)
        return [child, *(row for row in people if row.relation == Relation.GRANDCHILD)] if child else []
    if case.kind == "grace":
        return _workers(people, day)[:1]
    return []


def _workers(people: list[Any], day: date) -> list[Any]:
    return [row for row in people if 20 <= age(row.person.birth_date, day) < 58]


def _old(award: Any, people: list[Any], day: date) -> bool:
    return len(people) == 1 and age(people[0].person.birth_date, day) >= 65


_FITS: dict[str, Callable[[Any, list[Any], date], bool]] = {
    "income": lambda award, people, day: any(row.amount_fen for row in changes.basis_of(award, day).facts.incomes),
    "head": lambda award, people, day: len(people) > 1 and sum(_grown(row, day) for row in people) > 1,
    "care": lambda award, people, day: award.self_care == SelfCare.PARTLY_LOST,
    "birth": lambda award, people, day: len(people) > 1 and bool(_workers(people, day)),
    "alone": _old,
    "split": lambda award, people, day: (
        len(people) > 2
        and any(row.relation == Relation.CHILD and age(row.person.birth_date, day) >= 20 for row in people)
    ),
    "last": _old,
    "grace": lambda award, people, day: bool(_workers(people, day)),
    "move": lambda award, people, day: True,
    "exit": lambda award, people, day: True,
    "able": lambda award, people, day: award.self_care == SelfCare.ABLE,
    "account": lambda award, people, day: True,
}
