"""Parsers that run in the child process. Each gets a path and returns JSON's own types, or raises ``BadFile``."""

import datetime as dt
import json
import zipfile
from pathlib import Path
from typing import Any

from yimen.base.files.refusals import BadFile

PIXELS = 50_000_000
LONGEST_EDGE = 3_600
UNPACKED = 200 * 1024 * 1024
PARTS = 2_000
ROWS, COLUMNS = 200_000, 200


def clean_picture(path: str) -> dict[str, int]:
    """Write the picture anew beside the original (``<path>.out``): upright, at most 3,600 points long, nothing but points.

    What the camera added (place, time, thumbnail) and anything hidden behind the picture does not survive.
    """
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None
    with Image.open(path, formats=("JPEG", "PNG")) as picture:
        if picture.width * picture.height > PIXELS:
            raise BadFile(f"图片有 {picture.width}×{picture.height} 点，过大。请降低分辨率后重新上传。")
        turn = picture.getexif().get(0x0112)
        kind = picture.format
        picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
        upright = picture.convert("RGB" if kind == "JPEG" else "RGBA" if "A" in picture.getbands() else "RGB")
        exif = Image.Exif()
        if turn:
            exif[0x0112] = turn
        upright.info = {"exif": exif.tobytes()} if turn else {}
        upright = ImageOps.exif_transpose(upright)
        upright.info = {}
        if kind == "JPEG":
            upright.save(f"{path}.out", "JPEG", quality=88)
        else:
            upright.save(f"{path}.out", "PNG")
        return {"width": upright.width, "height": upright.height}


def inspect_archive(path: str) -> dict[str, int]:
    """Refuse a workbook that unpacks to too much, hides links or paths, or is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise BadFile("Excel 文件已损坏或不完整，请重新导出后再上传。") from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > PARTS or unpacked > UNPACKED:
        raise BadFile("Excel 文件展开后过大，没有读取。请去掉图片和多余的工作表，或分成几份后重新上传。")
    if any(part.flag_bits & 1 for part in parts):
        raise BadFile("Excel 文件有密码，请去掉密码后重新上传。")
    if any(_is_strange(part) for part in parts) or "xl/workbook.xml" not in {part.filename for part in parts}:
        raise BadFile("这不是一份正常的 Excel 文件（xlsx），请用 Excel 或 WPS 另存后重新上传。")
    return {"parts": len(parts), "unpacked": unpacked}


def _is_strange(part: zipfile.ZipInfo) -> bool:
    name = part.filename.replace("\\", "/")
    is_link = (part.external_attr >> 16) & 0o170000 == 0o120000
    return is_link or name.startswith("/") or ".." in name.split("/") or ":" in name


def read_workbook(path: str) -> dict[str, Any]:
    """``{"sheets": [{"name": ..., "rows": [[text, ...], ...]}]}``: every cell as text, exactly as it stands in text cells.

    A whole number loses its ``.0``, a date is ``YYYY-MM-DD``, an empty cell is ``""``. Rows start at the first row.
    """
    inspect_archive(path)
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    sheets = []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height > ROWS or sheet.width > COLUMNS:
            raise BadFile(f"工作表“{name}”超过 {ROWS} 行或 {COLUMNS} 列，请分成几份后重新上传。")
        rows = sheet.to_python(skip_empty_area=False)
        sheets.append({"name": name, "rows": [[cell_text(cell) for cell in row] for row in rows]})
    return {"sheets": sheets}


def cell_text(cell: Any) -> str:
    """The text of a cell."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def read_json(path: str) -> Any:
    """The value of a JSON file. A number with decimals comes back as its text, so that no float enters; a key given twice is refused."""
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
        return json.loads(text, parse_float=str, parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except UnicodeDecodeError:
        raise BadFile("JSON 文件不是 UTF-8 编码，请用 UTF-8 重新导出。") from None
    except json.JSONDecodeError as problem:
        raise BadFile(
            f"JSON 文件在第 {problem.lineno} 行第 {problem.colno} 列处断了或写错了，请重新导出后再上传。"
        ) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadFile("JSON 文件里有重复的键，不知以哪一个为准，请重新导出。")
    return found


def _refuse_constant(word: str) -> Any:
    raise BadFile(f"JSON 文件里有“{word}”，不是有效的数，请重新导出。")
