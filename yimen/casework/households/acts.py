"""Writing people and households. Called within an act of a later step; each refusal names the row at fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import IntegrityError
from django.db.models import QuerySet

from yimen.base.access.refusal import Refused
from yimen.base.offices import queries as offices
from yimen.base.prepared import insert, prepared
from yimen.base.sealed import blind_index
from yimen.casework.households.entries import LONGEST, SHORTEST, AccountEntry, HomeEntry, ObligorEntry, PersonEntry
from yimen.casework.households.models import BankAccount, Household, Membership, Obligor, Person
from yimen.casework.households.pinyin import spell
from yimen.casework.households.queries import identity_index, phone_tail
from yimen.law.identity import BadIdentity, BadName, Identity, clean_name, read_identity


def _read(text: str, row: str) -> Identity:
    try:
        return read_identity(text, allow_unknown_area=settings.YIMEN_DEMO or settings.YIMEN_TESTING)
    except BadIdentity as bad:
        raise Refused(f"{row}：{bad}", "bad_identity", 422, "members") from bad


def _name(text: str, row: str) -> str:
    try:
        return clean_name(text)
    except BadName as bad:
        raise Refused(f"{row}：{bad}", "bad_name", 422, "members") from bad


def _health(entry: PersonEntry) -> dict[str, object]:
    return {
        "disability_kind": entry.disability_kind,
        "disability_grade": entry.disability_grade,
        "disability_number": entry.disability_number,
        "illness": entry.illness,
    }


@dataclass(frozen=True)
class _Known:
    """An entry as read: its number, name and the index by which the person is found."""

    entry: PersonEntry
    identity: Identity
    name: str
    index: str
    row: str


def _known(entry: PersonEntry, row: str) -> _Known:
    identity, name = _read(entry.identity, row), _name(entry.name, row)
    return _Known(entry, identity, name, identity_index(identity.number), row)


def _write_down(person: Person, known: _Known) -> Person:
    """The facts of the entry on the row of the person."""
    entry, identity = known.entry, known.identity
    person.name, person.identity = known.name, identity.number
    person.pinyin, person.initials = spell(known.name)
    person.sex, person.birth_date = identity.sex, identity.birth_date
    person.nationality, person.marriage = entry.nationality, entry.marriage
    person.occupation, person.student = entry.occupation, entry.student
    person.hukou_place = entry.hukou_place
    if entry.phone:
        person.phone, person.phone_tail = entry.phone, phone_tail(entry.phone)
    person.health = _health(entry)
    return person


@prepared
def _registered(indexes: list[str]) -> QuerySet[Person]:
    return Person.objects.select_for_update().filter(identity_index__in=indexes).order_by("id")


def _keep_people(entries: Sequence[PersonEntry]) -> tuple[list[Person], set[str]]:
    """The person of each identity number: created, or brought up to date; and the indexes of those known before.

    A different stored name is refused.
    """
    read = [_known(entry, f"第{number}行 {entry.name}") for number, entry in enumerate(entries, 1)]
    found = {person.identity_index: person for person in _registered([known.index for known in read])}
    before = set(found)
    for known in read:
        person = found.get(known.index)
        if person and person.name != known.name:
            raise Refused(
                f"{known.row}：这个身份证号已登记为“{person.name}”，与填写的“{known.name}”不同，请对照证件核对姓名或号码。",
                "name_differs",
                422,
                "members",
            )
        found[known.index] = _write_down(person or Person(identity_index=known.index), known)
    for index in before:
        found[index].save()
    fresh = [person for index, person in found.items() if index not in before]
    try:
        insert(fresh)
    except IntegrityError:
        raise _just_taken(fresh) from None
    return [found[known.index] for known in read], before


def _just_taken(people: Iterable[Person]) -> Refused:
    """Somebody else has registered one of them in the same moment; the constraint held."""
    names = "、".join(person.name for person in people)
    return Refused(f"{names}刚刚被登记到另一个家庭，请刷新后核对。", "in_another_household", 409, "members")


def _homes(people: Sequence[Person], before: set[str]) -> dict[int, Membership]:
    """Where those live who were known before."""
    if not before:
        return {}
    rows = Membership.objects.filter(person__in=people, to_on__isnull=True)
    rows = rows.select_related("household__village", "household__township", "household__head")
    return {row.person_id: row for row in rows.order_by("id")}


def _join(
    household: Household,
    people: Sequence[Person],
    entries: Sequence[PersonEntry],
    homes: Mapping[int, Membership],
    on: date,
) -> None:
    fresh = []
    for person, entry in zip(people, entries, strict=True):
        now_in = homes.get(person.pk)
        if now_in and now_in.household_id != household.pk:
            where = f"{now_in.household.township.name}{now_in.household.village.name}“{now_in.household.head.name}”户"
            raise Refused(
                f"{person.name}已是{where}的家庭成员，一人只能在一个家庭。请先核实并办理迁出，或从本户删去。",
                "in_another_household",
                422,
                "members",
            )
        facts = {"relation": entry.relation, "co_resident": entry.co_resident}
        if now_in:
            Membership.objects.filter(pk=now_in.pk).update(**facts)
        else:
            fresh.append(Membership(household=household, person=person, from_on=on, **facts))
    try:
        insert(fresh)
    except IntegrityError:
        raise _just_taken(row.person for row in fresh) from None


def keep_household(home: HomeEntry, entries: Sequence[PersonEntry], on: date) -> tuple[Household, list[Person], bool]:
    """The household of the first entry (the applicant), with exactly these members from a day on.

    Also says whether anybody of them was known before.
    """
    village = offices.area(home.village)
    people, before = _keep_people(entries)
    if len({person.pk for person in people}) < len(people):
        twice = next(p for n, p in enumerate(people) if p.pk in {q.pk for q in people[:n]})
        raise Refused(f"{twice.name}的身份证号填写了两次，请删去重复的一行。", "twice", 422, "members")
    homes = _homes(people, before)
    now_in = homes.get(people[0].pk)
    if now_in and now_in.household.township_id != village.parent_id:
        raise Refused(
            f"申请人已登记在{now_in.household.township.name}{now_in.household.village.name}，请向户籍所在地乡街申请，或先办理迁移。",
            "elsewhere",
            422,
            "village",
        )
    household = now_in.household if now_in else Household(opened_on=on)
    household.township_id, household.village, household.head = str(village.parent_id), village, people[0]
    household.group, household.address, household.land_mu = home.group, home.address, home.land_mu
    household.urban = bool(village.urban)
    if now_in:
        household.save()
    else:
        insert([household])
    _join(household, people, entries, homes, on)
    if now_in:
        Membership.objects.filter(household=household, to_on__isnull=True).exclude(person__in=people).update(to_on=on)
    return household, people, bool(before)


def keep_obligors(
    household: Household, people: Sequence[Person], entries: Sequence[ObligorEntry], on: date, *, known: bool = True
) -> list[Obligor]:
    """The obligors of a household as declared now; earlier ones not named again end today. ``known``: there may be any."""
    rows = Obligor.objects.select_for_update().filter(household=household, to_on__isnull=True) if known else ()
    named = {(row.supports_id, row.identity_index): row for row in rows}
    members = {person.identity_index for person in people}
    kept: dict[tuple[int, str], Obligor] = {}
    for number, entry in enumerate(entries, 1):
        row = f"赡养抚养义务人第{number}行"
        identity, name = _read(entry.identity, row), _name(entry.name, row)
        index = identity_index(identity.number)
        if index in members:
            raise Refused(
                f"{row}：{name}已是共同生活的家庭成员，不必再填为义务人，请删去。", "member_too", 422, "obligors"
            )
        if not 0 <= entry.supports < len(people):
            raise Refused(f"{row}：请选择{name}应当赡养、抚养或扶养哪位成员。", "supports_nobody", 422, "obligors")
        key = (people[entry.supports].pk, index)
        obligor = named.get(key) or kept.get(key)
        obligor = obligor or Obligor(household=household, supports=people[entry.supports], identity_index=index)
        obligor.name, obligor.identity, obligor.relation = name, identity.number, entry.relation
        obligor.occupation, obligor.family_size = entry.occupation, entry.family_size
        obligor.monthly_income_fen, obligor.agreed_fee_fen = entry.monthly_income_fen, entry.agreed_fee_fen
        obligor.inability_reason, obligor.supported_count = entry.inability_reason, entry.supported_count
        kept[key] = obligor
    for key in kept.keys() & named.keys():
        kept[key].save()
    insert([row for key, row in kept.items() if key not in named])
    if gone := [row.pk for key, row in named.items() if key not in kept]:
        Obligor.objects.filter(pk__in=gone).update(to_on=on)
    return list(kept.values())


def keep_account(household: Household, entry: AccountEntry, on: date, *, known: bool = True) -> BankAccount:
    """The account in use; another number ends the old row instead of changing it. ``known``: there may be one."""
    number = "".join(entry.number.split())
    if not (number.isdigit() and SHORTEST <= len(number) <= LONGEST):
        raise Refused("银行账号应为 12 至 22 位数字，请对照存折或银行卡核对。", "bad_account", 422, "account_number")
    index = blind_index("account", number)
    rows = BankAccount.objects.filter(household=household, to_on__isnull=True)
    current = rows.first() if known else None
    if current and current.number_index == index and current.holder == entry.holder:
        return current
    if current:
        BankAccount.objects.filter(pk=current.pk).update(to_on=on)
    account = BankAccount(
        household=household,
        holder=entry.holder,
        holder_relation=entry.holder_relation,
        bank=entry.bank,
        number=number,
        number_index=index,
        from_on=on,
    )
    return insert([account])[0]
