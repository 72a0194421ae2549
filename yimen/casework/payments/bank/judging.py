"""Holding a bank's answer against what was sent: every row to its attempt, to the fen. Pure; nothing is accepted silently.

Any fault keeps the whole file from changing anything: a file that is wrong in one row is not to be trusted in the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from yimen.law.money import Fen, show
from yimen.law.payments.bank_layout import BankLayouts
from yimen.law.payments.bank_terms import BankAnswerKind, BankField, ReturnFault

MOST_FAULTS = 200
_FOREIGN_SHARE = 2
_ORDER: Mapping[str, frozenset[str]] = {
    BankAnswerKind.PAID: frozenset({"", BankAnswerKind.UNKNOWN}),
    BankAnswerKind.FAILED: frozenset({"", BankAnswerKind.UNKNOWN}),
    BankAnswerKind.UNKNOWN: frozenset({""}),
    BankAnswerKind.RETURNED: frozenset({BankAnswerKind.PAID}),
}
"""After which earlier answer a bank may say what: a payment comes back after it was paid, and nothing else changes."""


class Read(Protocol):
    """What the gateway reads from a file. ``rows`` are ``[row, serial, line, batch, account, name, fen, code, cause]``."""

    rows: list[list[Any]]
    batch: str | None
    count: int | None
    total_fen: int | None
    faults: list[list[Any]]


@dataclass(frozen=True)
class Sent:
    """An attempt as it went out; ``last`` is what the bank has said of it so far, empty for nothing."""

    pk: int
    serial: int
    ref: str
    fen: Fen
    index: str
    last: str = ""


@dataclass(frozen=True)
class Answered:
    """A row that was matched."""

    row: int
    sent: Sent
    kind: BankAnswerKind
    cause: str
    code: str
    words: str


@dataclass
class Verdict:
    """What a file comes to: the answers that are new, or why it changes nothing."""

    answers: list[Answered] = field(default_factory=list)
    repeated: int = 0
    missing: int = 0
    faults: list[list[Any]] = field(default_factory=list)

    def fault(self, row: int, kind: ReturnFault, sentence: str) -> None:
        """Note a fault, as far as anybody will read them."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append([row, str(kind), sentence])

    def counts(self) -> dict[str, int]:
        """Lines and fen by answer, and how many wait for another file."""
        found: Counter[str] = Counter()
        for answer in self.answers:
            found[str(answer.kind)] += 1
            found[f"{answer.kind}_fen"] += answer.sent.fen
            if answer.cause:
                found[f"cause_{answer.cause}"] += 1
        return {**found, "rows": len(self.answers), "repeated": self.repeated, "missing": self.missing}


def judge(
    layouts: BankLayouts, number: str, sent: Sequence[Sent], read: Read, index_of: Callable[[str], str]
) -> Verdict:
    """Match a file with the attempts of batch ``number``; ``index_of`` is the blind index of an account."""
    found = Verdict(faults=list(read.faults))
    if read.batch is not None and read.batch != number:
        found.fault(0, ReturnFault.FOREIGN, f"文件写的批次是“{read.batch[:40]}”，这一批是“{number}”。")
    key = _keys(layouts)
    known = {key.of(each): each for each in sent}
    if not read.faults:  # what could not be read would only be told a second time
        _control(read, found)
    taken: dict[int, int] = {}
    for row in read.rows:
        _match(layouts, number, row, known, key, taken, found, index_of)
    if not read.faults:
        _whole(layouts, sent, taken, found)
    _stranger(read, found)
    return found


@dataclass(frozen=True)
class _Key:
    """By what a row names its line."""

    place: int
    label: str
    of: Callable[[Sent], str]
    plain: Callable[[str], str]


def _keys(layouts: BankLayouts) -> _Key:
    if layouts.back.at(BankField.LINE) is not None:
        return _Key(2, BankField.LINE.label, lambda sent: sent.ref, lambda text: text.strip())
    return _Key(1, BankField.SERIAL.label, lambda sent: str(sent.serial), lambda text: text.strip().lstrip("0"))


def _match(
    layouts: BankLayouts, number: str, row: Sequence[Any], known: Mapping[str, Sent], key: _Key, taken: dict[int, int],
    found: Verdict, index_of: Callable[[str], str],
) -> None:  # fmt: skip
    place, account, fen = row[0], row[4], row[6]
    told = key.plain(row[key.place])
    sent = known.get(told)
    if row[3] and row[3] != number:
        found.fault(place, ReturnFault.FOREIGN, f"第 {place} 行的批次号是“{row[3][:40]}”，不是这一批。")
        return
    if sent is None:
        words = f"第 {place} 行的{key.label}“{told[:40]}”不在这一批里。"
        found.fault(place, ReturnFault.FOREIGN, words)
        return
    if sent.pk in taken:
        words = f"第 {place} 行与第 {taken[sent.pk]} 行是同一笔（{key.label} {told[:40]}）。"
        found.fault(place, ReturnFault.REPEATED, words)
        return
    taken[sent.pk] = place
    if fen is None:
        return
    if fen != sent.fen:
        words = f"第 {place} 行的金额是 {show(fen)} 元，发送的是 {show(sent.fen)} 元。"
        found.fault(place, ReturnFault.ALTERED, words)
        return
    if index_of(account) != sent.index:
        words = f"第 {place} 行的账号（尾号 {account[-4:] or '空'}）与发送的不同。"
        found.fault(place, ReturnFault.ALTERED, words)
        return
    _answer(layouts, row, sent, found)


