"""Families whose application ends in another programme than dibao: 特困 and 刚性支出困难."""

from __future__ import annotations

from yimen.casework.applications.entries import ExpenseEntry, IncomeEntry
from yimen.demo.families import Family, Maker
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
