"""Democratic appraisal 民主评议: who may sit there, when it counts, how it ends (plan 四(三); D19).

Quorum and majority are set by the place; nothing is assumed where it has set nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from yimen.law.terms import Term


class AttendeeRole(Term):
    """Who takes part (plan 四(三))."""

    AIDE = "aide", "社会救助协理员"
    COMMITTEE = "committee", "村（社区）两委成员"
    UNIT_LEADER = "unit_leader", "单元长"
    GRID_LEADER = "grid_leader", "网格长"
    REPRESENTATIVE = "representative", "居民（村民）代表"
    TOWNSHIP = "township", "乡镇（街道）工作人员"
    OTHER = "other", "其他人员"


@dataclass(frozen=True)
class Quorum:
    """What the place demands. Those who are recused count for neither."""

    min_attendees: int
    min_representatives_share: Fraction


def representatives(roles: Sequence[str]) -> int:
    """How many of those who may vote are residents' representatives."""
    return sum(1 for role in roles if role == AttendeeRole.REPRESENTATIVE)


def shortfalls(roles: Sequence[str], quorum: Quorum) -> list[str]:
    """Why the meeting does not count, each with by how many it was missed; empty when it counts.

    ``roles`` are those of the attendees who may vote.
    """
    present, ours = len(roles), representatives(roles)
    found = []
    if present < quorum.min_attendees:
        missing = quorum.min_attendees - present
        found.append(f"有表决权的参加人员 {present} 人，不足规定的 {quorum.min_attendees} 人，还差 {missing} 人")
    if present and Fraction(ours, present) < quorum.min_representatives_share:
        share, others = quorum.min_representatives_share, present - ours
        lack = f"至少还要 {_more(ours, others, share)} 名居民代表" if share < 1 else "参加人员须全部是居民代表"
        found.append(f"居民代表 {ours} 人，占 {ours}/{present}，低于规定的 {share}，{lack}")
    return found


def _more(ours: int, others: int, share: Fraction) -> int:
    """How many more representatives make the share, the others staying."""
    return ceil(share * others / (1 - share)) - ours


def supports(agree: int, voters: int, majority: Fraction) -> bool:
    """Whether the votes for the application exceed the share that the place demands of those entitled to vote."""
    return agree > majority * voters
