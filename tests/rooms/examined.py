"""A case that stands before its opinion: offices, people on staff, a household, its check and its visit.

The rooms of decisions and awards begin where investigation ends, so what lies before is laid down as rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from yimen.base.access.officer import Officer, officer_of
from yimen.base.access.second import code_now
from yimen.base.clocks import desk as clocks
from yimen.base.offices.models import Account, Area, Delegation, Office, Post, Staff, StaffRelative
from yimen.base.sealed import blind_index
from yimen.casework.applications.models import Application, Consent, Income, Participant, Property, RelativeFiling
from yimen.casework.households.models import Household, Membership, Person
from yimen.casework.investigation.models import Conclusion, HomeVisit
from yimen.casework.verification.models import CheckRequest, Comparison
from yimen.law.calendar import ZONE, travel
from yimen.law.identity import check_character
from yimen.law.terms import Stage

DISTRICT, TOWNSHIP, VILLAGE = "990101", "990101001", "990101001001"
SECOND_VILLAGE = "990101001002"
EXAMINED_ON = date(2026, 11, 10)
DELEGATED_FROM = date(2026, 7, 1)


def identity(birth: date, number: int) -> str:
    """A made-up identity number of the fictional district."""
    body = f"{DISTRICT}{birth:%Y%m%d}{number:03d}"
    return body + check_character(body)


@dataclass
class World:
    """The fictional district's first street, with officers by short names."""

    staff: dict[str, Staff] = field(default_factory=dict)
    people: int = 0

    def officer(self, name: str) -> Officer:
        """The officer at work now."""
        return officer_of(self.staff[name].accounts.get(), f"test-{name}")

    def code(self, name: str) -> str:
        """What the person's authenticator shows now."""
        return code_now(self.staff[name].accounts.get())

    def hire(self, name: str, office: Office, role: str, duty: str = "handling_officer") -> Staff:
        """A person on staff with an account, a second factor and a post."""
        self.people += 1
        number = identity(date(1980, 1, 1), 500 + self.people)
        person = Staff.objects.create(
            name=name, identity=number, identity_index=blind_index("identity", number), office=office, duty=duty
        )
        Account.objects.create(
            username=f"user{self.people}", staff=person, second_factor="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
        )
        Post.objects.create(staff=person, office=office, role=role, valid_from=date(2025, 1, 1))
        self.staff[name] = person
        return person

    def person(self, name: str, birth: date, sex: str = "female", **more: Any) -> Person:
        """A person of a household."""
        self.people += 1
        number = identity(birth, self.people)
        return Person.objects.create(
            name=name,
            pinyin="",
            initials="",
            identity=number,
            identity_index=blind_index("identity", number),
            sex=sex,
            birth_date=birth,
            **more,
        )


def build(*, delegated: bool = True) -> World:
    """Places, offices, staff, and the delegation unless the district keeps the power."""
    areas = [
        ("99", "示例省", "province"),
        ("9901", "云溪市", "city"),
        (DISTRICT, "安澜区", "district"),
        (TOWNSHIP, "青禾街道", "township"),
        (VILLAGE, "站前社区", "village"),
        (SECOND_VILLAGE, "河东社区", "village"),
    ]
    parents: dict[str, str | None] = {DISTRICT: None, TOWNSHIP: DISTRICT, VILLAGE: TOWNSHIP, SECOND_VILLAGE: TOWNSHIP}
    for code, name, level in areas:
        if code in parents:
            Area.objects.create(code=code, name=name, level=level, parent_id=parents[code], initials="qh")
    department = Office.objects.create(
        area_id=DISTRICT, kind="department", name="安澜区民政局（示例）", mark="安澜", phone="000-5550-3000"
    )
    Office.objects.create(area_id=DISTRICT, kind="district_centre", name="安澜区社会救助中心（示例）", mark="安澜救")
    street = Office.objects.create(
        area_id=TOWNSHIP, kind="township", name="青禾街道办事处（示例）", mark="青禾", phone="000-5550-2001"
    )
    village = Office.objects.create(area_id=VILLAGE, kind="village", name="站前社区居委会（示例）", mark="站前")
    world = World()
    for name, office, role in (
        ("陈经办", street, "handler"),
        ("孙审核", street, "handler"),
        ("钱确认", street, "head"),
        ("赵负责", street, "head"),
        ("李协理", village, "aide"),
        ("周区办", department, "district_handler"),
        ("吴区确认", department, "district_decider"),
        ("郑区确认", department, "district_decider"),
    ):
        world.hire(name, office, role)
    if delegated:
        delegate(world)
    return world


def delegate(world: World, since: date = DELEGATED_FROM, mode: str = "delegation") -> None:
    """Hand the power to the street from a date."""
    at = datetime(2026, 6, 1, 9, tzinfo=ZONE)
    Delegation.objects.create(
        programme="dibao",
        township_id=TOWNSHIP,
        mode=mode,
        document="安澜民发〔示例〕2号",
        basis="示例省人民政府关于审核确认权限的规定（示例）",
        valid_from=since,
        proposed_by=world.staff["周区办"],
        proposed_at=at,
        released_by=world.staff["吴区确认"],
        released_at=at,
    )


