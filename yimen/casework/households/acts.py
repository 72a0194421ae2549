"""Writing people and households. Called within an act of a later step; each refusal names the row at fault."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction

from yimen.base.access.refusal import Refused
from yimen.base.offices import queries as offices
from yimen.base.sealed import blind_index
from yimen.casework.households.entries import AccountEntry, HomeEntry, ObligorEntry, PersonEntry
from yimen.casework.households.models import BankAccount, Household, Membership, Obligor, Person
from yimen.casework.households.pinyin import spell
from yimen.casework.households.queries import home_of, identity_index, phone_tail
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


def keep_person(entry: PersonEntry, row: str) -> Person:
    """The person of an identity number: created, or brought up to date. A different stored name is refused."""
    identity, name = _read(entry.identity, row), _name(entry.name, row)
    index = identity_index(identity.number)
    person = Person.objects.filter(identity_index=index).first()
    if person and person.name != name:
        raise Refused(
            f"{row}：这个身份证号已登记为“{person.name}”，与填写的“{name}”不同，请对照证件核对姓名或号码。",
            "name_differs",
            422,
            "members",
        )
    full, initials = spell(name)
    facts = {
        "name": name,
        "pinyin": full,
        "initials": initials,
        "identity": identity.number,
        "sex": identity.sex,
        "birth_date": identity.birth_date,
        "nationality": entry.nationality,
        "marriage": entry.marriage,
        "occupation": entry.occupation,
        "student": entry.student,
        "hukou_place": entry.hukou_place,
        "phone": entry.phone or (person.phone if person else None),
        "phone_tail": phone_tail(entry.phone) if entry.phone else person.phone_tail if person else "",
        "health": _health(entry),
    }
    found, _ = Person.objects.update_or_create(identity_index=index, defaults=facts)
    return found


def _join(household: Household, person: Person, entry: PersonEntry, on: date) -> None:
    now_in = home_of(person)
    if now_in and now_in.household_id != household.pk:
        where = f"{now_in.household.township.name}{now_in.household.village.name}“{now_in.household.head.name}”户"
        raise Refused(
            f"{person.name}已是{where}的家庭成员，一人只能在一个家庭。请先核实并办理迁出，或从本户删去。",
            "in_another_household",
            422,
            "members",
        )
    if now_in:
        Membership.objects.filter(pk=now_in.pk).update(relation=entry.relation, co_resident=entry.co_resident)
        return
    try:
        with transaction.atomic():
            Membership.objects.create(
                household=household, person=person, relation=entry.relation, co_resident=entry.co_resident, from_on=on
            )
    except IntegrityError:
        raise Refused(
            f"{person.name}刚刚被登记到另一个家庭，请刷新后核对。", "in_another_household", 409, "members"
        ) from None


def keep_household(home: HomeEntry, entries: Sequence[PersonEntry], on: date) -> tuple[Household, list[Person]]:
    """The household of the first entry (the applicant), with exactly these members from a day on."""
    village = offices.area(home.village)
    people = [keep_person(entry, f"第{number}行 {entry.name}") for number, entry in enumerate(entries, 1)]
    if len({person.pk for person in people}) < len(people):
        twice = next(p for n, p in enumerate(people) if p.pk in {q.pk for q in people[:n]})
        raise Refused(f"{twice.name}的身份证号填写了两次，请删去重复的一行。", "twice", 422, "members")
    now_in = home_of(people[0])
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
    household.save()
    for person, entry in zip(people, entries, strict=True):
        _join(household, person, entry, on)
    Membership.objects.filter(household=household, to_on__isnull=True).exclude(person__in=people).update(to_on=on)
    return household, people


def keep_obligors(
    household: Household, people: Sequence[Person], entries: Sequence[ObligorEntry], on: date
) -> list[Obligor]:
    """The obligors of a household as declared now; earlier ones not named again end today."""
    kept: list[Obligor] = []
    members = {person.identity_index for person in people}
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
        facts = {
            "name": name,
            "identity": identity.number,
            "relation": entry.relation,
            "occupation": entry.occupation,
            "family_size": entry.family_size,
            "monthly_income_fen": entry.monthly_income_fen,
            "agreed_fee_fen": entry.agreed_fee_fen,
            "inability_reason": entry.inability_reason,
            "supported_count": entry.supported_count,
        }
        obligor, _ = Obligor.objects.update_or_create(
            household=household, supports=people[entry.supports], identity_index=index, to_on=None, defaults=facts
        )
        kept.append(obligor)
    gone = Obligor.objects.filter(household=household, to_on__isnull=True).exclude(pk__in=[row.pk for row in kept])
    gone.update(to_on=on)
    return kept


def keep_account(household: Household, entry: AccountEntry, on: date) -> BankAccount:
    """The account in use; another number ends the old row instead of changing it."""
    number = "".join(entry.number.split())
    if not (number.isdigit() and 12 <= len(number) <= 22):
        raise Refused("银行账号应为 12 至 22 位数字，请对照存折或银行卡核对。", "bad_account", 422, "account_number")
    index = blind_index("account", number)
    current = BankAccount.objects.filter(household=household, to_on__isnull=True).first()
    if current and current.number_index == index and current.holder == entry.holder:
        return current
    if current:
        BankAccount.objects.filter(pk=current.pk).update(to_on=on)
    return BankAccount.objects.create(
        household=household,
        holder=entry.holder,
        holder_relation=entry.holder_relation,
        bank=entry.bank,
        number=number,
        number_index=index,
        from_on=on,
    )
