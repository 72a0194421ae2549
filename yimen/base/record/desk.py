"""The counter of the record: write an entry, note a read, ask what was written."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from yimen.base.canonical import canonical_text
from yimen.base.prepared import insert, prepared
from yimen.base.record.content import ENTRY_FIELDS, digest_of
from yimen.base.record.models import Entry, Read
from yimen.law import calendar

FACTS_LIMIT = 16_000
HIDDEN = "〔号码不入留痕〕"
# Numbers of 15 to 19 digits (identity, old identity, bank account) and mobile telephones, standing by themselves.
_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|\d{15,19}|1[3-9]\d{9})(?![0-9A-Za-z])")


def write(
    *,
    act: str,
    act_label: str,
    subject_kind: str,
    subject_ref: str,
    staff_id: int | None,
    staff_name: str,
    account_id: int | None,
    office_code: str,
    area_code: str,
    before: str = "",
    after: str = "",
    facts: Mapping[str, Any] | None = None,
    request_id: str = "",
    business_date: date | None = None,
) -> Entry:
    """Write one entry, in the caller's transaction (K11). ``before`` and ``after`` are digests with algorithm id.

    The time is the server's (K9). Identity, bank-account and telephone numbers typed into a fact are replaced.
    Raises ``ValueError`` if the facts are not small.
    """
    facts_text = canonical_text(hide_numbers(dict(facts or {})))
    if len(facts_text) > FACTS_LIMIT:
        raise ValueError(f"the facts of an entry are at most {FACTS_LIMIT} signs; store the rest and bind its digest")
    entry = Entry(
        at=calendar.now(),
        business_date=business_date or calendar.today(),
        staff_id=staff_id,
        staff_name=staff_name,
        account_id=account_id,
        office_code=office_code,
        act=act,
        act_label=act_label,
        subject_kind=subject_kind,
        subject_ref=subject_ref,
        area_code=area_code,
        before=before,
        after=after,
        facts_text=facts_text,
        request_id=request_id,
        algorithm=algorithm(),
    )
    entry.digest = digest_of(entry, ENTRY_FIELDS)
    insert([entry])
    return entry


def note_read(
    *,
    staff_id: int | None,
    staff_name: str,
    account_id: int | None,
    office_code: str,
    subject_kind: str,
    subject_ref: str,
    person_ref: str = "",
    purpose: str,
    channel: str,
    request_id: str = "",
) -> Read:
    """Note that a personal file was read. If this fails, the page must not be shown (K10)."""
    return Read.objects.create(
        at=calendar.now(),
        staff_id=staff_id,
        staff_name=staff_name,
        account_id=account_id,
        office_code=office_code,
        subject_kind=subject_kind,
        subject_ref=subject_ref,
        person_ref=person_ref,
        purpose=purpose,
        channel=channel,
        request_id=request_id,
    )


def note_reads(subjects: Iterable[tuple[str, str, str]], **common: Any) -> None:
    """Note many reads at once: ``(subject kind, its reference, the person's reference)`` each, what is common by name."""
    at = calendar.now()
    rows = [Read(at=at, subject_kind=kind, subject_ref=ref, person_ref=who, **common) for kind, ref, who in subjects]
    Read.objects.bulk_create(rows, batch_size=500)


def entries_of(subject_kind: str, subject_ref: str) -> QuerySet[Entry]:
    """All entries about a subject, oldest first."""
    return Entry.objects.filter(subject_kind=subject_kind, subject_ref=subject_ref).order_by("seq")


@prepared
def _last(kind: str, ref: str, act: str) -> QuerySet[Entry]:
    return Entry.objects.filter(subject_kind=kind, subject_ref=ref, act=act).order_by("-seq")[:1]


def last_of(subject_kind: str, subject_ref: str, act: str) -> Entry | None:
    """The latest entry of one act about a subject."""
    return next(iter(_last(subject_kind, subject_ref, act)), None)


def reads_of(subject_kind: str, subject_ref: str) -> QuerySet[Read]:
    """Everybody who read a subject's file, newest first."""
    return Read.objects.filter(subject_kind=subject_kind, subject_ref=subject_ref).order_by("-id")


def reads_of_person(person_ref: str) -> QuerySet[Read]:
    """谁看过我的档案: every read noted for a person, newest first."""
    return Read.objects.filter(person_ref=person_ref).order_by("-id")


def did(subject_kind: str, subject_ref: str, acts: Iterable[str]) -> set[int]:
    """The staff who did any of the acts on the subject (separation of duties by person, K17)."""
    done = entries_of(subject_kind, subject_ref).filter(act__in=list(acts), staff_id__isnull=False)
    return {staff for staff in done.order_by().values_list("staff_id", flat=True).distinct() if staff is not None}


def algorithm() -> str:
    """The digest algorithm of this deployment: ``sha256``, or ``sm3`` in the SM profile."""
    return str(getattr(settings, "YIMEN_DIGEST", "sha256"))


def hide_numbers(value: Any) -> Any:
    """The value with every identity, bank-account and telephone number in its texts replaced (K25)."""
    if isinstance(value, str):
        return _NUMBER.sub(HIDDEN, value)
    if isinstance(value, Mapping):
        return {key: hide_numbers(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [hide_numbers(item) for item in value]
    return value
