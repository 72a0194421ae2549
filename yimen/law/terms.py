"""The field's words, once: each Chinese term beside its English name (glossary.md).

Screens, papers and messages take their labels from here. Labels follow the words in
force since 1 July 2026 (确认, 公示 before and 公布 after the decision); where the
plan says 审批, the label here says 确认.
"""

from __future__ import annotations

from enum import Enum
from typing import Self


class Term(str, Enum):
    """A stored word with its Chinese label: ``Role.HANDLER == "handler"``, ``.label == "街道经办"``."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Called for each definition; ``label`` is left out only where a stored word is looked up, ``Role("handler")``."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of stored word and label, in the order of definition."""
        return [(str(term.value), term.label) for term in cls]


class Programme(Term):
    """What may be decided. One application is weighed for all of them, and begins with the order and powers of ``dibao``."""

    DIBAO = "dibao", "最低生活保障"
    TEKUN = "tekun", "特困人员救助供养"
    EDGE = "edge", "最低生活保障边缘家庭"
    RIGID_EXPENDITURE = "rigid_expenditure", "刚性支出困难家庭"


ANY_MARK = "救助"
MARKS = {
    Programme.DIBAO: "低保",
    Programme.TEKUN: "特困",
    Programme.EDGE: ANY_MARK,
    Programme.RIGID_EXPENDITURE: ANY_MARK,
}
"""What the number of a paper says of its programme; of several, or of none yet, that it is about assistance."""


class SelfCare(Term):
    """Levels of self-care ability (T22)."""

    ABLE = "able", "具备生活自理能力"
    PARTLY_LOST = "partly_lost", "部分丧失生活自理能力"
    LOST = "lost", "完全丧失生活自理能力"


class SupportForm(Term):
    """Forms of support, chosen freely by the person (L16.2)."""

    INSTITUTIONAL = "institutional", "集中供养"
    AT_HOME = "at_home", "分散供养"


class ObligorSituation(Term):
    """What keeps an obligor from the duty whatever the income (T8(5))."""

    INCAPABLE = "incapable", "无民事行为能力"
    MISSING = "missing", "被宣告失踪"
    PRISON = "prison", "在监狱服刑"


class Inquiry(Term):
    """How the means of an obligor who authorises no check were found out all the same, or not (T13, T14; L43)."""

    VISIT = "visit", "入户调查"
    NEIGHBOUR = "neighbour", "邻里访问"
    LETTER = "letter", "信函索证"
    APPRAISAL = "appraisal", "民主评议"
    NONE = "none", "各种方式都没有查清"


class ChildBenefit(Term):
    """The choice of a minor who fits both (T9)."""

    TEKUN = "tekun", "特困人员救助供养"
    CHILD = "child", "孤儿、事实无人抚养儿童基本生活保障"


class Schooling(Term):
    """Schools and kindergartens (R5(3); L16.3)."""

    KINDERGARTEN = "kindergarten", "幼儿园"
    PRIMARY = "primary", "小学"
    JUNIOR = "junior", "初中"
    SENIOR = "senior", "普通高中"
    VOCATIONAL = "vocational", "中等职业学校"
    COLLEGE = "college", "全日制高等职业学校、高等专科学校"
    UNDERGRADUATE = "undergraduate", "全日制普通本科高等学校"
    OTHER = "other", "其他"


class Level(Term):
    """Levels of administration, from near to far (plan, section 三)."""

    VILLAGE = "village", "村（社区）"
    TOWNSHIP = "township", "乡街"
    DISTRICT = "district", "区"
    CITY = "city", "市"
    PROVINCE = "province", "省"
    COUNTRY = "country", "全国"


class OfficeKind(Term):
    """Bodies that hold posts (plan, section 三)."""

    DEPARTMENT = "department", "区民政部门"
    DISTRICT_CENTRE = "district_centre", "区社会救助中心"
    TOWNSHIP = "township", "乡镇人民政府（街道办事处）"
    VILLAGE = "village", "村（居）民委员会"


