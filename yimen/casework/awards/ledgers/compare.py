"""Holding the rows of a ledger against what is known: new, changed cell by cell, the same, or not to be taken.

The same comparison makes the preview and stands before every row that is taken in, so that nothing else is written
than what was shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from yimen.casework.awards.ledgers import checks
from yimen.casework.awards.ledgers.benefits import compare_award
from yimen.casework.awards.ledgers.cuts import check_cuts, check_paid, check_settled
from yimen.casework.awards.ledgers.entries import LedgerPerson, LedgerRow
from yimen.casework.awards.ledgers.known import Known, known
from yimen.casework.awards.ledgers.verdict import Ground, Verdict
from yimen.casework.awards.models import Award
from yimen.casework.households.enrolling import account_index
from yimen.casework.households.entries import AccountEntry
from yimen.casework.households.models import Person
from yimen.casework.households.queries import identity_index
from yimen.law.ledger import RURAL, URBAN, AwardOrigin, LineState
from yimen.law.terms import Programme, Relation

# What a ledger may still correct of an award that was decided here: where the money goes and how to reach the family.
_FREE = frozenset({"银行账号", "开户人", "开户银行", "联系电话", "住址", "组（楼栋）", "供养机构"})


def compare(place: Ground, rows: Sequence[LedgerRow], twice: dict[str, list[str]]) -> list[Verdict]:
    """A verdict per row. ``twice`` is what :func:`repeated` found in the whole file."""
    found = known(rows)
    return [_verdict(place, found, row, twice) for row in rows]


def repeated(rows: Iterable[LedgerRow]) -> dict[str, list[str]]:
    """Where each person and each account stand that occur in a file more than once, by their blind index."""
    places: dict[str, list[str]] = {}
    for row in rows:
        if row.account:
            places.setdefault(account_index(row.account), []).append(row.place)
        for person in row.people:
            if person.identity:
                places.setdefault(identity_index(person.identity), []).append(row.place)
    return {index: where for index, where in places.items() if len(where) > 1}


def _verdict(place: Ground, found: Known, row: LedgerRow, twice: dict[str, list[str]]) -> Verdict:
    verdict = Verdict(row, problems=[list(problem) for problem in row.problems], remarks=list(row.remarks))
    checks.check_persons(verdict, place, found, twice)
    checks.check_row(verdict, place, found)
    if not verdict.problems:
        if place.programme is Programme.TEKUN and verdict.lives_with_others(found):
            _compare_member(verdict, place, found)
        else:
            _compare_home(verdict, place, found)
            _compare_people(verdict, found)
            _compare_account(verdict, found, twice)
        compare_award(verdict, place)
        _compare_cover(verdict, found)
        _check_decided(verdict)
        check_cuts(verdict, place, found)
        check_settled(verdict, place)
        check_paid(verdict, place, found)
    verdict.state = _state(verdict)
    return verdict


def _state(verdict: Verdict) -> LineState:
    if verdict.problems:
        return LineState.ERROR
    if verdict.award is None:
        return LineState.NEW
    return LineState.CHANGED if verdict.changes else LineState.SAME


def _person(found: Known, person: LedgerPerson) -> Person | None:
    return found.people.get(identity_index(person.identity))


def _compare_home(verdict: Verdict, place: Ground, found: Known) -> None:
    row, home = verdict.row, verdict.home
    if home is None:
        return
    wanted: dict[str, Any] = {}
    if row.urban is not None and row.urban != home.urban:
        verdict.change("城乡类别", *(URBAN if each else RURAL for each in (home.urban, row.urban)))
        wanted["urban"] = row.urban
    if home.village_id != row.village:
        village = place.villages[row.village]
        verdict.change("村（社区）", home.village.name, village.name)
        wanted |= {"village_id": village.code, "urban": bool(village.urban) if row.urban is None else row.urban}
    for column, label, new in (("group", "组（楼栋）", row.group), ("address", "住址", row.address)):
        if new and new != (getattr(home, column) or ""):
            verdict.change(label, getattr(home, column) or "", new)
            wanted[column] = new
    head = _person(found, row.people[0])
    if head is None or head.pk != home.head_id:
        verdict.change("户主", home.head.name, row.head_name)
        wanted["head_id"] = head.pk if head else None
    verdict.facts = wanted
    verdict.facts_before = {column: getattr(home, column) for column in wanted}
    if head and row.phone and row.phone != (head.phone or ""):
        verdict.change("联系电话", "原号码" if head.phone else "", f"尾号 {row.phone[-4:]}")
        verdict.phone, verdict.phone_before = row.phone, head.phone or ""


def _compare_member(verdict: Verdict, place: Ground, found: Known) -> None:
    """A person on 特困 who lives with others: the household's place, head, members and account are not his to move."""
    row, home, head = verdict.row, verdict.home, _person(found, verdict.row.people[0])
    if home is None or head is None:
        raise ValueError("who lives with others is known and at home")
    if home.village_id != row.village:
        name = place.villages[row.village].name
        verdict.wrong(
            "村（社区）",
            f"本人登记在{home.village.name}“{home.head.name}”户，台账写的是{name}，请先办理迁移或改正台账。",
        )
    if row.phone and row.phone != (head.phone or ""):
        verdict.change("联系电话", "原号码" if head.phone else "", f"尾号 {row.phone[-4:]}")
        verdict.phone, verdict.phone_before = row.phone, head.phone or ""
    account = found.accounts.get(home.pk)
    if row.account and (account is None or account.number_index != account_index(row.account)):
        verdict.remarks.append(f"本人与“{home.head.name}”同住，账号与本户登记的不同，没有导入，请由窗口凭证件办理。")


