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
    "AccountForm.member": say("一般用家庭成员的账户；不是家庭成员的要有监护或者委托的依据。", "D25", "D26"),
    "AccountForm.number": say("对照存折或银行卡，12 至 22 位数字，空格不算。", such="6217 0000 1000 1234 567"),
    "AccountForm.again": say("不看上一格，再对照存折或银行卡输一次。"),
    "AccountForm.reason": say("为什么要换，谁来说的。", such="本人来窗口，原存折遗失换卡"),
    "AccountForm.holder": say("只在户名不是家庭成员时填。", "D26"),
    "AccountForm.relation": say("领取人是户主的什么人。", such="其他"),
    "AccountForm.identity": say("用来核对领取人是不是工作人员或者其近亲属，加密保存。"),
    "AccountForm.authority": say("监护关系证明、委托书的名称和日期。", "D26", such="委托书 2026-11-20"),
    "AccountConfirmForm.words": say("有提示的必须写：向谁核实、怎么核实的。", such="当面问了本人，侄子代领有委托书"),
    "AccountConfirmForm.code": say("验证器上现在显示的 6 位数字，一个口令只能用一次。"),
    "AccountReasonForm.words": say("写明原因，留在记录里。", such="账号抄错一位"),
    "CustodyForm.member": say("由本户成年的家庭成员签协议。", "D26"),
    "CustodyForm.agent": say("本乡街、本村（社区）的工作人员；自己代管的由别人登记。", "D26"),
    "CustodyForm.thing": say("代管的是存折还是银行卡；密码由本户自己掌握。", "D26"),
    "CustodyForm.reason": say("为什么本户不能自己到银行取款。", "D26", such="双目失明、独居"),
    "CustodyForm.duties": say("已按常用的写好，另有约定的在这里改。", "D26"),
    "CustodyEndForm.words": say("哪天、当着谁的面归还的。", such="12月1日当面归还王某，村民小组长在场"),
    "FreeForm.reason": say("怎么核实的、结果是什么；写进留痕。", such="11月20日上门见到本人，核对了身份证"),
}
