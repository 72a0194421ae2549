"""Acts on the assistance funds: what two persons of the district order (plan 三(一)2, 六(三))."""

from __future__ import annotations

from yimen.law.procedure.step import Body, Step
from yimen.law.terms import Role

_PROPOSERS = (Role.DISTRICT_HANDLER, Role.SUPERVISOR, Role.DISTRICT_DECIDER)
_RELEASERS = (Role.SUPERVISOR, Role.DISTRICT_DECIDER)
_FUNDS = ("社会救助法第六条", "社会救助法第七十一条")

FUND_STEPS: tuple[Step, ...] = (
    Step("propose_funds", "登记资金", Body.DISTRICT, _PROPOSERS, "三（一）2", _FUNDS, room="payments"),
    Step("reverse_funds", "登记冲正", Body.DISTRICT, _PROPOSERS, "三（一）2", _FUNDS, room="payments"),
    Step("release_funds", "复核记账", Body.DISTRICT, _RELEASERS, "三（一）2", _FUNDS, second_factor=True, room="payments"),
    Step("withdraw_funds", "撤回资金单", Body.DISTRICT, _PROPOSERS, "三（一）2", _FUNDS, room="payments"),
)  # fmt: skip
