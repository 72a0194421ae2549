"""Files handed in with an act: they belong to the case, and their digests go into the record."""

from __future__ import annotations

from collections.abc import Sequence

from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.files import desk as files
from yimen.casework.applications.models import Application


def bind_files(walk: Walk, application: Application, refs: Sequence[str], field: str) -> list[str]:
    """The references, once each file is found in the case's own folder; a picture known from elsewhere is noted (V5)."""
    if not refs:
        return []
    own = {row.ref: row for row in files.files_of(application.KIND, application.ref)}
    if any(ref not in own for ref in refs):
        raise Refused("有文件不在本件的材料之中，请重新上传后再提交。", "unknown_file", 422, field)
    given = [own[ref] for ref in dict.fromkeys(refs)]
    seen = [row.ref for row in given if files.same_picture_elsewhere(row).exists()]
    walk.note(files={row.ref: row.sha256 for row in given}, seen_elsewhere=seen)
    return [row.ref for row in given]
