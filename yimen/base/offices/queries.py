"""Reading places, powers and people on staff."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from yimen.base.offices.models import (
    Account,
    Area,
    CalendarDay,
    CalendarYear,
    Delegation,
    Office,
    OrderChoice,
    Post,
    Staff,
    StaffRelative,
)
from yimen.base.offices.standing import standing
from yimen.law import calendar
from yimen.law.calendar import Calendar
from yimen.law.sources import dated, in_force
from yimen.law.terms import DelegationMode, Duty, Level, OfficeKind, Order, Programme, Role

COUNTRY = "000000"


@dataclass(frozen=True)
class Power:
    """Who decides a case and in whose name: a delegation, or the district itself (rules.md §5)."""

    office: Office
    delegated: bool
    mode: DelegationMode | None
    document: str
    basis: str
    since: date | None

    @property
    def decider_of_record(self) -> str:
        """Name of the body that answers for the decision (下放: the township; 委托: the department)."""
        if self.mode is DelegationMode.ENTRUSTMENT:
            return office_of(district_of(self.office.area_id), OfficeKind.DEPARTMENT).name
        return self.office.name


@standing
def area(code: str) -> Area:
    """The division with this code."""
    return Area.objects.get(code=code)


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The names of divisions by their code, in one statement."""
    return dict(Area.objects.filter(code__in=set(codes)).values_list("code", "name"))


def district_of(code: str) -> str:
    """The 6-digit code of the district an area lies in."""
    return code[:6]


def scopes(code: str) -> tuple[str, ...]:
    """Codes from near to far whose figures may apply to an area: village, township, district, city, province, country."""
    parts = [code] if len(code) > 9 else []
    if len(code) >= 9:
        parts.append(code[:9])
    return (*parts, code[:6], f"{code[:4]}00", f"{code[:2]}0000", COUNTRY)


def townships(district: str) -> QuerySet[Area]:
    """Townships and streets of a district by code."""
    return Area.objects.filter(level=Level.TOWNSHIP, parent_id=district).order_by("code")


def villages(township: str) -> QuerySet[Area]:
    """Villages and communities of a township by code."""
    return Area.objects.filter(level=Level.VILLAGE, parent_id=township).order_by("code")


@standing
def office_of(code: str, kind: OfficeKind) -> Office:
    """The office of a kind in an area; Office.DoesNotExist where the district has not set it up."""
    return Office.objects.select_related("area").get(area_id=code, kind=kind)


@standing
def find_office(code: str, kind: OfficeKind) -> Office | None:
    """As :func:`office_of`, None where there is none."""
    return Office.objects.select_related("area").filter(area_id=code, kind=kind).first()


def hotlines(township: str) -> str:
    """Whom to ask or to complain to (D36; L60): the township, the district, the city's number."""
    found = (find_office(township, OfficeKind.TOWNSHIP), find_office(district_of(township), OfficeKind.DEPARTMENT))
    return "；".join([*(f"{office.name} {office.hotline or office.phone}" for office in found if office), "12345"])


@standing
def _released(programme: Programme | str, township: str) -> tuple[Delegation, ...]:
    """Every released delegation of a programme to a township, the latest first."""
    rows = Delegation.objects.filter(programme=programme, township_id=township, released_at__isnull=False)
    return tuple(rows.order_by("-valid_from"))


def _delegation(programme: Programme | str, township: str, on: date) -> Delegation | None:
    return next((row for row in _released(programme, township) if _holds(row, on)), None)


def _holds(row: Delegation | Post, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)


_DEPARTMENT = {
    Programme.DIBAO: ("民发〔2021〕57号", "第二条"),
    Programme.EDGE: ("民发〔2021〕57号", "第二条"),
    Programme.TEKUN: ("民发〔2021〕43号", "第三条"),
    Programme.RIGID_EXPENDITURE: ("民发〔2024〕57号", "第三条"),
}
"""What says that the department of the county decides, by programme (rules.md §5)."""


def power(programme: Programme | str, township: str, on: date) -> Power:
    """The body that holds the power of decision for a township on a date (五(二))."""
    row = _delegation(programme, township, on)
    if row:
        return Power(
            office_of(township, OfficeKind.TOWNSHIP),
            True,
            DelegationMode(row.mode),
            row.document,
            dated(row.basis, on) or row.basis,
            row.valid_from,
        )
    department = office_of(district_of(township), OfficeKind.DEPARTMENT)
    document, article = _DEPARTMENT[Programme(programme)]
    basis = "、".join(in_force((f"{document}{article}", "社会救助法第四十四条第一款"), on))
    return Power(department, False, None, document, basis, None)


def power_over(programmes: Sequence[Programme | str], township: str, on: date) -> Power:
    """The body that decides on all of these at once: the township only where every one of them was handed to it."""
    powers = [power(programme, township, on) for programme in programmes]
    return next((each for each in powers if not each.delegated), powers[0])


