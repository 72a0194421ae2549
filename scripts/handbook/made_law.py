"""What the handbook says about the law, made from the law floor: rules with worked examples, figures, procedure, words."""

from __future__ import annotations

import datetime as dt
import inspect
import json
from collections.abc import Callable, Iterable
from typing import Any

import yaml
from made_after import grounds
from shelves import ROOT
from staging import Broken

from yimen.law import procedure, terms
from yimen.law.reckon_fields import Field
from yimen.law.reckon_file import BadFile, main_reckon
from yimen.law.reckon_more import ABILITY, SPENT, TEKUN
from yimen.law.standards import KEYS, Unset, chain, shipped_book
from yimen.law.terms import Order, Programme, Role, Stage, Term

DEMO, COUNTRY = "990101", "000000"
DAY = dt.date(2026, 11, 24)
BODIES = {
    "VILLAGE_OR_TOWNSHIP": "村（社区）、乡街",
    "TOWNSHIP": "乡街",
    "DISTRICT": "区级",
    "DECIDING": "当天有确认权限的机关",
}
WORDS = {
    "Programme": "救助项目", "Level": "层级", "OfficeKind": "机构", "Role": "岗位", "Duty": "须备案的工作人员", "Order": "办理次序",
    "DelegationMode": "权限移交方式", "Stage": "环节", "AppliedBy": "申请方式", "Sex": "性别", "Relation": "与申请人关系",
    "KinRelation": "近亲属关系", "Marriage": "婚姻", "DisabilityKind": "残疾类别", "WorkCapacity": "劳动能力", "IncomeKind": "收入类别",
    "Period": "期间", "PropertyKind": "财产种类", "ExpenseKind": "支出种类", "PovertyCause": "致贫原因", "Match": "比对结果",
    "Treatment": "差异的处理", "MaterialState": "材料的情形", "Tone": "标签颜色",
}  # fmt: skip


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; bars and line ends inside a cell would break it."""

    def line(cells: Iterable[object]) -> str:
        return "| " + " | ".join(str(cell).replace("|", "｜").replace("\n", " ") or "—" for cell in cells) + " |"

    names = list(head)
    return "\n".join([line(names), line("---" for _ in names), *(line(row) for row in rows)])


# -- words ---------------------------------------------------------------------------------


def words(_: str) -> str:
    """Every list of terms: label and stored word."""
    lists = [
        member for _, member in inspect.getmembers(terms, inspect.isclass)
        if issubclass(member, Term) and member is not Term
    ]  # fmt: skip
    lists.sort(key=lambda kind: inspect.getsourcelines(kind)[1])
    parts = []
    for kind in lists:
        rows = [(word.label, f"`{word.value}`") for word in kind]
        parts.append(f"## {WORDS.get(kind.__name__, kind.__name__)}\n\n{table(('用语', '存储的词'), rows)}")
    return "\n\n".join(parts)


# -- procedure -----------------------------------------------------------------------------


def _who(row: procedure.Step) -> str:
    return "、".join(Role(role).label for role in row.roles) or "程序（收到结果文件时）"


def _named(codes: Iterable[str], names: dict[str, str]) -> str:
    return "、".join(
        names.get(code.rstrip("?"), code) + ("（部分情形）" if code.endswith("?") else "") for code in codes
    )


def papers() -> dict[str, str]:
    """Code → title of every paper."""
    import tomllib

    found = {}
    for path in sorted((ROOT / "yimen/base/papers/forms").glob("*.toml")):
        form = tomllib.loads(path.read_text(encoding="utf-8"))
        if "title" in form:
            found[str(form.get("code", path.stem))] = str(form["title"])
    return found


def steps(order: str) -> str:
    """The procedure table of one order: every act with stages, people, papers, clocks, articles."""
    names = papers()
    clocks = {code: rule.label for code, rule in procedure.CLOCKS.items()} | {"*": "全部"}
    rows = [
        (
            row.label, row.paragraph, "、".join(Stage(stage).label for stage in row.stages) or "（开始）",
            "、".join(Stage(stage).label for stage in row.to) or "不变", f"{BODIES[row.body.name]}：{_who(row)}",
            _named(row.papers, names), _named(row.starts, clocks), "；".join(row.articles),
        )
        for row in procedure.TABLES[Order(order)]
    ]  # fmt: skip
    return table(("办理", "方案", "从哪个环节", "到哪个环节", "谁办", "文书", "起算时限", "依据"), rows)


def separation(_: str) -> str:
    """Acts that must not be done by who did another one, and acts that ask for the second factor."""
    duties = {
        "investigators": "本件的调查人员",
        "proposer": "拟定审核意见的人",
        "decider": "作出决定的人",
        "handler": "经办人",
    }
    seen: dict[str, tuple[str, str]] = {}
    for order in Order:
        for row in procedure.TABLES[order]:
            if row.apart_from or row.second_factor:
                apart = "、".join(duties.get(name, name) for name in row.apart_from)
                seen[row.label] = (apart, "要" if row.second_factor else "不要")
    return table(("办理", "不能由谁办", "动态口令"), ((label, *rest) for label, rest in seen.items()))


def clocks(asked: str) -> str:
    """The statutory clocks and their length by the national documents, and in the demo district; of one programme."""
    rules = procedure.PROGRAMME_CLOCKS[Programme(asked)] if asked else procedure.CLOCKS
    rows = [
        (
            rule.label,
            rule.who,
            _value(rule.key, COUNTRY),
            _value(rule.key, DEMO),
            f"`{rule.key}`",
            "；".join(rule.articles),
        )
        for rule in rules.values()
    ]
    return table(("时限", "谁遵守", "全国的规定", "示例区", "参数", "依据"), rows)


# -- figures -------------------------------------------------------------------------------


def _value(key: str, area: str) -> str:
    try:
        found = shipped_book().figure(key, chain(area), DAY)
    except Unset:
        return "未设置"
    return "（成组的值，见“政策与标准”）" if isinstance(found.value, dict | list) else found.shown()


def _status(code: str) -> str:
    """Label of a status that keeps a person out of the household."""
    rows = shipped_book().figure("member.excluded_statuses", chain(COUNTRY), DAY).as_rows()
    return next((str(row["label"]) for row in rows if row.get("code") == code), code)


def figures(asked: str) -> str:
    """Figures whose group or key begins with one of the words; all of them, by group, without any."""
    wanted = asked.split()
    chosen = [
        key
        for key in KEYS.values()
        if not wanted or any(key.key.startswith(word) or key.group == word for word in wanted)
    ]
    if not chosen:
        raise Broken(f"no figure begins with {asked}")
    groups = dict.fromkeys(key.group for key in chosen)
    parts = []
    for group in groups:
        rows = [
            (key.label, f"`{key.key}`", key.set_by, key.blocks or "（不影响办理）", _value(key.key, DEMO), key.basis)
            for key in chosen if key.group == group
        ]  # fmt: skip
        head = "" if wanted else f"## {group}\n\n"
        parts.append(head + table(("参数", "名称", "谁设置", "未设置时停下的办理", "示例区的值", "依据"), rows))
    return "\n\n".join(parts)


# -- worked examples -----------------------------------------------------------------------


def _case(file: str, title: str) -> dict[str, Any]:
    path = ROOT / "tests/law/cases" / f"{file}.yaml"
    cases = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # texts only
    for case in cases:
        if title in case["title"]:
            return dict(_merged(case))
    raise Broken(f"no case of {file} has {title} in its title")


def _merged(value: Any) -> Any:
    """``<<: *other`` of YAML, which the plain loader leaves standing."""
    if isinstance(value, list):
        return [_merged(item) for item in value]
    if not isinstance(value, dict):
        return value
    own = {name: _merged(item) for name, item in value.items() if name != "<<"}
    return {**_merged(value["<<"]), **own} if "<<" in value else own


def _household(house: dict[str, Any]) -> str:
    """The facts of a case in words."""
    names = {person["ref"]: person["name"] for person in house["people"]}
    lines = [_person(person) for person in house["people"]]
    lines += [f"收入　{names.get(row.get('person'), '')}：{_income(row)}" for row in house.get("incomes", ())]
    lines += [f"财产　{row.get('label') or row['kind']} {row.get('value', '')}" for row in house.get("properties", ())]
    lines += [f"支出　{row.get('label') or row['kind']} {_stated(row)}" for row in house.get("expenses", ())]
    lines += [_obligor(row) for row in house.get("obligors", ())]
    lines += [_ability(row, house) for row in house.get("abilities", ())]
    lines += [_essential(row, names) for row in house.get("spent", ())]
    lines += [_tekun(row, names) for row in house.get("tekun", ())]
    return "\n".join(f"- {line}" for line in lines)


def _person(person: dict[str, Any]) -> str:
    parts = [person.get("relation", ""), f"{person['birth_date']} 出生"]
    parts += [person[key] for key in ("work_capacity", "other_programme") if person.get(key)]
    if person.get("status"):
        parts.append(_status(person["status"]))
    if person.get("disability_grade"):
        parts.append(f"{person.get('disability', '')}残疾{person['disability_grade']}级")
    return f"{person['name']}：{'，'.join(part for part in parts if part)}"


def _stated(row: dict[str, Any]) -> str:
    return f"{row['amount']} 元（{row.get('period', '每月')}）" if "amount" in row else "推算"


def _income(row: dict[str, Any]) -> str:
    costs = f"，成本 {row['costs']} 元" if row.get("costs") else ""
    return f"{row.get('label') or row['kind']} {_stated(row)}{costs}"


def _obligor(row: dict[str, Any]) -> str:
    income, actual = row.get("family_income", "没有取得"), row.get("actual", "0")
    return f"义务人　{row['name']}（{row.get('relation', '')}）：家庭月收入 {income}，实际给付 {actual}"


def _filled(fields: tuple[Field, ...], row: dict[str, Any], skip: frozenset[str]) -> str:
    """The filled fields of a row with their Chinese names."""
    told = ((field.chinese, row.get(field.name, "")) for field in fields if field.name not in skip)
    return "，".join(f"{chinese} {value}" for chinese, value in told if value)


def _ability(row: dict[str, Any], house: dict[str, Any]) -> str:
    names = {person["ref"]: person["name"] for person in house["people"]}
    names |= {f"obligor:{each.get('ref')}": each["name"] for each in house.get("obligors", ())}
    name = names.get(row.get("person") or f"obligor:{row.get('obligor')}", "")
    return f"义务人能力　{name}：{_filled(ABILITY, row, frozenset({'person', 'obligor'}))}"


def _essential(row: dict[str, Any], names: dict[str, str]) -> str:
    whose = names.get(row.get("person", ""), "全户")
    return f"必需支出　{whose}：{row.get('label') or row['kind']} {_filled(SPENT, row, frozenset({'ref', 'kind', 'person', 'label'}))}"


def _tekun(row: dict[str, Any], names: dict[str, str]) -> str:
    return f"特困　{names.get(row['person'], '')}：{_filled(TEKUN, row, frozenset({'person'}))}"


def reckon(asked: str) -> str:
    """A case of tests/law/cases, reckoned now: ``file | part of its title | sections to show``."""
    file, title, *wanted = [part.strip() for part in asked.split("|")]
    case = _case(file, title)
    house = case["household"]
    place = "示例区" if str(house.get("area", "")).startswith("99") else str(house.get("area", ""))
    head = f"**算例　{case['title']}**（{case['article']}；{house.get('urban', '城市')}，{place}，{house['date']}）\n\n{_household(house)}"
    which = None if "outcomes" in case["expect"] else Programme(case.get("programme", "dibao"))
    try:
        text = main_reckon(json.dumps(house, ensure_ascii=False), programme=which, person=case.get("person", ""))
    except BadFile as told:
        return f"{head}\n\n程序的回答：\n\n```\n{told.sentence}\n```"
    if which is None:
        return f"{head}\n\n程序算出：\n\n```\n{_side_by_side(text)}\n```"
    first, *sections = text.rstrip("\n").split("\n\n")
    asked_for = wanted[0].split() if wanted else []
    shown = [part for part in sections if not asked_for or any(word in part.splitlines()[0] for word in asked_for)]
    if len(shown) < len(asked_for):
        raise Broken(f"{file} | {title}: not every section of {asked_for} is there")
    result = "\n".join(first.splitlines()[1:])
    return f"{head}\n\n程序算出：\n\n```\n{result}\n\n" + "\n\n".join(shown) + "\n```"


def _side_by_side(text: str) -> str:
    """The table of results without the sheets below it and without its title."""
    return "\n".join(text.split("\n\n─", maxsplit=1)[0].rstrip().splitlines()[1:])


MADE: dict[str, Callable[[str], str]] = {
    "terms": words, "steps": steps, "separation": separation, "clocks": clocks, "figures": figures, "reckon": reckon,
    "grounds": lambda asked: grounds(asked, table),
}  # fmt: skip
