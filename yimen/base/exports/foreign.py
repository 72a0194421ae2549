"""A template of somebody else made ready in the limited child: its head and looks stay, rows, formulas and links go (K23, K28).

What comes out is a workbook of our own making with a known place for rows, so that filling it needs no parser.
No Django, no network.
"""

from __future__ import annotations

import json
import posixpath
import re
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring  # writing only

from defusedxml.ElementTree import fromstring

from yimen.base.files.readers import inspect_archive
from yimen.base.files.refusals import BadFile

WANTED, READY, ABOUT = "wanted.json", "ready.xlsx", "xl/worksheets/yimen_about.xml"
MOST = 30 * 1024 * 1024
"""Bytes that a template may unpack to."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_GONE = re.compile(
    r"xl/(externalLinks|embeddings|activeX|ctrlProps|tables|pivotTables|pivotCache|queryTables|threadedComments|persons)/|customXml/"
    r"|xl/(calcChain\.xml|connections\.xml|vbaProject\.bin|comments\d*\.xml)|xl/drawings/vmlDrawing|docProps/"
)
_LEFT_OUT = (
    "dimension sheetProtection protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews hyperlinks "
    "legacyDrawing legacyDrawingHF oleObjects controls webPublishItems tableParts extLst"
).split()
_TEXT_FORMAT, _MONEY_FORMAT, _GENERAL = "49", "4", "0"
_COLOUR = "FFFFF2CC"
_CELL = re.compile(r"([A-Z]+)(\d+)")


def prepare(path: str) -> dict[str, Any]:
    """Write ``ready.xlsx`` beside the template, as ``wanted.json`` beside it asks: ``{"sheet", "last", "foot", "kinds"}``.

    That is the sheet, the last row of the head and the first row of the foot from 0 (-1 for none), and for each column what
    goes in: ``text``, ``number``, ``whole`` or "" for a column that stays blank and is coloured. Returns what :mod:`filling` needs.
    """
    place = Path(path)
    wanted = json.loads(place.with_name(WANTED).read_text("utf-8"))
    if inspect_archive(path)["unpacked"] > MOST:
        raise BadFile("模板展开后过大，请删去图片和多余的工作表后重新上传。")
    register_namespace("", _MAIN)
    register_namespace("r", _REL)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    book = _Book({name: content for name, content in parts.items() if not _GONE.match(name)}, set(parts))
    meta = book.make(wanted)
    with zipfile.ZipFile(place.with_name(READY), "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(book.parts, key=lambda each: (each != "[Content_Types].xml", each)):
            target.writestr(zipfile.ZipInfo(name), book.parts[name], zipfile.ZIP_DEFLATED)
    return meta


def _q(name: str) -> str:
    return f"{{{_MAIN}}}{name}"


def _plain(root: Any) -> Any:
    """Without what later Excels add under names of their own: their marks would point nowhere."""
    for each in root.iter():
        for name in [
            name
            for name in each.attrib
            if name[0] == "{" and not name.startswith((f"{{{_REL}}}", "{http://www.w3.org/XML"))
        ]:
            del each.attrib[name]
        for child in [child for child in each if not str(child.tag).startswith(f"{{{_MAIN}}}")]:
            each.remove(child)
    return root


def _bytes(root: Element) -> bytes:
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True))


class _Book:
    """The parts of a workbook while it is made ready."""

    def __init__(self, parts: dict[str, bytes], before: set[str]) -> None:
        self.parts, self.gone = parts, before - set(parts)
        if "xl/workbook.xml" not in parts or "xl/styles.xml" not in parts:
            raise BadFile("这不是一份正常的 Excel 模板，请用 Excel 或 WPS 另存为 .xlsx 后重新上传。")
        self.book = _plain(fromstring(parts["xl/workbook.xml"]))
        self.links = fromstring(parts["xl/_rels/workbook.xml.rels"])
        self.strings = self._strings()

    def _strings(self) -> list[str]:
        content = self.parts.get("xl/sharedStrings.xml")
        if content is None:
            return []
        return [
            "".join(part.text or "" for part in item.iter(_q("t"))) for item in fromstring(content).findall(_q("si"))
        ]

    def make(self, wanted: dict[str, Any]) -> dict[str, Any]:
        sheets = {each.get("name"): self._part_of(each) for each in self.book.iter(_q("sheet"))}
        part = sheets.get(wanted["sheet"])
        if part is None:
            raise BadFile(f"模板里没有工作表“{wanted['sheet']}”。")
        roots = {name: _plain(fromstring(self.parts[name])) for name in sheets.values() if name in self.parts}
        for root in roots.values():
            _strip(root)
        meta = self._cut(roots[part], wanted)
        self._forget(roots)
        for name, root in roots.items():
            self.parts[name] = _bytes(root)
        self._links()
        self._book(wanted["sheet"], set(sheets))
        return {**meta, "part": part, "about": ABOUT}

    def _part_of(self, sheet: Any) -> str:
        ref = sheet.get(f"{{{_REL}}}id")
        target = next((link.get("Target") for link in self.links if link.get("Id") == ref), "")
        return str(target).lstrip("/") if str(target).startswith("/") else posixpath.normpath(f"xl/{target}")

    # -- the sheet that is filled ------------------------------------------------------------

    def _cut(self, root: Any, wanted: dict[str, Any]) -> dict[str, Any]:
        data = root.find(_q("sheetData"))
        last, foot_at = wanted["last"] + 1, wanted["foot"] + 1
        below: dict[int, int] = {}
        foot: list[Any] = []
        for row in list(data):
            number = int(row.get("r", "0"))
            if number <= last:
                continue
            data.remove(row)
            if not below and (not foot_at or number < foot_at):
                below = {_column(cell): int(cell.get("s", "0")) for cell in row}
            if foot_at and number >= foot_at:
                foot.append(
                    [number - foot_at, [[_column(cell), int(cell.get("s", "0")), self._text(cell)] for cell in row]]
                )
        merges = self._merges(root, last, foot_at)
        styles = _Styles(self.parts["xl/styles.xml"])
        columns = _column_styles(root)
        looks = [styles.look(below.get(at, columns.get(at, 0)), kind) for at, kind in enumerate(wanted["kinds"])]
        self.parts["xl/styles.xml"] = styles.content()
        return {"first": last + 1, "styles": looks, "foot": foot, "merges": merges}

    def _text(self, cell: Any) -> str:
        value = cell.find(_q("v"))
        if cell.get("t") == "s" and value is not None:
            return self.strings[int(value.text or "0")]
        inline = "".join(part.text or "" for part in cell.iter(_q("t")))
        return inline or (value.text or "" if value is not None else "")

    @staticmethod
    def _merges(root: Any, last: int, foot_at: int) -> list[list[int]]:
        """Merged cells of the head stay; those of the foot are told by their place in it, the others go."""
        holder, told = root.find(_q("mergeCells")), []
        for merge in list(holder) if holder is not None else []:
            (left, top), (right, bottom) = (_place(end) for end in str(merge.get("ref")).split(":"))
            if bottom > last:
                holder.remove(merge)
                if foot_at and top >= foot_at:
                    told.append([top - foot_at, left, bottom - foot_at, right])
        if holder is not None:
            root.remove(holder)
            holder.attrib.pop("count", None)
            if len(holder) or told:
                root.insert(list(root).index(root.find(_q("sheetData"))) + 1, holder)
        return told

    # -- everything else ---------------------------------------------------------------------

    def _forget(self, roots: dict[str, Any]) -> None:
        """Words that no cell shows any more might be somebody's name: they are blanked."""
        content = self.parts.get("xl/sharedStrings.xml")
        if content is None:
            return
        used = {
            int(value.text or "0")
            for root in roots.values() for cell in root.iter(_q("c")) if cell.get("t") == "s" and (value := cell.find(_q("v"))) is not None
        }  # fmt: skip
        strings = _plain(fromstring(content))
        for at, item in enumerate(strings.findall(_q("si"))):
            if at not in used:
                item[:] = []
                SubElement(item, _q("t"))
        self.parts["xl/sharedStrings.xml"] = _bytes(strings)

    def _links(self) -> None:
        """Relations to what is gone, and to anything outside the file, go."""
        register_namespace("", _PKG)
        for name in [name for name in self.parts if name.endswith(".rels")]:
            root = fromstring(self.parts[name])
            base = posixpath.dirname(posixpath.dirname(name))
            for link in list(root):
                target = str(link.get("Target"))
                whole = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
                )
                if link.get("TargetMode") == "External" or whole not in self.parts:
                    root.remove(link)
            if name == "xl/_rels/workbook.xml.rels":
                SubElement(
                    root,
                    f"{{{_PKG}}}Relationship",
                    Id="rIdYimen",
                    Type=f"{_REL}/worksheet",
                    Target="worksheets/yimen_about.xml",
                )
            self.parts[name] = _bytes(root)
        register_namespace("", _TYPES)
        types = fromstring(self.parts["[Content_Types].xml"])
        for each in list(types):
            if each.get("PartName") and str(each.get("PartName")).lstrip("/") not in self.parts:
                types.remove(each)
        SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{ABOUT}", ContentType=_SHEET_TYPE)
        self.parts["[Content_Types].xml"] = _bytes(types)
        register_namespace("", _MAIN)

    def _book(self, chosen: str, names: set[Any]) -> None:
        for word in (
            "externalReferences",
            "workbookProtection",
            "fileSharing",
            "calcPr",
            "extLst",
            "customWorkbookViews",
        ):
            for each in self.book.findall(_q(word)):
                self.book.remove(each)
        defined = self.book.find(_q("definedNames"))
        for each in list(defined) if defined is not None else []:
            if "[" in (each.text or "") or str(each.get("name")) in ("_xlnm.Print_Area", "_xlnm._FilterDatabase"):
                defined.remove(each)
        if defined is not None and not len(defined):
            self.book.remove(defined)
        sheets = self.book.find(_q("sheets"))
        number = max(int(each.get("sheetId", "0")) for each in sheets) + 1
        name = next(each for each in ("说明", "导出说明", "填写说明（系统）") if each not in names)
        SubElement(sheets, _q("sheet"), {"name": name, "sheetId": str(number), f"{{{_REL}}}id": "rIdYimen"})
        self.parts["xl/workbook.xml"] = _bytes(self.book)
        self.parts[ABOUT] = (
            f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><cols><col min="1" max="1" width="16" customWidth="1"/>'
            '<col min="2" max="2" width="90" customWidth="1"/></cols><sheetData></sheetData></worksheet>'
        ).encode()


