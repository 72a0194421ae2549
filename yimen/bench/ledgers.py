"""A ledger of any size with impossible persons, and its way from the file to the awards, phase by phase."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Any, TypeVar

from yimen.base.access import second
from yimen.base.access.officer import officer_of
from yimen.base.exports.writer import Head, Sheet, workbook
from yimen.base.offices import queries as offices
from yimen.casework.awards import acts
from yimen.demo import places
from yimen.demo.people import Crowd
from yimen.gateways.ledgers import door
from yimen.law.calendar import add_months, month_of, now, today
from yimen.law.terms import Role

T = TypeVar("T")
TOWNSHIP = "990101100"
_SEED = 11
_HEADS = (
    "村（社区）", "组（楼栋）", "户主姓名", "姓名", "身份证号", "与户主关系", "保障人数", "保障类别", "月保障金额（元）",
    "起始月份", "开户人", "开户银行", "银行账号",
)  # fmt: skip
# How many persons the households of a dibao ledger have, out of a hundred.
_SIZES = (1,) * 52 + (2,) * 26 + (3,) * 13 + (4,) * 6 + (5,) * 3
_RELATIONS = ("本人", "配偶", "子女", "子女", "父母")


@dataclass(frozen=True)
class Phases:
    """Seconds of each phase of one import, and how much it was."""

    households: int
    persons: int
    rows: int
    megabytes: float
    seconds: dict[str, float]

    @property
    def total(self) -> float:
        """From the file to the last award, the officers' reading time left out."""
        return sum(self.seconds[name] for name in ("upload", "preview", "confirm", "write"))


def make_ledger(households: int, seed: int = _SEED) -> tuple[bytes, int]:
    """A ledger, one row a person, and the number of its persons; the same seed gives the same people."""
    crowd = Crowd(seed)
    villages = [area.name for area in offices.villages(TOWNSHIP)]
    rows = [row for number in range(households) for row in _household(crowd, villages, number)]
    return workbook([Sheet("台账", [Head(text) for text in _HEADS], rows)], now()), len(rows)


def _household(crowd: Crowd, villages: list[str], number: int) -> Iterator[list[str]]:
    size = crowd.draw.choice(_SIZES)
    since = month_of(add_months(today(), -crowd.draw.randrange(2, 120)))
    amount = f"{crowd.draw.randrange(20_000, 60_000) * size // 100}.{crowd.draw.randrange(100):02d}"
    village, group = villages[number % len(villages)], f"{number % 9 + 1}组"
    head = ""
    for place in range(size):
        drawn = crowd.person(today(), 25, 85)
        head = head or drawn.name
        account = (drawn.name, "示例农村商业银行", f"99{number * 10 + 7:017d}") if place == 0 else ("", "", "")
        rest = (str(size), crowd.draw.choice("ABC"), amount, since) if place == 0 else ("", "", "", "")
        home = (village, group) if place == 0 else ("", "")
        yield [*home, head, drawn.name, drawn.identity, _RELATIONS[place], *rest, *account]


def import_ledger(households: int, tell: Callable[[str], None] = lambda text: None) -> Phases:
    """Import a ledger into an empty district, then the same again, then undo it; needs a migrated empty database.

    ``again`` is the preview of the same file, in which nothing has changed; ``undo`` the reversal.
    """
    district = places.build(_SEED, today(), lambda: "bench-password-1")
    handler, head = (
        officer_of(district.accounts[district.who(TOWNSHIP, role).pk]) for role in (Role.HANDLER, Role.HEAD)
    )
    data, persons = make_ledger(households)
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        started = perf_counter()
        result = work()
        seconds[name] = perf_counter() - started
        tell(f"{name} {seconds[name]:.1f}")
        return result

    run = timed("upload", lambda: door.upload(handler, data, "台账.xlsx"))
    run = timed("preview", lambda: door.preview(handler, run))
    _expect(run, new=households)
    timed("confirm", lambda: _confirm(handler, head, run))
    run = timed("write", lambda: acts.carry_on(head, run.ref))
    _expect(run, taken=households)
    again = door.upload(handler, data, "台账.xlsx")
    _expect(timed("again", lambda: door.preview(handler, again)), same=households)
    acts.withdraw_ledger(handler, ref=again.ref)
    acts.undo_ledger(head, ref=run.ref, reason="测速", code=_code(head, 1))
    _expect(timed("undo", lambda: acts.carry_on(head, run.ref)), reversed=households)
    return Phases(households, persons, persons + 1, len(data) / 1_048_576, seconds)


def _confirm(handler: Any, head: Any, run: Any) -> None:
    acts.submit_ledger(handler, ref=run.ref)
    acts.take_over_ledger(head, ref=run.ref, code=_code(head))


def _code(head: Any, steps: int = 0) -> str:
    """The second factor of the head, now or half a minute on: a code works once, and a benchmark does not wait."""
    import pyotp

    moment = int(now().timestamp()) + 30 * steps
    return pyotp.TOTP(head.account.second_factor).at(moment) if steps else second.code_now(head.account)


def _expect(run: Any, **wanted: int) -> None:
    """A fast import that left something out is no fast import."""
    found = {word: run.counts[word] for word in wanted}
    if found != wanted:
        raise ValueError(f"expected {wanted}, found {found}")
