"""Help at the fields of what the programmes beside dibao ask: 特困, self-care, twelve months' spending."""

from __future__ import annotations

from yimen.desks.shared.fieldhelp.word import say

_ITEM = "不要人帮助、自己能做到的选“能”；要人帮助的选“不能”。"
_WHERE = "按户口所在地的土地、搬迁情况定享受城市还是农村待遇。"

PROGRAMMES = {
    # 特困
    "TekunForm.obligors_known": say(
        "父母、子女、配偶等都问清楚、登记在户内成员或者义务人里了，才选“已经查明”。",
        "T4",
        "T8",
        such="无儿无女、未婚，父母已故",
    ),
    "TekunForm.no_labour_ground": say("年龄、残疾以外，省里另外规定的情形。没有规定的，这一栏不出现。", "T5"),
    "TekunForm.disabilities": say(
        "残疾人证写“多重”的，照证上逐一写类别和等级，用顿号隔开。", "T5", such="肢体二级、视力一级"
    ),
    "TekunForm.school": say("未成年人供养到18周岁；年满18周岁仍在接受义务教育、高中阶段教育的可以继续。", "L16"),
    "TekunForm.child_benefit_fits": say("未成年人同时符合两项的，只能选一项。", "T9"),
    "TekunForm.child_benefit_choice": say("由本人或者监护人选；选了儿童福利的，不再纳入特困。", "T9"),
    "TekunForm.contracted_land": say(f"{_WHERE}有承包土地的一般按农村待遇。", "T19"),
    "TekunForm.collective_income": say(f"{_WHERE}参加集体收益分配的一般按农村待遇。", "T19"),
    "TekunForm.relocated": say(f"{_WHERE}易地扶贫搬迁至城镇的按城市待遇。", "T19"),
    "TekunForm.form": say("集中供养还是分散供养，由本人自由选择；还没想好的以后再选。", "L16"),
    "OwnerForm.owner": say("申报时没有写明归谁的，查清后选；全家共有的选实际所有人。", "T6"),
    "AbilityForm.on_now": say("义务人自己是特困人员，或者是60周岁以上的低保对象，即为无履行义务能力。", "T8"),
    "AbilityForm.own_income": say(
        "只问70周岁以上或者重度残疾的义务人，是他本人的收入，不是家庭收入。没有授权的不填。", "T8", "L41", such="620"
    ),
    "AbilityForm.property_fits": say("财产是否符合当地低收入家庭财产状况规定；没有查明的选“未查明”。", "T8", "L41"),
    "AbilityForm.disability": say("照残疾人证。户内成员的已经登记，不用再填。", "T8"),
    "AbilityForm.disability_grade": say("一级、二级，以及三级智力、三级精神残疾属于规定的情形。", "T8"),
    "AbilityForm.situation": say("无民事行为能力、被宣告失踪的要有法院文书；服刑的要有判决或者监狱证明。", "T8"),
    "AbilityForm.local_ground": say("省里另外规定的无履行义务能力情形。没有规定的，这一栏不出现。", "T8"),
    "AbilityForm.inquiry": say(
        "义务人不授权查询或者找不到时选。选了哪种方式，本件要有那种方式的记录；“没有查清”要有两种以上的记录。",
        "T13",
        "L41",
    ),
    "AbilityForm.ground": say("看了什么、问了谁；填了前面任何一项都要写。", "T13", such="残疾人证；村委会和邻居证明"),
    # 生活自理能力
    "CareForm.eat": say(_ITEM, "T21"),
    "CareForm.dress": say(_ITEM, "T21"),
    "CareForm.bed": say(_ITEM, "T21"),
    "CareForm.toilet": say(_ITEM, "T21"),
    "CareForm.walk": say(_ITEM, "T21"),
    "CareForm.bathe": say(_ITEM, "T21"),
    "CareForm.body": say("有条件的地方可以委托第三方机构评估；自己评估的不填。", "T20"),
    "CareForm.outside": say("第三方来评估的人，每行一个姓名。", "T20"),
    "CareForm.present": say("本人签不了的，由照料人签。", "T20"),
    # 刚性支出
    "SpendingForm.total_income": say(
        "申请前十二个月的家庭总收入查明了合计数的填写；没有的不填，按认定月收入折算。", "R4", such="30000"
    ),
    "SpendingForm.total_income_source": say("合计数是从哪里来的。", "R4", such="工资流水、养老金发放记录"),
    "SpendingForm.none_found": say("问过了确实没有，才打勾；没有问不要打勾。", "R4"),
    "SpentForm.kind": say("规定的五类。不属于这五类的不登记。", "R5"),
    "SpentForm.member": say("填上面“成员序号”里的号；全家共有的填 0。", "R5"),
    "SpentForm.amount": say("票据上的总额；固定支出填一期的金额。", "R5", such="48600"),
    "SpentForm.reimbursed": say("医保、救助、商业保险、补助承担的部分，算的时候扣掉。", "R5", such="29100"),
    "SpentForm.period": say("每月、每季、每年都有的固定支出选周期，不填日期。", "R4"),
    "SpentForm.receipt": say("有效票据的号码；医疗、康复支出没有票据的一般不计入。", "R5"),
    "SpentForm.recognised": say("没有票据又确有支出的，写明怎么认定的。", "R5", such="医院出具的费用证明"),
    "SpentForm.designated": say("在定点医药机构发生的打勾；不是定点的不计入。", "R5"),
    "SpentForm.schooling": say("幼儿园到全日制本科。", "R5"),
    "SpentForm.public_fee": say("就学地同类公办学校、幼儿园的收费，教育支出最多按它计入。", "R5", such="5500"),
    "SpentForm.item": say("区级以上另外认定的项目；没有认定的，这一栏不出现。", "R5"),
}
