"""Forms as a desk would have them, for the samples."""

from __future__ import annotations

from typing import Any

from django import forms

from yimen.desks.shared.fields import Name


class MethodForm(forms.Form):
    applied_by = forms.ChoiceField(
        label="申请方式",
        choices=[("self", "本人（家庭成员）申请"), ("family", "委托家属代办"), ("village", "委托村（社区）代办")],
        widget=forms.RadioSelect(attrs={"data-inline": True}),
    )
    agent = forms.CharField(label="代办人姓名", required=False, help_text="委托办理时填写，并附委托书。")
    phone = forms.CharField(label="联系电话")
    applied_on = forms.DateField(label="申请日期", widget=forms.DateInput(attrs={"type": "date"}))
    cause = forms.ChoiceField(
        label="主要致贫原因", choices=[("", "请选择"), ("illness", "因病"), ("disability", "因残")]
    )
    reason = forms.CharField(label="申请理由", widget=forms.Textarea)
    dictated = forms.BooleanField(label="口述代填（有见证人在场）", required=False)


class MemberForm(forms.Form):
    name = Name("姓名")
    number = forms.CharField(label="身份证号")
    relation = forms.ChoiceField(
        label="与申请人关系", choices=[("self", "本人"), ("spouse", "配偶"), ("child", "子女")]
    )
    work = forms.ChoiceField(label="劳动能力", choices=[("able", "有劳动能力"), ("lost", "丧失劳动能力")])
    disabled = forms.BooleanField(label="残疾", required=False)


class IncomeForm(forms.Form):
    person = forms.CharField(label="谁的收入")
    kind = forms.ChoiceField(label="种类", choices=[("wage", "工资性收入"), ("transfer", "转移净收入")])
    amount = forms.CharField(label="金额（元）")
    period = forms.ChoiceField(label="周期", choices=[("month", "每月"), ("year", "每年")])


class VisitSample(forms.Form):
    who = forms.MultipleChoiceField(
        label="入户人员",
        choices=[("1", "李经办（街道）"), ("2", "张网格（社区）")],
        widget=forms.CheckboxSelectMultiple,
    )
    people = forms.ChoiceField(
        label="居住情况", choices=[("same", "与登记一致"), ("other", "不一致（写明）")], widget=forms.RadioSelect
    )
    people_note = forms.CharField(label="实际情况", required=False, widget=forms.Textarea)
    support = forms.ChoiceField(
        label="核实结果", choices=[("true", "属实"), ("false", "不属实，实际：")], widget=forms.RadioSelect
    )
    support_amount = forms.CharField(label="实际金额（元/月）", required=False)
    photo = forms.FileField(
        label="拍照或选图", required=False, widget=forms.ClearableFileInput(attrs={"accept": "image/*"})
    )


class DecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label="决定",
        choices=[("approve", "予以确认"), ("refuse", "不予确认"), ("return", "退回")],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label="理由", widget=forms.Textarea, help_text="不予确认和退回必须写明理由；不予确认还须写明条款。"
    )
    code = forms.CharField(label="动态口令", help_text="6 位数字，每次作出决定都要重新输入。")


class TreatmentForm(forms.Form):
    treatment = forms.ChoiceField(
        label="处理",
        choices=[("", "请选择"), ("accept_verified", "以核对结果为准"), ("accept_declared", "以申报为准（附佐证）")],
    )
    value = forms.CharField(label="认定值（元）")
    note = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 2}))


class LoginForm(forms.Form):
    username = forms.CharField(label="用户名", widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(label="密码", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


class AskForm(forms.Form):
    code = forms.CharField(label="查询码", help_text="在申请回执上。")
    last_four = forms.CharField(label="身份证号后 4 位", widget=forms.TextInput(attrs={"autocomplete": "off"}))


class FileForm(forms.Form):
    file = forms.FileField(label="结果文件", help_text="Excel 或 JSON，一份请求对应一份结果。")


def formset(form: type[forms.Form], prefix: str, data: dict[str, str] | None = None) -> Any:
    return forms.formset_factory(form, extra=3, can_delete=True)(data, prefix=prefix)


def wrong_members() -> Any:
    data = {
        "members-TOTAL_FORMS": "2",
        "members-INITIAL_FORMS": "0",
        "members-0-name": "王秀兰",
        "members-0-number": "",
    }
    return formset(MemberForm, "members", {**data, "members-0-relation": "self", "members-0-work": "able"})


MethodForm.base_fields["cause"].article = "民发〔2021〕57号第八条：说明家庭主要困难，便于对应救助。"  # type: ignore[attr-defined]
