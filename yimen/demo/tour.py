"""看点导览: what to look at first, in which role, and what one should see. One text for the page, the README and the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.casework.applications import queries as applications
from yimen.casework.decisions import queries as decisions
from yimen.casework.investigation import queries as visits
from yimen.casework.verification import queries as checks
from yimen.desks.shared.work import act_url, case_url
from yimen.law.terms import Stage

Find = Callable[[Officer], str]


@dataclass(frozen=True)
class Stop:
    """One click. ``find`` gives the address for the officer of ``who``; "" where the demo has no such case any more."""

    key: str
    who: str
    do: str
    see: str
    find: Find
    instead: str = "township:queue"


def _at(name: str, query: str = "") -> Find:
    return lambda officer: reverse(name) + query


def _cases(officer: Officer, stage: Stage) -> list[Any]:
    return list(applications.visible(officer).filter(stage=stage).order_by("id"))


def _differing(officer: Officer) -> Any:
    """The case under investigation with most open differences."""
    rows = _cases(officer, Stage.INVESTIGATING)
    found = checks.open_differences([row.pk for row in rows])
    return max((row for row in rows if found.get(row.pk)), key=lambda row: found[row.pk], default=None)


def _differences(officer: Officer) -> str:
    case = _differing(officer)
    return case_url(case.ref, "check") if case else ""


def _settle(officer: Officer) -> str:
    case = _differing(officer)
    return act_url(case.ref, "settle_difference") if case else ""


def _reckoning(officer: Officer) -> str:
    rows = _cases(officer, Stage.ON_NOTICE) or _cases(officer, Stage.NOTICE_READY)
    return reverse("reckoning", args=[rows[0].ref]) if rows else ""


def _visit(officer: Officer) -> str:
    """Where nobody has called yet."""
    rows = [
        row for row in _cases(officer, Stage.INVESTIGATING) if visits.signed_visit(row, visits.round_of(row)) is None
    ]
    return act_url(rows[-1].ref, "home_visit") if rows else ""


def _decide(act: str, approve: bool) -> Find:
    def find(officer: Officer) -> str:
        for row in _cases(officer, Stage.DECIDING):
            opinion = decisions.current_opinion(row)
            if opinion is not None and opinion.approve is approve and not applications.relative_filings(row):
                return act_url(row.ref, act)
        return ""

    return find


STOPS: tuple[Stop, ...] = (
    Stop(
        "queue", "qh-jb1", "打开待办。",
        "超期的排在最前，每件写着还剩几天和下一步；上方数到本月 26 日。",
        _at("township:queue"),
    ),
    Stop(
        "search", "qh-jb1", "按“/”，打出一户户主姓名的拼音首字母，回车。",
        "马上列出这户人家，不论是在办的、在保的。",
        _at("township:queue", "?tab=all"),
    ),
    Stop(
        "case", "qh-jb1", "打开有三处差异的一件。",
        "进程、申报与核对的比对、金额怎么算，都在一页上；三处差异标黄。",
        _differences,
    ),
    Stop(
        "settle", "qh-jb1", "写明其中一处差异怎么处理。",
        "这一处变绿；三处没有写完，调查结论会被拒绝，并说明还差什么。",
        _settle,
    ),
    Stop(
        "reckoning", "qh-jb1", "看金额的每一步。",
        "每个数字带算式、条文，和当时有效的标准、文号。",
        _reckoning,
    ),
    Stop(
        "visit", "qh-c1", "把窗口缩到手机宽度，打开入户调查表。",
        "只问到家里才知道的事；住址、成员、申报过的都已写好，不用再填。",
        _visit, "village:visits",
    ),
    Stop(
        "notices", "qh-jb1", "打开公示公布，看一件公示的三种样子：纸质公示单、电子屏、网上公示。",
        "张贴的和大厅屏上是申请人全名（法规要求公示姓名），网上的姓名遮掩；三处都没有证件号、住址、账号和病残情况。",
        _at("township:notices"),
    ),
    Stop(
        "approve", "qh-fz", "确认一件公示期满的。动态口令在页面最上面。",
        "条件逐条列出；确认后制成确认通知书，等待公布。",
        _decide("approve", True),
    ),
    Stop(
        "refuse", "qh-fz", "对收入超过标准的一件作出不予确认。",
        "告知书写明理由、依据和救济途径，缺一样就制不出来。",
        _decide("refuse", False),
    ),
    Stop(
        "ledger", "qh-jb1", "下载“有错误的旧台账”，在导入中心上传。",
        "先预览：数字被截断、校验位不符、村名不对、一人两次的逐行写明，15 位旧号码提示核对，一行也不猜。",
        _at("township:ledgers"),
    ),
    Stop(
        "papers", "qh-jb1", "打开文书打印，勾选几份文书。",
        "几份、几百份合成一个 PDF，一次打印。",
        _at("township:papers"),
    ),
    Stop(
        "roll", "qh-jb1", "打开在保名册里的特困。",
        "低保、特困、边缘、刚性支出在同一本名册里；特困写着供养方式，导出的台账各有各的列，再导入没有变化。本街道最近的一户是从申请办来的，点户主看自理能力评估和金额说明。",
        _at("township:awards", "?programme=tekun"),
    ),
    Stop(
        "changes", "qh-jb1", "打开变更，看正在办的几件。",
        "每件写着到了哪一步、几时到期；减发、停发以前必须听取意见，报告死亡的当即暂缓发放。一户有边缘和单人保两项的，一次登记成相连的两件；核对发现的，由核对结果带入。",
        _at("township:changes"),
    ),
    Stop(
        "month", "qh-jb1", "打开月末办结，再点上个月。",
        "本月六个阶段各到哪里、离截止还有几天，挡住的一点就到；上个月名册已发、银行已回、平台一致，两人签字报备，区里已收，月报表从存档数出来。",
        _at("township:closing"),
    ),
    Stop(
        "uplift", "watch", "看几个月前提高标准的那一次。",
        "整区逐户重新核算：提高多少、谁不变、谁推不出收入，由另一人发布后才写入，每户一张说明。",
        _at("district:uplifts"), "district:overview",
    ),
    Stop(
        "district", "watch", "看全区，再点菜单里的“统计图表”。",
        "六个乡街各有多少在办、多少超期，哪些已接收确认权限；图表答六个问题，图上可点，图下有同样数字的表。",
        _at("district:overview"), "district:overview",
    ),
)  # fmt: skip
