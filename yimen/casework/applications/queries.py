"""Reading applications."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value

from yimen.base.access import gate
from yimen.base.access.memory import remembered
from yimen.base.access.officer import Officer
from yimen.base.offices.models import Area, Staff, StaffRelative
from yimen.base.prepared import prepared
from yimen.casework.applications.models import (
    Agent,
    Application,
    Consent,
    Draft,
    Expense,
    Income,
    Material,
    Participant,
    Property,
    RelativeFiling,
    SupplementNotice,
)
from yimen.casework.households import queries as households
from yimen.casework.households.models import Household, Obligor, Person
from yimen.law.calendar import now, today
from yimen.law.identity import mask_identity
from yimen.law.terms import ENDS, KinRelation, Level, MaterialState, Programme, Stage

_BRIEF = {
    Programme.DIBAO: "低保",
    Programme.TEKUN: "特困",
    Programme.EDGE: "低保边缘",
    Programme.RIGID_EXPENDITURE: "刚性支出",
}
_REFUSED = frozenset({Stage.REFUSED_TELLING, Stage.REFUSED})
UNDECIDED = "社会救助"
UNDECIDED_BUSINESS = "undecided"
_TAILS = range(3, 7)
DRAFT_LIFE = timedelta(days=7)


@gate.scope(Application)
def _scope(officer: Officer) -> Q:
    return gate.by_place(officer)


@gate.scope(Draft)
def _draft_scope(officer: Officer) -> Q:
    return Q(account=officer.account)


def applications() -> QuerySet[Application]:
    """Applications with what every list and page shows, in one query."""
    return Application.objects.select_related(
        "applicant", "township", "village", "handler", "household", "household__village", "household__head"
    )


def visible(officer: Officer) -> QuerySet[Application]:
    """Applications within an officer's scope."""
    return gate.within(officer, applications())


def search(officer: Officer, text: str) -> QuerySet[Application]:
    """By a person of the household (households.people_like), by how the number of the case begins or ends, or by the
    village, within scope; only where nothing is found so, by a part of a name or number (T6)."""
    plain = text.strip()
    if not plain:
        return applications().none()
    wanted = _of_people(households.people_like(plain)) | households.begins("number", plain) | _of_village(plain)
    if plain.isdigit() and len(plain) in _TAILS:
        wanted |= Q(number__endswith=plain)
    rows = visible(officer).order_by("-id")
    found = rows.filter(wanted)
    if found.exists():
        return found
    return rows.filter(_of_people(households.people_containing(plain)) | Q(number__contains=plain))


def _of_people(people: Q) -> Q:
    rows = Participant.objects.filter(person__in=Person.objects.filter(people)).order_by()
    return Q(pk__in=rows.values("application_id"))


def _of_village(text: str) -> Q:
    """Villages are few: which of them are meant is asked first, so that the cases go by their index."""
    codes = (
        Area.objects.filter(level=Level.VILLAGE, name__contains=text).order_by("code").values_list("code", flat=True)
    )
    return Q(village_id__in=list(codes[:50]))


def of_household(household: Household) -> QuerySet[Application]:
    """All applications of a household, newest first."""
    return applications().filter(household=household).order_by("-id")


def open_with(people: list[Person]) -> Application | None:
    """An application under way that one of these persons takes part in."""
    rows = applications().filter(participants__person__in=people).exclude(stage__in=[*ENDS])
    return rows.first()


@prepared
def _participants(case: int) -> QuerySet[Participant]:
    return Participant.objects.filter(application_id=case).select_related("person").order_by("id")


@remembered
def participants(application: Application) -> list[Participant]:
    """Members as declared, the applicant first."""
    return _participants(application.pk)


def obligors(application: Application) -> list[Obligor]:
    """Obligors of the household now."""
    return households.obligors_of(application.household_id)


@prepared
def _incomes(case: int) -> QuerySet[Income]:
    return Income.objects.filter(application_id=case).select_related("person").order_by("id")


@prepared
def _properties(case: int) -> QuerySet[Property]:
    return Property.objects.filter(application_id=case).select_related("person").order_by("id")


@prepared
def _expenses(case: int) -> QuerySet[Expense]:
    return Expense.objects.filter(application_id=case).select_related("person").order_by("id")


@prepared
def _consents(case: int) -> QuerySet[Consent]:
    return Consent.objects.filter(application_id=case).select_related("person", "obligor").order_by("id")


@remembered
def incomes(application: Application) -> list[Income]:
    return _incomes(application.pk)


