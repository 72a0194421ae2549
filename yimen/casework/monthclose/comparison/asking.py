"""Who is asked about: everybody covered and every obligor who agreed, in a few statements for the whole district.

Whoever has no consent in force is left out and listed with the reason (L40, L41): the register is never asked on trust.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import DenseRank

from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices.models import Area
from yimen.base.runs.desk import Bound
from yimen.base.setwise import insert_from
from yimen.casework.applications.models import Consent
from yimen.casework.awards.models import AwardPerson
from yimen.casework.households.models import Obligor
from yimen.casework.monthclose.models import (
    ComparisonFeed,
    ComparisonLeftOut,
    ComparisonPart,
    ComparisonRun,
    ComparisonSubject,
)
from yimen.law.calendar import month_of
from yimen.law.checks import is_source, monthly_source_codes
from yimen.law.comparison import LeftOutReason, asks_obligors

HOUSEHOLDS_IN_A_PART = 10_000
"""So many households share a file: both files of a part then stay well below what the gateway reads at once."""

_NOBODY = Value(None, output_field=BigIntegerField())


@office_act("ask_comparison")
def ask_comparison(walk: Walk, *, month: str, due_on: date | None, sources: Sequence[str] = ()) -> ComparisonRun:
    """Ask about everybody on assistance in the district, once for the month, whole or not at all.

    Raises Refused for another month than the present one, a day that is none, and where nobody may be asked about.
    """
    asked = list(sources) or list(monthly_source_codes())
    if unknown := [code for code in asked if not is_source(code)]:
        raise Refused(f"来源代码“{'、'.join(unknown)}”不认识。", "sources", 422, "sources")
    _check_time(month, due_on, walk.on)
    district = Area.objects.select_for_update().get(pk=walk.officer.district)
    old = ComparisonRun.objects.filter(district=district, month=month).select_related("asked_by").first()
    if old is not None:
        raise Refused(
            f"{month} 的比对已由{old.asked_by.name}于 {old.asked_on:%m-%d} 提请（{old.number}），每月只提请一次。",
            "asked",
        )
    run = ComparisonRun.objects.create(
        number=f"BD{district.code}-{month.replace('-', '')}", district=district, month=month, asked_on=walk.on,
        asked_by=walk.officer.staff, sources=asked, due_on=due_on,
    )  # fmt: skip
    _gather(run)
    if not run.subjects.exists():
        raise Refused("没有可以比对的人员：在保人员都没有有效的核对授权。请乡街先取得授权后再提请。", "nobody")
    _write_feeds(run)
    run.counts, run.digest = _counts(run), _digest(run)
    run.save(update_fields=["counts", "digest"])
    walk.note(
        subject=(ComparisonRun.KIND, run.ref), run=run.number, month=month, due_on=run.due_on, digest=run.digest,
        sources=len(asked), **run.counts,
    )  # fmt: skip
    return run


def _check_time(month: str, due_on: date | None, on: date) -> None:
    if month != month_of(on):
        raise Refused(f"现在是 {month_of(on)}，只能提请本月的比对。", "month", 422, "month")
    if due_on is None:
        raise Refused("请填写要求各来源反馈的日期。", "missing", 422, "due_on")
    if due_on < on or month_of(due_on) != month:
        raise Refused(f"反馈日期应在今天（{on}）之后、本月之内，月末办结才用得上。", "due_on", 422, "due_on")


# -- who ---------------------------------------------------------------------------------------


def _gather(run: ComparisonRun) -> None:
    covered = _covered(run)
    part = (Window(DenseRank(), order_by=F("award_id").asc()) - 1) / HOUSEHOLDS_IN_A_PART + 1
    mine = {"run": Value(run.pk), "award": F("award_id"), "person": F("person_id"), "obligor": _NOBODY}
    consented = covered.filter(agreed=True).order_by("award_id", "pk")
    insert_from(ComparisonSubject, consented, {**mine, "consent_id": F("word"), "part": part})
    insert_from(ComparisonLeftOut, covered.filter(agreed=False).order_by("pk"), {**mine, "reason": _reason()})
    bearers = _bearers(run)
    theirs = {"run": Value(run.pk), "award": F("of_award"), "person": _NOBODY, "obligor": F("pk")}
    agreed = bearers.filter(agreed=True).order_by("of_award", "pk")
    insert_from(ComparisonSubject, agreed, {**theirs, "consent_id": F("word"), "part": F("of_part")})
    insert_from(ComparisonLeftOut, bearers.filter(agreed=False).order_by("pk"), {**theirs, "reason": _reason()})


def _covered(run: ComparisonRun) -> QuerySet[AwardPerson]:
    """Everybody covered by a running award of the district, once per household; who has died is not asked about."""
    rows = AwardPerson.objects.filter(
        active=True, award__end_month="", award__voided_on__isnull=True,
        award__township__code__startswith=run.district_id,
    )  # fmt: skip
    first = rows.filter(
        person=OuterRef("person"), award__household=OuterRef("award__household"), award__lt=OuterRef("award")
    )
    return _with_word(rows.filter(~Exists(first), person__died_on__isnull=True), "person", run.asked_on)


def _bearers(run: ComparisonRun) -> QuerySet[Obligor]:
    """People with a support duty towards somebody asked about; the same one is asked about once per household."""
    supported = ComparisonSubject.objects.filter(
        run=run, person=OuterRef("supports"), award__household=OuterRef("household")
    ).order_by("pk")
    rows = Obligor.objects.filter(to_on__isnull=True).annotate(
        of_award=Subquery(supported.values("award")[:1]), of_part=Subquery(supported.values("part")[:1])
    )
    rows = _with_word(rows.filter(of_award__isnull=False), "obligor", run.asked_on)
    twin = _with_word(Obligor.objects.filter(to_on__isnull=True), "obligor", run.asked_on).filter(
        household=OuterRef("household"), identity_index=OuterRef("identity_index"), pk__lt=OuterRef("pk"), agreed=True
    )
    return rows.filter(~Exists(twin))


def _with_word(rows: QuerySet[Any], who: str, on: date) -> QuerySet[Any]:
    """With the latest word of each, and whether it is a consent in force on a day."""
    words = Consent.objects.filter(**{who: OuterRef("pk" if who == "obligor" else who)}).order_by("-pk")
    valid = Consent.objects.filter(pk=OuterRef("word"), given=True, signed_on__lte=on, valid_to__gte=on)
    refused = Consent.objects.filter(pk=OuterRef("word"), given=False)
    return rows.annotate(word=Subquery(words.values("pk")[:1])).annotate(agreed=Exists(valid), refused=Exists(refused))


def _reason() -> Case:
    return Case(
        When(word__isnull=True, then=Value(str(LeftOutReason.NONE))),
        When(refused=True, then=Value(str(LeftOutReason.REFUSED))),
        default=Value(str(LeftOutReason.LAPSED)),
        output_field=CharField(),
    )


# -- what is sent ------------------------------------------------------------------------------


def _write_feeds(run: ComparisonRun) -> None:
    rows = ComparisonSubject.objects.filter(run=run).order_by().values("part")
    parts = list(
        rows.annotate(cases=Count("award", distinct=True), persons=Count("person"), obligors=Count("obligor")).order_by(
            "part"
        )
    )
    feeds = ComparisonFeed.objects.bulk_create(
        ComparisonFeed(run=run, source=code, position=position) for position, code in enumerate(run.sources, start=1)
    )
    ComparisonPart.objects.bulk_create(
        ComparisonPart(
            feed=feed, part=row["part"], number=f"{run.number}-{feed.position:02d}-{row['part']:03d}", cases=row["cases"],
            persons=row["persons"] + (row["obligors"] if asks_obligors(feed.source) else 0),
        )
        for feed in feeds for row in parts
    )  # fmt: skip


def _counts(run: ComparisonRun) -> dict[str, int]:
    subjects = ComparisonSubject.objects.filter(run=run).aggregate(
        households=Count("award__household", distinct=True), persons=Count("person"), obligors=Count("obligor")
    )
    left = ComparisonLeftOut.objects.filter(run=run)
    return {
        **subjects,
        "left_out": left.filter(person__isnull=False).count(),
        "obligors_left_out": left.filter(Q(person__isnull=True)).count(),
    }


def _digest(run: ComparisonRun) -> str:
    """What binds who was asked about, under which consent, in which part."""
    rows = ComparisonSubject.objects.filter(run=run).order_by("pk")
    plain = rows.values_list("award_id", "person_id", "obligor_id", "consent_id", "part")
    return str(Bound.over(plain.iterator(chunk_size=5_000)))
