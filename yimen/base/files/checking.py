"""The part of ``yimen verify`` that looks at the files."""

import hashlib

from yimen.base.files.models import StoredFile
from yimen.base.files.vault import fetch
from yimen.base.record.report import Report
from yimen.base.sealed import BrokenSeal


def check_files(report: Report) -> None:
    """Every row has its content, and the content is the one that was taken in."""
    rows = StoredFile.objects.order_by("id").values_list("ref", "name", "sha256")
    for ref, name, sha256 in rows.iterator(chunk_size=1000):
        try:
            if hashlib.sha256(fetch(ref)).hexdigest() != sha256:
                report.add(0, "file_edited", f"文件“{name}”（{ref}）的内容与登记的摘要不符。")
        except BrokenSeal:
            report.add(0, "file_edited", f"文件“{name}”（{ref}）的内容被改动，无法打开。")
        except OSError:
            report.add(0, "file_missing", f"文件“{name}”（{ref}）的内容不见了。")
