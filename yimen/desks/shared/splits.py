"""分户 as the desks show it: who went their own way, and the application they are offered with everything known in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.casework.awards import split_queries as splits
from yimen.casework.households import queries as households
from yimen.desks.shared.listing import listing
from yimen.desks.shared.shapes import Action, Block, Fact, Link
from yimen.law.terms import Relation, Role

_TAKES = {Role.HANDLER, Role.AIDE}
_MOST = 10


def intake_url(home: Any) -> str:
    """The application with what is stored of a household already in it."""
    return f"{reverse('township:intake')}?household={home.ref}"


def apart(officer: Officer, change: Any) -> list[Block]:
    """The household that a 分户 made; with the way to its application until it has applied."""
    home = splits.new_homes([change]).get(change.pk)
    if home is None:
        return []
    rows = households.members(home)
    names = "、".join(f"{row.person.name}（{Relation(row.relation).label}）" for row in rows)
    facts = [Fact("户主", home.head.name), Fact("成员", names or "—"), Fact("住址", home.address or "—")]
    if waiting := home.pk in splits.unapplied([home]):
        facts.append(Fact("救助", "还没有申请。需要救助的，按新申请办理。"))
    account = households.account_at_last(change.award.household)
    if account is not None and account.holder in {row.person.name for row in rows}:
        facts.append(Fact("原户的领取账户", f"开户人{account.holder}已分出，请为原户另行办理账户变更。"))
    actions = []
    if waiting and officer.holds(_TAKES, home.township_id):
        actions.append(Action("为分出的家庭登记申请", intake_url(home)))
    return [Block("分出的家庭", facts=facts, actions=actions)]


def to_apply(officer: Officer, on: date) -> list[Block]:
    """Households that split off lately and have not applied, for whoever takes applications; nothing where there is none."""
    if not officer.roles & _TAKES:
        return []
    rows = [
        (
            Link(home.head.name, intake_url(home)),
            home.village.name,
            Link(f"{change.award.household.head.name}家分户", reverse("township:change", args=[change.ref])),
            f"{change.decided_on:%Y-%m-%d}",
        )
        for change, home in splits.to_apply(officer, on, _MOST)
    ]
    note = "需要救助的，点户主登记申请，成员、关系、住址已经填好；不需要的不用办理。只列近半年的。"
    return [listing("分户后可以申请的家庭", "户主 村（社区） 来自 决定", rows, note=note)] if rows else []
