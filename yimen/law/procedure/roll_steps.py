"""The month's roll (四(六)): prepared, approved and released by three persons; what is frozen is never edited."""

from __future__ import annotations

from yimen.law.procedure.step import Body, Step
from yimen.law.terms import Role

_PAYMENT = ("民发〔2021〕57号第二十五条",)
_PREPARING = (Role.HANDLER, Role.CASHIER)

ROLL_STEPS = (
    Step("open_roll", "编制发放名册", Body.TOWNSHIP, _PREPARING, "四（六）", _PAYMENT, room="payments"),
    Step("submit_roll", "提交发放名册", Body.TOWNSHIP, _PREPARING, "四（六）", _PAYMENT, room="payments"),
    Step("approve_roll", "批准发放名册", Body.TOWNSHIP, (Role.HEAD,), "四（六）", _PAYMENT, second_factor=True, room="payments"),
    Step("return_roll", "退回发放名册", Body.TOWNSHIP, (Role.HEAD, Role.CASHIER), "四（六）", _PAYMENT, room="payments"),
    Step("release_roll", "发布发放名册", Body.TOWNSHIP, (Role.CASHIER,), "四（六）", _PAYMENT, second_factor=True, room="payments"),
    Step("withdraw_roll", "撤回发放名册", Body.TOWNSHIP, _PREPARING, "四（六）", _PAYMENT, room="payments"),
)  # fmt: skip