def _compare_people(verdict: Verdict, found: Known) -> None:
    inside = {row.person_id: row for row in found.members.get(verdict.home.pk, [])} if verdict.home else {}
    named = set()
    for person in verdict.row.people:
        known_person = _person(found, person)
        if known_person is None:
            verdict.newcomers.append(person)
        else:
            named.add(known_person.pk)
        membership = inside.get(known_person.pk) if known_person else None
        if membership is None:
            verdict.joining.append(person)
            if verdict.home:
                verdict.change("成员", "", f"{person.name}（{Relation(person.relation).label}）")
        elif membership.relation != person.relation:
            old, new = Relation(membership.relation).label, Relation(person.relation).label
            verdict.change(f"{person.name}与户主关系", old, new)
            verdict.relations[membership.pk] = person.relation
            verdict.related_before[membership.pk] = membership.relation
    for membership in inside.values():
        if membership.person_id not in named:
            verdict.change("成员", membership.person.name, "移出本户")
            verdict.leaving.append(membership.pk)


def _compare_account(verdict: Verdict, found: Known, twice: dict[str, list[str]]) -> None:
    row = verdict.row
    old = found.accounts.get(verdict.home.pk) if verdict.home else None
    if not row.account:
        if old is None and row.monthly_fen:
            verdict.remarks.append("没有银行账号，发放前须补登。")
        return
    same_number = old is not None and old.number_index == account_index(row.account)
    holder = row.holder or (old.holder if old and same_number else row.head_name)
    bank = row.bank or (old.bank if old and same_number else "")
    if old and same_number and (old.holder, old.bank) == (holder, bank):
        return
    if old:
        verdict.closes = old.pk
        if not same_number:
            verdict.change("银行账号", f"尾号 {old.number[-4:]}", f"尾号 {row.account[-4:]}")
        if old.holder != holder:
            verdict.change("开户人", old.holder, holder)
        if old.bank != bank:
            verdict.change("开户银行", old.bank, bank)
    elif verdict.home:
        verdict.change("银行账号", "", f"尾号 {row.account[-4:]}")
    verdict.account = AccountEntry(holder, bank, row.account, _holder_relation(row, holder))
    checks.check_account(verdict, found, holder, twice)


def _holder_relation(row: LedgerRow, holder: str) -> str:
    return next((person.relation for person in row.people if person.name == holder), str(Relation.OTHER))


def _compare_cover(verdict: Verdict, found: Known) -> None:
    running: dict[int, int] = found.covered.get(verdict.award.pk, {}) if verdict.award else {}
    wanted = set()
    for person in verdict.row.people:
        if not person.covered:
            continue
        known_person = _person(found, person)
        if known_person is None or known_person.pk not in running:
            verdict.cover.append(person)
        if known_person is not None:
            wanted.add(known_person.pk)
    verdict.uncover = [pk for person, pk in running.items() if person not in wanted]
    if verdict.award and (verdict.cover or verdict.uncover):
        count = sum(person.covered for person in verdict.row.people)
        verdict.change("保障人口", _cover_words(verdict, found, set(running)), f"{count} 人：{_names(verdict.row)}")


def _names(row: LedgerRow) -> str:
    return "、".join(person.name for person in row.people if person.covered)


def _cover_words(verdict: Verdict, found: Known, running: set[int]) -> str:
    names = [row.person.name for row in found.members[verdict.home.pk] if row.person_id in running]  # type: ignore[union-attr]
    return f"{len(running)} 人：{'、'.join(names)}"


def _check_decided(verdict: Verdict) -> None:
    """What was decided here changes by a procedure, not by a ledger."""
    award: Award | None = verdict.award
    if award is None or award.origin != AwardOrigin.DECISION:
        return
    bound = sorted({label for label, _, _ in verdict.changes if label not in _FREE})
    if bound:
        verdict.wrong(
            bound[0],
            f"本户由本系统确认（{award.number}），台账不能改动{'、'.join(bound)}。请按变更办理，或把台账改成与系统一致。",
        )
