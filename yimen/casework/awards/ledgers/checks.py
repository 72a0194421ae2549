"""Why a row of a ledger cannot be taken, or what a person should look at; each sentence says what to do."""

from __future__ import annotations

from yimen.casework.awards.ledgers.entries import LedgerPerson
from yimen.casework.awards.ledgers.kinds import ROW, check_kind
from yimen.casework.awards.ledgers.known import Known
from yimen.casework.awards.ledgers.verdict import EARLIEST, EARLIEST_TEKUN, Ground, Verdict
from yimen.casework.awards.models import Award, AwardPerson
from yimen.casework.awards.queries import BASIC, covered_words
from yimen.casework.households.enrolling import account_index
from yimen.casework.households.models import Household, Membership
from yimen.casework.households.queries import identity_index
from yimen.law.calendar import next_month
from yimen.law.identity import mask_identity
from yimen.law.ledger import SHORT
from yimen.law.terms import Programme

PERSON = "身份证号"


def _label(person: LedgerPerson) -> str:
    return f"{person.name}（{mask_identity(person.identity)}）"


def check_persons(verdict: Verdict, place: Ground, found: Known, twice: dict[str, list[str]]) -> None:
    """Each person once, under the name known, alive, in this household, covered nowhere else."""
    people = [person for person in verdict.row.people if person.identity]
    for person in people:
        index = identity_index(person.identity)
        if index in twice:
            _repeated(verdict, person, twice[index])
        known = found.people.get(index)
        if known and known.name != person.name:
            verdict.wrong(PERSON, f"{_label(person)}已登记的姓名是“{known.name}”，请对照证件核对姓名或号码。")
        if known and known.died_on:
            verdict.wrong(PERSON, f"{_label(person)}登记为 {known.died_on} 死亡，请核实后从本户删去。")
        _kin(verdict, person, index, place, found)
    verdict.home = _home(verdict, people, found)
    _elsewhere(verdict, place, people, found)


def _repeated(verdict: Verdict, person: LedgerPerson, places: list[str]) -> None:
    others = [place for place in places if place != verdict.row.place]
    if others:
        where = "、".join(dict.fromkeys(others))
        verdict.wrong(PERSON, f"{_label(person)}在{where}也出现，一人只能在一户，请删去重复的。")
    else:
        verdict.wrong(PERSON, f"{_label(person)}在本户中出现了不止一次，一人只能在一户，请删去重复的。")


def _kin(verdict: Verdict, person: LedgerPerson, index: str, place: Ground, found: Known) -> None:
    if index not in found.kin:
        return
    if place.proposer in found.staff[index]:
        verdict.wrong(ROW, f"{person.name}是您本人或您登记的近亲属，您应当回避，请由其他人员导入这一户。")
    else:
        verdict.remarks.append(f"{person.name}与{found.kin[index]}登记为近亲属（或为其本人），须按规定备案。")


def _where(home: Household) -> str:
    return f"{home.township.name}{home.village.name}“{home.head.name}”户"


def _home(verdict: Verdict, people: list[LedgerPerson], found: Known) -> Household | None:
    """The household the row means: the one its head lives in, else the one whose head is still among its people."""
    at: dict[int, list[LedgerPerson]] = {}
    for person in people:
        known = found.people.get(identity_index(person.identity))
        membership: Membership | None = found.home_of.get(known.pk) if known else None
        if membership:
            at.setdefault(membership.household_id, []).append(person)
    ids = {known.pk for person in people if (known := found.people.get(identity_index(person.identity)))}
    chosen = next(
        (home for home, persons in at.items() if people[0] in persons or found.homes[home].head_id in ids), None
    )
    for other, persons in at.items():
        if other != chosen:
            names = "、".join(_label(person) for person in persons)
            verdict.wrong(
                PERSON, f"{names}已是{_where(found.homes[other])}的家庭成员，请先核实并办理迁出，或从本户删去。"
            )
    return found.homes[chosen] if chosen else None


