"""Two persons for every rule: one proposes, another releases (K21)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.figures.models import FigureVersion
from yimen.base.offices import queries as offices
from yimen.base.offices.models import CalendarDay, CalendarYear, Delegation, OrderChoice, Staff, StaffRelative
from yimen.base.sealed import blind_index
from yimen.law.calendar import now
from yimen.law.identity import BadIdentity, BadName, clean_name, read_identity
from yimen.law.standards import KEYS
from yimen.law.terms import DelegationMode, Level, Order, Programme, Role


def _enough_people(township: str, on: date) -> list[str]:
    """Who is missing for the separation of duties: two to investigate, another to decide (S28)."""
    handlers = set(offices.holders(Role.HANDLER, township, on).values_list("id", flat=True))
    heads = set(offices.holders(Role.HEAD, township, on).values_list("id", flat=True))
    missing = []
    if not handlers:
        missing.append("乡街经办")
    if not heads - handlers and not (len(heads) > 1):
        missing.append("与经办不同的乡街负责人")
    return missing


@office_act("propose_delegation")
def propose_delegation(
    walk: Walk,
    *,
    township: str,
    programme: str,
    mode: str,
    document: str,
    basis: str,
    valid_from: date,
    valid_to: date | None = None,
) -> Delegation:
    """Draft the hand-over of the power to decide to a township; it counts once a second person releases it."""
    area = offices.area(township)
    if area.level != Level.TOWNSHIP or area.parent_id != walk.officer.district:
        raise Refused("请选择本区的乡镇或街道。", "township", 422, "township")
    if not document.strip() or not basis.strip():
        raise Refused("请填写授权文件的文号和法律依据。", "document", 422, "document")
    if valid_to and valid_to < valid_from:
        raise Refused("截止日期不能早于起始日期。", "valid_to", 422, "valid_to")
    if missing := _enough_people(township, valid_from):
        raise Refused(
            f"{area.name}还不能接收权限：缺{'、'.join(missing)}（调查、确认须由不同的人办理）。请先配备人员。",
            "people",
            422,
            "township",
        )
    try:
        with transaction.atomic():
            row = Delegation.objects.create(
                township=area,
                programme=Programme(programme),
                mode=DelegationMode(mode),
                document=document.strip(),
                basis=basis.strip(),
                valid_from=valid_from,
                valid_to=valid_to,
                proposed_by=walk.officer.staff,
                proposed_at=now(),
            )
    except IntegrityError:
        raise Refused(f"{area.name}已有同一起始日期的移交，请核对日期。", "twice", 422, "valid_from") from None
    walk.note(
        subject=("delegation", row.ref), township=area.name, valid_from=valid_from.isoformat(), document=row.document
    )
    return row


@office_act("release_delegation")
def release_delegation(walk: Walk, *, ref: str) -> Delegation:
    """Release a drafted hand-over; never by the person who drafted it."""
    rows = Delegation.objects.select_for_update().filter(ref=ref, township__parent_id=walk.officer.district)
    row = rows.first()
    if row is None or row.released_at:
        raise Refused("这项移交已经发布或不存在，请刷新页面。", "gone")
    if row.proposed_by_id == walk.officer.staff.pk:
        raise Refused("权限移交须由另一人复核发布，拟定人不能自己发布。", "second_person", 403)
    row.released_by, row.released_at = walk.officer.staff, now()
    row.save(update_fields=["released_by", "released_at"])
    walk.note(subject=("delegation", row.ref), township=row.township_id, valid_from=row.valid_from.isoformat())
    return row


@office_act("choose_order")
def choose_order(walk: Walk, *, programme: str, order: str, valid_from: date, document: str) -> OrderChoice:
    """Choose the order of steps for applications made from a date; cases under way keep theirs."""
    if not document.strip():
        raise Refused("请填写依据文件。", "document", 422, "document")
    latest = offices.order_choices(walk.officer.district).filter(programme=programme).first()
    if valid_from < walk.on and latest:
        raise Refused("起始日期不能早于今天：已登记的申请按登记时的次序办理。", "valid_from", 422, "valid_from")
    row, _ = OrderChoice.objects.update_or_create(
        area_id=walk.officer.district,
        programme=programme,
        valid_from=valid_from,
        defaults={"order": Order(order), "document": document.strip(), "chosen_by": walk.officer.staff},
    )
    walk.note(subject=("order", f"{row.pk}"), order=order, valid_from=valid_from.isoformat())
    return row


@office_act("propose_figure")
def propose_figure(
    walk: Walk,
    *,
    key: str,
    value: Any,
    valid_from: date,
    document: str,
    area: str = "",
    valid_to: date | None = None,
    note: str = "",
) -> FigureVersion:
    """Draft a figure of the district; it counts once a second person releases it."""
    if key not in KEYS:
        raise Refused("没有这个参数，请从列表中选择。", "key", 422, "key")
    if not document.strip():
        raise Refused("请填写文号：每个数字都要说得出依据。", "document", 422, "document")
    place = area or walk.officer.district
    if not place.startswith(walk.officer.district):
        raise Refused("只能设置本区范围内的参数。", "area", 403, "area")
    try:
        with transaction.atomic():
            row = FigureVersion.objects.create(
                key=key,
                area_id=place,
                value=value,
                unit=KEYS[key].unit,
                valid_from=valid_from,
                valid_to=valid_to,
                document=document.strip(),
                note=note.strip(),
                proposed_by=walk.officer.staff,
                proposed_at=now(),
            )
    except IntegrityError:
        raise Refused("这个参数已有同一起始日期的版本，请核对日期。", "twice", 422, "valid_from") from None
    walk.note(subject=("figure", row.ref), key=key, valid_from=valid_from.isoformat(), document=row.document)
    return row


@office_act("release_figure")
def release_figure(walk: Walk, *, ref: str) -> FigureVersion:
    """Release a drafted figure; never by the person who drafted it."""
    row = (
        FigureVersion.objects.select_for_update().filter(ref=ref, area__code__startswith=walk.officer.district).first()
    )
    if row is None or row.released_at:
        raise Refused("这个参数已经发布或不存在，请刷新页面。", "gone")
    if row.proposed_by_id == walk.officer.staff.pk:
        raise Refused("标准参数须由另一人复核发布，拟定人不能自己发布。", "second_person", 403)
    row.released_by, row.released_at = walk.officer.staff, now()
    row.save(update_fields=["released_by", "released_at"])
    walk.note(subject=("figure", row.ref), key=row.key)
    return row


@office_act("set_calendar_day")
def set_calendar_day(
    walk: Walk, *, day: date, working: bool | None, name: str, document: str, closes_year: bool = False
) -> None:
    """Enter a holiday or make-up day (``working`` None takes the entry back); ``closes_year`` says the year's notice is all in."""
    if not document.strip():
        raise Refused("请填写国务院办公厅放假通知的文号。", "document", 422, "document")
    if working is None:
        CalendarDay.objects.filter(day=day).delete()
    else:
        CalendarDay.objects.update_or_create(
            day=day,
            defaults={
                "working": working,
                "name": name.strip() or ("调休上班" if working else "放假"),
                "document": document,
            },
        )
    if closes_year:
        CalendarYear.objects.update_or_create(year=day.year, defaults={"document": document})
    walk.note(subject=("calendar", day.isoformat()), working=working, document=document)


@office_act("register_staff_relative")
def register_staff_relative(walk: Walk, *, staff_ref: str, name: str, identity: str, relation: str) -> StaffRelative:
    """Register a close relative of a person on staff by identity number (K18)."""
    staff = Staff.objects.filter(ref=staff_ref, office__area__code__startswith=walk.officer.office.area_id).first()
    if staff is None:
        raise Refused("请从本乡街的工作人员名单中选择。", "staff", 422, "staff")
    try:
        number = read_identity(identity, allow_unknown_area=settings.YIMEN_DEMO or settings.YIMEN_TESTING).number
        plain = clean_name(name)
    except BadIdentity as bad:
        raise Refused(str(bad), "identity", 422, "identity") from bad
    except BadName as bad:
        raise Refused(str(bad), "name", 422, "name") from bad
    row, _ = StaffRelative.objects.update_or_create(
        staff=staff,
        identity_index=blind_index("identity", number),
        defaults={"name": plain, "identity": number, "relation": relation, "registered_on": walk.on},
    )
    walk.note(subject=("staff", staff.ref), relation=relation)
    return row
