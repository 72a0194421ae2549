"""变更: reported on the phone and at the desk, established, heard, decided, served; the list, the month, the queue."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.test import Client

from tests.desks.case_hands import aide, code_of, handler, head, of, text, told
from tests.desks.district_hands import at, send
from tests.desks.ledger_hands import names
from tests.rooms.test_changes_recognised import stands_on
from tests.rooms.world import TOWNSHIP, World
from yimen.base.access.models import UsedCode
from yimen.casework.awards import change_queries as changes, versions
from yimen.casework.awards.models import Award, AwardPerson, ChangeCase
from yimen.casework.households import queries as households
from yimen.desks.shared.paperviews import draw
from yimen.law.aftercare.terms import AwardCause
from yimen.law.calendar import today
from yimen.law.rules import HouseholdFacts, IncomeFact, PersonFacts
from yimen.law.rules.facts_form import to_plain
from yimen.law.rules.rigid_spending import window
from yimen.law.terms import DisabilityKind, IncomeKind, Relation, Role

LIST = "/township/changes/"


def member(award: Award, number: int) -> str:
    return str(award.household.memberships.order_by("id")[number].person.ref)


def reported(client: Client, award: Award, **fields: Any) -> str:
    """The address of the change, from the page that was sent."""
    given = {
        "event": "income", "since": "2026-11-20", "statement": "儿子开始打零工。", "source": "village",
        "reported_by": "李协理",
    }  # fmt: skip
    answer = send(client, f"{LIST}report/{award.ref}/", **{**given, **fields})
    assert answer.status_code == 302, told(answer)
    return str(answer["Location"])


def table(prefix: str, *rows: dict[str, str]) -> dict[str, str]:
    """Rows of a table as a browser sends them."""
    found = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    return found | {
        f"{prefix}-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()
    }


def done(answer: Any) -> str:
    assert answer.status_code == 302, told(answer)
    return str(answer["Location"])


def established(world: World, place: str, award: Award, yuan: str = "260") -> None:
    client = handler(world)
    fields = {
        "reasons": "看了工资记录。", "dependents": [member(award, 1)],
        "effect": "", "ground": "", "paid_through": "2026-11", **table("things"),
        **table(
            "incomes",
            {"person": member(award, 1), "kind": "wage", "label": "打零工", "amount": yuan, "period": "month"},
        ),
    }  # fmt: skip
    done(send(client, f"{place}findings/", **fields))


def heard(world: World, place: str, **more: Any) -> Any:
    fields = {
        "how": "in_person", "heard_on": "2026-11-24", "who": "户主", "place": "家中", "view": "objects",
        "said": "活不稳定。", "evidence": "", "answer": "按三个月平均数核定。", "not_possible": "",
        "investigators": [world.handler().staff.ref, world.aide().staff.ref],
    }  # fmt: skip
    return send(handler(world), f"{place}hearing/", **{**fields, **more})


def test_a_cut_from_the_phone_to_the_served_notice(world: World, award: Award) -> None:
    phone, clerk, boss = aide(world), handler(world), head(world)
    home = f"/household/{award.household.ref}/"
    assert f"{LIST}report/{award.ref}/" in text(phone.get(home))
    page = text(phone.get(f"{LIST}report/{award.ref}/"))
    assert "月保障金" not in page and "发生了什么变化" in page
    place = reported(phone, award)
    own = text(phone.get(place))
    assert "儿子开始打零工" in own and "核定" not in own and "350" not in own
    assert "办理中的变更" in text(clerk.get("/township/")) and names(text(clerk.get(LIST))) == 1

    established(world, place, award)
    page = text(clerk.get(place))
    assert "减发：每月由" in page and "还没有听取" in page and "变化前后对照" in page
    answer = send(clerk, f"{place}submit/")
    assert answer.status_code == 409 and "必须听取本人意见" in text(answer)
    answer = heard(world, place, answer="")
    assert answer.status_code == 422 and "请填写对不同意见的答复" in text(answer)
    done(heard(world, place))
    done(send(clerk, f"{place}submit/"))

    assert "决定" in text(boss.get(place))
    UsedCode.objects.all().delete()
    code = code_of(world, Role.HEAD, TOWNSHIP)
    done(send(boss, f"{place}decide/", reasons="情况属实。", other_programmes="不涉及。", code=code))
    award.refresh_from_db()
    assert award.monthly_fen == 14_300
    done(
        send(
            clerk, f"{place}serve/", how="直接送达", served_on="2026-11-24", to_whom="户主", receipt="本人签收", note=""
        )
    )
    change = ChangeCase.objects.get()
    assert change.state == "closed" and names(text(clerk.get(f"{LIST}?state=&village=&event="))) == 0
    assert "历次变更" in text(clerk.get(home))
    for paper in changes.papers_of(change):
        assert draw(paper).startswith(b"%PDF")
        assert clerk.get(f"/paper/{paper.ref}/").status_code == 200


def test_the_sentence_stands_at_the_field_and_nothing_is_lost(world: World, award: Award) -> None:
    answer = send(
        handler(world),
        f"{LIST}report/{award.ref}/",
        event="death",
        since="2026-11-20",
        statement="邻居说的",
        source="village",
        reported_by="邻居",
    )
    assert answer.status_code == 422 and "请选择是哪一名成员" in text(answer) and "邻居说的" in text(answer)
    place = reported(handler(world), award)
    answer = send(handler(world), f"{place}findings/", reasons="", **table("incomes"), **table("things"))
    assert answer.status_code == 422 and "请填写核定的情况和理由" in text(answer)
    again = send(
        handler(world),
        f"{LIST}report/{award.ref}/",
        event="property",
        since="2026-11-20",
        statement="买车",
        source="village",
        reported_by="邻居",
    )
    assert again.status_code == 409 and "已有一件变更正在办理" in text(again)


def test_the_account_is_changed_by_two_and_tells_the_amount_nothing(world: World, award: Award) -> None:
    place = reported(handler(world), award, event="account", statement="存折丢失，换了新卡。", source="household")
    fields = {
        "holder": award.household.head.name, "holder_relation": "self", "bank": "示例银行", "phone": "", "group": "",
        "address": "", "reasons": "看了新存折和身份证。", "effect": "", "ground": "", "paid_through": "",
    }  # fmt: skip
    answer = send(handler(world), f"{place}findings/", **fields, number="")
    assert answer.status_code == 422 and "变更账户请填写银行账号" in text(answer)
    done(send(handler(world), f"{place}findings/", **fields, number="6217000010009999999"))
    done(send(handler(world), f"{place}submit/"))
    UsedCode.objects.all().delete()
    done(send(head(world), f"{place}decide/", reasons="同意。", code=code_of(world, Role.HEAD, TOWNSHIP)))
    change = ChangeCase.objects.get()
    assert (change.state, change.effect) == ("closed", "details_only")
    assert award.household.accounts.get(to_on=None).number == "6217000010009999999"


def test_the_district_reads_and_another_township_sees_nothing(world: World, award: Award) -> None:
    place = reported(handler(world), award)
    page = text(of(world, Role.SUPERVISOR).get(LIST))
    assert names(page) == 1 and "乡街" in page
    assert of(world, Role.SUPERVISOR).get(place).status_code == 200
    assert at(world, Role.HANDLER, code="990101002").get(place).status_code == 404
    assert re.search("登记变动", text(handler(world).get(f"/household/{award.household.ref}/"))) is None
    assert today()


def test_who_split_off_is_offered_an_application_with_what_is_known(world: World, award: Award) -> None:
    clerk, boss, son = handler(world), head(world), award.household.memberships.order_by("id")[1].person
    place = reported(clerk, award, event="split", concerns=[son.ref], statement="儿子另住，自己开伙。")
    assert "分出家庭的户主" in text(clerk.get(f"{place}findings/"))
    fields = {
        "reasons": "入户看过，收入、开支各自独立。", "leaving": [son.ref], "new_head": "", "apart_head": "", "settled": "on",
        "effect": "", "ground": "", "paid_through": "2026-11", **table("things"),
        **table(
            "incomes",
            {"person": member(award, 0), "kind": "wage", "label": "养老金", "amount": "300", "period": "month"},
            {"person": son.ref, "kind": "wage", "label": "打零工", "amount": "1234.50", "period": "month"},
        ),
    }  # fmt: skip
    done(send(clerk, f"{place}findings/", **fields))
    if "hearing/" in text(clerk.get(place)):
        done(heard(world, place, view="agrees"))
    assert "分户后可以申请的家庭" not in text(clerk.get("/township/"))
    done(send(clerk, f"{place}submit/"))
    UsedCode.objects.all().delete()
    done(
        send(
            boss,
            f"{place}decide/",
            reasons="情况属实。",
            other_programmes="已看",
            code=code_of(world, Role.HEAD, TOWNSHIP),
        )
    )
    [home] = [row.household for row in son.memberships.filter(to_on=None)]
    intake = f"/township/intake/?household={home.ref}"
    page = text(clerk.get(place))
    assert "分出的家庭" in page and intake in page and intake not in text(boss.get(place))
    queue = text(clerk.get("/township/"))
    assert "分户后可以申请的家庭" in queue and intake in queue
    form = text(clerk.get(intake))
    assert son.name in form and son.identity in form
    # What he earns is in it; the account is asked once and not taken from the old household.
    assert 'value="1234.50"' in form and 'value="打零工"' in form and 'value="养老金"' not in form
    account = households.account(award.household)
    assert account is not None and account.number[-4:] not in form and 'name="account-account_number"' in form


def test_what_one_award_established_is_taken_over_on_the_other_with_one_press(world: World, award: Award) -> None:
    """A recognition and 单人保 beside it: the page offers the findings, shows every figure with its why, and asks nothing again."""
    single = beside(award)
    place = reported(handler(world), award)
    other = f"{LIST}{changes.open_of([single])[single.pk].ref}/"
    assert "同户已核定的内容" not in text(handler(world).get(other))
    fields = {
        "reasons": "看了流水。", "dependents": [], "effect": "", "ground": "", "paid_through": "", **table("things"),
        **table("incomes", {"person": member(award, 1), "kind": "wage", "label": "打零工", "amount": "300", "period": "month"}),
    }  # fmt: skip
    done(send(handler(world), f"{place}findings/", **fields))
    page = text(handler(world).get(place))
    assert "低保边缘家庭标准" in page and "依据" in page and "社会救助法第二十一条" in page
    page = text(handler(world).get(other))
    assert "照同户已核定的内容核定" in page and "打零工" in page
    change = changes.open_of([single])[single.pk]
    answer = send(handler(world), f"{other}take/", seen="0", version=str(change.version))
    assert answer.status_code == 409 and "刚才又重新核定" in text(answer)
    done(send(handler(world), f"{other}take/", version=str(change.version)))
    change.refresh_from_db()
    finding = changes.finding_of(change)
    assert change.state == "reckoned" and finding is not None and len(finding.entry["new_incomes"]) == 1
    page = text(handler(world).get(other))
    assert "内容照同户另一件已核定的" in page and "照同户已核定的内容核定" not in page
    assert "所在家庭：人均收入低于边缘家庭标准" in page


def test_the_twelve_months_of_rigid_expenditure_are_filled_in_as_a_table(world: World, award: Award) -> None:
    stands_on(award, "rigid_expenditure", family_of(award), valid_to=date(2027, 11, 30), recertify_on=None)
    place = reported(handler(world), award, event="illness", concerns=[member(award, 0)])
    fields = {
        "reasons": "看了票据。", "effect": "", "ground": "", "paid_through": "", **table("things"), **table("incomes"),
        **table("health"), "total_income": "10000",
    }  # fmt: skip
    page = text(handler(world).get(f"{place}findings/"))
    first, last = window(today(), 12)
    assert f"重新登记的，算 {first} 至 {last} 的支出" in page and "成员序号：1 " in page
    answer = send(handler(world), f"{place}findings/", **fields, **table("spent"))
    assert answer.status_code == 422 and "刚性支出还没有登记" in text(answer)
    bill = {
        "kind": "medical",
        "member": "1",
        "amount": "6000.01",
        "paid_on": "2026-05-06",
        "receipt": "票据1",
        "designated": "on",
    }
    wrong = table("spent", {**bill, "paid_on": ""})
    answer = send(handler(world), f"{place}findings/", **fields, **wrong, spent_anew="on")
    assert answer.status_code == 422 and "6000.01" in text(answer)
    done(send(handler(world), f"{place}findings/", **fields, **table("spent", bill), spent_anew="on"))
    change = ChangeCase.objects.get()
    assert (change.effect, change.ground) == ("unchanged", "checked_unchanged")
    assert "60.0%" in text(handler(world).get(place))


def family_of(award: Award) -> HouseholdFacts:
    """The two members with an income between the standard and the edge standard, the second of them severely disabled."""
    first, second = award.household.memberships.order_by("id").select_related("person")
    return HouseholdFacts(
        (
            PersonFacts(first.person.ref, first.person.name, Relation.SELF, first.person.birth_date),
            PersonFacts(
                second.person.ref, second.person.name, Relation.SPOUSE, second.person.birth_date,
                disability=DisabilityKind.PHYSICAL, disability_grade=1,
            ),
        ),
        incomes=(IncomeFact("income-1", first.person.ref, IncomeKind.OTHER, 1_600_00, label="退休金"),),
    )  # fmt: skip


def beside(award: Award) -> Award:
    """The award as a recognition, with 单人保 of its second member."""
    stands_on(award, "edge", family_of(award))
    person = award.persons.order_by("id")[1].person
    single = Award.objects.create(
        number=f"{award.number}-S", household=award.household, origin=award.origin, run=award.run, programme="dibao",
        township=award.township, village=award.village, monthly_fen=87_200, single=True, start_month=award.start_month,
        recertify_on=award.recertify_on,
    )  # fmt: skip
    AwardPerson.objects.create(award=single, person=person, programme="dibao", single=True)
    basis = versions.Basis("test", "x", today())
    versions.open_history([(single, [(person.pk, 0)], True)], AwardCause.TAKEN_OVER, basis)
    versions.add(single, single.start_month, AwardCause.CHANGE, basis, facts=to_plain(family_of(award)))
    return single
