"""Refusals of the gateway: Chinese sentences for the officer who carries the file."""

from __future__ import annotations

from dataclasses import dataclass

SHOWN = 50


@dataclass(frozen=True)
class RowError:
    """One fault. ``row`` is the Excel row, or the position of the answer in a JSON file; None for the whole file."""

    row: int | None
    column: str
    sentence: str


class BadFile(Exception):
    """The file cannot be taken, and nothing of it was."""

    def __init__(self, sentence: str, row: int | None = None, errors: tuple[RowError, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.row = row
        self.errors = errors

    def as_text(self) -> str:
        """The sentence and the first faults, one per line: what a person needs to have the file corrected."""
        lines = [self.sentence, *(error.sentence for error in self.errors[:SHOWN])]
        if len(self.errors) > SHOWN:
            lines.append(f"……另有 {len(self.errors) - SHOWN} 处问题，未逐一列出。")
        return "\n".join(lines)


class BadRequest(Exception):
    """A request file cannot be made: somebody would be asked about without right, or the file would be ambiguous."""

    def __init__(self, sentence: str, errors: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.errors = errors


def bad_rows(errors: list[RowError]) -> BadFile:
    """One refusal for all faults found in the rows; at least one fault is given."""
    first = errors[0]
    if len(errors) == 1:
        return BadFile(first.sentence, first.row, (first,))
    sentence = f"文件中有 {len(errors)} 处问题，整个文件没有采用。请核对机构更正后重新提供。"
    return BadFile(sentence, first.row, tuple(errors))