@remembered
def properties(application: Application) -> list[Property]:
    return _properties(application.pk)


@remembered
def expenses(application: Application) -> list[Expense]:
    return _expenses(application.pk)


@remembered
def consents(application: Application) -> list[Consent]:
    """Every consent and refusal recorded, oldest first."""
    return _consents(application.pk)


def consent_of(
    application: Application, *, person: Person | None = None, obligor: Obligor | None = None, on: date | None = None
) -> Consent | None:
    """The latest consent of a person that is given and not lapsed."""
    day, whose = on or today(), (person.pk if person else None, obligor.pk if obligor else None)
    said = [row for row in consents(application) if (row.person_id, row.obligor_id) == whose]
    return said[-1] if said and said[-1].given and said[-1].valid_to >= day else None


def missing_consents(application: Application) -> list[str]:
    """Names of members whose pledge and authorisation is missing or lapsed (D9; L40)."""
    day = today()
    given = {row.person_id for row in consents(application) if row.person_id and row.given and row.valid_to >= day}
    return [row.person.name for row in participants(application) if row.person_id not in given]


@prepared
def _materials(case: int) -> QuerySet[Material]:
    return Material.objects.filter(application_id=case).order_by("id")


@remembered
def materials(application: Application) -> list[Material]:
    return _materials(application.pk)


def missing_materials(application: Application) -> list[Material]:
    """Required papers not yet established."""
    return [row for row in materials(application) if row.required and row.state == MaterialState.MISSING]


def lacking(application_ids: Iterable[int]) -> set[int]:
    """Which of these cases lack a required paper, in one statement."""
    rows = Material.objects.filter(application_id__in=list(application_ids), required=True, state=MaterialState.MISSING)
    return set(rows.order_by().values_list("application_id", flat=True).distinct())


def unsigned(application_ids: Iterable[int], on: date) -> set[int]:
    """Which of these cases have a member without a pledge and authorisation in force, in one statement."""
    signed = Consent.objects.filter(
        application=OuterRef("application"), person=OuterRef("person"), given=True, valid_to__gte=on
    )
    rows = Participant.objects.filter(~Exists(signed), application_id__in=list(application_ids))
    return set(rows.order_by().values_list("application_id", flat=True).distinct())


def supplement_notices(application: Application) -> list[SupplementNotice]:
    return list(SupplementNotice.objects.filter(application=application).order_by("id"))


@prepared
def _agents(case: int) -> QuerySet[Agent]:
    return Agent.objects.filter(application_id=case).order_by("id")


@remembered
def agent(application: Application) -> Agent | None:
    return next(iter(_agents(application.pk)), None)


@prepared
def _filings(case: int) -> QuerySet[RelativeFiling]:
    return RelativeFiling.objects.filter(application_id=case).select_related("staff", "staff__office").order_by("id")


@remembered
def relative_filings(application: Application) -> list[RelativeFiling]:
    """Close relations with staff, declared or matched."""
    return _filings(application.pk)


@dataclass(frozen=True)
class Tie:
    """How a person on staff is tied to a case: the relation (``self`` for taking part), and with whom."""

    relation: KinRelation
    name: str
    registered: bool


@prepared
def _ties(case: int, household: int, staff_id: int) -> QuerySet[Any, Any]:
    """Filed relations, relations that the register of staff shows now, and the person's own number, in this order."""
    among = _among_parties(case, household)
    filed = RelativeFiling.objects.filter(application_id=case, staff_id=staff_id)
    kin = StaffRelative.objects.filter(among, staff_id=staff_id)
    own = Staff.objects.filter(among, pk=staff_id).annotate(relation=Value("self", CharField()))
    parts = [
        rows.order_by().annotate(rank=Value(rank, IntegerField())).values_list("rank", "id", "relation", name)
        for rank, (rows, name) in enumerate(((filed, "person_name"), (kin, "name"), (own, "name")))
    ]
    return parts[0].union(*parts[1:], all=True).order_by("rank", "id")


@remembered
def tie_with(application: Application, staff_id: int) -> Tie | None:
    """The first close relation of a person on staff with this case, filed or registered, or that they take part."""
    for rank, _, relation, name in _ties(application.pk, application.household_id, staff_id):
        return Tie(KinRelation(relation), name, registered=rank < 2)
    return None


