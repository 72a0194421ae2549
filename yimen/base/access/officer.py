"""The person who acts, with the posts of today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from yimen.base.offices.models import Account, Office, Post, Staff
from yimen.base.offices.queries import posts_of
from yimen.law.calendar import today
from yimen.law.terms import Level, Role

VILLAGE_ROLES = frozenset({Role.AIDE})
TOWNSHIP_ROLES = frozenset({Role.HANDLER, Role.HEAD})
PAYING_ROLES = frozenset({Role.CASHIER})
"""Who releases money works on no case: the cases of the township are not theirs to see (K17)."""
DISTRICT_ROLES = frozenset({Role.CHECKER, Role.DISTRICT_HANDLER, Role.DISTRICT_DECIDER, Role.SUPERVISOR})
ADMIN_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


@dataclass(frozen=True)
class Officer:
    """An account at work: built anew for each request, never cached beyond it (K16)."""

    account: Account
    staff: Staff
    posts: tuple[Post, ...]
    request_id: str = ""

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(post.role) for post in self.posts)

    @property
    def office(self) -> Office:
        """The office of the first post; the person's own office where no post is held."""
        return self.posts[0].office if self.posts else self.staff.office

    @property
    def district(self) -> str:
        return self.office.area_id[:6]

    @property
    def signature(self) -> dict[str, Any]:
        """Who acts and where, as entries and reads of the record name it."""
        return {
            "staff_id": self.staff.pk,
            "staff_name": self.staff.name,
            "account_id": self.account.pk,
            "office_code": self.office.area_id,
            "request_id": self.request_id,
        }

    def holds(self, roles: Iterable[Role], area: str) -> bool:
        """Whether one of the roles is held at an office of exactly this area."""
        wanted = set(roles)
        return any(Role(post.role) in wanted and post.office.area_id == area for post in self.posts)

    def areas(self, roles: Iterable[Role]) -> list[str]:
        """Codes of the areas where one of the roles is held."""
        wanted = set(roles)
        return sorted({post.office.area_id for post in self.posts if Role(post.role) in wanted})

    def level(self) -> Level | None:
        """The level of the desk that is theirs: the highest one that works on cases; None for nobody or administrators."""
        for level, roles in (
            (Level.DISTRICT, DISTRICT_ROLES),
            (Level.TOWNSHIP, TOWNSHIP_ROLES),
            (Level.VILLAGE, VILLAGE_ROLES),
        ):
            if self.roles & roles:
                return level
        return None


def officer_of(account: Account, request_id: str = "") -> Officer:
    """The officer behind an account with the posts in force today."""
    return Officer(account, account.staff, tuple(posts_of(account.staff_id, today())), request_id)
