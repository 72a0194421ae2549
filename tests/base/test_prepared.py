"""A prepared query answers as the ORM does, whatever its arguments."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from tests.rooms.world import DISTRICT, TOWNSHIP, World, applied, make_world
from yimen.base.access.models import UsedCode
from yimen.base.offices.models import Account, Office, Post
from yimen.base.papers.models import Paper
from yimen.base.prepared import insert, insert_if_free, prepared, update
from yimen.casework.applications.models import Application, Participant
from yimen.law.terms import Role


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def posts(area: str, role: str, on: date) -> QuerySet[Post]:
    held = Account.objects.filter(staff=OuterRef("staff")).order_by()
    rows = Post.objects.filter(office__area_id=area, role=role, valid_from__lte=on)
    return rows.select_related("office__area", "staff").annotate(logs_in=Exists(held)).order_by("id")


@pytest.mark.parametrize(("area", "role"), [(TOWNSHIP, Role.HANDLER), (DISTRICT, Role.CHECKER), ("000000", Role.HEAD)])
def test_rows_with_those_they_point_to(world: World, area: str, role: Role, django_assert_num_queries: Any) -> None:
    ask = prepared(posts)
    for day in (date(2026, 11, 24), date(2000, 1, 1)):
        wanted = list(posts(area, role, day))
        with django_assert_num_queries(1):
            found = ask(area, role, day)
            facts = [(row.pk, row.office.area.name, row.staff.name, row.valid_from, row.logs_in) for row in found]  # type: ignore[attr-defined]
        assert facts == [(row.pk, row.office.area.name, row.staff.name, row.valid_from, row.logs_in) for row in wanted]  # type: ignore[attr-defined]
        assert found == wanted


def test_sealed_columns_and_moments_come_back_as_they_are(world: World) -> None:
    case = applied(world)
    rows = prepared(lambda pk: Participant.objects.filter(application_id=pk).select_related("person").order_by("id"))
    wanted = list(Participant.objects.filter(application=case).select_related("person").order_by("id"))
    assert [row.person.__dict__.keys() for row in rows(case.pk)] == [row.person.__dict__.keys() for row in wanted]
    assert [row.person.identity for row in rows(case.pk)] == [row.person.identity for row in wanted]
    whole = prepared(lambda ref: Application.objects.filter(ref=ref).select_for_update(of=("self",)).order_by("id"))
    (found,) = whole(case.ref)
    assert {**found.__dict__, "_state": 0} == {**Application.objects.get(pk=case.pk).__dict__, "_state": 0}
    found.handler = None
    found.save(update_fields=["handler"])
    assert Application.objects.get(pk=case.pk).handler_id is None


def test_values_flat_and_whole_and_united(world: World) -> None:
    flat = prepared(lambda kind: Office.objects.filter(kind=kind).order_by("id").values_list("area_id", flat=True))
    assert flat("district_centre") == [DISTRICT]
    whole = prepared(lambda kind: Office.objects.filter(kind=kind).order_by("id").values_list("area_id", "kind"))
    assert whole("district_centre") == [(DISTRICT, "district_centre")]
    both = prepared(
        lambda one, other: (
            Office.objects.filter(kind=one).order_by().values_list("area_id", flat=True)
            .union(Office.objects.filter(kind=other).order_by().values_list("area_id", flat=True), all=True)
            .order_by("area_id")
        )
    )  # fmt: skip
    assert both("district_centre", "department") == [DISTRICT, DISTRICT]


def test_a_list_stands_where_its_mark_stood(world: World, django_assert_num_queries: Any) -> None:
    kinds = list(Office.objects.order_by("id").values_list("kind", flat=True))

    def composed(area: str, wanted: list[str], other: str) -> QuerySet[Office]:
        return Office.objects.filter(area_id=area, kind__in=wanted).exclude(kind=other).order_by("id")

    ask = prepared(composed)
    for wanted in (kinds, kinds[:1], [*kinds, *kinds], ["district_centre", "township"]):
        with django_assert_num_queries(1):
            found = ask(DISTRICT, wanted, "department")
        assert found == list(composed(DISTRICT, wanted, "department"))
    with django_assert_num_queries(0):
        assert ask(DISTRICT, [], "department") == []
    without = prepared(lambda wanted: Office.objects.exclude(kind__in=wanted).order_by("id"))
    assert without([]) == list(Office.objects.order_by("id"))
    assert without(kinds) == []
    with pytest.raises(TypeError):
        ask(DISTRICT, [None], "department")  # type: ignore[list-item]


def test_other_arguments_are_refused(world: World) -> None:
    ask = prepared(posts)
    with pytest.raises(TypeError):
        ask(TOWNSHIP, Role.HEAD)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        ask(TOWNSHIP, Role.HEAD, [])  # type: ignore[arg-type]
    fetching = prepared(lambda pk: Application.objects.filter(pk=pk).prefetch_related("participants"))
    with pytest.raises(TypeError):
        fetching(1)


def test_new_rows_are_inserted_as_the_orm_would(world: World, django_assert_num_queries: Any) -> None:
    case = applied(world)
    paper = Paper.objects.filter(subject_ref=case.ref).order_by("id")[0]
    first, second = (
        Paper(**{field.attname: getattr(paper, field.attname) for field in Paper._meta.concrete_fields})
        for _ in range(2)
    )
    for number, row in enumerate((first, second)):
        row.pk, row.ref, row.number = None, f"ref{number}", f"number {number}"
    second.data = {"a": ["甲", 1, None], "b": {"c": True}}
    with django_assert_num_queries(1):
        assert insert([first, second]) == [first, second]
    for row in (first, second):
        stored = Paper.objects.get(ref=row.ref)
        assert row.pk == stored.pk
        assert not row._state.adding
        assert {**row.__dict__, "_state": 0} == {**stored.__dict__, "_state": 0}
    assert insert([]) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([Paper(**{**{f.attname: getattr(paper, f.attname) for f in Paper._meta.concrete_fields}, "id": None})])


def test_one_row_is_updated_where_it_stands_as_seen(world: World, django_assert_num_queries: Any) -> None:
    case = applied(world)
    handler = world.handler().staff
    with django_assert_num_queries(1):
        assert update(
            case,
            {"version": case.version + 1, "accepted_on": date(2026, 11, 24), "handler": handler},
            version=case.version,
        )
    stored = Application.objects.get(pk=case.pk)
    assert (stored.version, stored.accepted_on, stored.handler_id) == (case.version + 1, date(2026, 11, 24), handler.pk)
    assert not update(case, {"reason": "x"}, version=case.version)
    assert Application.objects.get(pk=case.pk).reason != "x"


def test_a_row_that_a_constraint_forbids_stays_out_and_the_transaction_goes_on(world: World) -> None:
    account = world.handler().account
    assert insert_if_free([UsedCode(account=account, step=1)])
    with transaction.atomic():
        assert not insert_if_free([UsedCode(account=account, step=1)])
        assert insert_if_free([UsedCode(account=account, step=2)])
    assert UsedCode.objects.count() == 2
