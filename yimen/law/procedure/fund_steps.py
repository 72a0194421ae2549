"""Acts on the assistance funds and on what is paid back: ordered by the district (plan 三(一)2, 六(三); L73, L74);
and temporary relief from the emergency reserve (L29, L50)."""

from __future__ import annotations

from yimen.law.procedure.step import Body, Step
from yimen.law.terms import Role

_PROPOSERS = (Role.DISTRICT_HANDLER, Role.SUPERVISOR, Role.DISTRICT_DECIDER)
_RELEASERS = (Role.SUPERVISOR, Role.DISTRICT_DECIDER)
_TOWNSHIP = (Role.HANDLER, Role.HEAD)
_HEARD = ("社会救助法第四十八条", "社会救助法第七十三条", "社会救助法第七十四条")
_BACK = ("社会救助法第七十三条", "社会救助法第七十四条")
_RELIEF = ("社会救助法第二十九条", "社会救助法第三十七条")
_RELIEF_DECIDED = ("社会救助法第四十五条", "社会救助法第五十条")
_FUNDS = ("社会救助法第六条", "社会救助法第七十一条")

FUND_STEPS: tuple[Step, ...] = (
    Step("propose_funds", "登记资金", Body.DISTRICT, _PROPOSERS, "三（一）2", _FUNDS, room="payments"),
    Step("reverse_funds", "登记冲正", Body.DISTRICT, _PROPOSERS, "三（一）2", _FUNDS, room="payments"),
    Step("release_funds", "复核记账", Body.DISTRICT, _RELEASERS, "三（一）2", _FUNDS, second_factor=True, room="payments"),
    Step("withdraw_funds", "撤回资金单", Body.DISTRICT, _PROPOSERS, "三（一）2", _FUNDS, room="payments"),
    # What was paid too much: the township proposes after hearing, the department orders (四(四)).
    Step("propose_recovery", "提出退回", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _HEARD, papers=("views_record",), room="payments"),
    Step("order_recovery", "责令退回", Body.DISTRICT, (Role.DISTRICT_DECIDER,), "四（四）", _BACK, papers=("refund_order",), second_factor=True, room="payments"),
    Step("return_recovery", "退回乡街重新提出", Body.DISTRICT, (Role.DISTRICT_DECIDER,), "四（四）", _BACK, room="payments"),
    Step("withdraw_recovery", "撤回退回", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _BACK, room="payments"),
    Step("record_refund", "登记退款", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _BACK, room="payments"),
    Step("check_refund", "核对退款", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _BACK, room="payments"),
    # 临时救助: where it happens, urgent first and papers after, from the township's reserve (六(三)).
    Step("register_relief", "登记临时救助", Body.VILLAGE_OR_TOWNSHIP, (Role.AIDE, *_TOWNSHIP), "六（三）", _RELIEF, papers=("relief_application",), room="payments"),
    Step("decide_relief", "决定临时救助", Body.TOWNSHIP, (Role.HEAD, Role.DISTRICT_DECIDER), "六（三）", _RELIEF_DECIDED, papers=("relief_decision?", "relief_refusal?"), starts=("relief_papers",), second_factor=True, room="payments"),
    Step("hand_out_relief", "发放临时救助金", Body.TOWNSHIP, _TOWNSHIP, "六（三）", _RELIEF, papers=("relief_receipt",), room="payments"),
    Step("complete_relief", "补齐临时救助材料", Body.TOWNSHIP, _TOWNSHIP, "六（三）", ("社会救助法第五十条",), stops=("relief_papers",), room="payments"),
    Step("cancel_relief", "撤销临时救助", Body.TOWNSHIP, _TOWNSHIP, "六（三）", _RELIEF, stops=("relief_papers",), room="payments"),
)  # fmt: skip
