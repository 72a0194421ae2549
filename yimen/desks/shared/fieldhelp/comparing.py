"""Help at the fields of the monthly comparison (四(六)): asking, explaining, dismissing."""

from __future__ import annotations

from yimen.desks.shared.fieldhelp.word import say

COMPARING = {
    "CompareForm.due_on": say("留出乡街处理差异的时间；过了这一天没有反馈的来源标红。", such="2026-11-20"),
    "CompareForm.sources": say("一般全部提请；取消的来源本月不比对，页面上没有它的反馈。", "L41"),
    "ExplainForm.reason": say("这项变化是怎么回事，为什么不影响保障。", such="征地补偿款由他代收，已转付给其弟"),
    "ExplainForm.evidence": say("看到的材料，或者怎么核实的；材料随户存档。", such="银行流水和收条复印件"),
    "StandingForm.signed_on": say("纸上签的那一天；纸质授权书随户存档。", "L40"),
    "StandingForm.valid_to": say("不填的按本地的授权有效期推算；没有设置有效期的必须填。", such="2027-11-23"),
    "StandingForm.guardian": say("只有未成年人填；成年人、义务人由本人签。", "L41"),
    "DismissForm.reason": say("怎么知道查到的不是这个人、不是这回事。", such="同名，身份证号末四位不同，已电话核实"),
}
