"""Acts of the monthly comparison of everybody on assistance (plan 四(六))."""

from __future__ import annotations

from yimen.law.procedure.step import Body, Step
from yimen.law.terms import Role

_ASK = ("社会救助法第四十条", "社会救助法第四十一条")
_SETTLE = ("社会救助法第四十六条", "民发〔2021〕57号第三十条")
_TOWNSHIP = (Role.HANDLER, Role.HEAD)

COMPARISON_STEPS: tuple[Step, ...] = (
    Step("ask_comparison", "提请每月比对", Body.DISTRICT, (Role.CHECKER,), "四（六）", _ASK, room="monthclose"),
    Step("import_comparison", "导入比对结果", Body.DISTRICT, (Role.CHECKER,), "四（六）", _ASK, room="monthclose"),
    # Whoever was not asked for want of an authorisation may give one at any time, also where no application is under way.
    Step(
        "record_standing_consents",
        "登记在保人员核对授权",
        Body.TOWNSHIP,
        _TOWNSHIP,
        "四（六）",
        _ASK,
        room="monthclose",
    ),
    # What is true becomes a change by ``report_change``; what is accounted for or wrong is settled here, each with its reason.
    Step("explain_comparison_hits", "说明比对差异", Body.TOWNSHIP, _TOWNSHIP, "四（六）", _SETTLE, room="monthclose"),
    Step("dismiss_comparison_hits", "认定差异不属实", Body.TOWNSHIP, _TOWNSHIP, "四（六）", _SETTLE, room="monthclose"),
)