def _elsewhere(verdict: Verdict, place: Ground, people: list[LedgerPerson], found: Known) -> None:
    home = verdict.home
    known = {person: found.people.get(identity_index(person.identity)) for person in people}
    if home is not None:
        verdict.award = _award(verdict, place, {each.pk for each in known.values() if each}, found)
    for person, row in known.items():
        for active in found.elsewhere.get(row.pk, []) if row else []:
            if _excludes(verdict, place, person, active):
                _covered_already(verdict, place, person, active)
    if home is None:
        return
    if verdict.row.village and home.township_id != verdict.row.village[:9]:
        verdict.wrong(ROW, f"本户已登记在{_where(home)}，不在本乡街，请先办理迁移。")
    if home.pk in found.applying and place.programme is not Programme.TEKUN:
        verdict.wrong(ROW, f"本户正在本系统办理申请（{found.applying[home.pk]}），请办结后再核对台账。")


def _award(verdict: Verdict, place: Ground, people: set[int], found: Known) -> Award | None:
    """The running award that the row is about: of 特困 the person's own, else the household's."""
    home = verdict.home
    mine = [award for award in found.awards.get(home.pk, []) if award.programme == place.programme] if home else []
    if place.programme is Programme.TEKUN:
        mine = [award for award in mine if people & found.owners[award.pk]]
    running = [award for award in mine if not award.end_month]
    if mine and not running:
        last, what = mine[-1], SHORT[place.programme]
        whose = "本人" if place.programme is Programme.TEKUN else "本户"
        verdict.wrong(
            ROW, f"{whose}的{what}（{last.number}）已于 {last.end_month} 停止，不能由台账恢复。仍需保障的请重新申请。"
        )
    return max(running, key=lambda award: len(people & set(found.covered[award.pk])), default=None)


def _excludes(verdict: Verdict, place: Ground, person: LedgerPerson, active: AwardPerson) -> bool:
    """Whether what a person has already stands against the row (rules.md §10): only 单人保 goes beside 边缘."""
    at_home = verdict.home is not None and active.award.household_id == verdict.home.pk
    if not person.covered:
        return not at_home and Programme(active.programme) in BASIC
    single = verdict.award is not None and verdict.award.single
    if active.single and place.programme is Programme.EDGE:
        return False
    return not (single and active.programme == Programme.EDGE)


def _covered_already(verdict: Verdict, place: Ground, person: LedgerPerson, active: AwardPerson) -> None:
    who, where = _label(person), covered_words(active)
    if active.programme == place.programme:
        verdict.wrong(PERSON, f"{who}{where}，一人不能重复享受，请核实。")
    else:
        verdict.wrong(
            PERSON, f"{who}{where}，不能同时列入{SHORT[place.programme]}，应在本台账删去或先办理原保障的变更，请核实。"
        )


def check_row(verdict: Verdict, place: Ground, found: Known) -> None:
    """Village, category, amount and months as the place knows them."""
    row = verdict.row
    if row.village and row.village not in place.villages:
        verdict.wrong("村（社区）", f"这个村（社区）不在{place.township.name}，请核对。")
    earliest = EARLIEST_TEKUN if place.programme is Programme.TEKUN else EARLIEST
    if row.start_month and not earliest <= row.start_month <= next_month(place.on):
        verdict.wrong("起始月份", f"起始月份 {row.start_month} 不合理，请核对；下月以后才享受的不属于在保家庭。")
    if row.recertify_on and row.recertify_on < row.start_month:
        verdict.wrong("下次复核日期", "下次复核日期早于起始月份，请核对。")
    check_kind(verdict, place)
    if not verdict.problems and not (row.village and row.start_month):
        verdict.wrong(ROW, "村（社区）和起始月份（认定日期）都要填写。")
    if not verdict.problems and not any(person.covered for person in row.people):
        verdict.wrong("保障人数", "本户没有享受保障的人，请核对保障人数。")


def check_account(verdict: Verdict, found: Known, holder: str, twice: dict[str, list[str]]) -> None:
    """The holder is of the household; nobody else is paid to the same account (K20)."""
    row = verdict.row
    index = account_index(row.account)
    if others := [place for place in twice.get(index, []) if place != row.place]:
        verdict.remarks.append(f"银行账号与{'、'.join(others[:3])}相同，请核对。")
    if holder not in {person.name for person in row.people}:
        if verdict.closes:
            verdict.wrong("开户人", f"更换账号时，开户人“{holder}”须是本户成员，请核对户名，或由窗口凭证件办理。")
        else:
            verdict.remarks.append(f"开户人“{holder}”不是本户成员，请核对代领手续。")
    mine = verdict.home.pk if verdict.home else None
    if found.sharing.get(index, set()) - {mine}:
        verdict.remarks.append("这个银行账号另有一户在用，请核对。")