def unfiled_kin(application: Application) -> list[tuple[str, str]]:
    """Close relations that still wait for the register of the case: the relative's and the person on staff's name.

    The live register counts too, so that a relation entered after acceptance is not passed over.
    """
    rows = relative_filings(application)
    known = {(row.staff_id, row.person_name) for row in rows}
    found = [(row.person_name, row.staff.name) for row in rows if row.filed_on is None]
    live = _live_kin(application.pk, application.household_id)
    return found + [(row.name, row.staff.name) for row in live if (row.staff_id, row.name) not in known]


@prepared
def _live_kin(case: int, household: int) -> QuerySet[StaffRelative]:
    rows = StaffRelative.objects.filter(_among_parties(case, household), staff__left_on__isnull=True)
    return rows.select_related("staff").order_by("id")


def _among_parties(case: int, household: int) -> Q:
    members = Participant.objects.filter(application_id=case).order_by().values("person__identity_index")
    kin = Obligor.objects.filter(household_id=household, to_on__isnull=True).order_by().values("identity_index")
    return Q(identity_index__in=members) | Q(identity_index__in=kin)


def party_indexes(application: Application) -> dict[str, str]:
    """Identity indexes of members and obligors with their names."""
    found = {row.person.identity_index: row.person.name for row in participants(application)}
    found.update({row.identity_index: row.name for row in obligors(application)})
    return found


def drafts(officer: Officer) -> QuerySet[Draft]:
    """The officer's own unfinished intakes; a week after the last word they are gone."""
    return gate.within(officer, Draft.objects.filter(saved_at__gte=now() - DRAFT_LIFE)).order_by("-saved_at")


def stage_counts(officer: Officer) -> Mapping[str, int]:
    """How many applications stand in each stage, within scope."""
    rows = gate.within(officer, Application.objects.all()).order_by().values_list("stage").annotate(n=Count("id"))
    return {str(stage): int(number) for stage, number in rows}


def by_progress_code(code: str) -> Application | None:
    """The application of a progress code; the second factor is checked by the caller (A3)."""
    return applications().filter(progress_code=code).first()


def programme_words(application: Application) -> str:
    """The programmes of the opinion that counts, 城市最低生活保障; before one, and after a refusal of all, 社会救助 as a whole."""
    return _programmes(application, lambda each: each.label, "最低生活保障") or UNDECIDED


def business_words(application: Application) -> str:
    """The same in the short words of lists: 城市低保, 特困; until an opinion says so what is hoped for, or 项目未定."""
    found = _programmes(application, _BRIEF.__getitem__, "低保")
    if found or Stage(application.stage) in _REFUSED:
        return found or UNDECIDED
    return f"希望{_BRIEF[Programme(application.wished)]}" if application.wished else "项目未定"


def business_of(application: Application) -> frozenset[str]:
    """What the case is about, for a filter: the proposed programmes, else the one hoped for, else UNDECIDED_BUSINESS."""
    found = [each for each in application.proposed.split(",") if each] or [application.wished or UNDECIDED_BUSINESS]
    return frozenset(found)


def of_business(word: str) -> Q:
    """The same asked of the database."""
    if word == UNDECIDED_BUSINESS:
        return Q(proposed="", wished="")
    return Q(proposed="", wished=word) | Q(proposed__contains=word)


def _programmes(application: Application, name: Callable[[Programme], str], dibao: str) -> str:
    found = [Programme(each) for each in application.proposed.split(",") if each]
    kind = "" if Programme.DIBAO not in found else "城市" if application.household.urban else "农村"
    return "、".join(f"{kind}{dibao}" if each is Programme.DIBAO else name(each) for each in found)


def wish_words(application: Application) -> str:
    """What the applicant hopes for, as the application form says it; nothing depends on it."""
    return Programme(application.wished).label if application.wished else "一次申请、分类审核认定"


def stage_words(application: Application) -> str:
    return Stage(application.stage).label


def case_head(application: Application) -> dict[str, Any]:
    """What the papers of a case share: number, programme, applicant with masked identity number, place."""
    person = application.applicant
    return {
        "number": application.number,
        "programme": programme_words(application),
        "applicant": person.name,
        "identity_masked": mask_identity(person.identity),
        "township": application.township.name,
        "village": application.village.name,
        "members": len(participants(application)),
        "applied_on": application.applied_on,
    }


def decided_since(officer: Officer, since: date) -> list[tuple[date, date]]:
    """Days of acceptance and of the decision, of every accepted case decided on or after a day."""
    rows = gate.within(officer, Application.objects.order_by("decided_on", "id"))
    return list(rows.filter(decided_on__gte=since, accepted_on__isnull=False).values_list("accepted_on", "decided_on"))