def _strip(root: Any) -> None:
    """No formula, no protection, no link, no table: values and looks stay."""
    for word in _LEFT_OUT:
        for each in root.findall(_q(word)):
            root.remove(each)
    for cell in root.iter(_q("c")):
        for formula in cell.findall(_q("f")):
            cell.remove(formula)


class _Styles:
    """The looks of the workbook; those that rows need are made from the template's own."""

    def __init__(self, content: bytes) -> None:
        self.root = _plain(fromstring(content))
        self.looks = self.root.find(_q("cellXfs"))
        self.fill = -1

    def look(self, base: int, kind: str) -> int:
        """The look of a column: text stays text, an amount a number, a column without a field is coloured."""
        own = deepcopy(self.looks[base if base < len(self.looks) else 0])
        if kind == "text":
            own.set("numFmtId", _TEXT_FORMAT)
            own.set("applyNumberFormat", "1")
            own.set("quotePrefix", "1")
        elif kind == "number" and own.get("numFmtId", _GENERAL) in (_GENERAL, _TEXT_FORMAT):
            own.set("numFmtId", _MONEY_FORMAT)
            own.set("applyNumberFormat", "1")
        elif kind == "whole" and own.get("numFmtId", _GENERAL) == _TEXT_FORMAT:
            own.set("numFmtId", _GENERAL)
        elif kind == "":
            own.set("fillId", str(self._coloured()))
            own.set("applyFill", "1")
        self.looks.append(own)
        return len(self.looks) - 1

    def _coloured(self) -> int:
        fills = self.root.find(_q("fills"))
        if self.fill < 0:
            pattern = SubElement(SubElement(fills, _q("fill")), _q("patternFill"), patternType="solid")
            SubElement(pattern, _q("fgColor"), rgb=_COLOUR)
            SubElement(pattern, _q("bgColor"), indexed="64")
            self.fill = len(fills) - 1
        return self.fill

    def content(self) -> bytes:
        for word in ("cellXfs", "fills"):
            each = self.root.find(_q(word))
            each.set("count", str(len(each)))
        return _bytes(self.root)


def _column_styles(root: Any) -> dict[int, int]:
    found = {}
    for each in root.iter(_q("col")):
        if each.get("style"):
            for at in range(int(each.get("min")) - 1, min(int(each.get("max")), 200)):
                found[at] = int(each.get("style"))
    return found


def _place(ref: str) -> tuple[int, int]:
    """Column from 0 and row from 1 of a cell's name."""
    letters, number = _CELL.fullmatch(ref).groups()  # type: ignore[union-attr]  # names of cells in a sheet that Excel wrote
    column = 0
    for sign in letters:
        column = column * 26 + ord(sign) - ord("A") + 1
    return column - 1, int(number)


def _column(cell: Any) -> int:
    return _place(str(cell.get("r")))[0]
