"""Help at the fields of 四(四): the periodic review and the changes that it finds."""

from __future__ import annotations

from yimen.desks.shared.fieldhelp.word import say

REVIEWING = {
    "CheckForm.investigators": say("不少于 2 人，其中至少一名乡街人员；与这一户有近亲属关系的回避。", "D16", "D31"),
    "CheckForm.checked_on": say("实际去看的那一天；下次复核从这一天起算。", "D31"),
    "CheckForm.data_check": say("这次提请过信息核对的，选核对的结果；有差异仍续保的，要写明理由。", "D31"),
    "CheckForm.note": say("写看到的情况；没有变化的可以不写。", "D31", such="老人仍独居，收入、财产与上次一致"),
    "ChangeForm.changes": say("有变化的方面都选上，一项也可以；这里只登记，不改金额。", "D30", "D31"),
    "ChangeForm.since": say("变化是哪一天发生的；不知道确切日期的不填。", "D30", such="2026-09-01"),
    "ChangeForm.note": say("写清谁、什么变化、怎么知道的，办理变更时要用。", "D30", such="长子 9 月起在工地上班"),
    "AmountForm.amount_*": say("只填与现在不同的，按原来的周期写；空着的照原来的数。", "D31", such="1200"),
    "ReturnForm.reason": say("写明哪里不清楚、要补什么，让登记的人知道怎么改。", such="没有写明核查时谁在场"),
}
