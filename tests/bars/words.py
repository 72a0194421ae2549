"""What pages and papers may say: Chinese, in the field's own words; the few Latin words that are names or keys (B20)."""

from __future__ import annotations

import re

# Names of formats, marks and keys; everything else in Latin letters is a word that nobody translated.
LATIN = frozenset(
    "GBK ID QR PDF Excel WPS SMS JSON SHA SM3 PC kB MB GB Word Enter Shift Ctrl Tab Esc Space F2 A B C D E F G H I J K L M N O P Q R "
    "S T U V W X Y Z a b d e f g h i j k m n p r s u v w x z wxl".split()
)
EXTENSIONS = frozenset("xlsx xls json csv pdf jpg jpeg png txt zip".split())
# Numbers of cases, papers, batches and files; codes and digests; addresses that a source is cited with; places in a pattern.
CODES = (
    r"[A-Za-z]{1,5}[-–]?\d[\dA-Za-z.-]*",
    r"(?:sha256:)?(?=[0-9a-f]*\d)[0-9a-f]{6,}",
    r"(?=[a-z0-9]*\d)[a-z0-9]{12}",
    r"\d{6,9}[a-z0-9]{12}",
    r"(?=[0-9a-f-]*\d)[0-9a-f]{4}(?:-[0-9a-f]{4}){2,}",
    r"(?:https?://)?[a-z][a-z-]*(?:\.[a-z-]+)+(?:/[\w./-]*)?",
    r"[a-z]+/[A-Za-z-]+",
    r"\{[a-z]+\}",
)
_CODE = re.compile("|".join(rf"(?<![A-Za-z0-9])(?:{code})(?![A-Za-z0-9])" for code in CODES))
_LATIN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_EMPTY = re.compile(r"\b(?:None|null|undefined|NaN|True|False)\b|\{\{|\{%|<[\w. ]+ object at")
_HALF = re.compile(r"[一-鿿][,;:?!()][一-鿿]")
# Words that the rules in force no longer use, or that mean another step, and what is said instead.
REPLACED = {
    # The extension of a time limit is still filled in on an 审批表.
    "(?<!延期)(?<!期限)审批": "确认",
    "不予批准": "不予确认",
    "批准通知书": "确认通知书",
    "长期公示": "公布",
    "确认后公示": "公布",
    "公示决定": "公布决定",
    "公布期": "公示期",
    "公布异议": "公示异议",
    "拟公布": "拟公示",
    "低保户": "低保家庭",
}


def foreign(text: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """Latin words that are no code, key or name; ``allowed`` are further names."""
    for name in sorted(allowed, key=len, reverse=True):
        text = text.replace(name, " ")
    words = set(_LATIN.findall(_CODE.sub(" ", text)))
    return sorted(word for word in words if word not in LATIN and word.lower() not in EXTENSIONS)


def unspoken(text: str, allowed: frozenset[str] = frozenset()) -> list[str]:
    """Everything wrong with the words of a page or paper."""
    found = [f"Latin word {word}" for word in foreign(text, allowed)]
    found += [f"empty value {word}" for word in set(_EMPTY.findall(text))]
    found += [f"half-width sign in {word}" for word in set(_HALF.findall(text))]
    return found + [f"{word} where {better} is meant" for word, better in REPLACED.items() if re.search(word, text)]


# -- what must never be seen in full (B19) ---------------------------------------------------------

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])|(?<![0-9A-Za-z])\d{17}(?![0-9A-Za-z])")
_ACCOUNT = re.compile(r"(?<![0-9A-Za-z])\d{16,19}(?![0-9A-Za-z])")


def unmasked(text: str) -> list[str]:
    """Runs of digits as long as an identity number or an account; spaces and hyphens between do not hide them."""
    joined = re.sub(r"(?<=\d)[  -](?=[\dXx])", "", text)
    return sorted(
        {*_IDENTITY.findall(text), *_ACCOUNT.findall(text), *_IDENTITY.findall(joined), *_ACCOUNT.findall(joined)}
    )
