"""What the handbook says about the program, made from the program: commands, addresses, papers, every refusal."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from made_law import MADE as OF_THE_LAW, table
from shelves import ROOT
from staging import Broken

from yimen.bench.report import COLUMNS, shown

PACKAGE = ROOT / "yimen"
# Calls whose first text is said to somebody, and what the next argument is.
SPEAKING = {"Refused", "BadFile", "BadFacts", "BadIdentity", "BadName", "BadAmount", "BadCell", "BadRequest", "JobFailed", "Stop",
            "Stopped", "BadFigure", "MissingGlyph", "BadAnchor", "Cut", "error", "warning"}  # fmt: skip
# What is said of a row of a ledger: the column first, then the sentence.
OF_A_COLUMN = {"wrong", "problem"}
# Refusals that make their own sentence.
SELF_SPEAKING = {"Unset", "Unconfirmed", "Missing"}
ROOMS = (
    ("casework/households", "家庭与成员"),
    ("casework/applications", "申请、承诺授权、材料、近亲属"),
    ("casework/verification", "信息核对、比对"),
    ("casework/investigation", "调查、评议"),
    ("casework/decisions", "审核、公示、确认、送达"),
    ("casework/awards", "纳入保障"),
    ("base/powers", "政策与标准、权限移交、工作日历"),
    ("base/access", "权限、回避、岗位分离、同时办理"),
    ("base/offices", "账号与机构"),
    ("base/files", "上传的文件"),
    ("base/papers", "文书"),
    ("base", "其他机制"),
    ("gateways", "文件的导入、导出"),
    ("law", "填写的内容、参数和核算"),
    ("desks", "页面"),
    ("config", "启动检查（yimen check）"),
    ("", "命令"),
)
_HAN = re.compile(r"[一-鿿]")


@cache
def _django() -> None:
    """The settings want a folder for their keys; this one is thrown away."""
    folder = tempfile.TemporaryDirectory()
    _django.folder = folder  # type: ignore[attr-defined]
    os.environ["YIMEN_DATA"] = folder.name
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yimen.config.settings")
    import django

    django.setup()


def _said(arguments: list[str]) -> str:
    from yimen.cli import main

    _django()
    out = io.StringIO()
    os.environ["COLUMNS"] = "100"
    with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        main(arguments)
    return out.getvalue().strip("\n")


def command(asked: str) -> str:
    """A command and what it prints: ``yimen --help``."""
    words = asked.split()
    if words[0] != "yimen":
        raise Broken(f"{asked}: only yimen is run")
    said = _said(words[1:])
    if not said:
        raise Broken(f"{asked} says nothing")
    return f"```\n$ {asked}\n{said}\n```"


def commands(_: str) -> str:
    """The help of every command."""
    from yimen.cli import COMMANDS

    parts = [
        f"## yimen {name}\n\n{words}。\n\n{command(f'yimen {name} --help')}" for name, (words, _) in COMMANDS.items()
    ]
    return "\n\n".join(parts)


def routes(_: str) -> str:
    """Every address: what it does, to what, for whom."""
    _django()
    from yimen.desks.shared.routes import all_routes
    from yimen.law.terms import Role

    rows, _undeclared = all_routes()
    lines = [
        (f"`{row.path}`", "、".join(row.methods), row.action, row.object, row.scope,
         "公开" if row.public else "、".join(Role(role).label for role in row.roles) or "全部登录用户")
        for row in rows
    ]  # fmt: skip
    return f"共 {len(rows)} 个网址。\n\n{table(('网址', '方法', '动作', '对象', '范围', '岗位'), lines)}"


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "〈…〉" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _texts(value)


def _name(call: ast.Call) -> str:
    return (
        call.func.id
        if isinstance(call.func, ast.Name)
        else call.func.attr
        if isinstance(call.func, ast.Attribute)
        else ""
    )


def _is_guard(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and any(
        isinstance(mark, ast.Call) and _name(mark) in {"guard", "recusal"} for mark in node.decorator_list
    )


def _constants(tree: ast.Module) -> dict[str, str]:
    return {
        target.id: text
        for node in tree.body if isinstance(node, ast.Assign)
        for target in node.targets if isinstance(target, ast.Name)
        for text in _texts(node.value)
    }  # fmt: skip


def _sentences(path: Path) -> Iterator[tuple[str, str]]:
    """Sentence and code of every refusal of a file; a guard's answer has the guard's name as its code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = _constants(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (arguments := _speaking(node)):
            texts = [text for argument in arguments for text in _spoken(argument, known)]
            said = [text for text in texts if _HAN.search(text)]
            codes = [text for text in texts if re.fullmatch(r"[a-z][a-z0-9_.]*", text)]
            if said:
                yield "".join(said), codes[0] if codes else ""
        elif isinstance(node, ast.ClassDef) and node.name in SELF_SPEAKING:
            own = [text for part in ast.walk(node) if isinstance(part, ast.JoinedStr) for text in _texts(part)]
            yield from ((text, node.name) for text in own if _HAN.search(text))
        elif _is_guard(node):
            for part in ast.walk(node):
                if isinstance(part, ast.Return) and part.value is not None:
                    yield from ((text, node.name) for text in _spoken(part.value, known) if _HAN.search(text))


def _speaking(call: ast.Call) -> list[ast.expr]:
    """Those arguments of a call that may hold a sentence for the user."""
    if _name(call) in SPEAKING:
        return call.args[:3]
    if _name(call) in OF_A_COLUMN:
        return call.args[1:2]
    remark = isinstance(call.func, ast.Attribute) and getattr(
        call.func.value, "id", getattr(call.func.value, "attr", "")
    )
    return call.args if remark == "remarks" else []


def _spoken(node: ast.expr, known: dict[str, str]) -> Iterator[str]:
    if isinstance(node, ast.Name) and node.id in known:
        yield known[node.id]
    else:
        yield from _texts(node)


@cache
def all_refusals() -> dict[str, tuple[tuple[str, str], ...]]:
    """Per room (its Chinese name) the sentences that it may say, each once, in the order of the code."""
    found: dict[str, dict[str, str]] = {title: {} for _, title in ROOMS}
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE).as_posix()
        if "migrations" in path.parts or inside.startswith(("demo/", "bench/")):
            continue
        title = next(title for prefix, title in ROOMS if inside.startswith(prefix))
        for sentence, code in _sentences(path):
            found[title].setdefault(sentence.replace("\n", " "), code)
    return {title: tuple(rows.items()) for title, rows in found.items() if rows}


