"""Help at the fields of payment: holds, accounts, custody (三(二)1, 四(六))."""

from __future__ import annotations

from yimen.desks.shared.fieldhelp.word import say

PAYING = {
    "HoldForm.kind": say("登记了死亡的不用再登记暂缓，变更决定以前自动不发。", "D25"),
    "HoldForm.words": say(
        "发现了什么、从哪里知道的、要核实什么；给下一个核实的人看。", such="邮寄的告知书两次退回，需上门核实本人"
    ),
    "MonthForm.month": say("一般编制当月的；上月没有编的可以补编。", "D25"),
    "FurtherForm.awards": say("只列没有列入本月名册的家庭；还没有解除暂缓的，选了也不会列入。", "D25"),
    "RollCodeForm.code": say("验证器上现在显示的 6 位数字，一个口令只能用一次。"),
    "RollReasonForm.reason": say("写明哪一户、哪里不对，让编制的人知道改什么。", such="王某某的账户已销户，先暂缓"),
    "FreeForm.reason": say("怎么核实的、结果是什么；写进留痕。", such="11月20日上门见到本人，核对了身份证"),
}
