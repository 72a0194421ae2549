"""Kinds of families as they come to the counter, each with what it declares and what would be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from yimen.casework.applications.entries import ExpenseEntry, IncomeEntry
from yimen.demo.families import Family, Maker
from yimen.demo.people import LONG, RARE
from yimen.law.terms import Relation, Sex

Kind = Callable[[Maker], Family]


def old_alone(maker: Maker) -> Family:
    """An old person alone, with a small pension and sometimes a child who gives a little."""
    person = maker.crowd.person(maker.on, 62, 84)
    family = Family(
        [
            maker.entry(
                person,
                Relation.SELF,
                work_capacity="none",
                marriage="widowed",
                illness=maker.draw.choice(("", "", "脑梗后遗症")),
            )
        ],
        cause="age",
        reason="年老体弱，子女无力多给，日常吃药花费大，生活困难。",
    )
    maker.pension(family, 0)
    maker.deposit(family, 0)
    maker.house(family)
    if maker.draw.random() < 0.5:
        maker.child_obligor(family, maker.draw.choice((0, 10000, 20000)))
    return family


def old_couple(maker: Maker) -> Family:
    """Two old people; one is ill."""
    man, woman = (
        maker.crowd.person(maker.on, 62, 80, sex=Sex.MALE),
        maker.crowd.person(maker.on, 60, 78, sex=Sex.FEMALE),
    )
    family = Family(
        [
            maker.entry(man, Relation.SELF, work_capacity="none"),
            maker.entry(woman, Relation.SPOUSE, work_capacity="none", illness="尿毒症"),
        ],
        cause="illness",
        reason="夫妻二人年老，妻子长期透析，自付药费多，收入只有养老金。",
    )
    for row in (0, 1):
        maker.pension(family, row)
    maker.deposit(family, 0, 300, 12000)
    maker.house(family)
    family.expenses.append(ExpenseEntry("medical", "透析、门诊自付", maker.draw.randrange(300, 900) * 100, "month", 1))
    return family


def disabled(maker: Maker) -> Family:
    """A disabled adult with a parent."""
    ill = maker.crowd.person(maker.on, 28, 52)
    parent = maker.crowd.person(maker.on, 60, 78, sex=Sex.FEMALE)
    grade = maker.draw.choice((1, 2, 2, 3))
    kind = maker.draw.choice(("physical", "mental", "intellectual", "visual"))
    family = Family(
        [
            maker.entry(
                ill,
                Relation.SELF,
                work_capacity="lost",
                marriage="single",
                disability_kind=kind,
                disability_grade=grade,
                disability_number=f"{ill.identity}{'12345'[grade]}1",
                can_live_independently=False,
            ),
            maker.entry(parent, Relation.PARENT, work_capacity="none", marriage="widowed", long_co_resident=True),
        ],
        cause="disability",
        reason="本人残疾不能劳动，由年老的母亲照料，没有稳定收入。",
    )
    maker.pension(family, 1)
    maker.deposit(family, 1)
    maker.house(family)
    return family


def single_parent(maker: Maker) -> Family:
    """A parent alone with children at school, working odd jobs."""
    parent = maker.crowd.person(maker.on, 30, 45)
    children = [
        maker.crowd.person(maker.on, 7, 16, surname=parent.name[0]) for _ in range(maker.draw.choice((1, 1, 2)))
    ]
    members = [
        maker.entry(
            parent, Relation.SELF, work_capacity="able", marriage="divorced", employed=True, occupation="打零工"
        )
    ]
    members += [
        maker.entry(
            child,
            Relation.CHILD,
            work_capacity="none",
            marriage="single",
            student=True,
            occupation="安澜区示例学校",
        )
        for child in children
    ]
    family = Family(members, cause="unemployed", reason="离婚后独自抚养孩子，只能打零工，收入不固定。")
    wage = maker.draw.randrange(60, 110) * 1000
    family.incomes.append(IncomeEntry("wage", "wage", "打零工", wage, "month", 0))
    maker.deposit(family, 0, 100, 5000)
    return family


def three_generations(maker: Maker) -> Family:
    """Grandparents, an ill adult child, a grandchild; land."""
    old, ill, young = (
        maker.crowd.person(maker.on, 60, 72),
        maker.crowd.person(maker.on, 33, 48, sex=Sex.MALE),
        maker.crowd.person(maker.on, 8, 15),
    )
    members = [
        maker.entry(old, Relation.SELF, work_capacity="partly", marriage="widowed"),
        maker.entry(
            ill,
            Relation.CHILD,
            work_capacity="partly",
            marriage="divorced",
            illness="慢性肾病",
            can_live_independently=False,
        ),
        maker.entry(
            young,
            Relation.GRANDCHILD,
            work_capacity="none",
            marriage="single",
            student=True,
            occupation="安澜区示例小学",
        ),
    ]
    mu = Decimal(maker.draw.randrange(15, 60)) / 10
    family = Family(
        members, cause="no_labour", reason="儿子患病不能干重活，孙子上学，全家靠几亩地和养老金。", land_mu=mu
    )
    maker.pension(family, 0)
    family.incomes.append(
        IncomeEntry("business", "land", "玉米种植（净收入）", maker.draw.randrange(12, 36) * 10000, "year", 0)
    )
    maker.deposit(family, 0)
    maker.house(family)
    return family


def nine(maker: Maker) -> Family:
    """Nine people under one roof."""
    head = maker.crowd.person(maker.on, 41, 44, sex=Sex.MALE)
    wife = maker.crowd.person(maker.on, 39, 42, sex=Sex.FEMALE)
    members = [
        maker.entry(head, Relation.SELF, work_capacity="partly", occupation="务农"),
        maker.entry(wife, Relation.SPOUSE, work_capacity="partly"),
    ]
    members += [
        maker.entry(
            maker.crowd.person(maker.on, 5, 16, surname=head.name[0]),
            Relation.CHILD,
            work_capacity="none",
            marriage="single",
            student=True,
        )
        for _ in range(5)
    ]
    members += [
        maker.entry(maker.crowd.person(maker.on, 65, 72), Relation.PARENT, work_capacity="none", long_co_resident=True)
        for _ in range(2)
    ]
    family = Family(
        members,
        cause="no_labour",
        reason="上有老下有小，夫妻身体都不好，收入养不活九口人。",
        land_mu=Decimal("6.5"),
    )
    maker.land(family, 520000)
    for row in (7, 8):
        maker.pension(family, row)
    maker.deposit(family, 0)
    return family


def nothing(maker: Maker) -> Family:
    """Nobody earns anything."""
    person = maker.crowd.person(maker.on, 50, 59)
    return Family(
        [maker.entry(person, Relation.SELF, work_capacity="lost", marriage="single", illness="恶性肿瘤")],
        cause="illness",
        reason="身患重病，没有任何收入，借钱看病。",
    )


def ill_alone(maker: Maker) -> Family:
    """Somebody in middle age, alone and ill, who lives on relatives and odd help."""
    person = maker.crowd.person(maker.on, 40, 59)
    illness = maker.draw.choice(("慢性肾病", "肝硬化", "恶性肿瘤", "腰椎术后"))
    family = Family(
        [maker.entry(person, Relation.SELF, work_capacity="lost", marriage="divorced", illness=illness)],
        cause="illness",
        reason="本人患病不能劳动，没有稳定收入，看病靠亲友接济。",
    )
    maker.deposit(family, 0, 50, 4000)
    maker.house(family)
    family.expenses.append(ExpenseEntry("medical", "门诊、住院自付", maker.draw.randrange(150, 700) * 100, "month", 0))
    return family


def disabled_alone(maker: Maker) -> Family:
    """A disabled adult who keeps house alone."""
    person = maker.crowd.person(maker.on, 35, 61)
    grade = maker.draw.choice((1, 2, 2, 2, 3))
    family = Family(
        [
            maker.entry(
                person,
                Relation.SELF,
                work_capacity="lost",
                marriage="single",
                disability_kind=maker.draw.choice(("physical", "visual", "mental")),
                disability_grade=grade,
                disability_number=f"{person.identity}{grade}1",
            )
        ],
        cause="disability",
        reason="本人残疾，不能参加劳动，一直没有收入。",
    )
    maker.deposit(family, 0, 20, 3000)
    maker.house(family)
    return family


def parents_and_children(maker: Maker) -> Family:
    """A couple with children at school; one of the two is ill."""
    man, woman = (
        maker.crowd.person(maker.on, 34, 46, sex=Sex.MALE),
        maker.crowd.person(maker.on, 32, 44, sex=Sex.FEMALE),
    )
    members = [
        maker.entry(man, Relation.SELF, work_capacity="partly", illness="股骨头坏死"),
        maker.entry(woman, Relation.SPOUSE, work_capacity="able", employed=True, occupation="打零工"),
    ]
    members += [
        maker.entry(
            maker.crowd.person(maker.on, 7, 16, surname=man.name[0]),
            Relation.CHILD,
            work_capacity="none",
            marriage="single",
            student=True,
            occupation="安澜区示例学校",
        )
        for _ in range(maker.draw.choice((2, 2, 3)))
    ]
    family = Family(members, cause="illness", reason="丈夫患病不能干重活，妻子打零工，孩子上学，入不敷出。")
    wage = maker.draw.randrange(90, 130) * 1000
    family.incomes.append(IncomeEntry("wage", "wage", "打零工", wage, "month", 1))
    maker.deposit(family, 0, 100, 6000)
    maker.house(family)
    return family


# Six of ten apply alone, as in most places.
USUAL: tuple[tuple[Kind, int], ...] = (
    (old_alone, 34),
    (ill_alone, 14),
    (disabled_alone, 13),
    (old_couple, 11),
    (disabled, 8),
    (single_parent, 10),
    (three_generations, 6),
    (parents_and_children, 4),
)
# Where a wage can be found that nobody spoke of.
EARNING: tuple[tuple[Kind, int], ...] = ((single_parent, 5), (three_generations, 2), (parents_and_children, 3))


def some(maker: Maker, kinds: tuple[tuple[Kind, int], ...] = USUAL) -> Family:
    """A family of one of these kinds, as often as the number beside it says."""
    return maker.draw.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])[0](maker)


def rare(maker: Maker, number: int) -> Family:
    """An old person with a rare or very long name."""
    name, sex = (*RARE, LONG)[number % (len(RARE) + 1)]
    family = old_alone(maker)
    named = maker.crowd.person(maker.on, 63, 80, sex=sex, name=name)
    family.members[0] = replace(family.members[0], name=named.name, identity=named.identity)
    return family
