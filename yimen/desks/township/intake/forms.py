"""The entries of an application, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse_lazy

from yimen.desks.shared.fields import (
    Day,
    Hidden,
    IdentityNumber,
    Name,
    Number,
    Pick,
    Shown,
    TableForm,
    Text,
    Whole,
    Yes,
    Yuan,
    table_of,
    terms,
)
from yimen.law.terms import (
    AppliedBy,
    DisabilityKind,
    ExpenseKind,
    IncomeKind,
    KinRelation,
    Marriage,
    MaterialState,
    Period,
    PovertyCause,
    Programme,
    PropertyKind,
    Relation,
    WorkCapacity,
)

GRADES = [("1", "一级"), ("2", "二级"), ("3", "三级"), ("4", "四级")]
NOT_COUNTED = [
    ("prison", "在监狱服刑"),
    ("rehab", "强制隔离戒毒"),
    ("missing", "宣告失踪"),
    ("clergy", "脱离家庭三年以上的宗教教职人员"),
]
LIVES = [("yes", "共同生活"), ("long", "长期共同生活（有法定义务）"), ("no", "不在一起生活")]
SINGLE = [
    ("edge_disability", "边缘家庭中的重度残疾人"),
    ("edge_illness", "边缘家庭中的重病患者"),
    ("clergy", "宗教教职人员"),
    ("like_single", "成年无业重度残疾人（参照单人户）"),
]
PROJECTS = [
    ("wage", "工资、打工收入"),
    ("pension", "养老金、离退休金"),
    ("support", "赡养（抚养、扶养）费"),
    ("business", "经营收入"),
    ("land", "种植、土地收入"),
    ("rent", "出租、利息、分红"),
    ("subsidy", "补贴、补助"),
    ("other", "其他"),
]


def look_up(field: forms.Field) -> None:
    """A number is looked up as soon as it is typed: sex, birth, age, known person, other household (T12)."""
    field.widget.attrs.update(
        {
            "hx-post": str(reverse_lazy("township:identity")),
            "hx-trigger": "change",
            "hx-target": "next [data-seen]",
            "hx-swap": "innerHTML",
            "hx-include": "[name=csrfmiddlewaretoken]",
        }
    )


class MethodForm(forms.Form):
    """Who brings the application, where the household lives."""

    applied_by = Pick(
        "申请方式",
        terms(AppliedBy),
        radio=True,
        article="申请人填写有困难的，可以委托家属、村（社区）或他人代办（实施方案四（一）；民发〔2021〕57号第六条）。",
    )
    village = Pick("村（社区）", [], article="向户籍所在地乡街申请（民发〔2021〕57号第四条）。")
    group = Text("组、楼栋", longest=40, needed=False)
    address = Text("住址", longest=120)
    land_mu = Number("承包土地（亩）", needed=False)
    away_from_hukou = Yes("人户分离（户籍地与居住地不一致）")
    dictated = Yes("口述代填（有见证人在场）")
    witness = Name("见证人", longest=100, needed=False)
    agent_name = Name("代办人姓名", longest=100, needed=False)
    agent_relation = Text("代办人与申请人关系", longest=40, needed=False)
    agent_identity = IdentityNumber("代办人身份证号", needed=False)
    agent_phone = Text("代办人电话", longest=30, needed=False)
    agent_reason = Text("委托原因", longest=200, needed=False)
    agent_until = Day("委托期限至", needed=False)

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["village"].choices = villages  # type: ignore[attr-defined]
        look_up(self.fields["agent_identity"])

    def clean(self) -> Mapping[str, Any]:
        data = super().clean() or {}
        if data.get("applied_by") not in (None, AppliedBy.SELF):
            for name in ("agent_name", "agent_relation", "agent_reason", "agent_until"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, f"委托代办的，请填写{self.fields[name].label}。")
        if data.get("dictated") and not data.get("witness"):
            self.add_error("witness", "口述代填的，请填写见证人姓名。")
        return data


class MemberForm(TableForm):
    """One member; the first row is the applicant."""

    name = Name("姓名", longest=100)
    identity = IdentityNumber()
    relation = Pick("与申请人关系", terms(Relation), empty="请选择")
    marriage = Pick("婚姻", terms(Marriage))
    phone = Text("电话", longest=30, needed=False)
    work_capacity = Pick("劳动能力", terms(WorkCapacity), empty="请选择")
    employed = Yes("在业")
    student = Yes("全日制在校")
    occupation = Text("工作单位或学校", longest=60, needed=False)
    disability_kind = Pick("残疾类别", terms(DisabilityKind))
    disability_grade = Pick("残疾等级", GRADES, needed=False, empty="—")
    disability_number = Text("残疾证号", longest=24, needed=False)
    illness = Text("重病名称", longest=60, needed=False)
    lives = Pick("居住情况", LIVES)
    dependent = Yes("成年但不能独立生活")
    not_counted = Pick("不计入家庭的情形", NOT_COUNTED, needed=False, empty="无")
    nationality = Text("民族", longest=20, initial="汉族")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        look_up(self.fields["identity"])

    def clean(self) -> Mapping[str, Any]:
        data = super().clean() or {}
        if data.get("disability_kind") not in (None, DisabilityKind.NONE) and not data.get("disability_grade"):
            self.add_error("disability_grade", "请选择残疾等级。")
        return data


class ObligorForm(TableForm):
    """A person outside the household with a legal support duty."""

    name = Name("姓名", longest=100)
    identity = IdentityNumber()
    relation = Pick(
        "是被赡养（抚养）人的",
        terms(Relation, Relation.SELF),
        empty="请选择",
        ask="请选择义务人与被赡养（抚养）人的关系。",
    )
    supports = Whole("赡养成员序号", least=1, most=30, initial=1)
    occupation = Text("职业", longest=60, needed=False)
    family_size = Whole("家庭人口", least=1, most=30, initial=1)
    monthly_income = Yuan("其家庭月收入（元）", needed=False)
    agreed_fee = Yuan("每月实际给付（元）", needed=False)
    supported_count = Whole("共赡养几人", least=1, most=20, initial=1)
    inability_reason = Text("无力给付的原因", longest=200, needed=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        look_up(self.fields["identity"])


class IncomeForm(TableForm):
    """A declared income in yuan for its period."""

    member = Whole("成员序号（0 为全家）", least=0, most=30, initial=1)
    kind = Pick("类别", terms(IncomeKind), empty="请选择")
    project = Pick("项目", PROJECTS, empty="请选择")
    label = Text("说明", longest=60, needed=False)
    amount = Yuan("金额（元）")
    period = Pick("期间", terms(Period))
    quantity = Number("数量", needed=False)
    unit = Text("单位", longest=10, needed=False)


class PropertyForm(TableForm):
    """A declared property."""

    member = Whole("成员序号（0 为全家）", least=0, most=30, initial=1)
    kind = Pick("种类", terms(PropertyKind), empty="请选择")
    label = Text("名称", longest=80)
    value = Yuan("价值（元）", needed=False)
    quantity = Number("数量", needed=False)
    detail = Text("坐落、号牌或开户行", longest=120, needed=False)


class ExpenseForm(TableForm):
    """A declared rigid expense."""

    member = Whole("成员序号（0 为全家）", least=0, most=30, initial=1)
    kind = Pick("类别", terms(ExpenseKind), empty="请选择")
    label = Text("内容", longest=80)
    amount = Yuan("金额（元）")
    period = Pick("期间", terms(Period))


class ReasonForm(forms.Form):
    """Why they apply, and for what if they name it."""

    wished = Pick(
        "希望的救助项目",
        terms(Programme),
        needed=False,
        empty="不指定",
        article="一次申请、分类审核认定：不论填哪一项，都按每个项目审核，符合哪一项按哪一项提出意见。",
    )
    poverty_cause = Pick("主要致贫原因", terms(PovertyCause), empty="请选择")
    reason = Text("申请理由", longest=2000, rows=4)
    single_person = Yes(
        "单独申请（单人保）",
        article="边缘家庭中的重度残疾人、重病患者等可以单独提出申请（民发〔2021〕57号第八条），须写明理由。",
    )
    single_person_ground = Pick("单独申请的情形", SINGLE, needed=False, empty="—")
    single_person_reason = Text("单独申请的理由", longest=200, needed=False)

    def clean(self) -> Mapping[str, Any]:
        data = super().clean() or {}
        if data.get("single_person"):
            for name in ("single_person_ground", "single_person_reason"):
                if not data.get(name):
                    self.add_error(name, f"单独申请的，请填写{self.fields[name].label}。")
        return data


class AccountForm(forms.Form):
    """The account for the allowance; asked only while none is stored."""

    account_holder = Name("开户人", longest=100, needed=False)
    account_relation = Pick("开户人是申请人的", terms(Relation), needed=False, empty="—")
    account_bank = Text("开户银行", longest=80, needed=False)
    account_number = Text("银行账号", longest=30, needed=False)

    def clean(self) -> Mapping[str, Any]:
        data = super().clean() or {}
        given = [name for name in ("account_holder", "account_bank", "account_number") if data.get(name)]
        if given and len(given) < 3:
            self.add_error(None, "领取账户请把开户人、开户银行和银行账号都填上，或者都留空以后再填。")
        return data


class RelativeSwitchForm(forms.Form):
    """The applicant's statement on close relatives (plan 四(一); D11)."""

    relative_declared = Pick(
        "与民政干部、社会救助经办人员、村（社区）两委成员有没有近亲属关系",
        [("no", "没有"), ("yes", "有（在下面填写）")],
        radio=True,
        ask="请选择有没有近亲属关系。",
        article="应当如实申明并填写近亲属备案表（实施方案四（一）；民发〔2021〕57号第十一条）。备案不影响受理。",
    )


