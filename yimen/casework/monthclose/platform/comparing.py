"""A file of the platform held against our awards of its month, row by row: what agrees is let go at once.

Only reads. What was found is handed to the act that keeps it (keeping.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from yimen.base.canonical import digest
from yimen.base.runs.desk import Tell, quiet
from yimen.casework.households.enrolling import account_index
from yimen.casework.households.queries import identity_index
from yimen.casework.monthclose.platform import ours
from yimen.casework.monthclose.platform.entries import PlatformRow
from yimen.casework.monthclose.platform.showing import Shown, told
from yimen.casework.monthclose.platform_models import PlatformLine, PlatformRun
from yimen.law.platform import FIELDS, LineKind, Matching, Side, Spot, Standing, Twice, differing
from yimen.law.terms import Programme

_TELL_EVERY = 2_000
_STANDING = "standing"


@dataclass
class Found:
    """What a comparison came to. ``counts`` are plain numbers by word: households, but for ``fields``."""

    lines: list[PlatformLine] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


class Comparison:
    """The comparison of one run under way."""

    def __init__(self, run: PlatformRun) -> None:
        self.run = run
        known = (ours.sides(run.township_id, run.month, kind) for kind in run.programmes)
        self.matching = Matching(side for part in known for side in part)
        self.pairs: list[tuple[Side, PlatformRow, list[str]]] = []
        self.refused: list[PlatformRow] = []
        self.rows = self.ended = self.loose = 0

    def read(self, rows: Iterable[PlatformRow], total: int, tell: Tell = quiet) -> None:
        """Hold every row against ours."""
        for row in rows:
            self.rows += 1
            if self.rows % _TELL_EVERY == 0:
                tell(self.rows, total)
            if row.problem:
                self.refused.append(row)
                continue
            self._hold(row)

    def _hold(self, row: PlatformRow) -> None:
        side = _side_of(row)
        try:
            found = self.matching.take(side)
        except Twice as twice:
            row.problem = f"与第{twice.first}行是同一人、同一项目，平台数据重复。请在平台核对，只保留一条。"
            self.refused.append(row)
            return
        if found is not None:
            self._pair(found, side)

    def _pair(self, mine: Side, theirs: Side) -> None:
        keys = differing(mine, theirs)
        if keys:
            over = theirs.get(_STANDING) == str(Standing.ENDED) and _STANDING in keys
            self.pairs.append((mine, theirs.extra, [_STANDING] if over else keys))

    # -- what it comes to --------------------------------------------------------------------

    def found(self) -> Found:
        """The lines of all differences, with the figures."""
        left, waiting = self.matching.left()
        if waiting:
            ours.add_members(left)
        loose, only_ours, only_theirs = self.matching.looser()
        for mine, theirs in loose:
            self._pair(mine, theirs)
        # What has ended there and is none of ours agrees.
        running = [side for side in only_theirs if side.get(_STANDING) != str(Standing.ENDED)]
        self.ended, self.loose = len(only_theirs) - len(running), len(loose)
        made = Found()
        shown = Shown([(mine, keys) for mine, _, keys in self.pairs], only_ours)
        named = self._refused_by_name()
        ended = ours.ended_words([side.identity for side in running], self.run.month)
        for mine, row, keys in self.pairs:
            made.lines += [self._differs(shown, mine, row, key) for key in keys]
        made.lines += [self._only_ours(shown, side, named) for side in only_ours]
        made.lines += [self._only_theirs(side, ended) for side in running]
        made.lines += [self._not_read(row) for row in self.refused]
        for position, line in enumerate(made.lines, 1):
            line.position = position
        made.counts = self._counts(len(loose), len(only_ours), len(running), made)
        return made

    def _counts(self, loose: int, mine: int, theirs: int, made: Found) -> dict[str, int]:
        paired = self.matching.matched + loose
        return {
            "rows": self.rows,
            "awards": self.matching.total,
            "same": paired - len(self.pairs),
            "differs": len(self.pairs),
            "fields": sum(line.kind == LineKind.DIFFERS for line in made.lines),
            "ours": mine,
            "theirs": theirs,
            "refused": len(self.refused),
            "ended": self.ended,
        }

    @property
    def foreign(self) -> bool:
        """Whether the file is somebody else's: rows enough, awards enough, and not one in common."""
        return bool(self.rows > len(self.refused) and self.matching.total and not self.matching.matched + self.loose)

    def _refused_by_name(self) -> dict[str, int]:
        return {row.name: row.number for row in self.refused if row.name}

    # -- lines -------------------------------------------------------------------------------

    def _line(self, kind: LineKind, whose: str, programme: str, key: str, both: tuple[Any, Any], **more: Any) -> Any:
        spot = Spot(str(kind), programme, whose, key)
        return PlatformLine(
            run=self.run,
            kind=kind,
            programme=programme,
            field=key,
            spot=digest(list(spot)),
            mark=digest([*spot, *(str(value) for value in both)]),
            **more,
        )

    def _differs(self, shown: Shown, mine: Side, row: PlatformRow, key: str) -> PlatformLine:
        theirs = _side_of(row)
        line: PlatformLine = self._line(
            LineKind.DIFFERS, f"award {mine.ref}", mine.programme, key, (mine.get(key), theirs.get(key)),
            award_id=mine.ref, row=row.number, head_name=mine.name[:100], village_name=shown.village(mine),
            ours=shown.ours(mine, key), theirs=shown.theirs(row, key), entry={"their_number": row.their_number},
        )  # fmt: skip
        return line

    def _only_ours(self, shown: Shown, side: Side, refused: dict[str, int]) -> PlatformLine:
        amount = shown.ours(side, "amount")
        again = refused.get(side.name)
        line: PlatformLine = self._line(
            LineKind.OURS, f"award {side.ref}", side.programme, "", ("", ""), award_id=side.ref,
            head_name=side.name[:100], village_name=shown.village(side),
            ours=f"{shown.ours(side, 'persons')} 人，每月 {amount} 元" if side.get("amount") else shown.ours(side, _STANDING),
            remark=f"平台文件第{again}行有同名的人，那一行没有读出来，请先看那一行。" if again else "",
        )  # fmt: skip
        return line

    def _only_theirs(self, side: Side, ended: dict[str, str]) -> PlatformLine:
        row: PlatformRow = side.extra
        amount = row.values.get("amount")
        words = [told(row, "head_identity", {})]
        words += [f"每月 {told(row, 'amount', {})} 元"] if amount else []
        line: PlatformLine = self._line(
            LineKind.THEIRS, side.identity, side.programme, "", ("", ""), row=row.number, head_name=row.name[:100],
            village_name=row.village[:60], theirs="，".join(words), remark=ended.get(side.identity, ""),
            entry={"their_number": row.their_number, "identity": row.identity},
        )  # fmt: skip
        return line

    def _not_read(self, row: PlatformRow) -> PlatformLine:
        line: PlatformLine = self._line(
            LineKind.REFUSED, f"row {row.number} {row.name}", row.programme, "", ("", row.problem), row=row.number,
            head_name=row.name[:100], village_name=row.village[:60], remark=row.problem[:300],
        )  # fmt: skip
        return line


def _side_of(row: PlatformRow) -> Side:
    """A platform's row as a side; a number that is none stands for itself and fits nobody."""
    number = row.odd.get("head_identity")
    index = identity_index(row.identity) if number is None else f"?{identity_index(number)}"
    said = dict(row.values)
    account = said.get("account")
    if account:
        said["account"] = account_index(account)
    said |= {key: f"?{text}" for key, text in row.odd.items()}
    said |= {"head_name": row.name, "head_identity": index, "programme": row.programme}
    values = tuple(said.get(each.key) for each in FIELDS)
    return Side(row.number, row.programme, index, row.name, str(said.get("village") or ""), values, row)


def covered_names(programmes: Iterable[str]) -> str:
    """The programmes of a file in words."""
    return "、".join(Programme(each).label for each in programmes)
