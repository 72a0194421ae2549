"""What the papers of a month say: the return, the filing, the table of funds, the list of relief; all of it plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from yimen.base.access.officer import Officer
from yimen.base.papers import writing
from yimen.casework.monthclose.models import FiledRow, MonthClose
from yimen.casework.payments.funds import queries as funds
from yimen.casework.payments.funds.table import paid_in
from yimen.casework.payments.models import ReliefDecision
from yimen.casework.payments.relief import queries as relief
from yimen.casework.reports import lines
from yimen.casework.reports.lines import Line, Single
from yimen.casework.reports.monthly import Money, monthly
from yimen.casework.reports.official import Return, names
from yimen.law.calendar import as_moment
from yimen.law.closing import CloseStage, CloseState, Waits, views_of
from yimen.law.identity import mask_identity
from yimen.law.money import show
from yimen.law.payments.funds import FundAccount
from yimen.law.payments.relief import ReliefCause, ReliefWay
from yimen.law.statistics import TOTALS, Counted, TableRow, total

NOTHING = "—"


# -- the return ------------------------------------------------------------------------------


def monthly_return(found: Return, place: str, townships: Mapping[str, str]) -> dict[str, Any]:
    """月报表 of a filed month; ``townships`` (code and name) with more than one tells each of them too.

    In a township's own it is filled in by who signed the month; in the district's by who issues it.
    """
    made = monthly(found.closes)
    several = len(townships) > 1
    signer = {} if several else {"handler": found.closes[0].proposed_by.name}
    return {
        **signer,
        "place": place,
        "month": found.of,
        "filed": f"月末报备存档（{len(found.closes)} 个乡街）" if several else "月末报备存档",
        "lacking": names(found.lacking) if found.lacking else None,
        "official": [_official(row, counted, found.year[row]) for row, counted in found.month.items()],
        "recognised": [
            {"item": programme.label, **_numbers(counted)} for programme, counted in sorted(found.recognised.items())
        ],
        "moves": [
            _move(block, line)
            for block, told in (("新增", lines.new(made)), ("停发", lines.stopped(made)), ("变动", lines.changed(made)))
            for line in told
        ],
        "money": [_money(text, each) for text, each, _ in lines.money(made)],
        "later": [
            {"item": line.text, "households": f"{line.counted.households:,}", "amount": line.counted.fen}
            for line in lines.later(made)
        ],
        "others": _paired([*lines.payments(made), *lines.people(made), *lines.work(made)]),
        "places": [_place(code, name, found.closes) for code, name in townships.items()] if several else None,
    }


def _official(row: TableRow, counted: Counted, year: Counted) -> dict[str, str]:
    relieved = row is TableRow.RELIEF
    return {
        "item": row.label,
        "households": NOTHING if relieved else f"{counted.households:,}",
        "persons": f"{counted.persons:,}",
        "average": NOTHING if row in TOTALS else _average(counted),
        "spend": counted.spend,
        "year_persons": f"{year.persons:,}" if relieved else NOTHING,
        "year_spend": year.spend,
    }


def _average(counted: Counted) -> str:
    return NOTHING if counted.average is None else f"{counted.average:,}"


def _numbers(counted: Counted | Money) -> dict[str, str]:
    return {"households": f"{counted.households:,}", "persons": f"{counted.persons:,}"}


def _move(block: str, line: Line) -> dict[str, Any]:
    return {"block": block, "item": line.text, **_numbers(line.counted), "amount": line.counted.fen}


def _money(text: str, each: Money) -> dict[str, Any]:
    return {
        "item": text, **_numbers(each), "base": each.base_fen, "supplement": each.supplement_fen,
        "due": each.base_fen + each.supplement_fen, "paid": each.paid_fen,
    }  # fmt: skip


def _paired(singles: Sequence[Single]) -> list[dict[str, str]]:
    """Two figures in a row, to spare the paper half its length."""
    made = []
    for left, right in zip(singles[::2], [*singles[1::2], None], strict=False):
        row = {"item": left.text, "value": left.value}
        made.append(row | ({"item2": right.text, "value2": right.value} if right else {}))
    return made


def _place(code: str, name: str, closes: Iterable[MonthClose]) -> dict[str, str]:
    close = next((each for each in closes if each.area_id == code), None)
    if close is None:
        return {"item": name, "state": "没有报备", **dict.fromkeys(("households", "persons", "due", "paid"), NOTHING)}
    counts = close.counts
    return {
        "item": name, "state": CloseState(close.state).label, "households": f"{counts['households']:,}",
        "persons": f"{counts['persons']:,}", "due": show(counts["due_fen"]), "paid": show(counts["paid_fen"]),
    }  # fmt: skip


# -- the filing ------------------------------------------------------------------------------


def month_filing(close: MonthClose) -> dict[str, Any]:
    """月末报备表 of a filed month: its stages, its sums, who goes over and why, the signatures, the receipt."""
    counts = close.counts
    waiting = FiledRow.objects.filter(close=close).exclude(waits="").select_related("award__household__head", "village")
    return {
        "township": close.area.name,
        "month": close.month,
        "households": counts["households"],
        "persons": counts["persons"],
        "due": counts["due_fen"],
        "paid": counts["paid_fen"],
        "over": counts["over"],
        "digest": close.lines_digest.removeprefix("sha256:")[:16],
        "stages": [
            {"stage": view.stage.label, "state": view.standing.label, "done": view.done, "left": view.left,
             "words": view.words}
            for view in views_of(close.stages) if view.stage is not CloseStage.FILING
        ],
        "waits": [_waiting(row) for row in waiting.order_by("village_id", "award__number")],
        "signed": [
            _signature("签字（经办人）", close.proposed_by, close.signed_on),
            _signature("报备（负责人）", close.released_by, close.filed_on),
            _signature("区级接收", close.received_by, close.received_at and as_moment(close.received_at).date()),
        ],
    }  # fmt: skip


def _waiting(row: FiledRow) -> dict[str, str]:
    return {
        "head": row.award.household.head.name,
        "village": row.village.name,
        "number": row.award.number,
        "why": "、".join(Waits(each).label for each in row.waits.split(",") if each),
    }


def _signature(step: str, person: Any, on: Any) -> dict[str, Any]:
    return {"step": step, "person": person.name if person else None, "date": on}


# -- money -----------------------------------------------------------------------------------


def fund_table(officer: Officer, place: str, townships: Mapping[str, str], month: str) -> dict[str, Any]:
    """资金发放情况表: what was paid for a month, and what came, went and is left of the ledger up to today."""
    found = paid_in(townships, month)
    whole = total(found.values())
    rows = [
        {"place": townships[code], "programme": programme.label, "area": "城市" if urban else "农村",
         **_numbers(counted), "average": _average(counted), "spend": counted.spend, "amount": counted.fen}
        for (code, programme, urban), counted in found.items()
    ]  # fmt: skip
    foot = {"place": "合计", "programme": NOTHING, "area": NOTHING, **_numbers(whole), "average": NOTHING,
            "spend": whole.spend, "amount": whole.fen}  # fmt: skip
    standings = [each for each in funds.standings(funds.postings(officer)) if each.place in townships]
    return {
        "place": place,
        "month": month,
        "rows": [*rows, foot] if rows else [],
        "funds": [_fund(each, townships) for each in standings],
    }


def _fund(each: funds.Standing, townships: Mapping[str, str]) -> dict[str, Any]:
    return {
        "place": townships[each.place], "programme": each.programme.label, "given": each.given, "spent": each.spent,
        "way": each.of(FundAccount.UNDER_WAY), "left": each.of(FundAccount.TOWNSHIP) + each.of(FundAccount.RESERVE),
    }  # fmt: skip


def relief_list(place: str, townships: Mapping[str, str], month: str) -> dict[str, Any]:
    """临时救助花名册: what was granted in a month, by day."""
    rows = list(relief.granted_in(townships, month))
    return {
        "place": place,
        "month": month,
        "cases": len(rows),
        "persons": sum(row.case.persons for row in rows),
        "total": sum(row.fen for row in rows),
        "rows": [_relieved(row) for row in rows],
    }


def _relieved(row: ReliefDecision) -> dict[str, Any]:
    case = row.case
    paid = writing.day(case.paid_on) if case.paid_on else "还没有发放"
    return {
        "name": f"{case.person.name}\n{mask_identity(str(case.person.identity))}",
        "place": f"{case.township.name}\n{case.village.name}",
        "cause": ReliefCause(case.cause).label + ("（紧急）" if row.urgent else ""),
        "persons": case.persons,
        "amount": row.fen,
        "decided": row.on,
        "paid": f"{ReliefWay(case.way).label}\n{paid}",
        "voucher": "\n".join(each for each in (case.received_by, case.voucher) if each),
    }