class RelativeForm(TableForm):
    """One close relation."""

    member = Whole("成员序号", least=1, most=30, initial=1)
    relation = Pick("是该工作人员的", terms(KinRelation), empty="请选择", ask="请选择这名成员与该工作人员的关系。")
    staff = Pick("工作人员", [], empty="请选择")

    def __init__(self, *args: Any, staff: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["staff"].choices = [("", "请选择"), *staff]  # type: ignore[attr-defined]


class MaterialForm(TableForm):
    """How a required paper was established."""

    code = Hidden()
    label = Shown("材料")
    state = Pick("状态", terms(MaterialState))
    note = Text("说明", longest=200, needed=False)


def _table(form: type[forms.Form], *, extra: int, longest: int = 30) -> Any:
    """A table of rows; a wholly empty row is no entry."""
    return table_of(form, extra=extra, max_num=longest, absolute_max=longest + 10, can_delete=True)


Members = _table(MemberForm, extra=2)
Obligors = _table(ObligorForm, extra=1)
Incomes = _table(IncomeForm, extra=2)
Properties = _table(PropertyForm, extra=2)
Expenses = _table(ExpenseForm, extra=1)
Relatives = _table(RelativeForm, extra=1)
Materials = table_of(MaterialForm, extra=0, max_num=40, absolute_max=60)
