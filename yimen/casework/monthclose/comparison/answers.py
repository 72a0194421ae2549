"""A result file taken in, once (K5, K6): what is said of a thousand households at a time, then what changed since last month.

Each portion is a transaction with its entry and the place to go on from, so that nobody else waits long and an interruption
leaves whole portions. Nobody sees anything of a file before all of it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction

from yimen.base.access import gate
from yimen.base.access.acts import office_act
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.access.rights import check_officer
from yimen.base.access.walk import Walk
from yimen.base.canonical import digest
from yimen.base.record import desk as record
from yimen.base.runs.desk import Tell, quiet
from yimen.base.setwise import insert_rows
from yimen.casework.monthclose.comparison import differences, holding
from yimen.casework.monthclose.comparison.reading import Household, Reading, items_of, mark_of, part_of
from yimen.casework.monthclose.models import (
    ComparisonAnswer,
    ComparisonFinding,
    ComparisonGap,
    ComparisonHit,
    ComparisonPart,
    ComparisonRun,
)
from yimen.casework.verification import comparing
from yimen.casework.verification.incoming import Answer, Hit, bad
from yimen.law import procedure
from yimen.law.calendar import now, today
from yimen.law.checks import AnswerState, item

Row = tuple[Any, ...]
"""A finding in the order of its columns."""
Keep = Callable[[ComparisonAnswer], object]
"""Does what belongs to the beginning of a file, in the same transaction."""

PART = 1_000
"""So many households are one transaction."""
_PORTION = 1_000
_ACT = "import_comparison"


def take_comparison(
    officer: Officer, *, content: Mapping[str, Any], keep: Keep | None = None, tell: Tell = quiet
) -> ComparisonAnswer:
    """Take in a result file, portion by portion; one that was interrupted goes on where it was. Safe to call again.

    ``keep`` is done with the beginning, not when it goes on; ``tell`` hears how many households are done. Raises Refused as
    the act does, and then nothing has changed.
    """
    check_officer(officer, procedure.OFFICE_STEPS[_ACT], None)
    read = Reading.of(officer, content)
    if not ComparisonAnswer.objects.filter(part=read.part).exists():
        with transaction.atomic():
            answer = import_comparison(officer, content=read)
            if keep is not None:
                keep(answer)
    return _carry_on(officer, read, tell)


@office_act(_ACT)
def import_comparison(walk: Walk, *, content: Mapping[str, Any] | Reading) -> ComparisonAnswer:
    """Begin to take in a result file with its first portion; a file of one portion is taken in with it.

    Raises Refused for a file of another place or source, one that is not whole, one taken in before, and one that
    contradicts what is there; then nothing has changed.
    """
    read = content if isinstance(content, Reading) else Reading.of(walk.officer, content)
    part, said, settled = _locked(walk.officer, read), read.said, read.settled
    answer = ComparisonAnswer.objects.create(
        part=part, number=said.result_number, agency=said.agency, answered_on=said.answered_on, digest=said.digest,
        taken_at=now(), taken_by=walk.officer.staff, rows=len(said.answers),
        found=sum(len({hit.item for hit in one.hits}) for one in settled),
        unanswered=len(said.answers) - len(settled),
    )  # fmt: skip
    run = part.feed.run
    walk.note(
        subject=(ComparisonRun.KIND, run.ref), run=run.number, source=part.feed.source, part=part.part, file=answer.number,
        digest=answer.digest, rows=answer.rows, unanswered=answer.unanswered,
    )  # fmt: skip
    _write_portion(answer, read)
    if part.position == len(read.households):
        walk.note(**_finish(walk.officer, answer, differences.found(answer, walk.on, read.routine)))
    return answer


def _locked(officer: Officer, read: Reading) -> ComparisonPart:
    rows = gate.within(officer, ComparisonPart.objects.select_for_update(of=("self",)))
    part = part_of(rows, read.said)
    if ComparisonAnswer.objects.filter(part=part).exists():
        raise Refused(
            f"批次 {part.number} 的这个结果文件正在导入，这次没有改动任何内容。请稍后刷新页面查看。",
            "replayed",
            409,
            "file",
        )
    return part


def _carry_on(officer: Officer, read: Reading, tell: Tell) -> ComparisonAnswer:
    """What is left of a file that was begun, however often it is asked for, by several at once too."""
    total = len(read.households)
    while True:
        answer = ComparisonAnswer.objects.select_related("part__feed__run").get(part=read.part)
        tell(answer.part.position, total)
        if answer.part.whole_at is not None:
            return answer
        # What is new is looked for before anybody has to wait; it is kept with the last word.
        at_end = answer.part.position == total
        hits = differences.found(answer, today(), read.routine) if at_end else []
        with transaction.atomic():
            answer.part = ComparisonPart.objects.select_for_update(of=("self",)).select_related("feed__run").get(
                pk=read.part.pk
            )  # fmt: skip
            check_officer(officer, procedure.OFFICE_STEPS[_ACT], None)
            first = answer.part.position
            if answer.part.whole_at is not None or (first == total) != at_end:
                continue  # another has come so far meanwhile
            if at_end:
                _write_entry(officer, answer, "办结", _finish(officer, answer, hits))
                continue
            _write_portion(answer, read)
            _write_entry(officer, answer, f"分批，第 {first + 1} 至 {answer.part.position} 户", {})


def _write_portion(answer: ComparisonAnswer, read: Reading) -> None:
    """The next households of a file whose part is locked."""
    part = answer.part
    some = read.households[part.position : part.position + PART]
    ComparisonGap.objects.bulk_create(_gaps(answer, some), batch_size=_PORTION)
    insert_rows(ComparisonFinding, _COLUMNS, _findings(answer, some))
    part.position += len(some)
    part.save(update_fields=["position"])


def _finish(officer: Officer, answer: ComparisonAnswer, hits: Sequence[ComparisonHit]) -> dict[str, Any]:
    """The file counts from now on: what it brought is there for everybody, and pay waits where somebody has died."""
    written = differences.write(hits)
    held = holding.hold_the_dead(officer, answer)
    answer.part.whole_at = now()
    answer.part.save(update_fields=["whole_at"])
    return {"hits": written, "held": held}


def _write_entry(officer: Officer, answer: ComparisonAnswer, words: str, facts: dict[str, Any]) -> None:
    part, run = answer.part, answer.part.feed.run
    told = {"run": run.number, "source": part.feed.source, "part": part.part, "position": part.position, **facts}
    record.write(
        act=_ACT, act_label=f"{procedure.OFFICE_STEPS[_ACT].label}（{words}）", subject_kind=ComparisonRun.KIND,
        subject_ref=run.ref, area_code=run.district_id, after=digest(told), facts=told, **officer.signature,
    )  # fmt: skip


# -- rows --------------------------------------------------------------------------------------


def _gaps(answer: ComparisonAnswer, some: Sequence[Household]) -> Iterator[ComparisonGap]:
    for household in some:
        for pk, one in household:
            if one.state != AnswerState.ANSWERED:
                yield ComparisonGap(answer=answer, subject_id=pk, state=one.state, note=one.note)


def _findings(answer: ComparisonAnswer, some: Sequence[Household]) -> Iterator[Row]:
    """The rows of what was found."""
    marks: dict[str, str] = {}  # most people have the same words
    for household in some:
        for pk, one in household:
            if one.state != AnswerState.ANSWERED:
                continue
            for code, words, hits in items_of(one):
                mark = marks.get(words) or marks.setdefault(words, mark_of(words))
                yield (answer.pk, pk, code, words, mark, *_amounts(code, hits, one), one.queried_on)


_COLUMNS = ("answer", "subject", "item", "text", "mark", "amount_fen", "period", "count", "queried_on")


def _amounts(code: str, hits: Sequence[Hit], one: Answer) -> tuple[int | None, str, int | None]:
    """Fen, period and count of everything found of one item together; amounts that cannot be added keep only their words."""
    if one.queried_on is None:
        raise bad(one.place, "缺少查询日期。")
    known = item(code)
    count = sum(hit.count or 0 for hit in hits) if known.is_count else None
    if not known.is_money:
        return None, "", count
    who = ("person", 0)  # one and the same
    found = [
        comparing.Found(who, code, one.source, hit.text, one.queried_on, hit.fen, hit.count, hit.period) for hit in hits
    ]
    return *(comparing.total(found) or (None, "")), count
