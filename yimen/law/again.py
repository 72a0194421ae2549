"""What an award pays, reckoned again on another day from the same facts: for a raised standard and for the standing check.

Pure functions, so that a whole district can be spread over processes. Money is fen a month.
"""

from __future__ import annotations

import base64
import datetime as dt
import gc
import hashlib
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

from yimen.law.aftercare.implied import NotImplied, implied
from yimen.law.aftercare.kept import NOBODY, Kept, keep_edge, keep_rigid, keep_single
from yimen.law.reckoning import Reckoning
from yimen.law.reckoning.json_form import to_text
from yimen.law.rules import ApplicationFacts, BadFacts, HouseholdFacts, NotEstablished, assess_all, reckon_dibao
from yimen.law.rules.assess import without
from yimen.law.rules.facts_form import from_plain, to_plain
from yimen.law.rules.recognition import Place
from yimen.law.rules.supplements import supplements_of
from yimen.law.rules.tekun_amount import reckon_standing
from yimen.law.standards import BadFigure, Book, Unset
from yimen.law.terms import Programme, SelfCare, SupportForm

Plain = dict[str, object]
NO_LEVEL = "没有登记自理能力等级或者供养形式，不能按标准表计算，请先办理生活自理能力评估和变更。"
OTHERS_COVERED = "登记的保障人员与按家庭成员核定的不一致，推不出收入，请核定收入后办理变更。"


@dataclass(frozen=True)
class Amount:
    """An amount taken over from a ledger, from which the income is worked back: fen a month, right on a day, for whom."""

    fen: int
    on: dt.date
    urban: bool
    cover: tuple[str, ...]
    book: int = 0


@dataclass(frozen=True)
class Asked:
    """An award to be reckoned: its programme, its facts in the form of rules.facts_form, where and on which day.

    ``single``: 单人保. ``person`` is the reference of the one person of 特困 or 单人保. 特困 goes by ``level`` and ``form``
    alone. ``taken`` are references of members whom another award of the same decision covers, ``reason`` why one person
    applies alone, ``recognised`` whether the recognition of his household runs. ``amount`` where the facts are people alone
    and their income follows from it. ``book`` numbers one of the books that the reckoner is handed.
    """

    programme: str
    facts: Plain | None
    areas: tuple[str, ...]
    urban: bool
    on: dt.date
    single: bool = False
    person: str = ""
    level: str = ""
    form: str = ""
    taken: tuple[str, ...] = ()
    reason: str = ""
    recognised: bool = True
    amount: Amount | None = None
    book: int = 0


@dataclass(frozen=True)
class Found:
    """What came of it. ``problem`` says why it could not be reckoned; then nothing else is meant.

    ``cover`` are pairs of a person's reference and his supplement in fen a month; ``packed`` the Reckoning as plain data,
    compressed where it was reckoned; ``facts`` what it rests on where the income was worked back.
    """

    amount_fen: int = 0
    eligible: bool = False
    category: str = ""
    cover: tuple[tuple[str, int], ...] = ()
    conditions: tuple[str, ...] = ()
    problem: str = ""
    packed: str = ""
    facts: Plain | None = None

    @property
    def sheet(self) -> Plain | None:
        """The Reckoning as plain data; None where no explanation was asked for."""
        return unpack(self.packed) if self.packed else None


def pack(found: Reckoning) -> str:
    """A Reckoning's plain data as a short text: a quarter of its length."""
    return base64.b64encode(zlib.compress(to_text(found).encode(), 1)).decode()


def unpack(packed: str) -> Plain:
    """The plain data of :func:`pack`."""
    found: Plain = json.loads(zlib.decompress(base64.b64decode(packed)))
    return found


def explanation_digest(found: Found) -> str:
    """The SHA-256 of the explanation as plain text; empty where there is none. Of the text, for packing may differ."""
    return hashlib.sha256(zlib.decompress(base64.b64decode(found.packed))).hexdigest() if found.packed else ""


def reckon_again(asked: Asked, books: Mapping[int, Book], *, explained: bool = True) -> Found:
    """The award by the rules and figures of its day. Never raises for facts or figures: they become ``problem``."""
    try:
        facts = _facts(asked, books) if asked.facts is not None else None
        found = _reckon(asked, facts, books[asked.book])
    except (BadFacts, Unset, NotEstablished, BadFigure, NotImplied) as why:
        return Found(problem=getattr(why, "sentence", "") or str(why))
    if found is None:
        return Found(problem=NOBODY)
    kept = found if isinstance(found, Kept) else None
    found = found.reckoning if isinstance(found, Kept) else found
    failures = kept.failures if kept else found.failures
    return Found(
        amount_fen=found.amount_fen,
        eligible=kept.holds if kept else found.eligible,
        category=found.category if asked.programme == Programme.DIBAO else "",
        cover=supplements_of(found),
        conditions=tuple(failure.sentence.rstrip("。") for failure in failures),
        packed=pack(found) if explained else "",
        facts=to_plain(facts) if explained and asked.amount else None,
    )


