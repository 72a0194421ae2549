"""The persons of a household: from a row each, from numbered columns, or from one cell that lists them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from yimen.gateways.ledgers import cells
from yimen.gateways.ledgers.cells import BadCell, Cut, shown
from yimen.law.ledger import relation_of
from yimen.law.terms import Relation

Problem = Callable[[str, str], None]
_BETWEEN = "、，,;；/\n\r"
_NUMBER = re.compile(r"(?<![0-9])(\d{17}[0-9Xx]|\d{15})(?![0-9])")
_NAME, _IDENTITY = "姓名", "身份证号"


@dataclass
class Drafted:
    """A person as written. ``cell`` holds the number; ``covered`` is None where nothing is said."""

    name: str
    cell: Any = ""
    relation: str = ""
    covered: bool | None = None
    number: str = ""
    remarks: list[str] = field(default_factory=list)


def split(text: str) -> list[str]:
    """The pieces of a cell that lists several; a separator within brackets separates nothing."""
    pieces, depth, current = [], 0, ""
    for sign in text:
        depth += sign in "（("
        depth -= sign in "）)" and depth > 0
        if sign in _BETWEEN and depth == 0:
            pieces.append(current)
            current = ""
        else:
            current += sign
    return [piece.strip() for piece in [*pieces, current] if piece.strip()]


def listed(names: Any, identities: Any, relation: Any, covered: bool | None, problem: Problem) -> list[Drafted]:
    """The persons of a member cell with the numbers of the cell beside it, matched in order."""
    people = [_piece(piece, problem) for piece in split(shown(names))]
    if len(people) == 1:
        people[0].relation = people[0].relation or _relation(relation, problem)
    for person in people:
        person.covered = covered if person.covered is None else person.covered
    _give_numbers([person for person in people if not person.cell], identities, problem)
    return people


def _give_numbers(people: Sequence[Drafted], identities: Any, problem: Problem) -> None:
    text = shown(identities)
    if len(people) == 1:
        people[0].cell = identities
        return
    numbers = [part for part in re.split(rf"[{_BETWEEN}\s]+", text) if part]
    if len(numbers) != len(people):
        names = "、".join(person.name for person in people)
        if people:
            problem(
                "成员身份证号",
                f"成员有 {len(people)} 人（{names}），身份证号有 {len(numbers)} 个，请按相同次序一一写出，用顿号分开。",
            )
        return
    for person, number in zip(people, numbers, strict=True):
        person.cell = number


def _piece(piece: str, problem: Problem) -> Drafted:
    """``李四（配偶）``, ``李四 990101199001011234``, ``李四（女儿，不保障）``."""
    person = Drafted("")
    if number := _NUMBER.search(piece):
        person.cell = number[1]
        piece = piece[: number.start()] + piece[number.end() :]
    for inside in re.findall(r"[（(]([^（()）]*)[）)]", piece):
        _inside(inside, person, problem)
    person.name = re.sub(r"[（(][^（()）]*[）)]", "", piece).strip(" :：-")
    return person


def _inside(inside: str, person: Drafted, problem: Problem) -> None:
    if found := relation_of(re.sub(r"\s", "", inside)):
        person.relation = str(found)
        return
    for word in re.split(r"[，,、\s]+", inside):
        if found := relation_of(word):
            person.relation = str(found)
        elif word in {"不保障", "不享受", "未保障"}:
            person.covered = False
        elif word not in {"", "保障", "享受"}:
            problem("成员姓名", f"括号里的“{word[:20]}”不认识，括号里只写与户主关系，如（配偶）、（子女）。")


def _relation(cell: Any, problem: Problem) -> str:
    try:
        return cells.relation(cell)
    except BadCell as bad:
        problem("与户主关系", str(bad))
        return ""


def one(name: Any, identity: Any, relation: Any, covered: bool | None, problem: Problem) -> Drafted:
    """A person of a row or of numbered columns."""
    return Drafted(shown(name), identity, _relation(relation, problem), covered)


def settle(person: Drafted, *, known_area: bool, problem: Problem) -> bool:
    """Read name and number of a person; True where the number had been cut by Excel."""
    try:
        person.name = cells.name(person.name)
    except BadCell as bad:
        problem(_NAME, f"{person.name[:20]}：{bad}" if person.name else str(bad))
    who = person.name or "（没有姓名）"
    try:
        identity = cells.identity(person.cell, known_area=known_area)
    except Cut as cut:
        problem(_IDENTITY, f"{who}：{cut}")
        return True
    except BadCell as bad:
        problem(_IDENTITY, f"{who}：{bad}")
        return False
    person.number = identity.number
    person.remarks += [f"{who}：{remark}" for remark in identity.remarks if "15位" in remark]
    if not person.relation:
        person.relation = str(Relation.OTHER)
        person.remarks.append(f"{who}没有写与户主关系，暂记为“其他”。")
    return False