def _answer(layouts: BankLayouts, row: Sequence[Any], sent: Sent, found: Verdict) -> None:
    place, code, words = row[0], row[7], row[8]
    meaning = layouts.meaning(code)
    if meaning.kind == sent.last:
        found.repeated += 1
        return
    if sent.last not in _ORDER[meaning.kind]:
        if meaning.kind is BankAnswerKind.UNKNOWN and layouts.several:
            found.repeated += 1  # a later file that does not know yet takes nothing back
            return
        said = BankAnswerKind(sent.last).label if sent.last else "还没有答复"
        sentence = f"第 {place} 行答复“{meaning.kind.label}”，这一笔此前是“{said}”，不能这样改。"
        found.fault(place, ReturnFault.ANSWERED, sentence)
        return
    cause = str(meaning.cause or "")
    found.answers.append(Answered(place, sent, meaning.kind, cause, code.strip()[:20], words.strip()[:120]))


def judge_letter(told: Mapping[str, Any], sent: Sequence[Sent]) -> Verdict:
    """What a paper of the bank says of one line, as an officer has typed it: it came back after it was paid, never more."""
    found = Verdict()
    line = next((each for each in sent if (each.serial, each.ref, each.fen) == _named(told)), None)
    if line is None:
        found.fault(1, ReturnFault.FOREIGN, f"发放编号“{told['line']}”不在这一批里。")
    elif line.last != BankAnswerKind.PAID:
        said = BankAnswerKind(line.last).label if line.last else "还没有答复"
        found.fault(1, ReturnFault.ANSWERED, f"这一笔现在是“{said}”，只有已经发放成功的才能登记退回。")
    else:
        words = f"{told['words']}（{told['letter']}）"[:120]
        found.answers.append(Answered(1, line, BankAnswerKind.RETURNED, str(told["cause"]), "", words))
    return found


def _named(told: Mapping[str, Any]) -> tuple[int, str, Fen]:
    return told["serial"], told["line"], told["fen"]


# -- the file as a whole -----------------------------------------------------------------------


def _control(read: Read, found: Verdict) -> None:
    """The totals that the file says of itself."""
    if read.count is not None and read.count != len(read.rows):
        found.fault(0, ReturnFault.TRUNCATED, f"控制行写的是 {read.count} 笔，文件里有 {len(read.rows)} 笔。")
    fens = [row[6] for row in read.rows]
    if read.total_fen is not None and None not in fens and read.total_fen != sum(fens):
        words = f"控制行写的合计是 {show(read.total_fen)} 元，逐笔相加是 {show(sum(fens))} 元。"
        found.fault(0, ReturnFault.ALTERED, words)


def _whole(layouts: BankLayouts, sent: Sequence[Sent], taken: Mapping[int, int], found: Verdict) -> None:
    absent = [each for each in sent if each.pk not in taken and each.last in ("", BankAnswerKind.UNKNOWN)]
    found.missing = len(absent)
    if not absent or layouts.several:
        return
    if any(each.last for each in sent):
        return  # answered once already in full: what follows are payments that came back, or doubts resolved
    first = "、".join(str(each.serial) for each in absent[:10])
    lacking = sum(each.fen for each in absent)
    words = f"缺少 {len(absent)} 笔、{show(lacking)} 元（序号 {first}{' 等' if len(absent) > 10 else ''}），模板没有写明可以分几次返回。"
    found.fault(0, ReturnFault.TRUNCATED, words)


def _stranger(read: Read, found: Verdict) -> None:
    """Where most rows are of something else, say so once, in front."""
    strange = [each for each in found.faults if each[1] in (ReturnFault.FOREIGN, ReturnFault.ALTERED)]
    if read.rows and len(strange) * _FOREIGN_SHARE > min(len(read.rows), MOST_FAULTS) and len(strange) > 1:
        words = "大部分的行与这一批对不上，多半是别的银行、别的月份或者别的批次的文件。"
        found.faults.insert(0, [0, str(ReturnFault.FOREIGN), words])


def faults_in_words(faults: Iterable[Sequence[Any]], most: int = 5) -> str:
    """The first faults as one sentence."""
    return "".join(str(each[2]) for each in list(faults)[:most])