def _facts(asked: Asked, books: Mapping[int, Book]) -> ApplicationFacts | HouseholdFacts:
    facts, amount = from_plain(asked.facts), asked.amount
    if amount is None or isinstance(facts, ApplicationFacts):
        return facts
    found = implied(facts, amount.fen, books[amount.book], asked.areas, amount.on, amount.urban)
    if set(found.reckoning.covered_refs) != set(amount.cover):
        raise NotImplied(OTHERS_COVERED)
    return found.facts


def _reckon(asked: Asked, facts: ApplicationFacts | HouseholdFacts | None, book: Book) -> Reckoning | Kept | None:
    if asked.programme == Programme.TEKUN:
        return _tekun(asked, book)
    if facts is None:
        return None
    if asked.programme != Programme.DIBAO or asked.single:
        return _kept(asked, facts, Place(book, asked.areas, asked.on, asked.urban))
    if isinstance(facts, HouseholdFacts):
        return reckon_dibao(_without(asked, facts), book, asked.areas, asked.on, asked.urban)
    return _of_all(asked, facts, book)


def _kept(asked: Asked, facts: ApplicationFacts | HouseholdFacts, place: Place) -> Kept | None:
    """A recognition or 单人保 that runs; what the household has now does not stand against itself."""
    known = facts if isinstance(facts, ApplicationFacts) else ApplicationFacts(facts, spent_known=False)
    household = _without(asked, known.household)
    if asked.single:
        return keep_single(household, asked.person, place, recognised=asked.recognised, reason=asked.reason)
    if asked.programme == Programme.EDGE:
        return keep_edge(household, place)
    return keep_rigid(replace(known, household=household, standing=()), place)


def _without(asked: Asked, facts: HouseholdFacts) -> HouseholdFacts:
    """The household without those whom another award of it covers."""
    return without(facts, set(asked.taken)) if asked.taken else facts


def _tekun(asked: Asked, book: Book) -> Reckoning:
    if not asked.level or not asked.form:
        raise BadFacts("self_care", NO_LEVEL)
    level, form = SelfCare(asked.level), SupportForm(asked.form)
    return reckon_standing(level, form, asked.person, book, asked.areas, asked.on, asked.urban)


def _of_all(asked: Asked, facts: ApplicationFacts, book: Book) -> Reckoning | None:
    """The outcome that dibao rests on, of one application weighed against every programme."""
    assessment = assess_all(facts, book, asked.areas, asked.on, asked.urban)
    rows = [row for row in assessment.of(Programme.DIBAO) if row.reckoning is not None and not row.person]
    # Where a member went to 特困, the outcome for the others comes after the one for all.
    proposed = [row for row in rows if row.proposed]
    chosen = next(iter(proposed or rows[-1:]), None)
    return chosen.reckoning if chosen else None


# -- a whole district ----------------------------------------------------------------------

_books: dict[int, Book] = {}
PORTION = 250


def _hold(books: dict[int, Book]) -> None:
    """What a process is handed at its start. Facts and lines hold no cycles: the collector would only walk through them."""
    gc.disable()
    _books.clear()
    _books.update(books)


def _portion(asked: Sequence[Asked], explained: bool) -> list[Found]:
    return [reckon_again(one, _books, explained=explained) for one in asked]


class Reckoner:
    """Reckons many awards, in this process or in several; a context manager, for the processes end with it."""

    def __init__(self, books: dict[int, Book], processes: int = 1) -> None:
        self._books = books
        self._pool: ProcessPoolExecutor | None = None
        if processes > 1:
            self._pool = ProcessPoolExecutor(
                processes, mp_context=get_context("spawn"), initializer=_hold, initargs=(books,)
            )

    def __enter__(self) -> Reckoner:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def begin(self, asked: Sequence[Asked], *, explained: bool = True) -> Callable[[], list[Found]]:
        """Set processes to work at once; what comes back waits for them, and gives what came of each in their order."""
        pool = self._pool
        if pool is None:
            return lambda: [reckon_again(one, self._books, explained=explained) for one in asked]
        parts = [asked[start : start + PORTION] for start in range(0, len(asked), PORTION)]
        futures = [pool.submit(_portion, part, explained) for part in parts]
        return lambda: [found for future in futures for found in future.result()]

    def each(self, asked: Sequence[Asked], *, explained: bool = True) -> list[Found]:
        """What came of each, in their order; the same whether in one process or in several."""
        return self.begin(asked, explained=explained)()
