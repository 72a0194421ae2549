"""Help at the fields of 四(一): application, members, obligors, incomes, property, papers, consents."""

from __future__ import annotations

from yimen.desks.shared.fieldhelp.word import say

_ROW = "填上面成员表里的序号，申请人是 1；全家共有的填 0。"
_HIDDEN = "照申请人所说填写；虚报、隐瞒要退回并可能罚款。"

APPLYING = {
    # 申请方式与住处
    "MethodForm.applied_by": say(
        "申请人自己办有困难的，可以委托家属、村（社区）或他人代办，代办要有委托手续。",
        "D6",
        "P四（一）",
        such="老人行动不便，由社区协理员代办，选“委托村（社区）代办”。",
    ),
    "MethodForm.village": say("向户籍所在地的乡街申请；这里选户籍所在的村（社区）。", "D4", "L37"),
    "MethodForm.address": say("现在住的地方，写到门牌，入户时按它去。", such="站前社区5号楼2单元301室"),
    "MethodForm.land_mu": say("家庭承包经营的土地，用来核对种植和转包收入。没有的不填。", "D13", such="3.5"),
    "MethodForm.away_from_hukou": say(
        "经常居住地和户籍地不一致时打勾，由居住地配合调查；属于可以延长办理期限的情形。", "D15", "N四（一）"
    ),
    "MethodForm.dictated": say(
        "申请人不会写字的，可以口述，由工作人员代填，念给本人听，见证人在场。",
        such="申请人看不清字，由社区工作人员见证。",
    ),
    "MethodForm.witness": say("在场见证口述代填的人，不能是代填人本人。"),
    "MethodForm.agent_name": say("实际来办理的代办人，照身份证填写。", "D6"),
    "MethodForm.agent_relation": say("代办人和申请人是什么关系。", "D6", such="儿子、社区协理员"),
    "MethodForm.agent_identity": say("核对来办理的是不是委托书上的人。", "D6"),
    "MethodForm.agent_reason": say("为什么本人不能来，写一句。", "D6", such="本人卧床"),
    "MethodForm.agent_until": say("委托书写明的最后一天。过期以后要重新委托。", "D6"),
    # 成员
    "MemberForm.identity": say(
        "18 位，性别、出生日期和年龄由它得出。登记过的人会马上提示在哪一户。", such="末位是 X 的照写 X"
    ),
    "MemberForm.relation": say(
        "共同生活的家庭成员是：配偶、未成年子女、不能独立生活的成年子女（含本科及以下在校生），以及长期同住的其他有法定赡养、抚养、扶养义务的人。",
        "D7",
        such="老两口同住：本人、配偶",
    ),
    "MemberForm.marriage": say("照户口簿或结婚证、离婚证；配偶应列为成员。", "D7"),
    "MemberForm.work_capacity": say(
        "按本人身体和年龄的实际情况选，不能只按年龄推定能挣钱；确实难以就业的要客观考虑。", "N一（一）"
    ),
    "MemberForm.employed": say("现在有工作（含打零工、灵活就业）的打勾，工资填在收入表。", "D13"),
    "MemberForm.student": say("在校接受全日制本科及以下教育的成年子女仍算家庭成员。", "D7", such="在读高职，打勾"),
    "MemberForm.disability_kind": say("照残疾人证。残疾增加的刚性支出核算收入时可按规定扣减。", "D8", "D13"),
    "MemberForm.disability_grade": say(
        "照残疾人证的等级。一级、二级，以及三级智力、三级精神残疾关系到能否单独申请。", "D8"
    ),
    "MemberForm.disability_number": say("残疾人证上的证号，用于核对。", such="身份证号后加 2 位"),
    "MemberForm.illness": say(
        "当地认定的重特大疾病写病名，没有的不填。只用于核算和类别，不会公示。", "D8", "N四（二）"
    ),
    "MemberForm.lives": say("一起吃住的选“共同生活”。父母、祖父母等其他人，要有法定义务并长期同住才算一户。", "D7"),
    "MemberForm.dependent": say("已成年但因残、因病等不能独立生活的子女，仍算家庭成员。", "D7"),
    "MemberForm.not_counted": say(
        "服刑、强制隔离戒毒、宣告失踪，以及连续三年以上脱离家庭的宗教教职人员，不计入家庭人口。", "D7"
    ),
    # 赡养抚养义务人
    "ObligorForm.identity": say("共同生活的家庭成员以外的义务人；查询其信息要本人同意，不同意不影响受理低保。", "L41"),
    "ObligorForm.relation": say("与被赡养（抚养）人的关系，子女、父母等有法定义务的才填。", "D13", such="子女"),
    "ObligorForm.supports": say("赡养（抚养）的是成员表里的第几人。", such="1（申请人）"),
    "ObligorForm.family_size": say("义务人自己小家庭的人口，计算赡养能力用。"),
    "ObligorForm.monthly_income": say("义务人小家庭的月收入，按其所说填写；不清楚的空着。"),
    "ObligorForm.agreed_fee": say("实际每月给多少。赡养（抚养、扶养）费计入转移净收入。", "D13", such="200"),
    "ObligorForm.supported_count": say("义务人一共要赡养几位老人，费用在他们之间分摊。"),
    "ObligorForm.inability_reason": say("确实给不了的写明原因，入户时核实。", such="本人也在低保，患病"),
    # 收入
    "IncomeForm.member": say(_ROW),
    "IncomeForm.kind": say(
        "分工资性收入、经营净收入、财产净收入、转移净收入和其他收入。优待抚恤金、奖学金、救助款物等不计入。", "D13"
    ),
    "IncomeForm.project": say(
        "选最接近的一项。养老金、赡养费属于转移净收入；种地属于经营净收入；房租、利息属于财产净收入。", "D13"
    ),
    "IncomeForm.amount": say(f"{_HIDDEN}没有收入的不填这一行。", "L40", "L73", such="143 或 1716.00"),
    "IncomeForm.period": say("申请人按月说就选每月，按年说就选每年，不用自己换算。", such="养老金每月 143：选每月"),
    "IncomeForm.quantity": say("按亩、按头算的收入填数量，其他不填。", such="3.5（亩）"),
    # 财产
    "PropertyForm.member": say(_ROW),
    "PropertyForm.kind": say("存款、证券、保险、债权、互联网金融资产、车辆是动产；房屋、林木等是不动产。", "D14"),
    "PropertyForm.value": say(f"存款填余额，车和房填大致价值。{_HIDDEN}", "D12", "L73", such="1200"),
    "PropertyForm.detail": say("房屋写坐落，车写号牌，存款写开户行，核对时好对上。"),
    # 支出与理由
    "ExpenseForm.member": say(_ROW),
    "ExpenseForm.kind": say("看病、残疾康复、上学等刚性支出；因残疾、重病增加的部分核算收入时可按规定扣减。", "D13"),
    "ExpenseForm.amount": say("自己负担的部分，报销和救助的不算。", "D13", such="全年自付 6200：选每年"),
    "ExpenseForm.period": say("按申请人说的期间选，不用换算。"),
    "ReasonForm.wished": say(
        "申请人提到了才选，不用问。只写在申请书上、决定各项目先看哪一项，不影响审核结果。", such="特困人员救助供养"
    ),
    "ReasonForm.poverty_cause": say("选最主要的一项，统计和帮扶用，不影响能否受理。"),
    "ReasonForm.reason": say(
        "写清人口、收入、遇到的困难，两三句话即可。", "L40", such="两人年老多病，没有劳动能力，只有养老金。"
    ),
    "ReasonForm.single_person": say(
        "一般以户为单位。低保边缘家庭中的重度残疾人、重病患者等可以单独提出申请；符合条件的家庭不得只保其中个别人。",
        "D8",
        "N一（一）",
    ),
    "ReasonForm.single_person_ground": say("四种情形之一；前两种须是低保边缘家庭的成员。", "D8", "N一（四）"),
    "ReasonForm.single_person_reason": say("写明为什么不以整户申请，抽查时要看。", "D8"),
    "AccountForm.account_holder": say("一般是申请人本人；不是的，填实际开户人并写明关系。"),
    "AccountForm.account_number": say("发放保障金的账号，只显示后 4 位。可以以后再填。"),
    "RelativeSwitchForm.relative_declared": say(
        "与民政干部、社会救助经办人员、村（社区）两委成员有近亲属关系的，应当如实申明。备案不影响受理。",
        "D11",
        "P四（一）",
    ),
    "RelativeForm.member": say("哪一名成员有这层关系，填成员表序号。", "D11"),
    "RelativeForm.staff": say("从工作人员名册里选。确认时此人要回避，并由区级入户核查。", "D11", "D20"),
    # 材料与授权
    "MaterialForm.state": say(
        "看过原件、已收、由核对取得、书面承诺以后补，都算有。能从政务平台查到的不要求重复提交。",
        "D10",
        "L62",
        "N一（二）",
    ),
    "ConsentForm.answer": say("成年成员本人同意核对才能查询。义务人不同意的照实记录，不影响受理。", "D9", "L40", "L41"),
    "ConsentForm.signed_by": say("本人签；未成年人和无民事行为能力人由监护人签，填监护人姓名。", "D9"),
    "ConsentForm.refused_reason": say("照本人的话记录。", such="不愿让单位知道"),
    "SupplementForm.by_on": say("给申请人留出合理的时间。", "D10"),
    "SupplementForm.notes": say("一次说全；能由核对或政务平台取得的不能要。", "D10", "L62", such="租房合同"),
    "SupplementForm.second_reason": say("法律要求一次性告知。再次要求的写明为什么上次没说，区级能看到。", "D10"),
    "FilingForm.hardship": say("备案表上的家庭困难情况，写事实。", "D11"),
    "EndForm.cause": say("申请人自己撤回，或者无正当理由拒不配合调查，才能终止。", "D29"),
    "EndForm.reason": say("写清什么时候、什么事、怎样告知过。", "D29"),
    "EndForm.sure": say("终止前要当面说清后果和救济途径。", "D29", "L76"),
}
