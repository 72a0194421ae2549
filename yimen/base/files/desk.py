"""The counter of the files: take a file in, give it out as an attachment, ask what is kept."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from yimen.base.files import kinds, vault
from yimen.base.files.limited import parse_content, parse_limited
from yimen.base.files.models import StoredFile
from yimen.base.files.refusals import BadFile
from yimen.base.prepared import prepared
from yimen.base.refs import new_ref
from yimen.law import calendar

__all__ = ["BadFile", "files_of", "find", "parse_limited", "read", "response", "same_picture_elsewhere", "store"]

_PICTURE_MB = 600


def store(
    source: IO[bytes] | bytes,
    *,
    name: str,
    document_class: str,
    subject_kind: str,
    subject_ref: str,
    staff_id: int | None,
    staff_name: str,
    account_id: int | None,
    office_code: str,
    allowed: frozenset[str] = frozenset(kinds.LIMITS),
) -> StoredFile:
    """Take a file in. Raises :class:`BadFile` with a Chinese sentence. ``allowed`` narrows the kinds a form takes.

    The caller, an act, binds ``sha256`` into its record entry. If the transaction fails, a sealed content without a
    row stays behind and means nothing.
    """
    given = source if isinstance(source, bytes) else source.read(kinds.LARGEST + 1)
    kind = kinds.kind_of(given) if given else "json"
    kinds.check_size(given, kind)
    if kind not in allowed:
        raise BadFile(
            f"这里只收{'、'.join(kinds.WORDS[one] for one in kinds.WORDS if one in allowed)}，请换一份后重新上传。"
        )
    kept = _made_safe(given, kind)
    ref = new_ref()
    vault.keep(ref, kept)
    return StoredFile.objects.create(
        ref=ref,
        sha256=hashlib.sha256(kept).hexdigest(),
        given_sha256=hashlib.sha256(given).hexdigest(),
        size=len(kept),
        kind=kind,
        name=kinds.clean_name(name, kind),
        document_class=document_class,
        subject_kind=subject_kind,
        subject_ref=subject_ref,
        staff_id=staff_id,
        staff_name=staff_name,
        account_id=account_id,
        office_code=office_code,
        at=calendar.now(),
    )


def _made_safe(given: bytes, kind: str) -> bytes:
    if kind in kinds.PICTURES:
        with TemporaryDirectory(prefix="yimen-") as folder:
            path = Path(folder) / "picture"
            path.write_bytes(given)
            parse_limited("yimen.base.files.readers:clean_picture", path, memory_mb=_PICTURE_MB)
            return path.with_name("picture.out").read_bytes()
    if kind == "xlsx":
        parse_content("yimen.base.files.readers:inspect_archive", given)
    return given


def find(ref: str) -> StoredFile | None:
    """The file of a reference; whether the asker may see it is the gate's question."""
    return StoredFile.objects.filter(ref=ref).order_by("id").first()


def files_of(subject_kind: str, subject_ref: str) -> QuerySet[StoredFile]:
    """The files of a subject, oldest first."""
    return StoredFile.objects.filter(subject_kind=subject_kind, subject_ref=subject_ref).order_by("id")


@prepared
def _digests(subject_kind: str, subject_ref: str) -> QuerySet[StoredFile, tuple[str, str]]:
    return files_of(subject_kind, subject_ref).values_list("ref", "sha256")


def digests_of(subject_kind: str, subject_ref: str) -> dict[str, str]:
    """What every file of a subject is, by its reference."""
    return dict(_digests(subject_kind, subject_ref))


def same_picture_elsewhere(file: StoredFile) -> QuerySet[StoredFile]:
    """Files of other subjects with the same content, as kept or as handed in: a re-used photograph or document."""
    same = Q(sha256=file.sha256) | Q(given_sha256=file.given_sha256)
    elsewhere = ~Q(subject_kind=file.subject_kind, subject_ref=file.subject_ref)
    return StoredFile.objects.filter(same & elsewhere).order_by("id")


def read(file: StoredFile) -> bytes:
    """The content. Raises ``FileNotFoundError`` or ``sealed.BrokenSeal``."""
    return vault.fetch(file.ref)


def response(file: StoredFile) -> HttpResponse:
    """The file as an attachment; never to be shown inside a page (K28)."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=file.name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return HttpResponse(read(file), content_type=kinds.CONTENT_TYPES[file.kind], headers=headers)
