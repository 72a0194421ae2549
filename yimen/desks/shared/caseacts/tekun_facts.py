"""Page of 登记特困认定情况: one person at a time, with everybody who owes the person support."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from yimen.casework.applications import queries as applications
from yimen.casework.decisions import queries as decisions
from yimen.casework.investigation import acts, programme_queries as found
from yimen.casework.investigation.programme_entries import AbilityEntry, TekunEntry
from yimen.desks.shared.caseacts.one_person import GRADES, known_facts, others, who_of
from yimen.desks.shared.caseacts.page import CaseAct, Desk, case_act
from yimen.desks.shared.caseacts.parts import given
from yimen.desks.shared.fields import Hidden, Pick, Shown, TableForm, Text, Yes, Yuan, table_of, terms
from yimen.desks.shared.shapes import Fact, Section
from yimen.desks.shared.typed import whole
from yimen.law.calendar import age, today
from yimen.law.reckon_more import disabilities
from yimen.law.rules.applied import ApplicationFacts
from yimen.law.rules.members import ADULT
from yimen.law.rules.tekun_bearers import Bearer, bearers
from yimen.law.terms import (
    ChildBenefit,
    DisabilityKind,
    Inquiry,
    ObligorSituation,
    Schooling,
    SupportForm,
)

SCHOOL_FROM, SCHOOL_TO = 16, 26
KNOWN = [("yes", "已经查明"), ("no", "还没有查明")]
FITS = [("yes", "符合"), ("no", "不符合")]
ON_NOW = [("tekun", "特困人员"), ("dibao", "低保对象")]
NOT_ASKED = "以下由登记和核对得出，不用再填。"


NOBODY = "登记的家庭成员和户外义务人中，没有对其负有法定义务的成年人。"
WAYS = tuple(
    Fact(number, words)
    for number, words in (
        ("（一）", "特困人员"),
        ("（二）", "60周岁以上的低保对象"),
        ("（三）", "70周岁以上，本人收入低于上年度人均可支配收入，财产符合规定"),
        ("（四）", "重度残疾或者三级智力、精神残疾，收入、财产同上"),
        ("（五）", "无民事行为能力、被宣告失踪、在监狱服刑，财产符合规定"),
        ("（六）", "省里规定的其他情形"),
    )
)


class TekunForm(forms.Form):
    """What 特困 asks of the person; what is stored with the person is not asked."""

    person = Hidden()
    obligors_known = Pick(
        "法定赡养、抚养、扶养义务人",
        KNOWN,
        radio=True,
        article="查明以前，特困的结果一直是“不能核算”（民发〔2021〕43号第四条、第八条）。",
    )
    no_labour_ground = Pick("省里规定的其他无劳动能力情形", [], needed=False, empty="没有")
    disabilities = Text("多重残疾：各类别和等级", longest=100, needed=False)
    school = Pick("就读学校", terms(Schooling), needed=False, empty="不在学校就读")
    child_benefit_fits = Yes("同时符合孤儿或者事实无人抚养儿童的条件")
    child_benefit_choice = Pick("由监护人选择", terms(ChildBenefit), needed=False, empty="还没有选择")
    contracted_land = Yes("拥有承包土地")
    collective_income = Yes("参加农村集体经济收益分配")
    relocated = Yes("易地扶贫搬迁至城镇")
    form = Pick(
        "供养形式（本人自由选择）",
        terms(SupportForm),
        radio=True,
        needed=False,
        empty="以后再选",
        article="集中供养、分散供养由本人自由选择（社会救助法第十六条）。",
    )

    def __init__(self, *args: Any, who: Any, grounds: Sequence[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        years = age(who.person.birth_date, today())
        kind = (who.person.health or {}).get("disability_kind")
        self.fields["no_labour_ground"].choices = [("", "没有"), *((row.code, row.label) for row in grounds)]  # type: ignore[attr-defined]
        unasked = {
            "no_labour_ground": not grounds,
            "disabilities": kind != DisabilityKind.MULTIPLE,
            "school": not SCHOOL_FROM <= years < SCHOOL_TO,
            "child_benefit_fits": years >= ADULT,
            "child_benefit_choice": years >= ADULT,
        }
        for name, out in unasked.items():
            if out:
                del self.fields[name]

    def clean_disabilities(self) -> tuple[tuple[str, int], ...]:
        text = self.cleaned_data["disabilities"]
        try:
            return tuple((str(kind.value), grade) for kind, grade in disabilities(text)) if text else ()
        except ValueError as bad:
            raise forms.ValidationError(str(bad)) from bad


class AbilityForm(TableForm):
    """Whether one obligor can perform the duty (T8); empty is not established."""

    person_ref = Hidden(required=False)
    obligor_ref = Hidden(required=False)
    who = Shown("义务人")
    on_now = Pick("现享受", ON_NOW, needed=False, empty="—")
    own_income = Yuan("本人月收入（元）", needed=False)
    property_fits = Pick("财产符合低收入家庭规定", FITS, needed=False, empty="未查明")
    disability = Pick("残疾类别", terms(DisabilityKind))
    disability_grade = Pick("残疾等级", GRADES, needed=False, empty="—")
    situation = Pick("特别情形", terms(ObligorSituation), needed=False, empty="没有")
    local_ground = Pick("省里规定的其他情形", [], needed=False, empty="没有")
    inquiry = Pick("查明方式", terms(Inquiry), needed=False, empty="—")
    ground = Text("怎么查明的", longest=200, needed=False)

    def __init__(self, *args: Any, grounds: Sequence[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["local_ground"].choices = [("", "没有"), *((row.code, row.label) for row in grounds)]  # type: ignore[attr-defined]
        if not grounds:
            del self.fields["local_ground"]
        self.fields["who"].widget.attrs["data-wide"] = "id"
        for name in self.initial.get("settled", ()):
            self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind, grade = data.get("disability"), data.get("disability_grade")
        if kind not in (None, DisabilityKind.NONE) and not grade:
            self.add_error("disability_grade", "请选择残疾等级。")
        if grade and kind == DisabilityKind.NONE:
            self.add_error("disability", "请选择残疾类别。")
        if not self.errors and not self.entry(data).empty and not data.get("ground"):
            self.add_error("ground", "请写明是怎么查明的，例如残疾人证、判决书、邻里访问。")
        return data

    def entry(self, data: dict[str, Any]) -> AbilityEntry:
        """What was entered here; what the register or the person's own row tells is left out."""
        own = {name: value for name, value in data.items() if not self.fields[name].disabled}
        fits = own.get("property_fits")
        return AbilityEntry(
            person_ref=data.get("person_ref") or "",
            obligor_ref=data.get("obligor_ref") or "",
            on_tekun=own.get("on_now") == "tekun",
            on_dibao=own.get("on_now") == "dibao",
            own_income_fen=own.get("own_income"),
            property_fits=None if not fits else fits == "yes",
            disability=own.get("disability") or "none",
            disability_grade=int(own.get("disability_grade") or 0),
            situation=own.get("situation") or "",
            local_ground=own.get("local_ground") or "",
            ground=own.get("ground") or "",
            inquiry=own.get("inquiry") or "",
        )


