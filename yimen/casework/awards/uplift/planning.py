"""From the facts of one award to what a new standard makes of it: stretch by stretch from its first month on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from yimen.casework.awards.uplift import sheets
from yimen.casework.awards.uplift.basis import OTHERWISE, Held, Question, Version, in_grace
from yimen.law.aftercare.history import in_force
from yimen.law.aftercare.uplift import UpliftEffect
from yimen.law.again import Found
from yimen.law.money import show as yuan

COVER = "按新标准核算的保障人员与现在登记的不同，请核实人员情况后办理变更。"
GRACE = "渐退期内金额不变。"
RESTS = "本户暂停发放或者已经停止，没有可以提高的金额。"


@dataclass
class Segment:
    """Months in a row under one version, from ``month`` on, and what the new standard gives for them."""

    month: str
    version: Version
    question: Question = field(default_factory=lambda: Question(None))
    found: Found | None = None
    doubt: str = ""

    @property
    def reckons(self) -> bool:
        """Whether the amount of these months follows the standard; in grace it stays as it was."""
        return self.version.paying and not in_grace(self.version)


@dataclass(frozen=True)
class Planned:
    """What becomes of an award. ``plan`` are the columns of the versions to be added, in their order."""

    award: int
    township: str
    effect: UpliftEffect
    before_fen: int
    after_fen: int
    seq: int
    reason: str = ""
    category_after: str = ""
    plan: list[dict[str, Any]] = field(default_factory=list)
    sheets: dict[str, Any] | None = None
    sheet_digest: str = ""


def segments(held: Held, month: str) -> list[Segment]:
    """The stretches of an award's history from a month on; empty where it has no history."""
    later = {version.from_month for version in held.versions if version.from_month > month}
    found: list[Segment] = []
    for start in (month, *sorted(later)):
        version = in_force(held.versions, start)
        if version is not None and (not found or found[-1].version is not version):
            found.append(Segment(start, version))
    return found


def judge(held: Held, found: list[Segment]) -> Planned:
    """One effect for the whole award: a fall or a doubt in any stretch keeps the whole of it out of the raise."""
    before = next((row.version.monthly_fen for row in reversed(found) if row.version.paying), 0)
    last = held.last
    told = {"award": held.pk, "township": held.township, "before_fen": before, "seq": last.seq if last else 0}
    paying = [row for row in found if row.reckons]
    if not paying:
        graced = any(row.version.paying for row in found)
        return Planned(effect=UpliftEffect.SAME, after_fen=before, reason=GRACE if graced else RESTS, **told)
    for row in paying:
        if problem := _problem(held, row):
            return Planned(effect=UpliftEffect.UNKNOWN, after_fen=before, reason=problem, **told)
    after = _after(paying)
    if fallen := next((row for row in paying if _falls(row)), None):
        packed, digest = sheets.pack(_sheets(paying))
        why = _why_less(fallen)
        return Planned(
            effect=UpliftEffect.FALLS, after_fen=after, reason=why, sheets=packed, sheet_digest=digest, **told
        )
    category = _category(paying[-1])
    if all(_fen(row) == row.version.monthly_fen for row in paying):
        return Planned(effect=UpliftEffect.SAME, after_fen=after, category_after=category, **told)
    packed, digest = sheets.pack(_sheets(paying, several=len(found) > 1))
    plan = _plan(held, found)
    return Planned(
        effect=UpliftEffect.RAISED, after_fen=after, category_after=category, plan=plan, sheets=packed,
        sheet_digest=digest, **told,
    )  # fmt: skip


def _fen(row: Segment) -> int:
    return row.found.amount_fen if row.found and row.found.eligible else 0


def _after(paying: list[Segment]) -> int:
    return _fen(paying[-1])


def _falls(row: Segment) -> bool:
    return _fen(row) < row.version.monthly_fen


def _problem(held: Held, row: Segment) -> str:
    """Why nothing can be said of a stretch: no facts, other persons covered, an amount that had been adjusted by decision."""
    found, version = row.found, row.version
    if found is None:
        return row.question.why
    if found.problem or row.doubt:
        return found.problem or row.doubt
    if version.said_fen is not None and version.said_fen != version.monthly_fen:
        return OTHERWISE
    covered = {held.refs.get(person, "") for person, _ in version.persons}
    if found.eligible and {ref for ref, _ in found.cover} != covered:
        return COVER
    return ""


def _why_less(row: Segment) -> str:
    found = row.found
    if found is not None and not found.eligible:
        return f"按新标准核算不再符合条件：{'；'.join(found.conditions)}。应当另行核实，先听取意见，再办理变更。"
    old, new = yuan(row.version.monthly_fen), yuan(_fen(row))
    return (
        f"按现有资料核算为每月 {new} 元，少于现在的 {old} 元（{row.month} 起）。应当另行核实，先听取意见，再办理变更。"
    )


def _category(row: Segment) -> str:
    found = row.found
    other = found is not None and found.category and row.version.category and found.category != row.version.category
    return found.category if other and found else ""


def _sheets(paying: list[Segment], *, several: bool = False) -> list[dict[str, Any]]:
    """The explanations by month; where an award has several stretches, with the facts that each of them follows."""
    rows = []
    for row in paying:
        if row.found is None or row.question.asked is None:
            continue
        said: dict[str, Any] = {"month": row.month, "packed": row.found.packed}
        if several:
            said["facts"] = row.found.facts or row.question.asked.facts
        rows.append(said)
    return rows


def _plan(held: Held, found: list[Segment]) -> list[dict[str, Any]]:
    """The versions to be added: every stretch anew, for the last word of a month is the version written last."""
    refs = {ref: person for person, ref in held.refs.items()}
    return [_columns(row, refs) for row in found]


def _columns(row: Segment, refs: dict[str, int]) -> dict[str, Any]:
    version = row.version
    columns: dict[str, Any] = {
        "from_month": row.month,
        "phase": version.phase,
        "monthly_fen": version.monthly_fen,
        "category": version.category,
        "urban": version.urban,
        "persons": [list(pair) for pair in version.persons],
    }
    if row.reckons and row.found:
        cover = dict(row.found.cover)
        columns["monthly_fen"] = row.found.amount_fen
        columns["persons"] = [[refs[ref], fen] for ref, fen in cover.items()]
    return columns
