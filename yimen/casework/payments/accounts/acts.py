"""Acts on a household's account: proposed by a handler, confirmed by the head, told to the household by the district (K20).

Who releases the money has no part in it: a handler proposes, the head confirms with a fresh second factor, the district sends
the letter. Refused and withdrawn proposals stay in the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from yimen.base.access import gate, second
from yimen.base.access.acts import office_act
from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.casework.awards.models import Award
from yimen.casework.awards.recertify import looking
from yimen.casework.households import enrolling, queries as households
from yimen.casework.households.entries import AccountEntry
from yimen.casework.households.models import BankAccount, Household
from yimen.casework.payments.accounts import checking, papers
from yimen.casework.payments.accounts.entries import AccountProposal
from yimen.casework.payments.models import AccountChange
from yimen.law.payments.accounts import AccountState
from yimen.law.terms import Relation

SHOWN = (
    "household__head", "household__village", "township", "member", "before", "made", "proposed_by", "decided_by", "told_by",
)  # fmt: skip


@office_act("propose_account")
def propose_account(walk: Walk, *, award: str, entry: AccountProposal) -> AccountChange:
    """Propose another account for the household of an award. Nothing changes until another person has confirmed it."""
    row = gate.fetch(walk.officer, Award.objects.select_related("household__head", "township"), award)
    if row.end_month or row.voided_on or not row.monthly_fen:
        raise Refused(f"{row.household.head.name}家庭没有在发放的保障，不需要变更账户。", "ended")
    _check_here(walk, row.household)
    change = _read(walk, row.household, entry)
    change.warnings = [str(each) for each in checking.warnings_of(change)]
    try:
        with transaction.atomic():
            change.save(force_insert=True)
    except IntegrityError as taken:
        raise Refused(
            f"{row.household.head.name}家庭已有一项账户变更待复核，请先复核或者撤回。", "open", 409
        ) from taken
    walk.note(subject=(AccountChange.KIND, change.ref), household=row.household.ref, warnings=change.warnings)
    return change


def _read(walk: Walk, home: Household, entry: AccountProposal) -> AccountChange:
    number = checking.number_of(entry)
    member = checking.member_of(home, entry)
    name, identity = (member.person.name, "") if member else checking.outsider_of(entry)
    index = enrolling.account_index(number)
    if checking.same_as_now(home, index, name):
        raise Refused("与现在的发放账户相同，不需要变更。", "same", 422, "number")
    if not member and entry.relation not in {str(each) for each in Relation}:
        raise Refused("请选择领取人与户主的关系。", "missing", 422, "relation")
    return AccountChange(
        household=home,
        township_id=home.township_id,
        member=member.person if member else None,
        holder=name,
        relation=member.relation if member else entry.relation,
        identity=identity or None,
        identity_index=households.identity_index(identity) if identity else "",
        authority="" if member else _text(entry.authority, "authority", "代领的依据"),
        bank=_text(entry.bank, "bank", "开户银行", 80),
        number=number,
        number_index=index,
        reason=_text(entry.reason, "reason", "变更的原因"),
        before=households.account(home),
        proposed_by=walk.officer.staff,
        proposed_on=walk.on,
    )


@office_act("confirm_account")
def confirm_account(walk: Walk, *, ref: str, words: str = "", code: str = "") -> AccountChange:
    """Confirm a proposal, by another person with a fresh second factor; the household is told by letter.

    The holder is held against the household as it is now. Where something is to be looked at, ``words`` say how it was.
    """
    change = _take(walk, ref)
    _check_second(walk, change, "复核")
    home = Household.objects.select_for_update().get(pk=change.household_id)
    if change.member is not None:
        checking.member_of(home, _as_entry(change))
    found = checking.warnings_of(change)
    plain = _text(words, "words", "核实情况", 300, needed=bool(found))
    second.spend(walk.officer.account, code)
    change.first_used = checking.effective(change, walk.on)
    change.before, change.made = switch(change)
    change.warnings = [str(each) for each in found]
    _decide(walk, change, AccountState.CONFIRMED, plain)
    paper = papers.letter(walk, change)
    walk.note(first_used=f"{change.first_used}", warnings=change.warnings, paper=paper.number)
    return change


def _as_entry(change: AccountChange) -> AccountProposal:
    return AccountProposal("", "", "", "", member=change.member.ref if change.member else "")


def switch(change: AccountChange) -> tuple[BankAccount | None, BankAccount]:
    """The account until now ends on the day on which the new one begins; neither is rewritten."""
    rows = BankAccount.objects.select_for_update().filter(household=change.household_id, to_on__isnull=True)
    old = rows.order_by("id").first()
    begins = change.first_used
    if begins is None:
        raise ValueError("an account begins on a day")
    if old is not None:
        enrolling.close_accounts([old.pk], begins)
    entry = AccountEntry(change.holder, change.bank, str(change.number), change.relation)
    return old, enrolling.open_accounts([(change.household_id, entry)], begins)[0]


@office_act("refuse_account")
def refuse_account(walk: Walk, *, ref: str, words: str) -> AccountChange:
    """The second person does not confirm; the account stays, the proposal stays in the history with the reason."""
    change = _take(walk, ref)
    _check_second(walk, change, "复核")
    return _decide(walk, change, AccountState.REFUSED, _text(words, "words", "不通过的理由", 300))


@office_act("withdraw_account")
def withdraw_account(walk: Walk, *, ref: str, words: str) -> AccountChange:
    """Who proposed it takes it back; it stays in the history."""
    change = _take(walk, ref)
    if change.proposed_by_id != walk.officer.staff.pk:
        raise Refused(f"这项变更由{change.proposed_by.name}提出，请由本人撤回；复核人可以不通过。", "not_yours", 403)
    return _decide(walk, change, AccountState.WITHDRAWN, _text(words, "words", "撤回的原因", 300))


@office_act("send_account_letters")
def send_account_letters(walk: Walk, *, refs: Sequence[str]) -> list[AccountChange]:
    """The district has sent these letters: by a way that nobody in the township who changed the account controls."""
    if not refs:
        raise Refused("请勾选已经寄出的告知书。", "missing", 422, "refs")
    rows = [_sent(walk, ref) for ref in sorted(set(refs))]
    AccountChange.objects.bulk_update(rows, ["told_by", "told_on"])
    walk.note(subject=(AccountChange.KIND, rows[0].ref), letters=[row.ref for row in rows])
    return rows


def _sent(walk: Walk, ref: str) -> AccountChange:
    row = gate.fetch(walk.officer, AccountChange.objects.select_related(*SHOWN), ref, lock=True)
    if not walk.officer.holds(set(walk.row.roles) & DISTRICT_ROLES, str(row.township_id)[:6]):
        raise Refused("账户变更告知书由区级寄送，您的岗位不能办理。", "wrong_role", 403)
    if row.state != AccountState.CONFIRMED or row.told_on is not None:
        raise Refused(f"{row.household.head.name}家庭没有待寄送的账户变更告知书，请刷新页面。", "overtaken")
    if walk.officer.staff.pk in (row.proposed_by_id, row.decided_by_id):
        raise Refused("告知书须由没有办理这项账户变更的人寄送。", "separation", 403)
    row.told_by, row.told_on = walk.officer.staff, walk.on
    return row


# -- what the acts share -----------------------------------------------------------------------


def _take(walk: Walk, ref: str) -> AccountChange:
    change = gate.fetch(walk.officer, AccountChange.objects.select_related(*SHOWN), ref, lock=True)
    _check_here(walk, change.household)
    if change.state != AccountState.PROPOSED:
        raise Refused(
            f"这项账户变更现为“{AccountState(change.state).label}”，不能办理“{walk.row.label}”。请刷新页面。",
            "overtaken",
        )
    return change


def _check_second(walk: Walk, change: AccountChange, what: str) -> None:
    if change.proposed_by_id == walk.officer.staff.pk:
        raise Refused(f"这项账户变更由您本人提出，须由另一人{what}（提出与复核须由不同的人办理）。", "separation", 403)


def _decide(walk: Walk, change: AccountChange, state: AccountState, words: str) -> AccountChange:
    change.state, change.decided_by, change.decided_on, change.decided_words = state, walk.officer.staff, walk.on, words
    change.save()
    walk.note(subject=(AccountChange.KIND, change.ref), household=change.household.ref, state=str(state))
    return change


def _check_here(walk: Walk, home: Household) -> None:
    if not walk.officer.holds(set(walk.row.roles) & TOWNSHIP_ROLES, str(home.township_id)):
        raise Refused("发放账户由当地乡街的经办人员和负责人办理，您的岗位不能办理。", "wrong_role", 403)
    rows: Iterable[Any] = Award.objects.filter(household=home).select_related("household__head")
    looking.check_unrelated(list(rows), walk.officer.staff)


def _text(value: str, field: str, label: str, longest: int = 200, *, needed: bool = True) -> str:
    plain = (value or "").strip()
    if needed and not plain:
        raise Refused(f"请填写{label}。", "missing", 422, field)
    if len(plain) > longest:
        raise Refused(f"{label}最多 {longest} 字，现有 {len(plain)} 字，请精简。", "too_long", 422, field)
    return plain
