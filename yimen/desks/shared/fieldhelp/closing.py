"""Help at the fields of the close of a month (四(六))."""

from __future__ import annotations

from yimen.desks.shared.fieldhelp.word import say

CLOSING = {
    "CloseCodeForm.code": say("验证器上现在显示的 6 位数字，一个口令只能用一次。"),
    "CloseReasonForm.reason": say("写明哪个阶段、哪一项不对，让签字的人知道改什么。", such="平台对账表漏了特困"),
    "ReopenForm.reason": say("写明为什么重开、要改什么；原来的报备照原样保留。", such="平台数据导错了月份，需重新对账"),
    "ReopenForm.code": say("验证器上现在显示的 6 位数字，一个口令只能用一次。"),
}
