"""A run over many rows: drawn up as a preview, proposed by one person, released by a second, carried out in parts.

Nothing of a run counts before its release. Drawing up is done in portions and may begin anew; whoever began it anew
meanwhile makes the older work give way. Carrying out is done in parts, each one transaction with one record entry and
the place to go on from, so that an interruption leaves nothing half done. What the rows mean is the room's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from typing import Any, ClassVar, TypeVar

from django.db import models, transaction
from django.db.models import F, Q

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.canonical import canonical
from yimen.base.offices.models import Area, Office, Staff
from yimen.base.record import desk as record
from yimen.base.refs import new_ref
from yimen.law import procedure
from yimen.law.calendar import now
from yimen.law.terms import Role, Term

Tell = Callable[[int, int], None]
"""Hears how many of how many are done."""


def quiet(done: int, total: int) -> None:
    """Nobody asked how far it is."""


class Run(models.Model):
    """What every run keeps; its own columns and the choices of ``state`` come from the class that inherits.

    ``lines_digest`` binds what was previewed and released, ``counts`` are plain numbers by word, ``position`` is how far
    it has been carried out. ``version`` rises with every step. ``CALLED`` and ``AGAIN`` name it and its preview in words:
    这次导入, 重新预览.
    """

    KIND: ClassVar[str]
    STATES: ClassVar[type[Term]]
    CALLED: ClassVar[str]
    AGAIN: ClassVar[str]

    ref = models.CharField(max_length=12, unique=True, default=new_ref)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    state: Any
    version = models.PositiveIntegerField(default=1)
    counts = models.JSONField(default=dict)
    lines_digest = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=400, blank=True)
    proposed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    released_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    position = models.PositiveIntegerField(default=0)
    job_ref = models.CharField(max_length=12, blank=True)

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """The code of the area it is about."""
        raise NotImplementedError


R = TypeVar("R", bound=Run)


def second_person(name: str) -> models.CheckConstraint:
    """The database's own word that nobody releases what they proposed."""
    return models.CheckConstraint(
        condition=Q(released_by__isnull=True) | ~Q(released_by=F("proposed_by")), name=name
    )  # fmt: skip


# -- steps of the two persons -----------------------------------------------------------------


def alone(place: str) -> None:
    """Wait for whoever else begins or ends a run of this area; within a transaction, before asking what there is already.

    Two who begin at once would each find nothing there. A run that is locked as well is locked first.
    """
    Area.objects.select_for_update(no_key=True).get(pk=place)


def locked(walk: Walk, model: type[R], ref: str, states: Collection[Term], version: int | None = None) -> R:
    """The run of an act, locked. Raises Unknown; Refused in another state or after it moved on since the page was shown."""
    run = gate.fetch(walk.officer, model._default_manager.all(), ref, lock=True)
    if run.state not in states:
        raise Refused(
            f"{run.CALLED}现为“{run.STATES(run.state).label}”，不能办理“{walk.row.label}”。请刷新页面。", "wrong_state"
        )
    if version is not None and version != run.version:
        raise Refused("预览在您打开页面后有变动，请刷新页面，核对后再办理。", "overtaken")
    return run


def move(walk: Walk, run: R, state: Term, **changes: Any) -> R:
    """To another state, with what the step sets; the act's entry is about the run."""
    run.state, run.version = state, run.version + 1
    for name, value in changes.items():
        setattr(run, name, value)
    run.save()
    walk.note(subject=(run.KIND, run.ref))
    return run


def released(walk: Walk, run: R, state: Term) -> R:
    """At work from its first row, by the officer of the act."""
    return move(walk, run, state, released_by=walk.officer.staff, released_at=now(), position=0)


# -- drawing up -------------------------------------------------------------------------------


def begin_anew(officer: Officer, model: type[R], ref: str, drawing: Term, previewed: Term) -> R:
    """The run for a fresh preview, the lines of an earlier one gone. Raises Refused once it was proposed."""
    with transaction.atomic():
        run = gate.fetch(officer, model._default_manager.all(), ref, lock=True)
        if run.state not in (drawing, previewed):
            raise Refused(f"{run.CALLED}现为“{run.STATES(run.state).label}”，不能{run.AGAIN}。", "wrong_state")
        run.lines.all().delete()  # type: ignore[attr-defined]  # every run has its lines
        run.state, run.version = drawing, run.version + 1
        run.save()
    return run


def still(run: R) -> R:
    """The run, locked within a transaction; refused where somebody has begun its preview anew meanwhile."""
    there = type(run)._default_manager.select_for_update().get(pk=run.pk)
    if there.version != run.version:
        raise Refused(f"{run.CALLED}刚刚又被{run.AGAIN}，请刷新页面查看新的预览。", "overtaken")
    return there


class Bound:
    """The digest over the rows of a run in their order."""

    def __init__(self) -> None:
        self._total = hashlib.sha256()

    def add(self, row: Any) -> None:
        """One more row, in plain values."""
        self._total.update(canonical(row))

    @classmethod
    def over(cls, rows: Iterable[Any]) -> Bound:
        """All rows at once."""
        bound = cls()
        for row in rows:
            bound.add(row)
        return bound

    def __str__(self) -> str:
        return f"sha256:{self._total.hexdigest()}"


# -- carrying out -----------------------------------------------------------------------------


def in_parts(
    officer: Officer,
    model: type[R],
    ref: str,
    *,
    at_work: Collection[Term],
    roles: Collection[Role],
    part: Callable[[R], tuple[int, int]],
    tell: Tell = quiet,
) -> R:
    """Carry out what is left of a run, part by part; a finished one comes back as it is. Safe to call again.

    ``part`` does the next one on the locked run and says how many of how many are done. The officer needs one of the
    roles in the run's area with the posts of today.
    """
    while True:
        with transaction.atomic():
            run = gate.fetch(officer, model._default_manager.all(), ref, lock=True)
            if run.state not in at_work:
                return run
            if not officer.holds(roles, run.place):
                raise Refused("发布（确认）人已不在本单位的岗位，没有继续。请由现任人员办理。", "wrong_role", 403)
            done = part(run)
        tell(*done)


def write_part(officer: Officer, run: Run, act: str, words: str, after: str, facts: dict[str, Any]) -> None:
    """The entry of one part: under the act that released it, with the digest of what it wrote."""
    record.write(
        act=act,
        act_label=f"{procedure.OFFICE_STEPS[act].label}（{words}）",
        subject_kind=run.KIND,
        subject_ref=run.ref,
        area_code=run.place,
        after=after,
        facts=facts,
        **officer.signature,
    )


def note_job(officer: Officer, model: type[R], ref: str, job: str) -> None:
    """Remember which background job works on the run, for its page."""
    run = gate.fetch(officer, model._default_manager.all(), ref)
    model._default_manager.filter(pk=run.pk).update(job_ref=job)
