"""Bank files (三(二)1, 四(六)): templates of two persons, a file released with a second factor, the bank's answer that decides."""

from __future__ import annotations

from yimen.law.procedure.step import Body, Step
from yimen.law.terms import Role

_DISTRICT = (Role.SUPERVISOR, Role.DISTRICT_DECIDER)
_ANSWERING = (Role.CASHIER, Role.HANDLER)
_PAYMENT = ("民发〔2021〕57号第二十五条",)

BANK_STEPS = (
    Step("propose_bank_template", "拟定银行文件模板", Body.DISTRICT, _DISTRICT, "三（二）1", _PAYMENT, room="payments"),
    Step("release_bank_template", "发布银行文件模板", Body.DISTRICT, _DISTRICT, "三（二）1", _PAYMENT, second_factor=True, room="payments"),
    Step("withdraw_bank_template", "撤回银行文件模板", Body.DISTRICT, _DISTRICT, "三（二）1", _PAYMENT, room="payments"),
    Step("send_bank_file", "报送银行发放文件", Body.TOWNSHIP, (Role.CASHIER,), "四（六）", _PAYMENT, second_factor=True, room="payments"),
    Step("take_bank_return", "上传银行返回文件", Body.TOWNSHIP, _ANSWERING, "四（六）", _PAYMENT, room="payments"),
    Step("take_bank_letter", "登记银行退汇通知", Body.TOWNSHIP, _ANSWERING, "四（六）", _PAYMENT, room="payments"),
    Step("judge_bank_return", "核对银行返回文件", Body.TOWNSHIP, _ANSWERING, "四（六）", _PAYMENT, room="payments"),
    Step("book_bank_return", "银行返回文件入账", Body.TOWNSHIP, (Role.CASHIER,), "四（六）", _PAYMENT, papers=("payment_correction?",), room="payments"),
    Step("withdraw_bank_return", "撤回银行返回文件", Body.TOWNSHIP, _ANSWERING, "四（六）", _PAYMENT, room="payments"),
    Step("reissue_payment", "列入补发", Body.TOWNSHIP, (Role.HANDLER, Role.HEAD), "四（六）", _PAYMENT, papers=("payment_correction",), room="payments"),
)  # fmt: skip
