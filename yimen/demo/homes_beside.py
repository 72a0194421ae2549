"""Families of the programmes beside dibao: 特困, 刚性支出困难, 边缘 with 单人保, and one recognised before that applies again."""

from __future__ import annotations

from typing import Any

from yimen.casework.applications.entries import ExpenseEntry, IncomeEntry
from yimen.demo.families import Family, Maker
from yimen.law.calendar import age
from yimen.law.terms import Relation, Sex


def nobody_to_care(maker: Maker) -> Family:
    """An old person without spouse, children or parents, who needs help with walking and bathing."""
    person = maker.crowd.person(maker.on, 71, 84)
    family = Family(
        [maker.entry(person, Relation.SELF, work_capacity="none", marriage="single", illness="脑梗后遗症")],
        cause="age",
        reason="一生未婚，没有子女，年老行动不便，由邻居轮流送饭。",
    )
    maker.pension(family, 0)
    maker.deposit(family, 0, 50, 3000)
    maker.house(family)
    return family


def costly_illness(maker: Maker) -> Family:
    """A couple with one wage, above every standard, most of which goes to the dialysis of the other."""
    man = maker.crowd.person(maker.on, 46, 54, sex=Sex.MALE)
    woman = maker.crowd.person(maker.on, 44, 52, sex=Sex.FEMALE)
    family = Family(
        [
            maker.entry(man, Relation.SELF, work_capacity="able", employed=True, occupation="物业保洁"),
            maker.entry(woman, Relation.SPOUSE, work_capacity="partly", illness="尿毒症"),
        ],
        cause="illness",
        reason="妻子每周透析三次，丈夫一人的工资大半付了药费，借了亲友的钱。",
    )
    wage = maker.draw.randrange(370, 420) * 1000
    family.incomes.append(IncomeEntry("wage", "wage", "物业保洁工资", wage, "month", 0))
    family.found(0, "wage", {"amount_fen": wage, "period": "month", "value_text": "职工社会保险参保"})
    maker.deposit(family, 0, 100, 4000)
    maker.house(family)
    family.expenses.append(ExpenseEntry("medical", "透析、用药自付", wage * 85 // 100, "month", 1))
    return family


def disabled_son(maker: Maker) -> Family:
    """Parents with one wage, a little above the standard without what work costs, and a grown son who needs care day and night."""
    man = maker.crowd.person(maker.on, 54, 58, sex=Sex.MALE)
    woman = maker.crowd.person(maker.on, 52, 57, sex=Sex.FEMALE)
    son = maker.crowd.person(maker.on, 26, 31, sex=Sex.MALE, surname=man.name[0])
    grade = 1
    family = Family(
        [
            maker.entry(man, Relation.SELF, work_capacity="able", employed=True, occupation="小区保安"),
            maker.entry(woman, Relation.SPOUSE, work_capacity="partly", occupation="在家照料儿子"),
            maker.entry(
                son,
                Relation.CHILD,
                work_capacity="lost",
                marriage="single",
                disability_kind="physical",
                disability_grade=grade,
                disability_number=f"{son.identity}{grade}1",
                can_live_independently=False,
                long_co_resident=True,
            ),
        ],
        cause="disability",
        reason="儿子重度残疾，长期卧床，妻子在家照料，全家靠丈夫一人的工资。",
    )
    wage = maker.draw.randrange(320, 360) * 1000
    family.incomes.append(IncomeEntry("wage", "wage", "小区保安工资", wage, "month", 0))
    family.found(0, "wage", {"amount_fen": wage, "period": "month", "value_text": "职工社会保险参保"})
    maker.deposit(family, 0, 100, 4000)
    maker.house(family)
    return family


def again(maker: Maker, award: Any) -> Family:
    """A household that is on the roll already, as it applies again: everybody is known, nobody speaks of a wage."""
    rows = award.household.memberships.filter(to_on=None).select_related("person").order_by("id")
    members = []
    for row in sorted(rows, key=lambda row: row.relation != Relation.SELF):
        years = age(row.person.birth_date, maker.on)
        able = "able" if 18 <= years < 60 else "none"
        more = {"marriage": "single", "student": True} if years < 18 else {}
        members.append(maker.entry(row.person, row.relation, work_capacity=able, **more))
    family = Family(members, cause="illness", reason="家里有人住院，花费大，现有的收入不够用，申请低保。")
    maker.deposit(family, 0, 100, 4000)
    maker.house(family)
    return family
