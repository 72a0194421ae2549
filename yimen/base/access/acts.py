"""The crossings of an act in one place.

``@act("accept", Application)`` turns a body ``(walk, subject, **fields)`` into a function
``(officer, ref, *, version=None, code="", **fields) -> subject``. In one transaction it locks the row, asks the gate, holds the
stage against the procedure table, the officer against place and power of the day, persons against separation
of duties and recusal, the named guards; then runs the body, moves the stage, starts and stops clocks, supplies the
consequences and writes exactly one record entry (K7, K11, K14, K17, K18).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction

from yimen.base.access import gate, guards, second
from yimen.base.access.memory import under_way
from yimen.base.access.models import Subject
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.access.rights import check_officer
from yimen.base.access.walk import Walk
from yimen.base.canonical import digest
from yimen.base.clocks import desk as clocks
from yimen.base.prepared import update
from yimen.base.record import desk as record
from yimen.law import procedure
from yimen.law.calendar import as_moment, today
from yimen.law.procedure import Step
from yimen.law.standards import Unset
from yimen.law.terms import Order, Stage

S = TypeVar("S", bound=Subject)
R = TypeVar("R")
ACTS: dict[str, Callable[..., Any]] = {}
performing: ContextVar[str] = ContextVar("yimen_performing", default="")
"""The act under way, for whoever watches statements pass."""


def _keep(name: str, function: Callable[..., Any]) -> None:
    if name in ACTS:
        raise ValueError(f"act {name} has two homes")
    ACTS[name] = function


def state(subject: Subject) -> dict[str, Any]:
    """The plain columns of a subject, for the digests before and after an act."""
    return {column.attname: column.value_from_object(subject) for column in subject._meta.concrete_fields}


def _conflict(subject: Subject, row: Step) -> Refused:
    last = record.entries_of(subject.KIND, subject.ref).last()
    by = f"{last.staff_name} 已于 {as_moment(last.at):%m-%d %H:%M} 办理“{last.act_label}”，" if last else ""
    return Refused(
        f"{by}本件现为“{Stage(subject.stage).label}”，您这次的“{row.label}”没有生效，填写的内容仍在页面上。请刷新案件页查看后再决定。",
        "overtaken",
        409,
    )


def _row(subject: Subject, name: str) -> Step:
    order = Order(subject.order)
    row = procedure.step(order, name)
    if row is None:
        label = next((found.label for table in procedure.TABLES.values() for found in table if found.act == name), name)
        raise Refused(f"本件按“{order.label}”办理，没有“{label}”这一步。", "no_such_step")
    return row


def _check_stage(subject: Subject, row: Step, version: int | None) -> None:
    if row.to and version is not None and version != subject.version:
        raise _conflict(subject, row)
    if Stage(subject.stage) not in row.stages:
        if version is not None and version != subject.version:
            raise _conflict(subject, row)
        raise Refused(f"本件现为“{Stage(subject.stage).label}”，还不能（或不再需要）办理“{row.label}”。", "wrong_stage")


def _check_persons(walk: Walk, subject: Subject) -> None:
    staff_id = walk.officer.staff.pk
    related = guards.RECUSALS.get(subject.KIND)
    if related is None:
        raise Refused("系统缺少回避检查，不能继续办理，请联系系统管理员。", "no_recusal_check")
    if reason := related(subject, staff_id):
        raise Refused(f"您应当回避：{reason}。请由与申请家庭没有近亲属关系的其他人员办理。", "recused", 403)
    for name in walk.row.apart_from:
        if name not in guards.DUTIES:
            raise Refused("系统缺少岗位分离检查，不能继续办理，请联系系统管理员。", "no_duty_check")
        label, holders = guards.DUTIES[name]
        if staff_id in holders(subject):
            raise Refused(
                f"您是本件的{label}，不能再办理“{walk.row.label}”（调查、拟定意见与确认须由不同的人办理）。请由另一位负责人办理。",
                "separation",
                403,
            )


def _check_guards(walk: Walk, subject: Subject) -> None:
    if missing := guards.unmet(walk.row.needs, subject, walk):
        raise Refused("；".join(text.rstrip("。；") for text in missing) + "。", "not_yet")


def _move(subject: Subject, walk: Walk) -> None:
    stage = walk.to or (walk.row.to[0] if len(walk.row.to) == 1 else None)
    if walk.row.to and stage is None:
        raise ValueError(f"{walk.row.act} chose no stage")
    columns = {**walk.changed, "stage": stage or subject.stage, "version": subject.version + 1}
    if not update(subject, columns, version=subject.version):
        raise _conflict(subject, walk.row)
    subject.stage, subject.version = (stage or subject.stage), subject.version + 1


def _run_clocks(subject: Subject, walk: Walk) -> None:
    row = walk.row
    clocks.step(
        subject.KIND,
        subject.pk,
        walk.on,
        subject.village_id,
        stops=row.stops,
        starts=row.starts,
        # What has only just been opened has no clocks yet that could keep pace.
        stage=Stage(subject.stage) if row.to and row.stages else None,
        delegated=subject.delegated(walk.on),
        keys=walk.clock_keys,
    )


def _check_papers(walk: Walk) -> None:
    issued = {paper.code for paper in walk.issued}
    for code in walk.row.papers:
        if not code.endswith("?") and code not in issued:
            raise ValueError(f"{walk.row.act} did not issue {code}")


def _write(walk: Walk, subject: Subject, before: str) -> None:
    record.write(
        act=walk.row.act,
        act_label=walk.row.label,
        subject_kind=subject.KIND,
        subject_ref=subject.ref,
        area_code=subject.township_id,
        before=before,
        after=digest(state(subject)),
        facts={**walk.facts, "stage": str(subject.stage), "papers": [paper.number for paper in walk.issued]},
        business_date=walk.on,
        **walk.officer.signature,
    )


def _finish(walk: Walk, subject: Subject, before: str) -> None:
    """Everything after the body: move, clocks, consequences, papers, one record entry."""
    _move(subject, walk)
    _run_clocks(subject, walk)
    for name in walk.row.then:
        guards.CONSEQUENCES[name](walk, subject)
    _check_papers(walk)
    _write(walk, subject, before)


@contextmanager
def _performing(name: str) -> Iterator[None]:
    """The transaction of an act; a figure that it lacks refuses it."""
    token = performing.set(name)
    try:
        with transaction.atomic():
            yield
    except Unset as unset:
        raise Refused(str(unset), "unset") from unset
    finally:
        performing.reset(token)


def act(name: str, model: type[S]) -> Callable[[Callable[..., Any]], Callable[..., S]]:
    """An act on something that walks through the procedure."""

    def decorate(body: Callable[..., Any]) -> Callable[..., S]:
        @wraps(body)
        def run(officer: Officer, ref: str, *, version: int | None = None, code: str = "", **fields: Any) -> S:
            with _performing(name):
                subject = gate.take(officer, model, ref)
                # Only now: whoever held the row before us may have held it long, and the rules moved on.
                with under_way():
                    row = _row(subject, name)
                    subject.know_places()
                    walk = Walk(officer, row, today(), subject, fields)
                    _check_stage(subject, row, version)
                    check_officer(officer, row, subject)
                    _check_persons(walk, subject)
                    _check_guards(walk, subject)
                    if row.second_factor:
                        second.spend(officer.account, code)
                    before = digest(state(subject))
                    body(walk, subject, **fields)
                    _finish(walk, subject, before)
                    return subject

        _keep(name, run)
        return run

    return decorate


def opening_act(name: str, model: type[S]) -> Callable[[Callable[..., S]], Callable[..., S]]:
    """An act that opens a case: its body ``(walk, **fields)`` creates and returns the subject."""

    def decorate(body: Callable[..., S]) -> Callable[..., S]:
        @wraps(body)
        def run(officer: Officer, **fields: Any) -> S:
            with _performing(name), under_way():
                walk = Walk(officer, procedure.TABLES[Order.PLAN][0], today(), None, fields)
                subject = body(walk, **fields)
                check_officer(officer, walk.row, subject)
                _check_persons(walk, subject)
                _check_guards(walk, subject)
                _finish(walk, subject, "")
                return subject

        if name != procedure.TABLES[Order.PLAN][0].act:
            raise ValueError("only the first row opens a case")
        _keep(name, run)
        return run

    return decorate


def office_act(name: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """An act of an office or on a run over many cases: body ``(walk, **fields)``; one record entry.

    The body names what it changed through ``walk.facts["subject"] = (kind, ref)``.
    """

    def decorate(body: Callable[..., R]) -> Callable[..., R]:
        @wraps(body)
        def run(officer: Officer, **fields: Any) -> R:
            with _performing(name), under_way():
                row = procedure.OFFICE_STEPS[name]
                walk = Walk(officer, row, today(), None, fields)
                check_officer(officer, row, None)
                result = body(walk, **fields)
                _write_office(walk)
                return result

        _keep(name, run)
        return run

    return decorate


def _write_office(walk: Walk) -> None:
    officer, row = walk.officer, walk.row
    kind, ref = walk.facts.pop("subject", ("office", officer.office.ref))
    record.write(
        act=row.act,
        act_label=row.label,
        subject_kind=kind,
        subject_ref=ref,
        area_code=officer.office.area_id,
        before="",
        after=digest(walk.facts),
        facts=walk.facts,
        business_date=walk.on,
        **officer.signature,
    )


def mass_act(name: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """A row of the table that no officer does case by case: an office act carries it out over many subjects at once.

    The function itself holds each subject against its row and moves them set-based with one record entry each; the
    office act around it has checked the officer. Registered so that every row has exactly one function.
    """

    def decorate(body: Callable[..., R]) -> Callable[..., R]:
        _keep(name, body)
        return body

    return decorate
