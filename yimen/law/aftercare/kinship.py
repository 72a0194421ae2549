"""How the members of a household are related to another head, worked out from how they were related to the old one.

What follows from the household's own data is derived; what needs a guess (whose child a stepchild is, on which side a
grandparent stands) is proposed as the likeliest relation, or as 其他, and named for confirmation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from yimen.law.rules.facts import PersonFacts
from yimen.law.terms import Relation

Pair = tuple[str, str]


@dataclass(frozen=True)
class Derived:
    """A person's relation to the new head. Not ``sure``: a person must confirm it, ``why`` says what is not known.

    ``child_of`` and ``spouse_of`` name others of the household where the relation to the head does not tell.
    """

    ref: str
    relation: Relation
    sure: bool
    why: str = ""
    child_of: str = ""
    spouse_of: str = ""


@dataclass
class Ties:
    """Who is married to whom, whose child and whose sibling; each with whether it is certain."""

    spouses: dict[Pair, bool] = field(default_factory=dict)
    parents: dict[Pair, bool] = field(default_factory=dict)
    """(parent, child)"""
    siblings: dict[Pair, bool] = field(default_factory=dict)

    def spouse(self, one: str, other: str, sure: bool) -> None:
        """Husband and wife."""
        _note(self.spouses, one, other, sure)
        _note(self.spouses, other, one, sure)

    def parent(self, of: str, child: str, sure: bool) -> None:
        """Parent and child."""
        _note(self.parents, of, child, sure)

    def sibling(self, one: str, other: str, sure: bool) -> None:
        """Brothers and sisters."""
        _note(self.siblings, one, other, sure)
        _note(self.siblings, other, one, sure)


def _note(ties: dict[Pair, bool], one: str, other: str, sure: bool) -> None:
    if one != other:
        ties[(one, other)] = ties.get((one, other), False) or sure


_DUTY = frozenset({Relation.SPOUSE, Relation.CHILD, Relation.PARENT})
_TOLD = frozenset({Relation.SELF, Relation.SPOUSE, Relation.CHILD})


def relations_to(people: Sequence[PersonFacts], head: str, gone: frozenset[str] = frozenset()) -> tuple[Derived, ...]:
    """How everybody but those ``gone`` is related to ``head``, in the order of the people; the head is 本人.

    The ties run through those who are gone: a dead man's brother stays his children's uncle.
    """
    ties = ties_of(people)
    here = [person for person in people if person.ref not in gone]
    return tuple(_derived(person, head, here, ties) for person in here)


def _derived(person: PersonFacts, head: str, here: Sequence[PersonFacts], ties: Ties) -> Derived:
    relation, sure = _relation(person.ref, head, ties)
    why = [] if sure else [_asked(person, relation)]
    child_of, certain = _tie(person, person.child_of, _parents(person.ref, ties), here, relation)
    if child_of and not certain:
        parent = next(each.name for each in here if each.ref == child_of)
        why.append(f"推定{person.name}是{parent}的子女，请核对后确认。")
    spouse_of, married = _tie(person, person.spouse_of, _spouses(person.ref, ties), here, relation)
    if person.relation in _DUTY and relation not in _DUTY | _TOLD and person.legal_duty is None and not child_of:
        why.append(f"{person.name}与新户主没有当然的法定赡养、抚养、扶养义务，是否仍计入家庭，请核实后填写。")
    return Derived(person.ref, relation, not why, "".join(why), child_of, spouse_of if married else "")


def _tie(
    person: PersonFacts, named: str, found: dict[str, bool], here: Sequence[PersonFacts], relation: Relation
) -> tuple[str, bool]:
    """Whose child or spouse a person is, among those still here: as named before, else the surest."""
    refs = [each.ref for each in here if each.ref != person.ref]
    if named in refs:
        return named, True
    if relation in _TOLD:
        return "", True
    known = sorted((ref for ref in refs if ref in found), key=lambda ref: not found[ref])
    return (known[0], found[known[0]]) if known else ("", True)


def _asked(person: PersonFacts, relation: Relation) -> str:
    if relation is Relation.OTHER:
        return f"按现有资料推不出{person.name}与新户主的关系，请填写。"
    return f"{person.name}与新户主的关系推定为“{relation.label}”，请核对户口簿后确认。"


def ties_of(people: Sequence[PersonFacts]) -> Ties:
    """The ties that the data tell, and those that they make likely."""
    ties = Ties()
    applicant = next(person for person in people if person.relation is Relation.SELF).ref
    for person in people:
        if person.spouse_of:
            ties.spouse(person.spouse_of, person.ref, True)
        if person.child_of:
            ties.parent(person.child_of, person.ref, True)
        _to_applicant(person, applicant, ties)
    _through_one_other(people, ties)
    known = -1
    while known != (known := len(ties.spouses) + len(ties.parents) + len(ties.siblings)):
        _likely(ties)
    return ties


def _to_applicant(person: PersonFacts, applicant: str, ties: Ties) -> None:
    match person.relation:
        case Relation.SPOUSE:
            ties.spouse(applicant, person.ref, True)
        case Relation.CHILD:
            ties.parent(applicant, person.ref, True)
        case Relation.PARENT:
            ties.parent(person.ref, applicant, True)
        case Relation.SIBLING:
            ties.sibling(applicant, person.ref, True)
        case _:
            pass


_THROUGH = {
    Relation.CHILD_IN_LAW: Relation.CHILD,
    Relation.GRANDCHILD: Relation.CHILD,
    Relation.PARENT_IN_LAW: Relation.SPOUSE,
    Relation.GRANDPARENT: Relation.PARENT,
}


def _through_one_other(people: Sequence[PersonFacts], ties: Ties) -> None:
    """Relations that run through a third person: certain through the only spouse, likely through the only child or parent."""
    certain = set(ties.spouses) | set(ties.parents)
    for person in people:
        between = [each.ref for each in people if each.relation is _THROUGH.get(person.relation)]
        if len(between) == 1:
            _through(person, between[0], certain, ties)
    for relation in (Relation.PARENT, Relation.PARENT_IN_LAW):
        pair = [person.ref for person in people if person.relation is relation]
        if len(pair) == 2:
            ties.spouse(pair[0], pair[1], False)


def _through(person: PersonFacts, middle: str, certain: set[Pair], ties: Ties) -> None:
    if person.relation is Relation.PARENT_IN_LAW:
        ties.parent(person.ref, middle, True)
    elif person.relation is Relation.GRANDPARENT:
        ties.parent(person.ref, middle, False)
    elif person.relation is Relation.GRANDCHILD and not person.child_of:
        ties.parent(middle, person.ref, False)
    elif person.relation is Relation.CHILD_IN_LAW and not person.spouse_of:
        taken = any(pair in certain for pair in ties.spouses if pair[0] == middle)
        if not taken:
            ties.spouse(middle, person.ref, False)


def _likely(ties: Ties) -> None:
    """A spouse's child, a sibling's parent, another child: likely, never certain (stepchildren, half-siblings)."""
    for parent, child in list(ties.parents):
        for other in _spouses(parent, ties):
            ties.parent(other, child, False)
        for other in _siblings(child, ties):
            ties.parent(parent, other, False)
    for (parent, child), sure in list(ties.parents.items()):
        for other, certain in _children(parent, ties).items():
            ties.sibling(child, other, sure and certain)
    for one, other in list(ties.siblings):
        for third in _siblings(other, ties):
            ties.sibling(one, third, False)


def _relation(ref: str, head: str, ties: Ties) -> tuple[Relation, bool]:
    if ref == head:
        return Relation.SELF, True
    found = sorted(_found(ref, head, ties), key=lambda each: not each[1])
    return found[0] if found else (Relation.OTHER, False)


def _found(ref: str, head: str, ties: Ties) -> Iterator[tuple[Relation, bool]]:
    """Every relation of a person to the head that the ties give, nearer ones first."""
    yield from _direct(ref, head, ties)
    for relation, first, second in (
        (Relation.CHILD_IN_LAW, _children(head, ties), ties.spouses),
        (Relation.GRANDCHILD, _children(head, ties), ties.parents),
        (Relation.PARENT_IN_LAW, _spouses(head, ties), _turned(ties.parents)),
        (Relation.GRANDPARENT, _parents(head, ties), _turned(ties.parents)),
        # Uncles and aunts, nephews and nieces, a spouse's or a sibling's near ones: known, and 其他 in the forms.
        (Relation.OTHER, _siblings(head, ties), ties.parents),
        (Relation.OTHER, _siblings(head, ties), ties.spouses),
        (Relation.OTHER, _parents(head, ties), ties.siblings),
        (Relation.OTHER, _spouses(head, ties), ties.siblings),
    ):
        for middle, sure in first.items():
            if (middle, ref) in second:
                yield relation, sure and second[(middle, ref)]


def _direct(ref: str, head: str, ties: Ties) -> Iterator[tuple[Relation, bool]]:
    if (head, ref) in ties.spouses:
        yield Relation.SPOUSE, ties.spouses[(head, ref)]
    if (head, ref) in ties.parents:
        yield Relation.CHILD, ties.parents[(head, ref)]
    if (ref, head) in ties.parents:
        yield Relation.PARENT, ties.parents[(ref, head)]
    if (head, ref) in ties.siblings:
        yield Relation.SIBLING, ties.siblings[(head, ref)]


def _turned(pairs: dict[Pair, bool]) -> dict[Pair, bool]:
    return {(two, one): sure for (one, two), sure in pairs.items()}


def _children(ref: str, ties: Ties) -> dict[str, bool]:
    return {child: sure for (parent, child), sure in ties.parents.items() if parent == ref}


def _parents(ref: str, ties: Ties) -> dict[str, bool]:
    return {parent: sure for (parent, child), sure in ties.parents.items() if child == ref}


def _spouses(ref: str, ties: Ties) -> dict[str, bool]:
    return {other: sure for (one, other), sure in ties.spouses.items() if one == ref}


def _siblings(ref: str, ties: Ties) -> dict[str, bool]:
    return {other: sure for (one, other), sure in ties.siblings.items() if one == ref}
