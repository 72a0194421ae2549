"""Reads the forms: the packaged ones and those that a place puts beside them.

A place replaces a paper without code by dropping a TOML file with the same ``code``, a ``version`` of its own and a
later ``valid_from`` into a folder of ``YIMEN_FORM_DIRS``. The definition is checked when it is read: what the law asks of
the paper cannot be left out, and nothing can be added to the papers that hang in public. What a packaged paper said under
earlier law stands in ``editions.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from yimen.base.papers.shapes import ADVERSE_KEYS, KINDS, Field, Form

PACKAGED = Path(__file__).parent / "forms"
EDITIONS = Path(__file__).parent / "editions.toml"
STYLES = ("letter", "plain", "tight", "sheet", "wide", "slip", "notice")
BLOCKS = ("text", "heading", "grid", "table", "sign", "seal", "service", "steps", "list", "page")

#: All that the papers in public places may ever say (security.md 3.1). In code, so that no form file can add to it.
PUBLIC_KEYS: dict[str, frozenset[str]] = {
    "public_notice": frozenset(
        "opinion programme area batch_number rows applicant village members amount category"
        " places from_date to_date days objection_phone objection_place supervision_phone basis_text"
        " posted_by posted_on posting_photo taken_down_on taken_down_photo".split()
    ),
    "termination_public_notice": frozenset(
        "area rows applicant village ground places from_date to_date days objection_phone objection_place basis_text"
        " posted_by posted_on taken_down_on".split()
    ),
    "announcement": frozenset(
        "programme area batch_number rows applicant village members amount"
        " places from_date to_date phone supervision_phone basis_text deciding_body decided_from decided_to"
        " posted_by posted_on posting_photo taken_down_on taken_down_photo".split()
    ),
}
_PLACEHOLDER = re.compile(r"\{(\w+)(?:\|(\w+))?\}")
_SHORT = re.compile(r"(\w+)(!)?(?:@([\d.]+))?")
META = {"office_name", "issued_on", "number"}


class BadForm(ValueError):
    """A form file cannot be used; the message names the file and what is wrong with it."""


class UnknownForm(ValueError):
    """There is no such paper (or not in that version, or not on that date)."""


def form(code: str, *, on: date | None = None, version: str | None = None) -> Form:
    """The form of a paper: in that very ``version``, else the newest in force ``on`` the date (default: newest)."""
    versions = library().get(code)
    if not versions:
        raise UnknownForm(f"没有名为“{code}”的文书。")
    fitting = [each for each in versions if version is None or each.version == version]
    in_force = [each for each in fitting if on is None or version is not None or each.valid_from <= on]
    if not in_force:
        raise UnknownForm(f"《{versions[-1].title}》没有适用的版本（{version or on}）。")
    return in_force[-1]


def codes() -> list[str]:
    """The codes of all papers, in the order of forms.md."""
    return sorted(library(), key=lambda code: library()[code][-1].number)


def library() -> dict[str, list[Form]]:
    """Every known form by code, oldest version first."""
    return _read(tuple(str(folder) for folder in getattr(settings, "FORM_DIRS", ())))


@lru_cache(maxsize=4)
def _read(folders: tuple[str, ...]) -> dict[str, list[Form]]:
    found = {made.code: [*_editions(made), made] for made in _forms_of(PACKAGED)}
    for folder in folders:
        for made in _forms_of(Path(folder)):
            found.setdefault(made.code, []).append(made)
    for versions in found.values():
        versions.sort(key=lambda each: each.valid_from)
        if len({each.version for each in versions}) < len(versions):
            raise BadForm(f"《{versions[0].title}》有两个文件使用同一版本号。")
    return found


def _forms_of(folder: Path) -> Iterator[Form]:
    common = _load(PACKAGED / "common.toml")["fields"]
    return (_make(path, common) for path in sorted(folder.glob("*.toml")) if path.name != "common.toml")


def _editions(made: Form) -> Iterator[Form]:
    """The packaged paper as it stood before, with the citations of that time (``editions.toml``)."""
    for edition in _load(EDITIONS)["edition"]:
        texts = edition["texts"].get(made.code, {})
        body = tuple(
            {**block, "text": texts[block["id"]]} if block.get("id") in texts else block for block in made.body
        )
        basis = edition["basis"].get(made.code, made.basis)
        earlier = replace(made, version=edition["version"], valid_from=edition["valid_from"], basis=basis, body=body)
        _inspect(EDITIONS.name, earlier)
        yield earlier


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadForm(f"{path.name} 不是有效的 TOML 文件：{error}") from error


def _make(path: Path, common: dict[str, Any]) -> Form:
    raw = _load(path)
    try:
        fields = tuple(_field(item, common) for item in raw.pop("fields"))
        made = Form(fields=fields, body=tuple(raw.pop("body")), **raw)
    except (TypeError, KeyError) as error:
        raise BadForm(f"{path.name} 的定义不完整：{error}") from error
    _inspect(path.name, made)
    return made


def _field(item: str | dict[str, Any], common: dict[str, Any]) -> Field:
    """A field of its own, or ``"phone!"``: a common one, required; ``@2`` is its width as a column."""
    if isinstance(item, str):
        found = _SHORT.fullmatch(item)
        if found is None or found[1] not in common:
            raise KeyError(item)
        raw = {"key": found[1], **common[found[1]], "required": bool(found[2]), "width": float(found[3] or 1)}
    else:
        raw = {**common.get(item.get("use", ""), {}), **item}
        raw.setdefault("key", raw.get("use"))
        raw.pop("use", None)
    raw["columns"] = tuple(_field(column, common) for column in raw.get("columns", ()))
    raw["options"] = tuple(raw.get("options", ()))
    return Field(**raw)


def _inspect(name: str, made: Form) -> None:
    """Everything the page mentions exists, and the law's demands on the paper are met."""
    known = {field.key for field in made.fields}
    for field in (*made.fields, *(column for each in made.fields for column in each.columns)):
        if field.kind not in KINDS:
            raise BadForm(f"{name}：字段“{field.key}”的类型“{field.kind}”不存在。")
    if made.style not in STYLES:
        raise BadForm(f"{name}：版式“{made.style}”不存在。")
    for block in made.body:
        if not any(kind in block for kind in BLOCKS):
            raise BadForm(f"{name}：有一段内容的种类不明（{', '.join(block)}）。")
        unknown = mentioned(block) - known - META
        if unknown:
            raise BadForm(f"{name}：版面用到了没有定义的字段 {', '.join(sorted(unknown))}。")
    required = {field.key for field in made.required()}
    if made.adverse and not required.issuperset(ADVERSE_KEYS):
        raise BadForm(f"{name}：《{made.title}》必须把理由、依据和救济途径（{', '.join(ADVERSE_KEYS)}）列为必填。")
    allowed = PUBLIC_KEYS.get(made.code)
    said = known | {column.key for field in made.fields for column in field.columns if column.kind != "serial"}
    if allowed is not None and not said <= allowed:
        raise BadForm(f"{name}：《{made.title}》公开张贴，不得含有 {', '.join(sorted(said - allowed))}。")


def mentioned(block: Any) -> set[str]:
    """The keys that a block of the page uses."""
    found: set[str] = set()
    for kind in ("text", "heading"):
        found |= {hit[1] for hit in _PLACEHOLDER.finditer(block.get(kind, ""))}
    for kind in ("table", "list", "steps", "when", "unless"):
        if kind in block:
            found.add(block[kind])
    for row in block.get("rows", ()):
        found |= {part.split("@")[0] for part in row.split()}
    for kind in ("office", "date"):
        if block.get(kind):
            found.add(block[kind])
    return found


def placeholders(text: str) -> list[tuple[str, str, str]]:
    """A template cut into (text before, key, how) parts; the last part has an empty key."""
    parts, at = [], 0
    for hit in _PLACEHOLDER.finditer(text):
        parts.append((text[at : hit.start()], hit[1], hit[2] or ""))
        at = hit.end()
    return [*parts, (text[at:], "", "")]
