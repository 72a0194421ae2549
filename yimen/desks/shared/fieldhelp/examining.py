"""Help at the fields of 四(二) and 四(三): check, visit, appraisal, opinion, notice, decision, service."""

from __future__ import annotations

from yimen.desks.shared.fieldhelp.word import say

_SIGNED = "调查人员和在场的家庭成员都要签字。"

EXAMINING = {
    # 核对
    "RequestForm.reason": say("同一件已核对过，写明为什么再查一次。", "D17", such="补证后余额有变化"),
    "TellForm.condition": say("哪一项条件不符合，写得让申请人看得懂。", "D18", such="家庭人均收入超过标准"),
    "TellForm.reasons": say("写依据哪个数字、怎么算的。", "D18", such="银行存款 31200 元，超过本地限额"),
    "TellForm.evidence_wanted": say("申请人有异议时可以拿什么来证明。", "D18", such="存折流水、借款凭证"),
    "TellForm.objection_until": say("本地规定了期限的按规定，没有的填一个合理的日期。", "D18"),
    "ObjectionForm.item_text": say("一句话概括对哪一项有异议。", "D18"),
    "ObjectionForm.statement": say("照申请人的话记录，不加评价。", "D18"),
    "ObjectionForm.evidence": say("写明收到了什么佐证材料或线索；没有的不填。", "D18", "D19"),
    "RecheckForm.outcome": say("乡街应当组织复查，并把结论告诉申请人。", "D18"),
    "RecheckForm.result": say("写明看了什么材料、问了谁、结论是什么。", "D18"),
    "RecheckForm.treatment": say("异议对应某处差异的，可以在这里一并处理。", "D18"),
    "DeclineForm.reasons": say(
        "只用于核对显示明显不符合条件的；写明依据，告知救济途径。把符合条件的拒之门外要承担责任。",
        "P四（二）",
        "L70",
        "L76",
    ),
    "LineForm.treatment": say(
        "以核对为准、以申报为准（附佐证）、另行认定，或者入户核实，选一种并写明理由。", "D17", "D18"
    ),
    "LineForm.adopted": say("两个数都不对时填查实的数，单位是元。", "D18", such="1200"),
    "LineForm.count": say("查实的件数（车辆、房屋等）。", "D18"),
    "LineForm.note": say(
        "写清怎么处理、为什么，决定时和抽查时都要看。", "D17", "D18", such="余额为当月征地款，已付医药费，附收据"
    ),
    "RecheckForm.adopted_fen": say("两个数都不对时填查实的数，单位是元。", "D18", such="1200"),
    # 调查
    "VisitForm.investigators": say("每组不得少于 2 人，其中至少一名乡街人员；与申请家庭有近亲属关系的回避。", "D16"),
    "VisitForm.present": say("入户时在场的共同生活家庭成员，至少一人签字。", "D16"),
    "VisitForm.residents_match": say("看床铺、碗筷、邻居的话，和登记的人口比一比。", "D7", "D16"),
    "VisitForm.eating": say("入户要了解吃、穿、住、用等实际生活情况，写看到的。", "D16", such="以米面蔬菜为主，少肉"),
    "VisitForm.clothing": say("写看到的。", "D16", such="旧衣，整洁"),
    "VisitForm.housing": say("房屋面积、结构、是否自有、取暖。", "D16", such="一室一厅 38 平方米，自有"),
    "VisitForm.using": say("主要电器、车辆等。", "D16", such="电视、冰箱各一台"),
    "VisitForm.income_found": say("问到的、看到的收入，和申报、核对对照。", "D13", "D16"),
    "VisitForm.property_found": say("问到的、看到的财产。", "D14", "D16"),
    "VisitForm.support_found": say("子女等义务人实际给不给、给多少。", "D13"),
    "VisitForm.holds_*": say("逐项当面问，照实选；不属实的写明实际情况。", "D16"),
    "VisitForm.fen_*": say("不属实的，填实际的金额（元）。", "D16"),
    "VisitForm.note_*": say("不属实的必须写，属实的可以不写。", "D16"),
    "VisitForm.result": say("与申报相比，总的来说是一致、部分不一致还是不一致。", "D16"),
    "VisitForm.conclusion": say("调查人员的一致意见，写事实和判断。", "D16", such="情况与申报一致，确有困难。"),
    "VisitForm.signed_by_investigators": say(_SIGNED, "D16"),
    "VisitForm.signed_by_member": say(f"{_SIGNED}不会写字的按指印。", "D16"),
    "VisitForm.way": say("只有发生重大突发事件时才能用电话、视频等非接触方式。", "D16"),
    "VisitForm.remote_reason": say("写明是哪一次重大突发事件。", "D16"),
    "VisitForm.photos": say("可不拍。需要时拍一次，调查表、档案共用。"),
    "DistrictVisitForm.reason": say("近亲属备案的、审核确认期间被投诉举报的，区级应当入户核查。", "D20"),
    "InterviewForm.investigators": say("每组不得少于 2 人。", "D16"),
    "InterviewForm.interviewee": say("被访人要求保密的不填姓名。"),
    "InterviewForm.willing_to_sign": say("要求保密的，姓名不写入文书，也不向申请人公开。"),
    "InterviewForm.conclusion": say("邻里对家庭收入、财产和生活状况的反映，写事实。", "D16"),
    "LetterForm.items": say("只问核对取不到的情况，每行一项。", "D16", such="2026 年 1–10 月工资发放情况"),
    "LetterForm.person_ref": say("只能问申请家庭的成员，与本件有关的内容。", "D16", "L41"),
    "ReplyForm.letter_ref": say("对方答复的是哪一封；一封函件登记一次。", "D16"),
    "ReplyForm.reply": say("摘录要点，原件入档。", "D16"),
    "AssessmentForm.conflict_declaration": say("评估机构和人员与申请家庭没有利害关系的声明。"),
    "AssessmentForm.method": say("看了什么、问了谁、怎么算的。", "P四（三）"),
    "AssessmentForm.taken_over": say(
        "评估报告供参考，是否采用由乡街决定，审核意见仍由乡街提出。", "L55", "L56", "P四（三）"
    ),
    "FindingForm.ground": say("这一项发现是从哪里来的。", such="房产证、邻居三人一致反映"),
    "ConcludeForm.disputed": say("没有争议的可以不再民主评议；有争议的才组织。", "P四（三）"),
    "ConcludeForm.reason": say(
        "没有争议的写明为什么；有争议的写明争议是什么。", "P四（三）", such="核对、入户、邻里一致"
    ),
    "AppraisalForm.matter": say("评议只针对有争议的事项。", "P四（三）", such="其子是否常年给付赡养费"),
    "AppraisalForm.expected": say("应到人数；实到不够法定或本地规定的，不能评议。"),
    "AttendeeForm.role": say("由社会救助协理员、两委成员、单元长、网格长、居民代表等参加。", "P四（三）"),
    "AttendeeForm.recused": say("与申请家庭有近亲属关系的回避，不表决。"),
    "VoteForm.agree": say("实到并参加表决的人里同意的票数。"),
    "VoteForm.minutes": say("谁说了什么，主要意见和理由。"),
    "VoteForm.result": say("评议结果供审核参考，不代替审核意见。", "P四（三）"),
    "VoteForm.recusals": say("谁因为什么回避；没有写“无”。"),
    "HandOverForm.staff_ref": say("改由谁经办；与申请家庭有近亲属关系的不能接手。"),
    "HandOverForm.reason": say("写一句为什么改派，案件记录里能看到。", such="原经办人休假"),
    # 审核、公示、确认、送达
    "ConferenceForm.held_on": say("县级协调机制实际开会的日期。"),
    "ConferenceForm.participants": say("一事一议是集体研究，至少三人，一行一人。", such="区民政局 吴某（主持）"),
    "ConferenceForm.question": say("写清为什么按条件算不出合适的结果。", such="住院费用尚未结算，比例略低于规定"),
    "ConferenceForm.views": say("谁有什么意见，有没有不同意见。"),
    "ConferenceForm.resolution": say("会议决定的原文，印在决定书上。"),
    "ConferenceForm.outcome": say("只能认定刚性支出困难家庭；已享受低保、特困或者已认定边缘的，会议也不能认定。"),
    "ConferenceForm.basis": say("允许一事一议的文件和议事规则。", such="《刚性支出困难家庭认定办法》第九条"),
    "ProposeForm.approve": say("根据调查核实情况提出，应与核算结果一致；不一致的先处理差异或重新调查。", "D19", "L44"),
    "ProposeForm.reasons": say("程序已按核算拟好，核对后可以补充。", "D19"),
    "ProposeForm.grants": say(
        "只列可以依法并存的选择；默认按建议。同一人不能同时享受低保和特困，一个家庭只纳入一类。", "D8", "T4"
    ),
    "ProposeForm.departure": say(
        "选择的不是建议的，写明为什么，例如本人书面放弃。", "L45", such="本人书面表示不申请特困供养"
    ),
    "ProposeForm.single_reason": say(
        "低保边缘家庭中的重度残疾人、重病患者本人申请的才写；不写就不单独纳入。",
        "D8",
        such="本人申请，一级肢体残疾，长期卧床",
    ),
    "ProposeAgainForm.objection_result": say("公示有异议的，重新调查或民主评议以后写明结果。", "D19"),
    "CodeForm.code": say("作出决定前再次验证身份：输入验证器上当前的 6 位数字。"),
    "ApproveForm.reasons": say("确认的内容就是审核意见的内容；不写的记为“同意审核意见”。", "D21", "L44"),
    "RefuseForm.reasons": say("不予确认的要书面告知并说明理由，3 个工作日内送达。", "D21", "L45"),
    "RefuseForm.other_programmes": say("不符合低保的，看看能不能给其他救助。", such="可申请低保边缘家庭认定"),
    "SendBackForm.to": say("只需重算的退回审核，事实不清的退回调查。"),
    "SendBackForm.reason": say("写清要补什么，经办人照着办。"),
    "ExtendForm.ground": say(
        "公示有异议、人户分离、异地申办、调查难度较大等特殊情况，才能延长到 45 个工作日。", "D22", "N四（一）"
    ),
    "ExtendForm.facts": say("这一件具体是什么情况。", "N四（一）"),
    "ObjectionForm.content": say("照异议人的话记录；登记以后重新调查或民主评议。", "D19"),
    "ObjectionForm.objector": say("异议人信息保密，不进入公示，也不告知申请人。可以不具名。"),
    "AnswerForm.way": say("公示有异议的，重新组织调查或者开展民主评议，由负责人选定。", "D19"),
    "AnswerForm.reason": say("为什么选这一种。", "D19"),
    "PostingForm.place": say("在申请家庭所在村（社区）公示 7 天；张贴当日不计。", "D19", "N四（二）"),
    "PostingForm.day": say("实际张贴（取下）的那一天，公示期从各处都张贴之日起算。", "D19"),
    "PostingForm.photo": say("可不拍；拍了可以证明公示期。"),
    "ServiceForm.how": say("直接送达最好；拒收的留置送达并写明见证人。", "L45"),
    "ServiceForm.receipt": say("写明签收、拒收或无法送达。", "L45"),
}
