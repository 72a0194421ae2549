"""A whole month through the real acts, as it is measured: every stage is there, and what is measured came to its end."""

from __future__ import annotations

import pytest

from yimen.bench import month
from yimen.casework.monthclose.models import ComparisonHit, FiledRow, MonthClose, PlatformLine
from yimen.casework.payments.models import BankReturn, Roll
from yimen.law.closing import CloseState
from yimen.law.payments.bank_terms import ReturnState
from yimen.law.payments.terms import RollState
from yimen.law.platform import Handling

STAGES = [
    "提请比对", "写比对请求", "比对结果 户籍", "比对结果 社保", "比对结果 车辆", "编制名册", "提交、批准、发布", "分批冻结名册",
    "逐行核验摘要", "生成银行文件", "读取返回并核对", "入账", "平台对账", "差异处理、对账表", "签字、报备", "分批存档", "月报表统计",
    "月报变动统计", "月报表 Excel", "整月合计", "限制在哪里", "内存峰值", "建立测速用的家庭",
]  # fmt: skip


@pytest.mark.django_db
def test_a_whole_month_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(month.others, "NEWS", 1)
    made = month.run(2)
    assert [one.name for one in made] == STAGES
    assert all(one.value > 0 for one in made if one.unit != "%")
    assert {*MonthClose.objects.values_list("state", flat=True)} == {CloseState.RECEIVED}
    assert {*Roll.objects.values_list("month", "state")} == {(each, RollState.DONE) for each in _months()}
    assert {*BankReturn.objects.values_list("state", flat=True)} == {ReturnState.BOOKED}
    assert {*PlatformLine.objects.values_list("handling", flat=True)} == {Handling.KEPT}
    assert FiledRow.objects.count() == 2
    assert {*ComparisonHit.objects.values_list("kind", flat=True)} >= {"vehicle"}


def _months() -> set[str]:
    return {month.month_of(month.month_before()), month.month_of(month.today())}