def refusals(_: str) -> str:
    """The catalogue."""
    parts = [
        f"## {title}\n\n{table(('提示', '代码'), ((said, f'`{code}`' if code else '') for said, code in rows))}"
        for title, rows in all_refusals().items()
    ]
    return f"共 {sum(len(rows) for rows in all_refusals().values())} 条。\n\n" + "\n\n".join(parts)


def forms(_: str) -> str:
    """The papers: title, basis, who signs, to whom it goes."""
    import tomllib

    rows = []
    for path in sorted((PACKAGE / "base/papers/forms").glob("*.toml")):
        form = tomllib.loads(path.read_text(encoding="utf-8"))
        if "title" in form:
            rows.append(
                (
                    form["title"],
                    form.get("basis", ""),
                    form.get("signed_by", ""),
                    form.get("to_applicant", ""),
                    f"`{path.stem}`",
                )
            )
    return f"共 {len(rows)} 种。\n\n{table(('文书', '依据', '谁签', '给申请人', '代码'), rows)}"


def bench(_: str) -> str:
    """The last measurements that were kept: `yimen bench --json > docs/bench.json`."""
    path = ROOT / "docs/bench.json"
    if not path.is_file():
        return "这一版还没有存下测量结果。运行 `yimen bench`，在自己的机器上量。"
    reports = json.loads(path.read_text(encoding="utf-8"))
    parts = []
    for report in reports if isinstance(reports, list) else [reports]:
        rows = [(row["name"], row["size"], shown(row["value"]), row["unit"], row["note"]) for row in report["measures"]]
        machine = "；".join(f"{name} {value}" for name, value in report["machine"].items())
        parts.append(f"## {report['title']}\n\n{machine}\n\n{table(COLUMNS, rows)}")
    return "\n\n".join(parts)


MADE: dict[str, Callable[[str], str]] = OF_THE_LAW | {
    "command": command, "commands": commands, "routes": routes, "refusals": refusals, "papers": forms, "bench": bench,
}  # fmt: skip


def made(asked: str) -> str:
    """What stands for a mark."""
    name, _, rest = asked.partition(" ")
    if name not in MADE:
        raise Broken(f"nothing is made by the name of {name}")
    return MADE[name](rest)
