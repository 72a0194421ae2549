"""How the means of an obligor are found out who authorises no check, or who cannot be found (T13, T14; L41, L43).

Only the check of registers and banks needs the obligor's own consent. Visits, neighbours, letters and an appraisal do
not: what they tell may be used, if the case holds their record. Where none of them tells it, that is recorded too.
"""

from __future__ import annotations

from datetime import date

from yimen.casework.applications import queries as applications
from yimen.casework.applications.models import Application
from yimen.casework.households.models import Obligor
from yimen.casework.investigation import queries
from yimen.casework.investigation.programme_checks import known, wrong
from yimen.casework.investigation.programme_entries import AbilityEntry
from yimen.law.terms import Inquiry

TRIED = 2
"""How many ways must stand on record before anybody may say that none of them told it."""


def on_record(application: Application, on: date) -> frozenset[Inquiry]:
    """The ways of investigating that the case holds a record of; a letter counts once it is answered or its day is past."""
    letters = queries.letters(application)
    held = {
        Inquiry.VISIT: queries.visits(application),
        Inquiry.NEIGHBOUR: queries.interviews(application),
        Inquiry.LETTER: [row for row in letters if row.replied_on or row.reply_by < on],
        Inquiry.APPRAISAL: queries.appraisals(application),
    }
    return frozenset(way for way, rows in held.items() if rows)


def check_inquiry(application: Application, entry: AbilityEntry, where: str, outside: Obligor | None, on: date) -> None:
    """Means without the obligor's consent rest on a way that the case has a record of."""
    known(Inquiry, entry.inquiry, f"{where}-inquiry", "查明方式")
    found = [name for name in ("own_income", "property_fits") if getattr(entry, _FIELDS[name]) is not None]
    if found and not entry.inquiry and outside is not None and not _authorised(application, outside, on):
        raise wrong(
            f"{where}-{found[0]}",
            f"{outside.name}没有授权查询，不能登记其收入和财产（社会救助法第四十一条）。请先登记其授权；"
            "本人不授权或者找不到的，用入户、邻里、信函等其他方式查明，在“查明方式”里选；都查不清的选“各种方式都没有查清”。",
        )
    if entry.inquiry:
        _check_record(application, entry, where, found, on)


_FIELDS = {"own_income": "own_income_fen", "property_fits": "property_fits"}


def _authorised(application: Application, outside: Obligor, on: date) -> bool:
    return applications.consent_of(application, obligor=outside, on=on) is not None


def _answered(application: Application) -> bool:
    """A letter that nobody answered is a way that was tried, but it has told nothing."""
    return any(row.replied_on for row in queries.letters(application))


def _check_record(application: Application, entry: AbilityEntry, where: str, found: list[str], on: date) -> None:
    way, held = Inquiry(entry.inquiry), on_record(application, on)
    if way is Inquiry.NONE:
        if len(found) == len(_FIELDS):
            raise wrong(f"{where}-inquiry", "收入和财产都已经填写，不是没有查清。请改选查明的方式。")
        if len(held) < TRIED:
            raise wrong(
                f"{where}-inquiry",
                "本件记录的调查方式不足两种，还不能说各种方式都没有查清。请先登记入户调查、邻里访问、信函索证或者民主评议。",
            )
    elif not found:
        raise wrong(f"{where}-inquiry", f"请填写{way.label}查明的收入或者财产。")
    elif way not in held or (way is Inquiry.LETTER and not _answered(application)):
        told = "，发出的信函要有回复" if way is Inquiry.LETTER else ""
        raise wrong(f"{where}-inquiry", f"本件还没有{way.label}的记录{told}。请先登记，再填查明的内容。")
