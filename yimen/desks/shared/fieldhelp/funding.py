"""Help at the fields of the funds (三(一)2, 六(三))."""

from __future__ import annotations

from yimen.desks.shared.fieldhelp.word import say

_DOCUMENT = say("下达预算写文号；到账、拨付写凭证号，便于和财政对账。", such="财社〔示例〕12号")
_SOURCE = say("哪一级财政的钱；区级按来源记账，拨付乡街以后统筹使用。")

FUNDING = {
    "ComeForm.move": say("预算下达了但钱没到账的先登记预算；到账后登记到位；结余上缴的选交回财政。"),
    "ComeForm.programme": say("按预算文件写的项目；临时救助的资金单列。", "L29"),
    "ComeForm.source": _SOURCE,
    "ComeForm.amount": say("单位是元，最多两位小数。", such="1250000"),
    "ComeForm.document": _DOCUMENT,
    "GoForm.move": say("低保、特困拨付乡街；临时救助拨入应急储备金；多拨的从乡街收回。"),
    "GoForm.programme": say("应急储备金只用于临时救助。", "L29"),
    "GoForm.source": _SOURCE,
    "GoForm.fen_*": say("这个乡街的金额，单位是元；不拨的留空。", such="386500"),
    "GoForm.document": _DOCUMENT,
    "ReleaseForm.code": say("动态口令器上现在显示的 6 位数字，用过的不能再用。"),
    "WithdrawForm.reason": say("撤回自己登记的可以不填；退回别人的写明要改什么。"),
    "ReverseForm.words": say("原来哪里错了；原来的一笔保留，另记一笔相反的。", such="拨错乡街"),
}
