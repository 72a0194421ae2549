"""The close of a month (四(六)): signed, filed by a second person, received by the district, reopened by the district alone."""

from __future__ import annotations

from yimen.law.procedure.step import Body, Step
from yimen.law.terms import Role

_FILING = ("社会救助法第六十二条",)
_MONTH = ("month_filing?", "fund_table?", "relief_list?")
_OF_ALL = ("monthly_return?", "fund_table?", "relief_list?")
_RECEIVING = (Role.DISTRICT_HANDLER, Role.DISTRICT_DECIDER, Role.SUPERVISOR)

CLOSE_STEPS = (
    Step("sign_month", "月末办结签字", Body.TOWNSHIP, (Role.HANDLER,), "四（六）", _FILING, room="monthclose"),
    Step("file_month", "月末报备", Body.TOWNSHIP, (Role.HEAD,), "四（六）", _FILING, second_factor=True, room="monthclose"),
    Step("return_month", "退回月末办结", Body.TOWNSHIP, (Role.HANDLER, Role.HEAD), "四（六）", _FILING, room="monthclose"),
    Step("receive_month", "接收月末报备", Body.DISTRICT, _RECEIVING, "四（六）", _FILING, room="monthclose"),
    Step("reopen_month", "重开月末办结", Body.DISTRICT, (Role.DISTRICT_DECIDER,), "四（六）", _FILING, second_factor=True, room="monthclose"),
    # Papers of a whole month, issued once for the same figures; nothing follows from them.
    Step("issue_return", "制发月报表", Body.TOWNSHIP, (Role.HEAD,), "三（二）2", _FILING, papers=("monthly_return",), room="reports"),
    Step("issue_month_paper", "制发当月文书", Body.TOWNSHIP, (Role.HANDLER, Role.HEAD), "四（六）", _FILING, papers=_MONTH, room="reports"),
    Step("issue_district_paper", "制发全区当月文书", Body.DISTRICT, _RECEIVING, "三（一）6", _FILING, papers=_OF_ALL, room="reports"),
)  # fmt: skip