def household(
    world: World, *, minor_applicant: bool = False, village: str = VILLAGE, name: str = "王秀兰"
) -> Household:
    """A grandmother with her grandchild, or the grandchild alone."""
    birth = date(2012, 5, 4) if minor_applicant else date(1950, 3, 15)
    head = world.person(name, birth)
    home = Household.objects.create(
        township_id=TOWNSHIP,
        village_id=village,
        head=head,
        urban=True,
        address="站前社区5号楼2单元301室",
        opened_on=date(2020, 1, 1),
    )
    Membership.objects.create(household=home, person=head, relation="self", from_on=date(2020, 1, 1))
    return home


def examined(
    world: World,
    *,
    wage_fen: int = 30_000,
    home: Household | None = None,
    number: str = "QH-2026-0001",
    minor_applicant: bool = False,
    on: date = EXAMINED_ON,
) -> Application:
    """An application accepted, checked and visited, waiting for its opinion; one income, agreed by the check."""
    home = home or household(world, minor_applicant=minor_applicant)
    with travel(on):
        application = Application.objects.create(
            stage=Stage.EXAMINING,
            order="plan",
            programme="dibao",
            township_id=TOWNSHIP,
            village_id=home.village_id,
            number=number,
            household=home,
            applicant=home.head,
            applied_by="self",
            poverty_cause="age",
            reason="年老多病，没有稳定收入。",
            relative_declared=False,
            applied_on=date(2026, 10, 12),
            accepted_on=date(2026, 11, 2),
            handler=world.staff["陈经办"],
            progress_code=f"P{number}",
            check_returned_on=date(2026, 10, 30),
        )
        Participant.objects.create(application=application, person=home.head, relation="self", work_capacity="none")
        Consent.objects.create(
            application=application,
            person=home.head,
            given=True,
            signed_on=date(2026, 10, 12),
            valid_to=date(2027, 10, 12),
            signed_by=home.head.name,
        )
        _check(world, application, wage_fen)
        _visit(world, application, on)
        clocks.start(application.KIND, application.pk, "total", date(2026, 11, 2), home.village_id, delegated=True)
    return application


def _check(world: World, application: Application, fen: int) -> None:
    CheckRequest.objects.create(
        application=application,
        round=1,
        requested_on=date(2026, 10, 20),
        requested_by=world.staff["陈经办"],
        started_on=date(2026, 10, 21),
        returned_on=date(2026, 10, 30),
        complete=True,
    )
    person = application.applicant
    income = Income.objects.create(
        application=application,
        person=person,
        kind="transfer",
        project="pension",
        label="养老金",
        amount_fen=fen,
        period="month",
    )
    deposit = Property.objects.create(
        application=application, person=person, kind="deposit", label="银行存款", value_fen=312_000, quantity=Decimal(1)
    )
    shared: dict[str, Any] = {
        "application": application,
        "round": 1,
        "person": person,
        "person_name": person.name,
        "match": "agreed",
    }
    Comparison.objects.create(
        **shared,
        item="pension",
        income_id=income.pk,
        declared_text="养老金",
        declared_fen=fen,
        verified_fen=fen,
        period="month",
        verified_period="month",
        source="social_insurance",
        adopted_fen=fen,
        adopted_period="month",
    )
    Comparison.objects.create(
        **shared,
        item="deposit",
        property_id=deposit.pk,
        declared_text="银行存款",
        declared_fen=312_000,
        verified_fen=312_000,
        source="bank",
        adopted_fen=312_000,
    )


def _visit(world: World, application: Application, on: date) -> None:
    visit = HomeVisit.objects.create(
        application=application,
        visited_on=date(2026, 11, 5),
        visited_at=time(9, 30),
        leader=world.staff["陈经办"],
        present=application.applicant.name,
        residents_match=True,
        conclusion="情况属实。",
        signed_by_investigators=True,
        signed_by_member=application.applicant.name,
    )
    visit.investigators.set([world.staff["陈经办"], world.staff["李协理"]])
    Conclusion.objects.create(
        application=application,
        disputed=False,
        reason="核对、入户、邻里访问结果一致，没有争议。",
        concluded_on=on,
        concluded_by=world.staff["陈经办"],
    )


def add_member(world: World, application: Application, name: str, birth: date, relation: str, **more: Any) -> Person:
    """A further member of the household of a case."""
    person = world.person(name, birth)
    Membership.objects.create(
        household=application.household, person=person, relation=relation, from_on=date(2020, 1, 1)
    )
    Participant.objects.create(application=application, person=person, relation=relation, **more)
    Consent.objects.create(
        application=application,
        person=person,
        given=True,
        signed_on=date(2026, 10, 12),
        valid_to=date(2027, 10, 12),
        signed_by=name,
    )
    return person


def relate(world: World, application: Application, officer: str, relation: str = "parent") -> None:
    """Register the applicant as a close relative of a person on staff, and file it with the case."""
    person = application.applicant
    StaffRelative.objects.create(
        staff=world.staff[officer],
        name=person.name,
        identity=person.identity,
        identity_index=person.identity_index,
        relation=relation,
        registered_on=date(2026, 1, 5),
    )
    RelativeFiling.objects.create(
        application=application,
        staff=world.staff[officer],
        person_name=person.name,
        relation=relation,
        matched=True,
        found_on=date(2026, 10, 12),
        filed_on=date(2026, 10, 13),
    )
