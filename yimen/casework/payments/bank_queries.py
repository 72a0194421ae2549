"""Reading templates, files, answers and failures of the bank, within an officer's scope; fen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from yimen.base.access import gate
from yimen.base.access.officer import DISTRICT_ROLES, Officer
from yimen.base.papers.models import Paper
from yimen.casework.payments.bank import books, sendable
from yimen.casework.payments.bank.sendable import Plan
from yimen.casework.payments.bank.sending import content_of
from yimen.casework.payments.bank_models import BankAnswer, BankAttempt, BankFile, BankReturn, BankTemplate, Reissue
from yimen.casework.payments.models import PayLine
from yimen.casework.payments.places import by_township
from yimen.law.calendar import today
from yimen.law.payments.bank_terms import BankAnswerKind, BankField

__all__ = [
    "answers", "booked", "content_of", "counts", "failure_counts", "failures", "file", "files",
    "find_return", "households", "last_words", "may_read_paper", "papers_of", "plan", "returns", "sampled", "template", "templates", "told",
]  # fmt: skip
_FAILING = (BankAnswerKind.FAILED, BankAnswerKind.UNKNOWN, BankAnswerKind.RETURNED)


@gate.scope(BankTemplate)
def _templates(officer: Officer) -> Q:
    return Q(area_id__in={code[:6] for code in officer.areas(DISTRICT_ROLES)})


@gate.scope(BankFile)
def _files(officer: Officer) -> Q:
    return by_township(officer, "area")


@gate.scope(BankReturn)
def _returns(officer: Officer) -> Q:
    return by_township(officer, "file__area")


@gate.scope(BankAttempt)
def _attempts(officer: Officer) -> Q:
    return by_township(officer, "file__area")


def templates(officer: Officer) -> QuerySet[BankTemplate]:
    """The templates of the district, the newest first."""
    return gate.within(officer, BankTemplate.objects.select_related("proposed_by", "released_by")).order_by("-id")


def template(officer: Officer, ref: str) -> BankTemplate:
    """One template. Raises Unknown."""
    return gate.fetch(officer, BankTemplate.objects.select_related("proposed_by", "released_by"), ref)


def plan(officer: Officer, township: str) -> Plan:
    """What a township of the officer can send today, bank by bank, and what stays with the reason."""
    return sendable.plan(township, today())


# -- files and their answers -------------------------------------------------------------------


def files(officer: Officer) -> QuerySet[BankFile]:
    """Files that were sent, the newest first, with how many lines are paid, failed, unknown, come back and open."""
    rows = gate.within(officer, BankFile.objects.select_related("template", "area", "by"))
    return rows.order_by("-id")


def file(officer: Officer, ref: str) -> BankFile:
    """One file. Raises Unknown."""
    return gate.fetch(officer, BankFile.objects.select_related("template", "area", "by"), ref)


def counts(found: Sequence[BankFile]) -> Mapping[int, Mapping[str, tuple[int, int]]]:
    """Of each file lines and fen by the bank's last word on them; under "" those without an answer. One statement."""
    last = BankAnswer.objects.filter(attempt=OuterRef("pk")).order_by("-id").values("kind")[:1]
    rows = BankAttempt.objects.filter(file__in=[each.pk for each in found]).order_by()
    rows = rows.annotate(last=Coalesce(Subquery(last), Value("")))
    made: dict[int, dict[str, tuple[int, int]]] = {each.pk: {} for each in found}
    for pk, kind, many, fen in rows.values_list("file_id", "last").annotate(many=Count("pk"), fen=Sum("fen")):
        made[pk][kind] = (many, fen)
    return made


def told(found: BankFile) -> Iterator[dict[BankField, Any]]:
    """What the file has told the bank of each line, in its order: for a bank that only practises."""
    rows = BankAttempt.objects.filter(file=found).order_by("serial")
    columns = ("serial", "line__ref", "account__holder", "account__number", "fen")
    fields = (BankField.SERIAL, BankField.LINE, BankField.NAME, BankField.ACCOUNT, BankField.AMOUNT)
    for row in rows.values_list(*columns).iterator(chunk_size=2_000):
        yield dict(zip(fields, row, strict=True)) | {BankField.BATCH: found.number}


def households(found: BankFile) -> list[tuple[str, str]]:
    """Whose accounts a file names: household and head, by reference."""
    rows = (
        BankAttempt.objects.filter(file=found)
        .order_by()
        .values_list("line__household__ref", "line__household__head__ref")
    )
    return list(rows.distinct())


