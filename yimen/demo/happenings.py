"""What may change in a household of the demo: to whom, what is reported, what is established, and who fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from yimen.base.access.officer import Officer
from yimen.base.offices.queries import area
from yimen.casework.awards import change_queries as changes
from yimen.casework.awards.changes.entries import FindingEntry, NewIncome
from yimen.demo.places import TOWNSHIPS
from yimen.law.aftercare.kinship import relations_to
from yimen.law.calendar import age
from yimen.law.terms import Programme, Relation, SelfCare


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
BEREAVED = Case(
    "bereaved", "death", "重残的儿子在家中病故，父母报到村里。", "看了死亡证明；父亲的工资没有变，按父母两人重新核算。",
    Programme.EDGE, source="household",
)  # fmt: skip
"""A household recognised as 边缘 whose severely disabled member has 单人保 of his own: one report, a change for each award."""
HIT = Case(
    "hit", "income", "", "询问了本人和用人单位，核对查到的工资属实；家里没有别的收入。", Programme.EDGE,
    source="check_hit",
)  # fmt: skip
"""What the check of a new application found about a household recognised before; the check itself tells what."""


APART = Case(
    "apart", "living_apart", "住到邻近乡街的儿子家，户口没有迁。",
    "电话问了本人和儿子，居住地的社区已经联系上。",
)  # fmt: skip
"""A household that lives in another township while its award stays here (D15)."""

LATE = Case(
    "head", "death", "户主夏天在外地儿子家去世，家里没有报，村里走访时才知道。",
    "看了死亡证明和户口注销证明，按其余成员重新核算；去世以后多发的按规定退回。",
)  # fmt: skip
"""A death that nobody told of while a month's roll was paid: that month is to be paid back."""

STAGED: tuple[tuple[int, tuple[Case, ...]], ...] = (
    (3, (*(case for case in CASES if case.kind in {"alone", "exit"}),)),
    (11, (BEREAVED, HIT)),
    (24, (APART,)),
)
"""Begun a few days before today: the first day before today to try, and the cases."""


def staged_in(case: Case) -> list[str]:
    """Where a staged case plays: in the street that the tour visits, but for what would take its households from it."""
    first, *others = (code for code, *_ in TOWNSHIPS)
    return others if case in (APART, LATE) else [first]


def grown(row: Any, day: date) -> bool:
    """Whether a member is of age."""
    return age(row.person.birth_date, day) >= 18


def concerned(case: Case, award: Any, people: list[Any], day: date) -> list[Any]:
    """The members whom a report is about."""
    head = [row for row in people if row.person_id == award.household.head_id]
    if case.kind in {"head", "alone", "last"}:
        return head
    if case is BEREAVED:
        alone = set(_covered_alone(award))
        return [row for row in people if row.person_id in alone]
    others = [row for row in people if row not in head and grown(row, day)]
    if case.kind == "split":
        # The grown child moves out with its own children.
        child = next((row for row in others if row.relation == Relation.CHILD), None)
        return [child, *(row for row in people if row.relation == Relation.GRANDCHILD)] if child else []
    if case.kind == "grace":
        return workers(people, day)[:1]
    return []


def gone_to(entry: FindingEntry, case: Case, village: str) -> FindingEntry:
    """To another village of the district: with the award, or to live there while it stays."""
    if case is not APART:
        return replace(entry, to_village=village)
    name = area(village).name
    helper = f"{name}{'村民' if name.endswith('村') else '居民'}委员会"
    return replace(
        entry, live_village=village, live_address="幸福小区6号楼2单元301室", live_contact="儿子", live_helper=helper
    )


def _covered_alone(award: Any) -> list[int]:
    """The members of a household who have 单人保."""
    rows = award.household.awards.filter(single=True, end_month="", persons__active=True)
    return list(rows.values_list("persons__person", flat=True))


def found_wage(by: Officer, change: Any) -> NewIncome:
    """The wage that the check found, as the officer takes it over after asking."""
    [hit] = changes.hits_of(by, change)
    return NewIncome(hit.person.ref, "wage", "职工工资", int(hit.verified_fen or 0))


def workers(people: list[Any], day: date) -> list[Any]:
    """Who is of an age to work."""
    return [row for row in people if 20 <= age(row.person.birth_date, day) < 58]


def _survived(award: Any, people: list[Any], day: date) -> bool:
    """Somebody of age is left, and nobody whose being counted rests on the dead man's duty (D7)."""
    return sum(grown(row, day) for row in people) > 1 and all(row.relation != Relation.PARENT for row in people)


def succeeded(entry: FindingEntry, people: Sequence[Any], heir: str, gone: frozenset[str]) -> FindingEntry:
    """A new head; what the data leave open was looked up in the household register, and is as it seemed."""
    asked = [row for row in relations_to(people, heir, gone) if not row.sure]
    return replace(entry, new_head=heir, relations={row.ref: str(row.relation) for row in asked})


def _old(award: Any, people: list[Any], day: date) -> bool:
    return len(people) == 1 and age(people[0].person.birth_date, day) >= 65


FITS: dict[str, Callable[[Any, list[Any], date], bool]] = {
    "income": lambda award, people, day: any(row.amount_fen for row in changes.basis_of(award, day).facts.incomes),
    "head": _survived,
    "care": lambda award, people, day: award.self_care == SelfCare.PARTLY_LOST,
    "birth": lambda award, people, day: len(people) > 1 and bool(workers(people, day)),
    "alone": _old,
    "split": lambda award, people, day: (
        len(people) > 2
        and any(row.relation == Relation.CHILD and age(row.person.birth_date, day) >= 20 for row in people)
    ),
    "last": _old,
    "grace": lambda award, people, day: bool(workers(people, day)),
    "move": lambda award, people, day: True,
    "exit": lambda award, people, day: True,
    "able": lambda award, people, day: award.self_care == SelfCare.ABLE,
    "account": lambda award, people, day: True,
    "apart": lambda award, people, day: bool(award.origin == "ledger"),
    "bereaved": lambda award, people, day: bool(_covered_alone(award)),
}
