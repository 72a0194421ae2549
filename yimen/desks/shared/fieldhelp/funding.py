"""Help at the fields of the funds and of what is paid back, of temporary relief (三(一)2, 六(三); L50, L73, L74)."""

from __future__ import annotations

from yimen.desks.shared.fieldhelp.word import say

_DOCUMENT = say("下达预算写文号；到账、拨付写凭证号，便于和财政对账。", such="财社〔示例〕12号")
_SOURCE = say("哪一级财政的钱；区级按来源记账，拨付乡街以后统筹使用。")

FUNDING = {
    "ComeForm.move": say("预算下达了但钱没到账的先登记预算；到账后登记到位；结余上缴的选交回财政。"),
    "FundForm.programme": say("按预算文件写的项目；临时救助的资金单列。", "L29"),
    "FundForm.source": _SOURCE,
    "ComeForm.amount": say("单位是元，最多两位小数。", such="1250000"),
    "FundForm.document": _DOCUMENT,
    "GoForm.move": say("低保、特困拨付乡街；临时救助拨入应急储备金；多拨的从乡街收回。"),
    "GoForm.programme": say("应急储备金只用于临时救助。", "L29"),
    "GoForm.fen_*": say("这个乡街的金额，单位是元；不拨的留空。", such="386500"),
    "ReleaseForm.code": say("动态口令器上现在显示的 6 位数字，用过的不能再用。"),
    "WithdrawForm.reason": say("撤回自己登记的可以不填；退回别人的写明要改什么。"),
    "ReverseForm.words": say("原来哪里错了；原来的一笔保留，另记一笔相反的。", such="拨错乡街"),
    # 多发和退回
    "ProposeForm.basis": say(
        "骗取的依第七十三条；拒不执行减停决定的依第七十四条；其余选情况变化后多发。", "L73", "L74"
    ),
    "ProposeForm.reasons": say("为什么多发、怎么查明的；会印在通知书上。", "L48"),
    "ProposeForm.way": say("一次拿不出的分期扣回，留够生活；已经停发的选限期退回。"),
    "ProposeForm.monthly": say("从每月保障金里扣多少；分期扣回的才填。", such="100"),
    "ProposeForm.from_month": say("分期扣回的才填，当月或者以后的月份。", such="2027-01"),
    "ProposeForm.return_by": say("限期退回的才填，写最后一天。", "L74"),
    "ProposeForm.fine": say("只有骗取的可以罚款，另行缴纳，不从保障金里扣；一般不填。", "L73"),
    "RecoveryViewsForm.how": say("当面最好；电话、书面也可以；实在听不到的选“无法听取”并写明原因。", "L48"),
    "RecoveryViewsForm.who": say("本人或者共同生活的家庭成员。", "L48"),
    "RecoveryViewsForm.view": say("照本人的意思选。", "L48"),
    "RecoveryViewsForm.said": say("照原话写，不加评价。", "L48"),
    "RecoveryViewsForm.evidence": say("本人拿出的材料；没有的不填。", "L48"),
    "RecoveryViewsForm.not_possible": say("写明几次、怎么联系的。", "L48", such="三次上门无人，电话停机"),
    "RecoveryViewsForm.investigators": say("两名以上，至少一名乡街人员；近亲属回避。", "D11"),
    "OrderForm.code": say("动态口令器上现在显示的 6 位数字，用过的不能再用。"),
    "ReasonForm.reason": say("写明要补什么、为什么撤回。"),
    "RefundForm.amount": say("收据上的金额，不超过尚未退回的。", such="500"),
    "RefundForm.receipt": say("开给本人的收据的编号，一张收据登记一次。", such="SJ-0001"),
    "CheckForm.accepted": say("对照收据和账户；收到了才算退回，记入本乡街资金。"),
    # 临时救助
    "ReliefForm.identity": say("登记过的人填这一项就够，姓名、电话、账户都带入。"),
    "ReliefForm.village": say("急难发生在哪里就选哪里，不看户籍。", "L37"),
    "ReliefForm.source": say("村（社区）发现的选发现报告；别人代为申请的选委托。", "L37", "L39"),
    "ReliefForm.reported_by": say("本人申请的可以不填；别人报告的写报告人。"),
    "ReliefForm.cause": say("支出型的按一般程序，材料齐了再办；其余可以先行救助。", "L29"),
    "ReliefForm.persons": say("这次救助几个人，按人次统计。", such="2"),
    "ReliefForm.wanted": say("单位是元；乡街能直接确认多少由区里定。", "L50", such="1000"),
    "ReliefForm.way": say("转账发到已登记的家庭账户；没有账户的选现金。"),
    "ReliefForm.urgent": say("情况紧急、金额较小的勾选，先救助、后补材料。", "L50"),
    "DecideReliefForm.granted": say("不予救助的写明理由，制发告知书。", "L45"),
    "DecideReliefForm.amount": say("给予的填；不超过乡街的上限，超过的报区级。", "L50", such="1000"),
    "DecideReliefForm.reasons": say("会印在通知书、告知书上。", "L45"),
    "DecideReliefForm.code": say("动态口令器上现在显示的 6 位数字，用过的不能再用。"),
    "HandOutForm.voucher": say("转账的才填；现金由领取人在凭证上签名。"),
    "CancelForm.reason": say("为什么不发了；已经记账的退回储备金。"),
}