def last_words(found: BankFile) -> dict[int, str]:
    """What the bank said last of each line of a file, by its serial; lines without an answer are left out."""
    rows = BankAnswer.objects.filter(attempt__file=found).order_by("id")
    return dict(rows.values_list("attempt__serial", "kind"))


def returns(officer: Officer, found: BankFile) -> QuerySet[BankReturn]:
    """The answers to a file, the newest first, refused ones too."""
    return gate.within(officer, BankReturn.objects.filter(file=found)).select_related("taken_by", "booked_by")


def find_return(officer: Officer, ref: str) -> BankReturn:
    """One answer. Raises Unknown."""
    rows = BankReturn.objects.select_related("file__template", "file__area", "taken_by", "booked_by")
    return gate.fetch(officer, rows, ref)


def answers(officer: Officer, found: BankReturn) -> QuerySet[BankAnswer]:
    """What a booked return says that is not simply paid, in the order of its rows."""
    rows = BankAnswer.objects.filter(returned=found, returned__in=gate.within(officer, BankReturn.objects.all()))
    rows = rows.exclude(kind=BankAnswerKind.PAID)
    return rows.select_related("attempt__line__household__head", "attempt__line__village").order_by("row")


def sampled(found: BankReturn) -> Mapping[int, Any]:
    """The attempts that a preview's sample names, by their serial."""
    serials = [row[1] for row in found.sample]
    rows = BankAttempt.objects.filter(file=found.file_id, serial__in=serials)
    return {row.serial: row for row in rows.select_related("line__household__head", "line__village")}


def booked(found: BankReturn) -> Mapping[BankAnswerKind, Mapping[tuple[str, str, bool], int]]:
    """Fen of a booked return by answer, township, programme and urban or rural."""
    return books.totals(found)


# -- failures ----------------------------------------------------------------------------------


def failures(officer: Officer) -> QuerySet[BankAttempt]:
    """Attempts whose last word from the bank is failed, unknown or come back, and which nobody has put right: what is to do.

    Each carries ``last``, ``cause``, ``code``, ``words`` and ``answered_on``.
    """
    answer = BankAnswer.objects.filter(attempt=OuterRef("pk")).order_by("-id")
    rows = BankAttempt.objects.annotate(
        last=Subquery(answer.values("kind")[:1]),
        cause=Subquery(answer.values("cause")[:1]),
        code=Subquery(answer.values("code")[:1]),
        words=Subquery(answer.values("words")[:1]),
        answered_on=Subquery(answer.values("returned__booked_on")[:1]),
    )
    told = BankAnswer.objects.exclude(kind=BankAnswerKind.PAID).order_by().values("attempt")
    corrected = Reissue.objects.filter(line=OuterRef("line"), attempt=OuterRef("attempt"))
    rows = rows.filter(pk__in=told, last__in=[str(kind) for kind in _FAILING]).exclude(Exists(corrected))
    joined = gate.within(officer, rows).select_related(
        "line__household__head", "line__village", "file__template", "account"
    )
    return joined.order_by("-file_id", "serial")


def failure_counts(officer: Officer) -> Mapping[str, int]:
    """How many failures there are, by cause; unknown and returned ones under their own names."""
    rows = failures(officer).order_by().values_list("last", "cause").annotate(many=Count("pk"))
    found: dict[str, int] = {}
    for last, cause, many in rows:
        key = str(cause) if last == BankAnswerKind.FAILED else str(last)
        found[key] = found.get(key, 0) + int(many)
    return found


def papers_of(about: BankReturn | Reissue) -> list[Paper]:
    """The papers issued about a return or a correction."""
    return list(Paper.objects.filter(subject_kind=about.KIND, subject_ref=about.ref).defer("data").order_by("id"))


def may_read_paper(officer: Officer, paper: Paper) -> bool:
    """Whether a paper of failures or corrections is about a township of the officer."""
    if paper.subject_kind == BankReturn.KIND:
        return gate.within(officer, BankReturn.objects.filter(ref=paper.subject_ref)).exists()
    if paper.subject_kind == Reissue.KIND:
        lines = Reissue.objects.filter(ref=paper.subject_ref).values("line")
        return gate.within(officer, PayLine.objects.filter(pk__in=lines)).exists()
    return False