def delegated(programme: Programme | str, township: str, on: date) -> bool:
    """Whether the township itself holds the power of decision on a date."""
    return _delegation(programme, township, on) is not None


def next_delegation(programme: Programme | str, township: str, after: date) -> Delegation | None:
    """The first released delegation that begins after a date, if any."""
    later = [row for row in _released(programme, township) if row.valid_from > after]
    return later[-1] if later else None


def delegations(district: str) -> QuerySet[Delegation]:
    """All delegations within a district, released or not."""
    rows = Delegation.objects.filter(township__parent_id=district)
    return rows.select_related("township", "proposed_by", "released_by").order_by(
        "township_id", "programme", "valid_from"
    )


@standing
def _choices(programme: Programme | str, district: str) -> tuple[tuple[date, Order], ...]:
    """Since when which order holds, the latest first."""
    rows = OrderChoice.objects.filter(area_id=district, programme=programme).order_by("-valid_from")
    return tuple((since, Order(order)) for since, order in rows.values_list("valid_from", "order"))


def order_for(programme: Programme | str, district: str, on: date) -> Order | None:
    """The order of steps a district follows for applications of a date; None while it has not chosen."""
    return next((order for since, order in _choices(programme, district) if since <= on), None)


def order_choices(district: str) -> QuerySet[OrderChoice]:
    """Every choice of order of a district, newest first."""
    return OrderChoice.objects.filter(area_id=district).select_related("chosen_by").order_by("programme", "-valid_from")


@standing
def working_calendar() -> Calendar:
    """The shipped calendar with the district's own days and years on top."""
    days = list(CalendarDay.objects.order_by("day").values_list("day", "working"))
    years = CalendarYear.objects.order_by("year").values_list("year", flat=True)
    shipped = calendar.shipped()
    worked = {day for day, working in days if working}
    free = {day for day, working in days if not working}
    return Calendar(
        holidays=frozenset((set(shipped.holidays) - worked) | free),
        makeup_days=frozenset((set(shipped.makeup_days) - free) | worked),
        published_years=frozenset(set(shipped.published_years) | set(years)),
    )


def staff(staff_id: int) -> Staff:
    """A person on staff."""
    return Staff.objects.select_related("office").get(pk=staff_id)


def staff_of(codes: Iterable[str]) -> QuerySet[Staff]:
    """People now on staff of the offices in these areas."""
    rows = Staff.objects.filter(office__area_id__in=list(codes), left_on__isnull=True)
    return rows.select_related("office").order_by("office__area_id", "id")


@standing
def _posts(staff_id: int) -> tuple[Post, ...]:
    """Every post a person ever held."""
    return tuple(Post.objects.filter(staff_id=staff_id).select_related("office", "office__area").order_by("id"))


def posts_of(staff_id: int, on: date) -> tuple[Post, ...]:
    """The posts a person holds on a date."""
    return tuple(row for row in _posts(staff_id) if _holds(row, on))


def holders(role: str, code: str, on: date) -> QuerySet[Staff]:
    """Who holds a role at the offices of an area on a date."""
    posts = Post.objects.in_force(on).filter(role=role, office__area_id=code, staff__left_on__isnull=True)
    return Staff.objects.filter(pk__in=posts.values("staff_id")).order_by("id")


def handlers(codes: Iterable[str], on: date) -> QuerySet[Staff]:
    """Who handles cases at the offices of these areas on a date, by name."""
    posts = Post.objects.in_force(on).filter(role__in=[Role.HANDLER, Role.HEAD], office__area_id__in=list(codes))
    people = Staff.objects.filter(pk__in=posts.order_by().values("staff_id"), left_on__isnull=True)
    return people.order_by("initials", "id")


def account_named(username: str) -> Account | None:
    """The account with this login name."""
    return Account.objects.filter(username=username).select_related("staff").first()


def kin_of_staff(indexes: Iterable[str]) -> QuerySet[StaffRelative]:
    """Registered relatives of staff among these identity indexes (system match, D11)."""
    rows = StaffRelative.objects.filter(identity_index__in=list(indexes), staff__left_on__isnull=True)
    return rows.select_related("staff", "staff__office").order_by("id")


@standing
def numbers_of_staff() -> frozenset[str]:
    """Identity indexes of everybody on staff and of every registered relative, of whatever time."""
    own = Staff.objects.order_by().values_list("identity_index", flat=True)
    return frozenset(own.union(StaffRelative.objects.order_by().values_list("identity_index", flat=True)))


def staff_among(indexes: Iterable[str]) -> QuerySet[Staff]:
    """People on staff who themselves are among these identity indexes."""
    return (
        Staff.objects.filter(identity_index__in=list(indexes), left_on__isnull=True)
        .select_related("office")
        .order_by("id")
    )


def duty_label(person: Staff) -> str:
    """The duty of a person on staff in words."""
    return Duty(person.duty).label
