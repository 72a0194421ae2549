"""Acts on the account that a household's money goes to, and the papers of a roll (plan 四(六))."""

from __future__ import annotations

from yimen.law.procedure.step import Body, Step
from yimen.law.terms import Role

_TOWNSHIP = (Role.HANDLER, Role.HEAD)
_DISTRICT = (Role.DISTRICT_HANDLER, Role.SUPERVISOR, Role.DISTRICT_DECIDER)
_PAYING = (Role.HANDLER, Role.HEAD, Role.CASHIER)
_CUSTODY = ("民发〔2021〕57号第二十六条",)
_PAID = ("民发〔2021〕57号第二十五条",)

ACCOUNT_STEPS: tuple[Step, ...] = (
    Step("propose_account", "提出账户变更", Body.TOWNSHIP, _TOWNSHIP, "四（六）", _PAID, room="payments"),
    Step("confirm_account", "复核账户变更", Body.TOWNSHIP, (Role.HEAD,), "四（六）", _PAID, papers=("account_letter",), second_factor=True, room="payments"),
    Step("refuse_account", "账户变更不通过", Body.TOWNSHIP, (Role.HEAD,), "四（六）", _PAID, room="payments"),
    Step("withdraw_account", "撤回账户变更", Body.TOWNSHIP, _TOWNSHIP, "四（六）", _PAID, room="payments"),
    Step("send_account_letters", "登记寄出账户变更告知书", Body.DISTRICT, _DISTRICT, "四（六）", _PAID, room="payments"),
    # Somebody on staff keeps the passbook or card: a written agreement, filed with the district.
    Step("record_custody", "登记代管协议", Body.TOWNSHIP, _TOWNSHIP, "四（六）", _CUSTODY, papers=("custody_agreement",), room="payments"),
    Step("file_custody", "备案代管协议", Body.DISTRICT, _DISTRICT, "四（六）", _CUSTODY, room="payments"),
    Step("end_custody", "终止代管协议", Body.TOWNSHIP, _TOWNSHIP, "四（六）", _CUSTODY, room="payments"),
    # The papers of a frozen roll: the roster and its summary, and a slip for each household.
    Step("issue_roster", "制发发放花名册", Body.TOWNSHIP, _PAYING, "四（六）", _PAID, papers=("payment_summary", "payment_roster"), room="payments"),
    Step("issue_slips", "制发发放告知单", Body.TOWNSHIP, _TOWNSHIP, "四（六）", _PAID, papers=("payment_slip",), room="payments"),
)  # fmt: skip