class Role(Term):
    """What a post allows. A person may hold several posts, an act counts the person once (K17)."""

    AIDE = "aide", "村协理"
    HANDLER = "handler", "乡街经办"
    HEAD = "head", "乡街负责人（确认）"
    CASHIER = "cashier", "乡街资金发放"
    CHECKER = "checker", "区级核对"
    DISTRICT_HANDLER = "district_handler", "区级经办"
    DISTRICT_DECIDER = "district_decider", "区级确认"
    SUPERVISOR = "supervisor", "区级监督"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


class Duty(Term):
    """Why a person stands in the staff list that close relatives are matched against (D11; plan 四(一))."""

    OFFICIAL = "official", "民政干部"
    HANDLING_OFFICER = "handling_officer", "社会救助经办人员"
    COMMITTEE_MEMBER = "committee_member", "村（社区）两委成员"
    AIDE = "aide", "社会救助协理员"


class Order(Term):
    """The order of steps, chosen per district and date."""

    PLAN = "plan", "先核对后受理（实施方案四）"
    MINISTRY = "ministry", "先受理后核对（民发〔2021〕57号）"


class DelegationMode(Term):
    """In whose name the township decides (rules.md §5)."""

    DELEGATION = "delegation", "下放（以乡街名义）"
    ENTRUSTMENT = "entrustment", "委托（以区级民政部门名义）"


class Stage(Term):
    """Where an application stands on its walk through section 四."""

    REGISTERED = "registered", "申请登记"
    SUPPLEMENTING = "supplementing", "待补正"
    ACCEPTED = "accepted", "已受理"
    CHECKING = "checking", "信息核对中"
    CHECKED = "checked", "核对已返回"
    INVESTIGATING = "investigating", "调查核实"
    APPRAISING = "appraising", "民主评议"
    EXAMINING = "examining", "拟定审核意见"
    NOTICE_READY = "notice_ready", "待公示"
    ON_NOTICE = "on_notice", "公示中"
    OBJECTED = "objected", "公示异议处理"
    DECIDING = "deciding", "待确认"
    APPROVED = "approved", "已确认待公布"
    REFUSED_TELLING = "refused_telling", "不予确认待送达"
    ON_ASSISTANCE = "on_assistance", "已纳入保障"
    REFUSED = "refused", "不予确认"
    DECLINED = "declined", "不予受理"
    ENDED = "ended", "程序终止"


ENDS = frozenset({Stage.ON_ASSISTANCE, Stage.REFUSED, Stage.DECLINED, Stage.ENDED})


class AppliedBy(Term):
    """Who brings the application (plan 四(一), D6)."""

    SELF = "self", "本人（家庭成员）申请"
    FAMILY = "family", "委托家属代办"
    VILLAGE = "village", "委托村（社区）代办"
    OTHER = "other", "委托他人代办"


class Sex(Term):
    MALE = "male", "男"
    FEMALE = "female", "女"


class Relation(Term):
    """Relation to the applicant (GB/T 4761 in the everyday grain of the forms)."""

    SELF = "self", "本人"
    SPOUSE = "spouse", "配偶"
    CHILD = "child", "子女"
    CHILD_IN_LAW = "child_in_law", "子女的配偶"
    GRANDCHILD = "grandchild", "孙子女、外孙子女"
    PARENT = "parent", "父母"
    PARENT_IN_LAW = "parent_in_law", "配偶的父母"
    GRANDPARENT = "grandparent", "祖父母、外祖父母"
    SIBLING = "sibling", "兄弟姐妹"
    OTHER = "other", "其他"


class KinRelation(Term):
    """Close relatives (Civil Code 1045): the closed list of the register 近亲属备案."""

    SPOUSE = "spouse", "配偶"
    PARENT = "parent", "父母"
    CHILD = "child", "子女"
    SIBLING = "sibling", "兄弟姐妹"
    GRANDPARENT = "grandparent", "祖父母、外祖父母"
    GRANDCHILD = "grandchild", "孙子女、外孙子女"
    SELF = "self", "本人"


