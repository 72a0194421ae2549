"""Make the table of rare characters that name fields offer: what the shipped font holds beyond GB 2312.

Needs Debian's ``unicode-data``; run it again when yimen/base/papers/fonts/characters.txt changes:

    python scripts/make_rare.py /usr/share/unicode

One line per character: the character, its radical with the forms it takes in writing, the number of strokes, the
reading without tone. The facts come from the Unicode Han database (Unicode License v3).
"""

import bz2
import re
import sys
import unicodedata
from pathlib import Path

from make_fonts import HOME, gb2312, listed

TARGET = HOME.parents[2] / "desks" / "shared" / "static" / "yimen" / "rare.txt"
# The radicals of the dictionary, and how they look inside a character.
FORMS = dict(
    pair.split("=")
    for pair in (
        "人=亻 水=氵 心=忄 手=扌 犬=犭 艸=艹 金=钅 玉=王 邑=阝 阜=阝 辵=辶 示=礻 衣=衤 火=灬 刀=刂 糸=纟 食=饣 肉=月 网=罒 "
        "攴=攵 言=讠 貝=贝 車=车 門=门 見=见 頁=页 風=风 馬=马 魚=鱼 鳥=鸟 齒=齿 龍=龙 龜=龟 齊=齐 麥=麦 鹵=卤 韋=韦 長=长 黽=黾"
    ).split()
)


def facts(folder: Path, file: str, key: str) -> dict[str, str]:
    """The first value of one property for every character."""
    with bz2.open(folder / f"{file}.txt.bz2", "rt", encoding="utf-8") as lines:
        found = (re.match(rf"U\+([0-9A-F]+)\t{key}\t(\S+)", line) for line in lines)
        return {chr(int(hit[1], 16)): hit[2] for hit in found if hit}


def plain(reading: str) -> str:
    """``qiū`` -> ``qiu``; ü is typed as v."""
    bare = unicodedata.normalize(
        "NFD", unicodedata.normalize("NFC", reading).translate(str.maketrans("üǖǘǚǜ", "vvvvv"))
    )
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def main(folder: Path) -> None:
    radicals = facts(folder, "Unihan_IRGSources", "kRSUnicode")
    strokes = facts(folder, "Unihan_IRGSources", "kTotalStrokes")
    readings = facts(folder, "Unihan_Readings", "kMandarin")
    rows = []
    for sign in sorted((listed() - gb2312()) & set(radicals)):
        number = int(re.match(r"\d+", radicals[sign])[0])
        radical = unicodedata.normalize("NFKC", chr(0x2EFF + number))
        form = FORMS.get(radical, "")
        rows.append(
            (int(strokes[sign]), number, f"{sign} {radical}{form} {strokes[sign]} {plain(readings.get(sign, '-'))}")
        )
    TARGET.write_text("\n".join(text for *_, text in sorted(rows)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
