"""Pages of opinion and decision (S8): propose, approve, refuse, send back, extend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from yimen.base.figures import queries as figures
from yimen.casework.decisions import acts, queries
from yimen.casework.decisions.decision_acts import GROUNDS_KEY, OTHER_GROUND
from yimen.desks.shared.caseacts import granting
from yimen.desks.shared.caseacts.decision_side import decision_side, opinion_side, other_ways, reckoning_link
from yimen.desks.shared.caseacts.page import CaseAct, Desk, case_act
from yimen.desks.shared.caseacts.parts import given
from yimen.desks.shared.fields import Pick, Text
from yimen.desks.shared.shapes import Block, Fact, Section
from yimen.law.calendar import today
from yimen.law.reckoning import Reckoning
from yimen.law.standards import Unset
from yimen.law.terms import Programme, Stage

OPINIONS = [("yes", "拟予以确认"), ("no", "拟不予确认")]


class ProposeForm(forms.Form):
    """The township's opinion; it must equal what the Reckoning proposes."""

    approve = Pick("审核意见", OPINIONS, radio=True)
    reasons = Text(
        "意见和理由",
        longest=2000,
        rows=4,
        article="审核意见应与核算结果一致；对收入、财产有不同认定的，先处理差异或重新调查（民发〔2021〕57号第十九条）。",
    )
    grants = Pick("确认（认定）的项目", [], needed=False, radio=True)
    departure = Text("没有按建议提出意见的理由", longest=2000, rows=2, needed=False)
    single_reason = Text(
        "单独申请的理由",
        longest=200,
        needed=False,
        article="低保边缘家庭中的重度残疾人、重病患者经本人申请，可以参照单人户纳入低保；必须写明理由。",
    )

    def __init__(self, *args: Any, outlook: queries.Outlook | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        # What there is no choice about is not asked.
        if outlook is None or outlook.plain:
            for name in ("grants", "departure", "single_reason"):
                del self.fields[name]
            return
        self.fields["grants"].choices = granting.choices(outlook)  # type: ignore[attr-defined]
        self.fields["grants"].initial = granting.AS_PROPOSED
        if outlook.alone:
            names = "、".join(dict.fromkeys(each.name for each in outlook.alone))
            self.fields["single_reason"].label = f"{names}单独申请的理由（本人没有申请的不填）"
        else:
            del self.fields["single_reason"]


class ProposeAgainForm(ProposeForm):
    """After an objection to the public notice: what came of it."""

    objection_result = Text("公示异议的处理结果", longest=2000, rows=3)


def _waiting(desk: Desk) -> list[Any]:
    return [row for row in queries.objections(desk.application) if row.answer and not row.result]


def _propose(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    outlook = granting.outlook_of(desk, data)
    waiting = _waiting(desk)
    kind = ProposeAgainForm if waiting else ProposeForm
    facts = [Fact(f"{row.raised_on:%Y-%m-%d} 的公示异议", row.content) for row in waiting]
    form = kind(data, prefix="opinion", initial=_first(outlook), outlook=outlook)
    return [Section("opinion", "审核意见", form=form, facts=facts)]


def _first(outlook: queries.Outlook | None) -> dict[str, str]:
    """What the rules propose, in the words that the opinion begins with."""
    if outlook is None or outlook.stopping:
        return {}
    proposed = outlook.assessment.proposed
    speaks = queries.principal(proposed) or queries.principal(
        [each for each in outlook.assessment.outcomes if each.reckoning and each.programme is Programme.DIBAO]
    )
    sheets = proposed if len(proposed) > 1 else [speaks] if speaks else []
    words = "".join(each.reckoning.proposal for each in sheets if each.reckoning)
    if outlook.resolved:
        words = f"{words if proposed else ''}按一事一议会议纪要认定为刚性支出困难家庭。"
    return {"approve": "yes" if proposed or outlook.resolved else "no", "reasons": words}


def _keep_opinion(desk: Desk, sections: Sequence[Section]) -> object:
    data = given(sections)
    data["approve"] = data["approve"] == "yes"
    if "grants" in data:
        data["grants"] = granting.keys_of(data["grants"])
    return acts.propose(desk.officer, desk.application.ref, version=desk.version, **data)


def _opinion_side(desk: Desk, sections: Sequence[Section]) -> Mapping[str, Any]:
    return opinion_side(desk)


def _steps(desk: Desk) -> list[Block]:
    returned = [Fact(f"{row.on:%Y-%m-%d} {row.by.name}", row.reason) for row in queries.sent_back(desk.application)]
    outlook = granting.outlook_of(desk)
    weighed = granting.side_block(outlook.assessment) if outlook else []
    return [*([Block("退回意见", facts=returned)] if returned else []), *weighed, reckoning_link(desk)]


case_act(
    CaseAct(
        "propose",
        _propose,
        _keep_opinion,
        submit="提出审核意见",
        context=_opinion_side,
        aside=_steps,
        template="township/opinion.html",
    )
)


class CodeForm(forms.Form):
    """A fresh second factor, in a form of its own without prefix."""

    code = Text(
        "动态口令",
        longest=12,
        article="确认决定须再次验证身份，输入验证器上当前的 6 位数字。",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class ApproveForm(forms.Form):
    """Approval follows the opinion to the fen; a word may be added."""

    reasons = Text("确认意见（不填写的，记为“同意审核意见”）", longest=2000, rows=2, needed=False)


class RefuseForm(forms.Form):
    """Why not: the failed conditions and their articles come from the Reckoning, the words from the decider."""

    reasons = Text("不予确认的理由", longest=2000, rows=4)
    other_programmes = Text("其他救助项目的审核情况", longest=2000, rows=2, needed=False)


class SendBackForm(forms.Form):
    """Where to, and why."""

    to = Pick("退回到", [], radio=True)
    reason = Text("退回理由", longest=2000, rows=3)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        words = {Stage.EXAMINING: "重新核算、拟定审核意见", Stage.INVESTIGATING: "重新调查核实"}
        self.fields["to"].choices = [(str(stage), text) for stage, text in words.items()]  # type: ignore[attr-defined]


def _approve(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    return [
        Section(
            "decide",
            "予以确认",
            "确认的内容就是审核意见的内容；决定作出后不能修改，通知书同时制发。",
            form=ApproveForm(data, prefix="decide"),
        ),
        Section("factor", "身份验证", form=CodeForm(data)),
    ]


def _refuse(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    opinion = queries.current_opinion(desk.application)
    failures = Reckoning.from_json(opinion.reckoning).failures if opinion else ()
    first = {"reasons": "".join(row.sentence for row in failures)}
    return [
        Section(
            "decide",
            "不予确认",
            "告知书写明理由、依据和救济途径，3 个工作日内送达。",
            form=RefuseForm(data, prefix="decide", initial=first),
        ),
        Section("factor", "身份验证", form=CodeForm(data)),
    ]


def _send_back(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    return [
        Section("decide", "退回", "退回后由乡街重新办理，原审核意见保留。", form=SendBackForm(data, prefix="decide"))
    ]


def _decide(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.approve(desk.officer, desk.application.ref, version=desk.version, code=desk.code, **given(sections))


def _decline(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.refuse(desk.officer, desk.application.ref, version=desk.version, code=desk.code, **given(sections))


def _return(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.send_back(desk.officer, desk.application.ref, version=desk.version, **given(sections))


def _decision(act: str, build: Any, run: Any, title: str, submit: str) -> CaseAct:
    """One of the three pages of the same experience."""

    def side(desk: Desk, sections: Sequence[Section]) -> Mapping[str, Any]:
        return decision_side(desk, act)

    def ways(desk: Desk) -> Sequence[Block]:
        return other_ways(desk, act)

    return case_act(
        CaseAct(
            act, build, run, title=title, submit=submit, context=side, aside=ways, template="township/decision.html"
        )
    )


_decision("approve", _approve, _decide, "确认决定", "予以确认，制确认通知书")
_decision("refuse", _refuse, _decline, "不予确认", "不予确认，制告知书")
_decision("send_back", _send_back, _return, "退回", "退回")


class ExtendForm(forms.Form):
    """On which ground the total limit is lengthened."""

    ground = Pick(
        "延期事由",
        [],
        empty="请选择",
        article="延期须有法定的特殊情况，期限届满前由经办人以外的人批准（民发〔2021〕57号第二十二条、民发〔2022〕83号四（一））。",
    )
    facts = Text("具体情况", longest=2000, rows=3)

    def __init__(self, *args: Any, grounds: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["ground"].choices = [("", "请选择"), *((text, text) for text in grounds)]  # type: ignore[attr-defined]


def _extend(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    try:
        listed = figures.figure(GROUNDS_KEY, desk.application.village_id, today()).as_texts()
    except Unset:
        listed = ()
    due = queries.total_due(desk.application)
    facts = [Fact("现有期限", f"{due:%Y-%m-%d}" if due else "没有在计时")]
    facts += [
        Fact("已延期", f"{row.ground}：{row.old_due:%Y-%m-%d} 延至 {row.new_due:%Y-%m-%d}", row.by.name)
        for row in queries.extensions(desk.application)
    ]
    form = ExtendForm(data, prefix="extend", grounds=[*listed, OTHER_GROUND])
    return [Section("extend", "延长审核确认期限", "只能延一次，在期限届满之前。", form=form, facts=facts)]


def _keep_extend(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.extend(desk.officer, desk.application.ref, version=desk.version, **given(sections))


case_act(CaseAct("extend", _extend, _keep_extend, submit="批准延期，制延期审批表"))
