"""What a file is, by its content; how large it may be; what its name may look like."""

import unicodedata

from yimen.base.files.refusals import BadFile

MIB = 1024 * 1024
LIMITS = {"jpeg": 12 * MIB, "png": 12 * MIB, "pdf": 20 * MIB, "xlsx": 20 * MIB, "json": 20 * MIB}
LARGEST = max(LIMITS.values())
CONTENT_TYPES = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
ENDINGS = {
    "jpeg": (".jpg", ".jpeg"),
    "png": (".png",),
    "pdf": (".pdf",),
    "xlsx": (".xlsx",),
    "json": (".json",),
}
WORDS = {"jpeg": "JPG 图片", "png": "PNG 图片", "pdf": "PDF", "xlsx": "Excel 表格（xlsx）", "json": "JSON"}
PICTURES = frozenset({"jpeg", "png"})
_NAME_LENGTH = 100
_FORBIDDEN = frozenset('\\/:*?"<>|')


def kind_of(content: bytes) -> str:
    """The kind of the content, or :class:`BadFile`. The name is not asked."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in content:
        return "xlsx"
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return "json"
    raise BadFile(f"不认识这个文件的内容。只收{'、'.join(WORDS.values())}，请换一份后重新上传。")


def check_size(content: bytes, kind: str) -> None:
    """Refuse an empty file and one too large for its kind."""
    if not content:
        raise BadFile("文件是空的，请重新选择文件。")
    if len(content) > LIMITS[kind]:
        most = LIMITS[kind] // MIB
        raise BadFile(f"文件有 {-(-len(content) // MIB)} MB，{WORDS[kind]}最大 {most} MB，请压缩或分开后重新上传。")


def clean_name(name: str, kind: str) -> str:
    """The name as it may be shown and offered for download: no path, no invisible sign, an ending that is true."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(
        sign for sign in last if sign not in _FORBIDDEN and unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
    )
    plain = plain.strip(" .")
    ending = next((end for end in ENDINGS[kind] if plain.lower().endswith(end)), None)
    stem = plain[: -len(ending)] if ending else plain
    return f"{stem.strip(' .')[:_NAME_LENGTH] or '未命名'}{ENDINGS[kind][0]}"
