"""Help at the fields (T26): every field of the main job has it or explains itself; cited articles exist; it works without a script."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms

from tests.desks.case_hands import handler, text
from tests.rooms.world import make_world
from yimen.desks.shared.caseacts import _MODULES, load
from yimen.desks.shared.fieldhelp import HELP, help_of
from yimen.law import procedure
from yimen.law.articles import ARTICLES, UnknownArticle, chinese, cited
from yimen.law.terms import Order

# Names, dates, hours, places and remarks say by their label what goes in; so do uploads.
PLAIN = re.compile(
    r"(姓名|日期|时间|地点|电话|名称|说明|备注|内容|签收人|问|答|职业|民族|工作单位或学校|开户银行|单位|数量|组、楼栋|合同编号|机构|"
    r"主持人|记录人|带队人|核查事由|签署日期|评估人员|收函单位|复函|意见|情况|扫描件|照片|文书|材料|项目|发现|结论|身份|（票）|选本人|"
    r"是申请人的|是该工作人员的|要求配合|不一致的|告知申请人)"
)


def _forms() -> Iterator[type[forms.Form]]:
    load()
    names = [
        "yimen.desks.township.intake.forms",
        "yimen.desks.shared.batches.recertifying",
        "yimen.desks.township.recertify.one",
        "yimen.desks.township.changes.forms",
        "yimen.desks.township.platform.home",
        "yimen.desks.township.platform.handling",
        "yimen.desks.township.foreign.home",
        "yimen.desks.township.foreign.filling",
        "yimen.desks.district.banks.forms",
        "yimen.desks.district.comparison.acting",
        "yimen.desks.district.funds.forms",
        "yimen.desks.township.comparison.acting",
        "yimen.desks.township.comparison.consenting",
        "yimen.desks.township.recoveries.forms",
        "yimen.desks.township.relief.forms",
        "yimen.desks.township.money.banks.failures",
        "yimen.desks.township.money.banks.files",
        "yimen.desks.township.money.banks.letters",
        "yimen.desks.township.money.banks.returns",
        "yimen.desks.township.changes.laterforms",
        "yimen.desks.shared.accounts.forms",
        "yimen.desks.township.closing.acting",
        "yimen.desks.district.closing.pages",
        "yimen.desks.township.money.custody",
        "yimen.desks.township.money.holds",
        "yimen.desks.township.money.rolls.acting",
        *(f"yimen.desks.shared.caseacts.{name}" for name in (*_MODULES, "visit_forms")),
    ]
    for name in names:
        module = import_module(name)
        for found in vars(module).values():
            if inspect.isclass(found) and issubclass(found, forms.Form) and found.__module__ == name:
                yield found


FORMS = list(dict.fromkeys(_forms()))


def _help(form: type[forms.Form], name: str) -> object:
    return help_of(form.__new__(form), name)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.__module__.rpartition('.')[2]}.{form.__name__}")
def test_every_field_is_explained_or_explains_itself(form: type[forms.Form]) -> None:
    silent = [
        f"{name}：{field.label}"
        for name, field in form.base_fields.items()
        if not isinstance(field.widget, forms.HiddenInput) and not field.disabled and not _help(form, name)
        and not PLAIN.search(str(field.label))
    ]  # fmt: skip
    assert silent == []


def test_help_is_for_fields_that_exist() -> None:
    known = {f"{form.__name__}.{name}" for form in FORMS for name in form.base_fields} | {
        "RequestForm.reason",
        "HandOverForm.staff_ref",
        "HandOverForm.reason",
    }
    assert {key for key in HELP if not key.endswith("_*")} <= known


def test_help_is_short_and_plain() -> None:
    for key, found in HELP.items():
        assert found.text.endswith("。") and len(found.text) <= 90, key
        assert not re.search(r"[,;:?!]|审批", found.text + found.example), key


@pytest.mark.parametrize("code", sorted({code for found in HELP.values() for code in found.articles}))
def test_cited_articles_exist(code: str) -> None:
    assert cited(code)


@pytest.mark.parametrize("code", ["D0", "D43", "L79", "N四（四）", "N六（一）", "P一（一）", "X1", "D", "L七"])
def test_an_article_that_does_not_exist_cannot_be_cited(code: str) -> None:
    with pytest.raises(UnknownArticle):
        cited(code)


def test_the_procedure_cites_what_exists_too() -> None:
    known = {f"第{chinese(number)}条" for _, last in ARTICLES.values() for number in range(1, last + 1)}
    for order in Order:
        for row in procedure.TABLES[order]:
            for article in row.articles:
                last = article[article.index("第") :] if "条" in article else ""
                assert not last or last in known, f"{row.act}: {article}"


def test_numbers_of_articles() -> None:
    assert [chinese(number) for number in (1, 10, 11, 20, 42, 78)] == ["一", "十", "十一", "二十", "四十二", "七十八"]


def test_the_page_shows_rule_example_and_article(db: None) -> None:
    page = text(handler(make_world()).get("/township/intake/"))
    assert "“申请方式”怎么填、依据" in page and "依据：民发〔2021〕57号第六条、实施方案四（一）" in page
    assert "各栏怎么填、依据" in page and "例：老两口同住：本人、配偶" in page
