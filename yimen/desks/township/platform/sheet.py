"""出具对账表: the page on which the sheet of a month is drawn up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from yimen.casework.monthclose.platform import acts, queries
from yimen.desks.shared.actpage import ActPage
from yimen.desks.shared.months import month_asked, month_words
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Fact, Link, Page, Section
from yimen.desks.township.platform import doing


@route("platform.sheet", "platform_sheet", "place", doing.ROLES, ("GET", "POST"))
def issue(request: HttpRequest, month: str) -> HttpResponse:
    """Draw the sheet of a month up; it is then printed and signed by two persons."""
    officer, month = doing.officer_of(request), month_asked(month)
    township = doing.place_asked(request)
    found = queries.reconciled(township, month)

    def build(data: QueryDict | None, files: Any) -> Sequence[Section]:
        return [
            Section(
                "month",
                month_words(month),
                "出具后随本月材料留存；以后再导入平台数据的，须重新出具。",
                facts=_facts(found),
            )
        ]

    def work(sections: Sequence[Section]) -> str:
        acts.issue_platform_sheet(officer, township=township, month=month)
        return doing.month_url("platform_month", month)

    return ActPage(
        Page(
            "出具对账表",
            doing.sentence(found),
            crumbs=[*doing.crumbs(officer, month=month, township=township), Link("出具对账表", "", current=True)],
        ),
        build,
        work,
        "出具对账表",
        cancel=Link("返回", doing.month_url("platform_month", month)),
        drafts=False,
        enter_next=False,
    ).answer(request)


def _facts(found: queries.Reconciled) -> list[Fact]:
    return [
        Fact("对账状态", found.state.label),
        Fact("我方在保", f"{found.awards} 户"),
        Fact("一致", f"{found.same} 户"),
        Fact("未办结的差异", f"{found.open} 条"),
        Fact("写明理由保留的差异", f"{found.kept} 条"),
    ]
