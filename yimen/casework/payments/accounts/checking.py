"""Reading a new account: the number, whose it is, what about it is to be looked at, and from when it counts."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.conf import settings

from yimen.base.access.refusal import Refused
from yimen.base.figures import queries as figures
from yimen.base.offices import queries as offices
from yimen.casework.households import queries as households
from yimen.casework.households.entries import LONGEST, SHORTEST
from yimen.casework.households.models import BankAccount, Household, Membership
from yimen.casework.payments.accounts.entries import AccountProposal
from yimen.casework.payments.models import AccountChange
from yimen.law.calendar import month_of
from yimen.law.identity import BadIdentity, BadName, clean_name, read_identity
from yimen.law.monthclose import CutOff, deadline
from yimen.law.payments.accounts import FREEZE_DAYS, AccountState, AccountWarning, first_used
from yimen.law.standards import BadFigure, Unset


def number_of(entry: AccountProposal) -> str:
    """The number without blanks, the same both times. Raises Refused at its field."""
    number, again = ("".join(text.split()) for text in (entry.number, entry.again))
    if not (number.isascii() and number.isdigit() and SHORTEST <= len(number) <= LONGEST):
        raise Refused("银行账号应为 12 至 22 位数字，请对照存折或银行卡核对。", "bad_account", 422, "number")
    if number != again:
        raise Refused("两次输入的账号不一样，请对照存折或银行卡重新输入。", "differs", 422, "again")
    return number


def member_of(home: Household, entry: AccountProposal) -> Membership | None:
    """The member who holds the account; None where somebody outside does. Raises Refused for a reference of no member."""
    if not entry.member:
        return None
    found = Membership.objects.filter(household=home, to_on__isnull=True, person__ref=entry.member)
    row = found.select_related("person").first()
    if row is None:
        raise Refused("所选的户名不是本户现在的成员，请刷新页面后重新选择。", "holder", 422, "member")
    if row.person.died_on:
        raise Refused(f"{row.person.name}已去世，不能用作发放账户的户名。", "holder", 422, "member")
    return row


def outsider_of(entry: AccountProposal) -> tuple[str, str]:
    """Name and identity number of a payee outside the household. Raises Refused at the field."""
    try:
        name = clean_name(entry.holder)
    except BadName as bad:
        raise Refused(str(bad), "bad_name", 422, "holder") from bad
    try:
        number = read_identity(entry.identity, allow_unknown_area=settings.YIMEN_DEMO or settings.YIMEN_TESTING).number
    except BadIdentity as bad:
        raise Refused(str(bad), "bad_identity", 422, "identity") from bad
    if not entry.authority.strip():
        raise Refused("领取人不是家庭成员的，请写明凭什么代领（监护、委托书等）。", "missing", 422, "authority")
    return name, number


def warnings_of(change: AccountChange) -> list[AccountWarning]:
    """What is to be looked at as things stand now."""
    found = []
    others = BankAccount.objects.filter(number_index=change.number_index, to_on__isnull=True)
    waiting = AccountChange.objects.filter(number_index=change.number_index, state=AccountState.PROPOSED)
    if any(rows.exclude(household=change.household_id).exists() for rows in (others, waiting)):
        found.append(AccountWarning.SHARED)
    index = change.member.identity_index if change.member else change.identity_index
    if index in offices.numbers_of_staff():
        found.append(AccountWarning.STAFF)
    if change.member is None:
        found.append(AccountWarning.OUTSIDE)
    return found


def same_as_now(home: Household, number_index: str, holder: str) -> bool:
    """Whether the household is paid to this account already, or from a day that is settled."""
    current = households.account_at_last(home)
    return current is not None and (current.number_index, current.holder) == (number_index, holder)


def effective(change: AccountChange, on: dt.date) -> dt.date:
    """From which day the account counts if it is confirmed on a day; an unset figure freezes the whole month."""
    ask = partial(figures.figure, area=str(change.township_id), on=on)
    try:
        cut_off = deadline(CutOff.CASES, month_of(on), ask, offices.working_calendar()).day
        return first_used(on, cut_off, ask(FREEZE_DAYS).as_int())
    except (Unset, BadFigure):
        return first_used(on, None, None)
