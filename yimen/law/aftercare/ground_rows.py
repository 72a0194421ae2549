"""The rows of the closed list of grounds, each with the articles that it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from yimen.law.aftercare.terms import ChangeEffect as Do, ChangeEvent as Is
from yimen.law.terms import Programme

_D, _T, _E, _R = Programme.DIBAO, Programme.TEKUN, Programme.EDGE, Programme.RIGID_EXPENDITURE
SINGLE_OVER, SPENDING_OVER = "single_over", "spending_over"
_ALL = (_D, _T, _E, _R)
_FEWER = (Do.DECREASE, Do.END)
_EITHER = (Do.INCREASE, Do.DECREASE)


@dataclass(frozen=True)
class Ground:
    """One ground. ``label`` goes on papers, ``public`` is its neutral wording for a public notice (T26: nothing unrelated).

    ``articles`` are codes of law.articles; each speaks only of its own programme. ``unheard`` are effects before which
    nobody is heard: after a death, payment is held at once, and with the last person's death nobody is left to hear (L48);
    a recognition that runs out is not ended by a decision (R10). ``own_share_only``: only the person's own share (D34).
    """

    code: str
    label: str
    public: str
    programmes: tuple[Programme, ...]
    effects: tuple[Do, ...]
    events: tuple[Is, ...]
    articles: tuple[str, ...] = ()
    unheard: tuple[Do, ...] = ()
    own_share_only: bool = False
    check_other_programmes: bool = True
    second_person: bool = True
    district: bool = False
    documents: tuple[str, ...] = ()
    local: bool = False

    def allows(self, programme: Programme, effect: Do) -> bool:
        """Whether this ground carries an effect in a programme; a recognition has no amount to change."""
        money = effect in {Do.INCREASE, Do.DECREASE, Do.SUSPEND, Do.RESUME, Do.GRACE}
        if money and programme in {_E, _R}:
            return False
        return programme in self.programmes and effect in self.effects


ROWS: tuple[Ground, ...] = (
    # -- people ------------------------------------------------------------------------------
    Ground(
        "death_member", "家庭成员死亡，其他成员继续保障", "家庭成员减少", (_D, _E, _R),
        (Do.INCREASE, Do.DECREASE, Do.SUSPEND, Do.END, Do.UNCHANGED), (Is.DEATH,),
        ("N一（三）", "D30", "D8", "R4", "L46", "L47"), unheard=(Do.SUSPEND,),
    ),
    Ground(
        "death_last", "保障对象死亡（没有其他保障成员）", "保障对象死亡", _ALL, (Do.SUSPEND, Do.END), (Is.DEATH,),
        ("N一（三）", "T24", "D8", "R4", "L47"), unheard=(Do.SUSPEND, Do.END), check_other_programmes=False,
    ),
    Ground(
        "declared_missing", "被宣告死亡或者被宣告失踪", "不再符合救助供养条件", (_T,), (Do.SUSPEND, Do.END), (Is.DEATH, Is.CUSTODY),
        ("T24",), unheard=(Do.SUSPEND, Do.END), check_other_programmes=False,
    ),
    Ground(
        "member_in", "共同生活的家庭成员增加", "家庭成员增加", (_D, _E, _R), (*_EITHER, Do.END, Do.UNCHANGED),
        (Is.BIRTH, Is.MARRIAGE, Is.MOVED_IN), ("D7", "D30", "R4", "L46", "L47"),
    ),
    Ground(
        "member_out", "共同生活的家庭成员减少（迁出、分户、婚姻变化）", "家庭成员减少", (_D, _E, _R),
        (*_EITHER, Do.END, Do.UNCHANGED), (Is.MARRIAGE, Is.MOVED_OUT, Is.SPLIT), ("D7", "D30", "R4", "L46", "L47"),
    ),
    Ground(
        "member_excluded", "成员属于不计入共同生活家庭成员的人员", "家庭成员变化", (_D, _E, _R), (*_EITHER, Do.END, Do.UNCHANGED),
        (Is.CUSTODY,), ("D7", "R4", "L46", "L47"),
    ),
    Ground(
        "prison", "被判处刑罚且在监狱服刑", "不再符合救助供养条件", (_T,), (Do.SUSPEND, Do.END), (Is.CUSTODY,), ("T24",),
    ),
    Ground(
        "other_programme", "已由其他救助供养待遇保障", "已享受其他救助待遇", (_D,), (Do.DECREASE, Do.END, Do.UNCHANGED),
        (Is.OTHER_PROGRAMME,), ("N五（五）", "L15"),
    ),
    Ground(
        "moved_over", "转由其他救助供养待遇保障", "已享受其他救助待遇", (_T, _E, _R), (Do.END, Do.UNCHANGED),
        (Is.OTHER_PROGRAMME,), ("D8", "T9", "R4", "L15"),
    ),
    # -- means -------------------------------------------------------------------------------
    Ground(
        "income_down", "家庭收入减少", "家庭收入变化", (_D,), (Do.INCREASE, Do.RESUME), (Is.INCOME, Is.WORK), ("D30", "D31", "L47"),
    ),
    Ground(
        "income_up", "家庭收入增加", "家庭收入变化", (_D,), (Do.DECREASE,), (Is.INCOME, Is.WORK, Is.SCHOOL), ("D30", "D31", "L47"),
    ),
    Ground(
        "income_over", "家庭人均收入不再符合规定", "收入不再符合规定", (_D, _E, _R), (Do.END,),
        (Is.INCOME, Is.WORK, Is.OBLIGOR, Is.TRANSFER),
        ("N五（五）", "D31", "D8", "R4", "L18", "L21", "L22", "L47"),
    ),
    Ground(
        "property_over", "家庭财产不再符合规定", "财产不再符合规定", (_D, _E, _R), (Do.END,), (Is.PROPERTY,),
        ("N五（五）", "D14", "D31", "D8", "R4", "L18", "L21", "L22", "L47"),
    ),
    Ground(
        SPENDING_OVER, "刚性支出占家庭总收入的比例不再超出规定", "刚性支出不再符合规定", (_R,), (Do.END,),
        (Is.INCOME, Is.WORK, Is.ILLNESS, Is.SCHOOL), ("R4", "L22", "L47"),
    ),
    Ground(
        SINGLE_OVER, "不再符合单独申请（单人保）的条件", "不再符合规定条件", (_D,), (Do.END,), (), ("N一（四）", "D31", "L47"),
    ),
    Ground(
        "obligor_changed", "法定义务人的给付能力发生变化", "家庭收入变化", (_D,), _EITHER, (Is.OBLIGOR, Is.DEATH), ("D13", "D31", "L47"),
    ),
    Ground(
        "means_over", "收入和财产状况不再符合规定", "不再符合救助供养条件", (_T,), (Do.END,), (Is.INCOME, Is.PROPERTY), ("T24", "T25"),
    ),
    Ground(
        "obligor_able", "法定义务人具有了履行义务能力或者新增义务人", "不再符合救助供养条件", (_T,), (Do.END,),
        (Is.OBLIGOR, Is.MARRIAGE), ("T24", "T25"),
    ),
    # -- need and labour ---------------------------------------------------------------------
    Ground(
        "need_up", "成员患重病、评定为重度残疾等，应当增加分类施保", "家庭情况变化", (_D,), (Do.INCREASE,),
        (Is.ILLNESS, Is.DISABILITY), ("D27", "D31", "L20", "L47"),
    ),
    Ground(
        "need_down", "不再符合分类施保条件", "家庭情况变化", (_D,), (Do.DECREASE,), (Is.ILLNESS, Is.DISABILITY, Is.SCHOOL),
        ("D27", "D31", "L20", "L47"),
    ),
    Ground(
        "job_refusal", "无正当理由连续3次拒绝接受介绍的工作", "本人的保障金调整", (_D,), (Do.DECREASE, Do.END), (Is.JOB_REFUSAL,),
        ("D34",), own_share_only=True,
    ),
    Ground(
        "employed_over", "就业后家庭人均收入超过低保标准", "家庭收入变化", (_D,), (Do.GRACE, Do.END), (Is.WORK,),
        ("D33", "N一（三）"),
    ),
    Ground("grace_over", "渐退期满", "渐退期满", (_D,), (Do.END,), (Is.WORK,), ("D33", "N一（三）")),
    Ground(
        "labour_regained", "具备或者恢复劳动能力", "不再符合救助供养条件", (_T,), (Do.END,), (Is.LABOUR, Is.DISABILITY), ("T24",),
    ),
    Ground(
        "schooling_over", "未成年人年满规定年龄且不再就读规定的学校", "不再符合救助供养条件", (_T,), (Do.END,), (Is.SCHOOL,),
        ("T24", "L16"),
    ),
    Ground(
        "child_benefit", "选择孤儿、事实无人抚养儿童基本生活保障", "已享受其他救助待遇", (_T,), (Do.END,), (Is.OTHER_PROGRAMME,),
        ("T9",),
    ),
    Ground(
        "self_care", "生活自理能力类别调整", "照料护理标准调整", (_T,), (*_EITHER, Do.UNCHANGED), (Is.SELF_CARE,), ("T22", "T23", "L17"),
    ),
    Ground(
        "support_form", "本人选择另一种供养形式", "供养形式调整", (_T,), (*_EITHER, Do.UNCHANGED), (Is.SUPPORT_FORM,),
        ("T20", "L16", "L17"),
    ),
    Ground(
        "urban_rural", "适用城市或者农村标准的情形变化", "供养标准调整", (_D, _T), (*_EITHER, Do.UNCHANGED), (Is.MOVED_IN, Is.OTHER),
        ("T19", "D23", "L19"),
    ),
    Ground("standard_raised", "当地提高标准", "标准调整", (_D, _T), (Do.INCREASE, Do.UNCHANGED), (Is.OTHER,), ("D23", "T20", "L17", "L19")),
    # -- conduct and will --------------------------------------------------------------------
    Ground(
        "false_report", "虚报、隐瞒、伪造骗取救助", "不符合救助条件", _ALL, _FEWER, (Is.FALSE_REPORT,),
        ("N五（五）", "T25", "D8", "R4", "L73"), district=True,
    ),
    Ground(
        "wrong_decision", "原核定有误，予以更正", "情况更正", _ALL, (*_EITHER, Do.END, Do.UNCHANGED), (Is.OTHER,),
        ("D39", "T25", "R4", "D8", "L47"),
    ),
    Ground(
        "voluntary", "自愿申请退出", "自愿退出", _ALL, (Do.END,), (Is.VOLUNTARY_EXIT,),
        ("T24", "D30", "D8", "R4", "L46", "L47"), check_other_programmes=False,
    ),
    # -- place and time ----------------------------------------------------------------------
    Ground(
        "moved_away", "户籍或者经常居住地迁出，转由迁入地办理", "迁往外地", _ALL, (Do.TRANSFER, Do.END), (Is.TRANSFER,),
        ("D4", "T10", "D8", "R13", "L37"), check_other_programmes=False,
    ),
    Ground(
        "validity_over", "认定有效期届满", "认定有效期届满", (_R,), (Do.END,), (Is.OTHER,), ("R10",), unheard=(Do.END,),
    ),
    Ground(
        "situation_settled", "暂停发放的原因已经消除", "恢复发放", (_D, _T), (Do.RESUME,), (Is.OTHER,), ("D31", "T25", "L47"),
    ),
    # -- details -----------------------------------------------------------------------------
    Ground(
        "account_changed", "变更发放账户或者领取人", "账户变更", (_D, _T), (Do.DETAILS_ONLY,), (Is.ACCOUNT, Is.PAYEE),
        ("D25", "D26", "T25", "L46"), check_other_programmes=False,
    ),
    Ground(
        "contact_changed", "变更联系方式、住址或者户主", "信息变更", _ALL, (Do.DETAILS_ONLY, Do.UNCHANGED), (Is.CONTACT, Is.NEW_HEAD),
        ("D30", "T25", "R4", "D8", "L46"), check_other_programmes=False, second_person=False,
    ),
    Ground(
        "residence_changed", "经常居住地与户籍所在地不一致的情况有变化（人户分离）", "信息变更", _ALL, (Do.DETAILS_ONLY, Do.UNCHANGED),
        (Is.LIVING_APART, Is.LIVING_BACK), ("D15", "D30", "T25", "R4", "D8", "L46"), check_other_programmes=False,
    ),
    Ground(
        "checked_unchanged", "核查没有明显变化", "没有变化", _ALL, (Do.UNCHANGED,),
        (Is.INCOME, Is.PROPERTY, Is.WORK, Is.ILLNESS, Is.DISABILITY, Is.LABOUR, Is.OBLIGOR, Is.SCHOOL, Is.OTHER),
        ("D31", "T25", "R4", "D8", "L46"),
    ),
)  # fmt: skip
