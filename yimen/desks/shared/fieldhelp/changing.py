"""Help at the fields of a change of circumstances (四(四)): report, findings, hearing, notice, decision, service."""

from __future__ import annotations

from yimen.desks.shared.fieldhelp.word import say

_EMPTY = "没有变的不填，照登记的情况算。"

CHANGING = {
    # 登记
    "ReportForm.event": say(
        "一件只选一种；同时有别的变化，在核定时一并填。", "D30", "L46", such="儿子上班，选“就业变化”"
    ),
    "ReportForm.concerns": say("死亡、迁出、就业、患病等要选是哪一名成员；死亡一人登记一件。", "N一（三）"),
    "ReportForm.source": say("消息从哪里来；村（社区）报告、家庭告知、核对发现都要登记。", "P三（三）", "L46"),
    "ReportForm.reported_by": say("谁说的，写姓名。", such="村协理李某"),
    "DeathDayForm.since": say("哪一天去世的，照死亡证明、火化证明或者村里证实的填；三个月从这天起算。", "N一（三）"),
    # 核定
    "ResultForm.effect": say("一般保留“按核算结果办理”；暂停、恢复、渐退、自愿退出在这里改选。", "D32", "L47"),
    "ResultForm.ground": say("只能从法定事由里选；不选的按变化的原因选定。", "D32", "L47"),
    "ResultForm.until_month": say("渐退期的最后一个月，原则上不超过半年。", "D33", "N一（三）", such="2027-05"),
    "ResultForm.paid_through": say("已经发到哪个月，用来列出多发、应补的月份。", such="2026-11"),
    "ResultForm.reasons": say("看了什么材料、问了谁、怎么认定的；会写进告知书。", "L48"),
    "PeopleForm.leaving": say("离开本户的成员；登记的消息不实的，取消勾选，处理选“金额不变”。", "D7"),
    "PeopleForm.new_head": say("户主死亡或者离开的，必须确定新户主；本户还有成年人的，未成年人不能当户主。", "D4"),
    "PeopleForm.apart_head": say("分出去的几个人里由谁当户主；只分出一人的不用选。", "D4"),
    "PeopleForm.relation_*": say("系统能推定的不用选；推不准的会提示，对照户口簿选。"),
    "NewcomerForm.identity": say("新成员的身份证号；一人只能在一个家庭。"),
    "NewcomerForm.relation": say("与户主的关系，关系到是否计入家庭成员。", "D7"),
    "NewcomerForm.work_capacity": say("按本人身体和年龄的实际情况选。", "N一（一）"),
    "NewcomerForm.together": say("祖孙、兄弟姐妹等，长期同住才计入。", "D7"),
    "NewcomerForm.dependent": say("已成年但因残、因病等不能独立生活的打勾。", "D7"),
    "NewcomerForm.disability_kind": say("照残疾人证。", "D27"),
    "NewcomerForm.disability_grade": say("照残疾人证的等级。", "D27"),
    "NewcomerForm.illness": say("当地认定的重病写病名，没有的不填。", "D27"),
    "IncomeForm.person": say("是谁的收入就选谁，一行一项。", "D13"),
    "ThingForm.owner": say("写在谁名下；全家共有的不选。", "D14"),
    "ThingForm.kind": say("变化后多出来的财产，一行一项。", "D14"),
    "ThingForm.value": say("查实的价值，单位是元。", "D14", such="30000"),
    "HealthForm.person": say("一名成员一行，写现在的情况。", "D27"),
    "HealthForm.disability_kind": say("照残疾人证；不再是残疾的选“无”。", "D27"),
    "HealthForm.disability_grade": say("照残疾人证的等级。", "D27"),
    "HealthForm.illness": say("当地认定的重病写病名；已经治愈的不填。", "D27"),
    "HealthForm.work_capacity": say(_EMPTY, "N一（一）"),
    "AmountsForm.amount_*": say("只填与现在不同的，单位是元。", "D13", such="1200"),
    "CountForm.dependents": say("已成年、不能独立生活的子女仍算家庭成员；照登记的情况核对。", "D7"),
    "CountForm.uncounted": say("仍住在一起、但不再计入保障的成员，例如已能独立生活。", "D7"),
    "SettledForm.settled": say("收入不知道是谁的（按原保障金倒推），办理成员变化以前逐人填一次，再打勾。", "D13"),
    "TwelveMonthsForm.spent_anew": say(
        "支出有变化的，把十二个月的都填进表里再打勾；没有变化的不勾，照认定时的算。", "R4", "R5"
    ),
    "TwelveMonthsForm.total_income": say(
        "同样十二个月的家庭总收入；查不到合计数的不填，按月收入折算。", "R4", such="24000"
    ),
    "ShareForm.own_person": say("三次拒绝介绍工作的本人。", "D34"),
    "ShareForm.own_cut": say("只能减发本人的份额，不能动别人的。", "D34", such="200"),
    "CareForm.self_care": say("按评估的结论选；报告变化后 10 个工作日内复核评估。", "T22", "T23"),
    "CareForm.support_form": say("集中还是分散，由本人选择。", "L16"),
    "DetailsForm.holder": say("存折、银行卡上的姓名；不是本户成员的写明原因。", "D25"),
    "DetailsForm.holder_relation": say("开户人与户主的关系。", "D25"),
    "DetailsForm.bank": say("照存折、银行卡。", such="示例农村商业银行"),
    "DetailsForm.number": say("12 至 22 位数字；账户变更由另一名负责人确认。", "D25"),
    "DetailsForm.group": say("搬到本村（社区）另一处的填；搬到别的乡街按迁移登记。"),
    "DetailsForm.address": say("现在住的地方，写到门牌。", such="5号楼2单元301室"),
    "ResidenceForm.live_village": say("住在本区别的村（社区）的选；住在外区的不选，地址写全。", "D15"),
    "ResidenceForm.live_address": say(
        "现在住的地方，复核走访去这里；外区的从市、区写起。", "D15", such="邻水区桥头镇3委2组"
    ),
    "ResidenceForm.live_contact": say("在居住地找谁：同住的子女、房东、邻居。", such="女儿张某"),
    "ResidenceForm.live_phone": say("居住地联系人的电话。"),
    "ResidenceForm.live_helper": say("居住地的哪个乡街、村（社区）配合照看、走访；还没有联系的不填。", "D15"),
    "ResidenceForm.live_helper_phone": say("协助单位的电话。"),
    "WayForm.to_village": say("迁到本区其他乡街的，选村（社区）；由迁入地接收。", "D4", "L37"),
    "WayForm.to_place": say("迁到外区的写地址；在本地终止，制转移函。", "D4", such="邻水区桥头镇"),
    # 听取意见
    "ViewsForm.how": say("当面最好；电话、书面也可以；实在听不到的选“无法听取”并写明原因。", "L48"),
    "ViewsForm.who": say("本人或者共同生活的家庭成员。", "L48"),
    "ViewsForm.view": say("照本人的意思选。", "L48"),
    "ViewsForm.said": say("照原话写，不加评价。", "L48"),
    "ViewsForm.evidence": say("本人拿出的材料；没有的不填。", "L48"),
    "ViewsForm.not_possible": say("写明几次、怎么联系的。", "L48", such="三次上门无人，电话停机"),
    "ViewsForm.investigators": say("两名以上，至少一名乡街人员；近亲属回避。", "D11"),
    "PostingForm.places": say("已经贴好的地方都勾上；七天从各处都张贴的那天起算。", "T26"),
    "ObjectionForm.objector": say("姓名只存档，不公开；匿名的不填。", "T26"),
    # 决定、送达
    "DecideForm.reasons": say("为什么同意这样处理；会写进告知书。", "L48"),
    "DecideForm.code": say("动态口令器上现在显示的 6 位数字，用过的不能再用。"),
    "ServeForm.how": say("当面送达最好；邮寄的留存回执。", "L48"),
    "DecideForm.other_programmes": say("停发的要写明看过哪些其他救助项目，能不能转过去。", "T27"),
    "ReturnForm.reason": say("写明要补什么，经办照着办。"),
}
