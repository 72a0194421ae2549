"""What an opinion may grant, as fields of its page and as facts beside it: the lawful choices, no others (S8)."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict

from yimen.base.access.refusal import Refused
from yimen.casework.decisions import queries
from yimen.desks.shared.caseacts.page import Desk
from yimen.desks.shared.shapes import Block, Fact, Tag
from yimen.law.calendar import today
from yimen.law.reckoning.assessment import Assessment, Outcome, Verdict

AS_PROPOSED = "proposed"
JOIN = ";"
TONES = {Verdict.MET: "green", Verdict.NOT_MET: "neutral", Verdict.OPEN: "amber"}


def outlook_of(desk: Desk, data: QueryDict | None = None) -> queries.Outlook | None:
    """What could be granted today with the reason typed so far; None while the facts contradict each other."""
    said = (data or {}).get("opinion-single_reason", "")
    try:
        return queries.outlook(desk.application, today(), str(said))
    except Refused:
        return None


def choices(found: queries.Outlook) -> list[tuple[str, str]]:
    """The lawful choices as options; the first is what the rules propose, whatever that comes to."""
    others = [each for each in found.sets if each != found.assessment.proposed]
    words = titles(found.assessment.proposed) if found.assessment.proposed or not found.resolved else ""
    if found.resolved:
        words = "；".join(part for part in (words, found.resolved.title) if part)
    first = (AS_PROPOSED, f"按建议：{words}")
    return [first, *((JOIN.join(queries.key_of(each) for each in row), titles(row)) for row in others)]


def titles(outcomes: Sequence[Outcome]) -> str:
    """Programmes with their amounts, in words."""
    return "；".join(f"{each.title}{_amount(each)}" for each in outcomes) or "各项目均不符合"


def _amount(outcome: Outcome) -> str:
    return outcome.shown.removeprefix(outcome.verdict.label) if outcome.amount_fen else ""


def keys_of(chosen: str) -> list[str] | None:
    """The keys of an option; None for what is proposed."""
    return None if chosen in {"", AS_PROPOSED} else chosen.split(JOIN)


def side_block(assessment: Assessment) -> list[Block]:
    """Every programme's result with the reason of each no; nothing where there is only dibao to say."""
    facts = [
        Fact(each.title, _why(each), tag=Tag(TONES[each.verdict], each.verdict.label)) for each in assessment.outcomes
    ]
    return [Block("分类审核认定", text=assessment.proposal, facts=facts)]


def _why(outcome: Outcome) -> str:
    if outcome.verdict is Verdict.MET:
        return _amount(outcome).lstrip("，") or "条件符合"
    if outcome.verdict is Verdict.OPEN:
        return "".join(outcome.open_points)
    return "；".join(f"{row.sentence.rstrip('。')}（{row.basis}）" for row in outcome.reasons)
