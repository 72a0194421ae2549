"""The other lists with two hundred rows and the longest names: 在保名册, 公示公布, 核对, 导入结果, 文书, 导出 (B1, B12)."""

from __future__ import annotations

from itertools import cycle, islice
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model, QuerySet

from tests.bars.look import Looker
from tests.bars.test_pages_full import ROWS, fill
from tests.journeys.grounds import Grounds, Visit
from yimen.base.exports.models import Export
from yimen.base.papers.models import Paper
from yimen.base.refs import new_ref
from yimen.casework.applications.models import Application
from yimen.casework.awards import versions
from yimen.casework.awards.models import Award, LedgerLine, LedgerRun
from yimen.casework.decisions.models import Notice
from yimen.casework.households.models import Household
from yimen.casework.verification.models import CheckBatch
from yimen.demo.people import LONG
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import now, today
from yimen.law.ledger import LineState
from yimen.law.terms import Role

HALF = ROWS // 2  # lists with much in a row are cut at a hundred
AT_MOST = 50  # lists without a choice of size show fifty at a time


def copies(rows: QuerySet[Any], many: int, **more: Any) -> None:
    """Rows like these, in turn; ``more`` gives each further column its value, or a function of the row's number."""
    patterns = list(rows.order_by("pk"))
    assert patterns, f"the district has no {rows.model.__name__} to copy"
    made: list[Model] = []
    for number, pattern in enumerate(islice(cycle(patterns), many)):
        row = type(pattern).objects.get(pk=pattern.pk)
        row.pk, row._state.adding = None, True
        if hasattr(row, "ref"):
            row.ref = new_ref()
        for name, value in more.items():
            setattr(row, name, value(number) if callable(value) else value)
        made.append(row)
    type(patterns[0]).objects.bulk_create(made)


@pytest.fixture(scope="module")
def case(grounds: Grounds) -> Any:
    """A township with more of everything than a page holds."""
    found = grounds.case("approve")
    with transaction.atomic():
        fill(found.township_id)
        new = Application.objects.filter(number__startswith="AL", township_id=found.township_id)
        homes = list(Household.objects.filter(head__name=LONG[0]).order_by("pk"))
        _awards(found.township_id, homes)
        notices = {"township": found.township, "village": found.village, "applicant": LONG[0], "application": found}
        copies(Notice.objects.filter(kind="notice", withdrawn_on=None), ROWS, **notices, to_on=today())
        _checks()
        copies(
            Paper.objects.filter(subject_kind="application"), ROWS, number=lambda n: f"安澜青禾低保示〔2026〕{n}号",
            subject_id=lambda n: new[n % ROWS].pk, area_code=found.township_id,
        )  # fmt: skip
    return found


def _awards(township: str, homes: list[Household]) -> None:
    """Awards for the households with long names; the oldest ones have ended."""
    copies(
        Award.objects.filter(origin="ledger", end_month=""), ROWS, number=lambda n: f"ZB{n:08d}", township_id=township,
        household=lambda n: homes[n], category=lambda n: "ABC"[n % 3],
        recertify_on=lambda n: today().replace(day=1 + n % 28),
    )  # fmt: skip
    bare = Award.objects.filter(number__startswith="ZB", versions__isnull=True).values_list("pk", flat=True)
    versions.restate(bare, AwardCause.TAKEN_OVER, versions.Basis("test", "x", today()))


def _checks() -> None:
    copies(CheckBatch.objects.all(), AT_MOST + 10, number=lambda n: f"HD990101-20261001-{n:03d}", returned_on=None)


def _ledger(grounds: Grounds) -> str:
    """The address of a previewed ledger of the first case's township with rows of every state."""
    run: LedgerRun = grounds._ledger()
    states = [str(state) for state in LineState]
    copies(
        LedgerLine.objects.filter(run=run), ROWS, position=lambda n: 1000 + n, head_name=LONG[0],
        state=lambda n: states[n % len(states)],
        changes=[["月保障金额（元）", "351.00", "500.00"], ["成员", "（空）", LONG[0]]],
    )  # fmt: skip
    return f"/township/ledgers/{run.ref}/"


def test_full_lists_of_the_township(grounds: Grounds, case: Any, looker: Looker) -> None:
    clerk = grounds.account(Role.HANDLER, case)
    Export.objects.bulk_create(
        Export(title="在保名册", asked={}, words="村（社区）：全部", staff=clerk.staff, account=clerk, rows=7, day=today(),
               office_code=case.township_id, asked_at=now()) for _ in range(ROWS)
    )  # fmt: skip
    for name, url, least in (
        ("awards", "/township/awards/?size=200", ROWS),
        ("notices", "/township/notices/", AT_MOST),
        ("papers", "/township/papers/?size=100", HALF),
        ("exports", "/exports/?size=200", ROWS),
        ("months", "/township/months/2026-11/due/?size=100", HALF),
    ):
        _look(looker, Visit(name, url, clerk, Role.HANDLER), least)
    bringer = grounds.account(Role.HANDLER, grounds.cases[0])
    _look(looker, Visit("ledger", _ledger(grounds), bringer, Role.HANDLER), AT_MOST)
    assert not looker.wrong, "\n".join(looker.wrong)


def test_full_list_of_batches(grounds: Grounds, case: Any, looker: Looker) -> None:
    checker = grounds.account(Role.CHECKER)
    _look(looker, Visit("sent", "/district/checks/?tab=sent", checker, Role.CHECKER), AT_MOST)
    assert not looker.wrong, "\n".join(looker.wrong)


def _look(looker: Looker, visit: Visit, least: int) -> None:
    looker.open(visit)
    assert looker.page.locator("main tbody tr").count() >= least, visit.url
    looker.look(visit)