class Marriage(Term):
    SINGLE = "single", "未婚"
    MARRIED = "married", "已婚"
    WIDOWED = "widowed", "丧偶"
    DIVORCED = "divorced", "离婚"
    UNKNOWN = "unknown", "未说明"


class DisabilityKind(Term):
    NONE = "none", "无"
    VISUAL = "visual", "视力"
    HEARING = "hearing", "听力"
    SPEECH = "speech", "言语"
    PHYSICAL = "physical", "肢体"
    INTELLECTUAL = "intellectual", "智力"
    MENTAL = "mental", "精神"
    MULTIPLE = "multiple", "多重"


class WorkCapacity(Term):
    """Capacity to work (N 一(一): the person's real situation counts)."""

    ABLE = "able", "有劳动能力"
    PARTLY = "partly", "部分丧失劳动能力"
    LOST = "lost", "丧失劳动能力"
    NONE = "none", "无劳动能力（未成年、在校、高龄）"


class IncomeKind(Term):
    """Kinds of income (D13)."""

    WAGE = "wage", "工资性收入"
    BUSINESS = "business", "经营净收入"
    PROPERTY = "property", "财产净收入"
    TRANSFER = "transfer", "转移净收入"
    OTHER = "other", "其他收入"


class Period(Term):
    """The period an amount was stated for (rules.md §2.5, 1)."""

    MONTH = "month", "每月"
    QUARTER = "quarter", "每季"
    SEASON = "season", "每半年"
    YEAR = "year", "每年"
    ONCE = "once", "一次性"


class PropertyKind(Term):
    """Kinds of property (D14)."""

    DEPOSIT = "deposit", "银行存款"
    SECURITIES = "securities", "证券、基金"
    INSURANCE = "insurance", "商业保险"
    CLAIM = "claim", "债权、互联网金融资产"
    VEHICLE = "vehicle", "机动车辆"
    HOUSE = "house", "房屋"
    MACHINERY = "machinery", "大型农机具"
    BUSINESS = "business", "市场主体"
    LAND = "land", "承包土地"
    FIXTURE = "fixture", "林木等其他定着物"


class ExpenseKind(Term):
    LIVING = "living", "基本生活"
    MEDICAL = "medical", "医疗"
    EDUCATION = "education", "教育"
    REHABILITATION = "rehabilitation", "残疾康复"
    OTHER = "other", "其他"


class PovertyCause(Term):
    ILLNESS = "illness", "因病"
    DISABILITY = "disability", "因残"
    AGE = "age", "年老体弱"
    NO_LABOUR = "no_labour", "缺少劳动力"
    UNEMPLOYED = "unemployed", "失业、收入不稳定"
    EDUCATION = "education", "因学"
    ACCIDENT = "accident", "突发意外、灾害"
    OTHER = "other", "其他"


class Match(Term):
    """Declared beside verified (screens.md T14)."""

    AGREED = "agreed", "一致"
    DIFFERENT = "different", "不一致"
    NO_SOURCE = "no_source", "无可核对来源"
    PENDING = "pending", "待核对"


class Treatment(Term):
    """What was done with a difference."""

    ACCEPT_VERIFIED = "accept_verified", "以核对结果为准"
    ACCEPT_DECLARED = "accept_declared", "以申报为准（附佐证）"
    ADJUSTED = "adjusted", "调查后另行认定"
    NOT_COUNTED = "not_counted", "按规定不计入"


class MaterialState(Term):
    """How a required paper was established (L62.2: what the check can establish is not asked)."""

    BY_CHECK = "by_check", "由核对取得，无需提供"
    ORIGINAL_SEEN = "original_seen", "已核验原件"
    PROMISED = "promised", "告知承诺"
    SUBMITTED = "submitted", "已提交"
    MISSING = "missing", "缺"


class Tone(Term):
    """Colours of status tags (look.md): the text always says the state."""

    RED = "red", "超期、末日、不予"
    AMBER = "amber", "临近、不一致"
    GREEN = "green", "按时、完成"
    BLUE = "blue", "进行中"
    NEUTRAL = "neutral", "暂停、不适用"