class OwnerForm(TableForm):
    """Whose a thing is that was declared for the household."""

    thing = Hidden()
    label = Shown("财产")
    owner = Pick("归谁所有", [], needed=False, empty="还没有查明")

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].choices = [("", "还没有查明"), *people]  # type: ignore[attr-defined]


Owners = table_of(OwnerForm, extra=0, max_num=40, absolute_max=60)
Abilities = table_of(AbilityForm, extra=0, max_num=40, absolute_max=60)


def _form_start(desk: Desk, who: Any) -> dict[str, Any]:
    record = found.tekun_records(desk.application).get(who.person_id)
    if record is None:
        return {"person": who.person.ref, "contracted_land": desk.application.household.land_mu > 0}
    kinds = "、".join(f"{DisabilityKind(kind).label}{dict(GRADES)[str(grade)]}" for kind, grade in record.disabilities)
    return {
        "person": who.person.ref,
        "obligors_known": "yes" if record.obligors_known else "no",
        "disabilities": kinds,
        **{
            name: getattr(record, name)
            for name in (
                "no_labour_ground", "school", "child_benefit_fits", "child_benefit_choice", "contracted_land",
                "collective_income", "relocated", "form",
            )
        },
    }  # fmt: skip


def _row(bearer: Bearer, registered: frozenset[str], said: dict[str, Any]) -> dict[str, Any]:
    ability, settled = bearer.ability, []
    ref_ = bearer.member.ref if bearer.member else ability.obligor
    kind, grade = ability.disability, ability.disability_grade
    if bearer.member is not None:
        kind, grade = bearer.member.disability, bearer.member.disability_grade
        settled += ["disability", "disability_grade"]
    if ref_ in registered:
        settled.append("on_now")
    return {
        "person_ref": ref_ if bearer.member else "",
        "obligor_ref": "" if bearer.member else ref_,
        "who": f"{bearer.name}（{bearer.relation}，{age(bearer.birth_date, today())}周岁）",
        "on_now": "tekun" if ability.tekun else "dibao" if ability.dibao else "",
        "own_income": ability.own_income_fen,
        "property_fits": {None: "", True: "yes", False: "no"}[ability.property_fits],
        "disability": str(kind.value),
        "disability_grade": str(grade) if grade else "",
        "situation": str(ability.situation.value) if ability.situation else "",
        "local_ground": ability.local_ground,
        "ground": said[ref_].ground if ref_ in said else "",
        "inquiry": said[ref_].inquiry if ref_ in said else "",
        "settled": settled,
    }


