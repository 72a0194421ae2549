"""An account that a decided change of circumstances sets: the same window, register and letter as any other (K20).

The change was established by one person and decided by another with a second factor; here the account takes effect.
"""

from __future__ import annotations

from yimen.base.access.guards import consequence
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.casework.awards.changes.applying import ACCOUNT
from yimen.casework.awards.changes.entries import FindingEntry
from yimen.casework.awards.models import ChangeFinding
from yimen.casework.households import enrolling, queries as households
from yimen.casework.households.entries import AccountEntry
from yimen.casework.households.models import Household, Membership
from yimen.casework.payments.accounts import checking, papers
from yimen.casework.payments.accounts.acts import switch
from yimen.casework.payments.models import AccountChange
from yimen.law.aftercare.terms import ChangeEvent
from yimen.law.payments.accounts import AccountState


@consequence(ACCOUNT)
def by_a_change(walk: Walk, finding: ChangeFinding) -> None:
    """Keep the account of a decided change, tell the household, list it to the district; nothing where it is the one in use."""
    entry, home = FindingEntry.of(finding.entry).account, finding.change.award.household
    if entry is None:
        return
    number = "".join(entry.number.split())
    index = enrolling.account_index(number)
    if checking.same_as_now(home, index, entry.holder):
        return
    change = _read(walk, finding, home, entry, number)
    change.warnings = [str(each) for each in checking.warnings_of(change)]
    change.first_used = checking.effective(change, walk.on)
    change.before, change.made = switch(change)
    change.save(force_insert=True)
    paper = papers.letter(walk, change)
    walk.note(account_change=change.ref, first_used=f"{change.first_used}", letter=paper.number)


def _read(walk: Walk, finding: ChangeFinding, home: Household, entry: AccountEntry, number: str) -> AccountChange:
    rows = Membership.objects.filter(household=home, to_on__isnull=True, person__died_on__isnull=True)
    member = rows.filter(person__name=entry.holder).select_related("person").order_by("id").first()
    if member is None:
        raise Refused(f"{entry.holder}已不是本户的成员，不能用作发放账户的户名，请退回后重新核定。", "holder")
    event = ChangeEvent(finding.change.event).label
    return AccountChange(
        household=home, township_id=home.township_id, state=AccountState.CONFIRMED, member=member.person,
        holder=entry.holder, relation=member.relation, bank=entry.bank, number=number,
        number_index=enrolling.account_index(number), reason=f"变更：{event}", before=households.account(home),
        proposed_by=finding.by, proposed_on=finding.change.reported_on, decided_by=walk.officer.staff, decided_on=walk.on,
        decided_words="随变更决定复核",
    )  # fmt: skip
