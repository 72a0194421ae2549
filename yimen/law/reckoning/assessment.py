"""One application beside every programme (一次申请、分类审核认定): the results, the reason of each no, and the proposal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yimen.law.money import show
from yimen.law.reckoning.result import Failure, Reckoning
from yimen.law.reckoning.text_form import place_of, to_text
from yimen.law.terms import Programme, Term

FORM = "yimen-assessment-1"


class Verdict(Term):
    """What the rules say of one programme."""

    MET = "met", "符合"
    NOT_MET = "not_met", "不符合"
    OPEN = "open", "不能核算"


@dataclass(frozen=True)
class Outcome:
    """One programme's result for the household, or for the member ``person`` (a reference).

    Without a Reckoning either ``failures`` say no, or ``open_points`` say what is missing (``missing`` are the
    keys of figures that are unset): then nothing is approved and nothing refused.
    """

    programme: Programme
    person: str = ""
    name: str = ""
    scope: str = ""
    reckoning: Reckoning | None = None
    failures: tuple[Failure, ...] = ()
    open_points: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    proposed: bool = False

    @property
    def verdict(self) -> Verdict:
        """Met, not met, or not to be reckoned yet."""
        if self.open_points:
            return Verdict.OPEN
        return Verdict.MET if self.reckoning is not None and self.reckoning.eligible else Verdict.NOT_MET

    @property
    def reasons(self) -> tuple[Failure, ...]:
        """Why not, each with its article; empty where the conditions are met or the result is open."""
        return self.failures or (self.reckoning.failures if self.reckoning else ())

    @property
    def amount_fen(self) -> int:
        """Fen a month, 0 for a recognition or a no."""
        return self.reckoning.amount_fen if self.reckoning else 0

    @property
    def title(self) -> str:
        """The programme with the person or the part of the household that it is about."""
        about = "，".join(part for part in (self.name, self.scope) if part)
        return f"{self.programme.label}（{about}）" if about else self.programme.label

    @property
    def shown(self) -> str:
        """The result in one line: yes with its amount, no with reasons and articles, or what is missing."""
        if self.verdict is Verdict.OPEN:
            return f"{self.verdict.label}：{''.join(self.open_points)}"
        if self.verdict is Verdict.NOT_MET:
            return f"{self.verdict.label}：{''.join(f'{reason.sentence}（{reason.basis}）' for reason in self.reasons)}"
        amount = f"，每月{show(self.amount_fen)}元" if self.amount_fen else "，认定后不发放保障金"
        return f"{self.verdict.label}{amount}"


RANK = (Programme.TEKUN, Programme.DIBAO, Programme.EDGE, Programme.RIGID_EXPENDITURE)
"""Which programme goes before which in a proposal."""


def pending_of(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """What is open and could take the place of what is proposed; what ranks below it changes nothing.

    Where nothing is proposed, everything that is open.
    """
    last = max((RANK.index(outcome.programme) for outcome in outcomes if outcome.proposed), default=len(RANK))
    return [each for each in outcomes if each.verdict is Verdict.OPEN and RANK.index(each.programme) < max(last, 1)]


@dataclass(frozen=True)
class Assessment:
    """All outcomes in the order 特困, 低保, 边缘, 单人保, 刚性支出. The program proposes, a person decides."""

    on: dt.date
    areas: tuple[str, ...]
    urban: bool
    outcomes: tuple[Outcome, ...]
    proposal: str

    @property
    def proposed(self) -> tuple[Outcome, ...]:
        """What is proposed together: lawful side by side, at most one for the household, never two for a person."""
        return tuple(outcome for outcome in self.outcomes if outcome.proposed)

    @property
    def pending(self) -> tuple[Outcome, ...]:
        """What is open above the proposal."""
        return tuple(pending_of(self.outcomes))

    @property
    def demo(self) -> bool:
        """Whether invented figures took part."""
        return any(outcome.reckoning is not None and outcome.reckoning.demo for outcome in self.outcomes)

    def of(self, programme: Programme) -> tuple[Outcome, ...]:
        """The outcomes of one programme."""
        return tuple(outcome for outcome in self.outcomes if outcome.programme is programme)

    def to_json(self) -> dict[str, object]:
        """A plain structure; the Reckonings in it are read back by ``Reckoning.from_json``."""
        return {
            "form": FORM,
            "on": self.on.isoformat(),
            "areas": list(self.areas),
            "urban": self.urban,
            "proposal": self.proposal,
            "demo": self.demo,
            "outcomes": [_outcome(outcome) for outcome in self.outcomes],
        }

    @classmethod
    def from_json(cls, data: Any) -> Assessment:
        """Read what ``to_json`` wrote. Raises ValueError when it is no such structure."""
        if not isinstance(data, dict) or data.get("form") != FORM:
            raise ValueError("not an assessment")
        outcomes = tuple(_read(row) for row in data["outcomes"])
        on = dt.date.fromisoformat(data["on"])
        return cls(on, tuple(data["areas"]), bool(data["urban"]), outcomes, str(data["proposal"]))

    def to_text(self) -> str:
        """The table of results, then every Reckoning whole."""
        kind, mark = "城市" if self.urban else "农村", "【示例】" if self.demo else ""
        head = f"{mark}{kind}一次申请、分类审核认定（{place_of(self.areas)}，{self.on}）"
        rows = [
            f"· {outcome.title}：{outcome.shown}{'〔建议〕' if outcome.proposed else ''}" for outcome in self.outcomes
        ]
        sheets = [to_text(outcome.reckoning) for outcome in self.outcomes if outcome.reckoning is not None]
        return "\n".join([head, self.proposal, "", *rows, ""]) + "".join(f"\n{'─' * 20}\n{sheet}" for sheet in sheets)


def _read(row: Any) -> Outcome:
    reckoning = Reckoning.from_json(row["reckoning"]) if row["reckoning"] else None
    # A Reckoning carries its own failures; only an outcome without one says them itself.
    said = () if reckoning else tuple(Failure(each["code"], each["sentence"], each["basis"]) for each in row["reasons"])
    return Outcome(
        Programme(row["programme"]),
        row["person"],
        row["name"],
        row["scope"],
        reckoning,
        said,
        tuple(row["open"]),
        tuple(row["missing"]),
        bool(row["proposed"]),
    )


def _outcome(outcome: Outcome) -> dict[str, object]:
    return {
        "programme": outcome.programme.value,
        "person": outcome.person,
        "name": outcome.name,
        "scope": outcome.scope,
        "verdict": outcome.verdict.value,
        "proposed": outcome.proposed,
        "amount_fen": outcome.amount_fen,
        "reasons": [
            {"code": reason.code, "sentence": reason.sentence, "basis": reason.basis} for reason in outcome.reasons
        ],
        "open": list(outcome.open_points),
        "missing": list(outcome.missing),
        "reckoning": outcome.reckoning.to_json() if outcome.reckoning else None,
    }
