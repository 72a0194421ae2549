"""A finding of the check at start."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """``level`` is error or warning; ``sentence`` says what is wrong, ``advice`` what to do."""

    level: str
    code: str
    sentence: str
    advice: str

    def __str__(self) -> str:
        mark = "错误" if self.level == "error" else "提醒"
        return f"【{mark}】{self.sentence}{self.advice}"


def error(code: str, sentence: str, advice: str) -> Finding:
    """Something that must be mended before the program may serve."""
    return Finding("error", code, sentence, advice)


def warning(code: str, sentence: str, advice: str) -> Finding:
    """Something that the operator should know."""
    return Finding("warning", code, sentence, advice)
