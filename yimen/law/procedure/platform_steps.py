"""Acts of the reconciliation with the provincial platform (plan 四(六))."""

from __future__ import annotations

from yimen.law.procedure.step import Body, Step
from yimen.law.terms import Role

_TOWNSHIP = (Role.HANDLER, Role.HEAD)
_CHANGE = ("社会救助法第四十七条", "民发〔2021〕57号第三十二条")
_BY_DATA = ("社会救助法第十条",)
_SHEET = ("reconciliation_sheet",)

_ANYBODY = (*_TOWNSHIP, Role.DISTRICT_HANDLER, Role.SUPERVISOR, Role.DISTRICT_DECIDER)

PLATFORM_STEPS: tuple[Step, ...] = (
    Step("open_platform", "上传平台数据", Body.TOWNSHIP, _TOWNSHIP, "四（六）", _BY_DATA, room="monthclose"),
    Step("compare_platform", "比对平台数据", Body.TOWNSHIP, _TOWNSHIP, "四（六）", _BY_DATA, room="monthclose"),
    Step("handle_differences", "处理平台差异", Body.TOWNSHIP, _TOWNSHIP, "四（六）", _BY_DATA, room="monthclose"),
    Step("tick_fixed", "勾选平台已改好", Body.TOWNSHIP, _TOWNSHIP, "四（六）", _BY_DATA, room="monthclose"),
    # Where the platform is right ours is corrected by a change with its own procedure, never here.
    Step("adopt_platform", "按平台更正我方", Body.TOWNSHIP, _TOWNSHIP, "四（六）", _CHANGE, room="monthclose"),
    Step(
        "issue_platform_sheet",
        "出具对账表",
        Body.TOWNSHIP,
        _TOWNSHIP,
        "四（六）",
        _BY_DATA,
        papers=_SHEET,
        room="monthclose",
    ),
    # A template of somebody else is registered once for the district and filled ever after (S22); each filling is an export.
    Step("keep_template", "登记外来表样", Body.TOWNSHIP, _ANYBODY, "三（二）2", _BY_DATA, room="monthclose"),
    Step(
        "retire_template", "停用外来表样", Body.TOWNSHIP, _ANYBODY, "三（二）2", _BY_DATA, room="monthclose"
    ),
)
