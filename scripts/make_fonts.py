"""Make the font that the papers carry: a subset of Noto Serif CJK SC under a name of its own.

Needs fonttools and Debian's ``fonts-noto-cjk``; run it again only when the list of characters changes:

    python scripts/make_fonts.py                                     # fonts from characters.txt
    python scripts/make_fonts.py --list Unihan_OtherMappings.txt     # first renew the list of the 8,105 characters

The same inputs give the same bytes. The family is renamed, so that a full Noto Serif CJK installed on the
server is a second face to fall back on and never replaces this one.
"""

import argparse
import bz2
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HOME = Path(__file__).resolve().parent.parent / "yimen" / "base" / "papers" / "fonts"
CHARACTERS = HOME / "characters.txt"
SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
FAMILY = "Yimen Song"
SIMPLIFIED_CHINESE = 2  # index in the collection: JP, KR, SC, TC, HK
RENAMED = {1: FAMILY, 3: f"{FAMILY} Regular", 4: f"{FAMILY} Regular", 6: "YimenSong-Regular", 16: FAMILY}
KEPT_NAMES = {0, 2, 5, 13, 14, *RENAMED}  # copyright and licence stay, trademarks go


def gb2312() -> set[str]:
    """Every character of GB 2312, its punctuation and signs included."""
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            found.add(bytes([row, cell]).decode("gb2312", errors="ignore"))
    return found - {""}


def general_standard(unihan: Path) -> set[str]:
    """The 8,105 characters of 通用规范汉字表, which Unihan marks with kTGH."""
    opener = bz2.open if unihan.suffix == ".bz2" else open
    with opener(unihan, "rt", encoding="utf-8") as lines:
        return {chr(int(hit[1], 16)) for line in lines if (hit := re.match(r"U\+([0-9A-F]+)\tkTGH\t", line))}


def listed() -> set[str]:
    """The characters named in the list, beyond GB 2312."""
    lines = CHARACTERS.read_text(encoding="utf-8").splitlines()
    return {sign for line in lines if not line.startswith("#") for sign in line}


def renew_list(unihan: Path) -> None:
    """Write the part of the list that comes from 通用规范汉字表 again; names added by hand stay."""
    head, _, names = CHARACTERS.read_text(encoding="utf-8").partition("# -- names")
    comments = [line for line in head.splitlines() if line.startswith("#")]
    signs = sorted(general_standard(unihan) - gb2312())
    rows = ["".join(signs[start : start + 50]) for start in range(0, len(signs), 50)]
    CHARACTERS.write_text("\n".join([*comments, *rows, "# -- names" + names]), encoding="utf-8")


def rename(font: TTFont) -> None:
    """Give the subset its own name in both places that carry one."""
    table = font["name"]
    table.names = [entry for entry in table.names if entry.nameID in KEPT_NAMES and entry.langID in (0, 0x409)]
    for number, text in RENAMED.items():
        table.setName(text, number, 3, 1, 0x409)
    outlines = font["CFF "].cff
    outlines.fontNames = [RENAMED[6]]
    outlines[0].FamilyName, outlines[0].FullName = FAMILY, RENAMED[4]


def make(source: Path, out: Path) -> None:
    """Write the subset; a listed character that the source lacks is an error."""
    wanted = {ord(sign) for sign in gb2312() | listed()} | set(range(0x20, 0x7F)) | {ord(s) for s in "·—–…‰℃"}
    font = TTFont(source, fontNumber=SIMPLIFIED_CHINESE, recalcTimestamp=False)
    missing = sorted(chr(code) for code in wanted - set(font.getBestCmap()))
    if missing:
        raise SystemExit(f"{source} has no glyph for {''.join(missing)}; take them out of {CHARACTERS.name}")
    options = subset.Options(layout_features=["halt", "locl"], hinting=False, notdef_outline=True, name_IDs=["*"])
    worker = subset.Subsetter(options)
    worker.populate(unicodes=wanted)
    worker.subset(font)
    rename(font)
    font.save(out)
    print(f"{out}: {len(wanted)} characters, {out.stat().st_size / 1_000_000:.2f} MB")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--source", type=Path, default=SOURCE)
    options.add_argument("--list", type=Path, help="Unihan_OtherMappings.txt, plain or .bz2")
    chosen = options.parse_args()
    if chosen.list:
        renew_list(chosen.list)
    make(chosen.source, HOME / "YimenSong-Regular.otf")


if __name__ == "__main__":
    main()