def _rows(desk: Desk, who: Any, facts: ApplicationFacts) -> list[dict[str, Any]]:
    stored = found.ability_records(desk.application)
    records = {(row.person or row.obligor).ref: row for row in stored}
    said = {(row.person or row.obligor).ref for row in stored if row.on_tekun or row.on_dibao}
    on_now = {(row.person or row.obligor) for row in facts.abilities if row.tekun or row.dibao}
    person = facts.household.person(who.person.ref)
    return [_row(bearer, frozenset(on_now - said), records) for bearer in bearers(facts, person, today())]


def _consent_note(desk: Desk, who: Any) -> str:
    without = [
        row.name for row in applications.obligors(desk.application)
        if row.supports_id == who.person_id and not applications.consent_of(desk.application, obligor=row)
    ]  # fmt: skip
    told = "没有查明的留空。"
    if not without:
        return told
    names = "、".join(without)
    return (
        f"{told}{names}没有授权查询（社会救助法第四十一条）。不授权或者找不到的，可以用入户、邻里、信函、评议查明"
        "（民发〔2021〕43号第十三条、第十四条），在“查明方式”里选；都查不清的选“各种方式都没有查清”。"
    )


def _build(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    who, item = who_of(desk, "tekun", data), desk.application
    facts = decisions.application_facts(item, today())
    labour, duty = found.local_choices(found.NO_LABOUR, item), found.local_choices(found.OBLIGOR_GROUNDS, item)
    form = TekunForm(data, prefix="tekun", who=who, grounds=labour, initial=_form_start(desk, who))
    rows = _rows(desk, who, facts)
    known = Section("known", f"{who.person.name}：已掌握的情况", NOT_ASKED, facts=known_facts(who, facts))
    parts = [known, Section("tekun", "特困认定要问的", form=form), *_shared(desk, data)]
    rest = others(desk, "record_tekun_facts", who)
    if not rows and (data is None or "abilities-TOTAL_FORMS" not in data):
        return [*parts, Section("none", "法定义务人", NOBODY), *rest]
    table = Abilities(data, prefix="abilities", initial=rows, form_kwargs={"grounds": duty})
    return [
        *parts,
        Section("abilities", "法定义务人有没有履行义务能力", _consent_note(desk, who), formset=table),
        Section("ways", "无履行义务能力的情形", "符合一项即可（民发〔2021〕43号第八条）。", facts=WAYS),
        *rest,
    ]


def _shared(desk: Desk, data: QueryDict | None) -> list[Section]:
    """Things declared for the household: 特困 looks at the person's own."""
    things, owners = found.shared_things(desk.application), found.owners(desk.application)
    if not things:
        return []
    start = [{"thing": thing.pk, "label": thing.label, "owner": owners.get(thing.pk, "")} for thing in things]
    people = [(row.person.ref, row.person.name) for row in desk.participants]
    table = Owners(data, prefix="owners", initial=start, form_kwargs={"people": people})
    return [Section("owners", "申报为全家的财产", "特困只看本人的财产，请写明归谁所有。", formset=table)]


def _entry(sections: Sequence[Section]) -> TekunEntry:
    data = given(sections, 1)
    tables: dict[str, Any] = {section.key: section.formset for section in sections if section.formset is not None}
    rows = list(tables["abilities"].forms) if "abilities" in tables else []
    owned = [row.cleaned_data for row in tables["owners"].forms] if "owners" in tables else []
    data["person_ref"] = data.pop("person")
    data["obligors_known"] = data["obligors_known"] == "yes"
    return TekunEntry(
        **data,
        abilities=[row.entry(row.cleaned_data) for row in rows],
        owners=[(key, row["owner"]) for row in owned if row["owner"] and (key := whole(row["thing"])) is not None],
    )


def _keep(desk: Desk, sections: Sequence[Section]) -> object:
    return acts.record_tekun_facts(desk.officer, desk.application.ref, version=desk.version, entry=_entry(sections))


case_act(
    CaseAct(
        "record_tekun_facts",
        _build,
        _keep,
        submit="保存，制书面声明",
        stored=lambda desk, data: _build(desk, None, None),
        whom=lambda desk: who_of(desk, "tekun").person.ref,
    )
)
