"""Two cases through forms alone, as four desks would send them: to assistance, and to a reasoned refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desks.case_hands import aide, code_of, do, filled, handler, head, of, text, told
from tests.desks.test_case_acts_notice import BOARD, VILLAGE_BOARD, place
from tests.desks.test_case_acts_visit import meeting, said
from tests.rooms.world import TOWNSHIP, VILLAGE, World
from yimen.base.record import desk as record
from yimen.base.refs import new_ref
from yimen.casework.applications.queries import applications
from yimen.casework.awards import queries as awards
from yimen.casework.decisions import queries as decisions
from yimen.casework.verification.models import CheckBatch
from yimen.casework.verification.queries import comparison, open_lines
from yimen.gateways.provincial import door
from yimen.gateways.provincial.practice import answer
from yimen.gateways.provincial.result_write import result_xlsx
from yimen.law.calendar import today
from yimen.law.terms import Role, Stage

Travel = Callable[[date], None]


def applied(world: World, pension: str = "143") -> Any:
    """The intake page filled at the counter."""
    client, person = handler(world), world.crowd.person(today(), 66, 75)
    form = filled(client.get("/township/intake/"))
    form |= {
        "method-applied_by": "self", "method-village": VILLAGE, "method-address": "站前社区5号楼2单元301室",
        "members-0-name": person.name, "members-0-identity": person.identity, "members-0-work_capacity": "lost",
        "members-0-relation": "self", "members-0-marriage": "widowed", "members-0-disability_kind": "none", "members-0-lives": "yes",
        "incomes-0-kind": "transfer", "incomes-0-project": "pension",
        "incomes-0-label": "养老金", "incomes-0-amount": pension, "incomes-0-period": "month", "reason-poverty_cause": "age",
        "reason-reason": "年老多病，没有劳动能力。", "kin-relative_declared": "no",
    }  # fmt: skip
    for name in list(form):
        if name.startswith("materials-") and name.endswith("-state"):
            form[name] = "original_seen"
    before = client.post("/township/intake/", {**form, "draft_step": "review"}).content.decode()
    told_before = ("申请回执（提交后打印", "提交后生成", "入户调查（至少两人，请留人在家）", "材料和授权齐备后当日")
    assert all(words in before for words in told_before) and "还缺的材料" in before
    receipt = before.partition("申请回执（提交后打印")[2]
    assert person.identity not in receipt.partition("<form")[0] and person.name in receipt
    done = client.post("/township/intake/", form)
    assert done.status_code == 302, told(done)
    return applications().get(ref=done["Location"].strip("/").rsplit("/", 1)[-1])


def checked(world: World, case: Any, callbacks: Any) -> Any:
    """The centre sends, the practice province answers, the file comes in by upload."""
    checker = of(world, Role.CHECKER)
    sent = checker.post(
        "/district/checks/send/", {"once": new_ref(), "sources": ["household_register", "social_insurance", "bank"]}
    )
    batch = CheckBatch.objects.get(ref=sent["Location"].rstrip("/").rsplit("/", 1)[-1])
    request = door.request_of(batch)
    assert request is not None
    data = SimpleUploadedFile("result.xlsx", result_xlsx(answer(request, "7", today())))
    with callbacks(execute=True):
        done = checker.post("/district/checks/import/", {"once": new_ref(), "file": data})
    assert done.status_code == 302, text(done)
    return applications().get(pk=case.pk)


def settled(client: Client, case: Any) -> Any:
    """Every open line gets its treatment, one after the other."""
    while lines := open_lines(case):
        case = do(
            client, case, "settle_difference", treat__comparison_ref=lines[0].ref, treat__treatment="accept_declared",
            treat__note="本人说明并附存折，予以采信。",
        )  # fmt: skip
    return case


def accepted(world: World, case: Any, callbacks: Any) -> Any:
    client = handler(world)
    case = do(client, case, "record_consent")
    case = do(client, case, "request_check")
    case = settled(client, checked(world, case, callbacks))
    return do(client, case, "accept")


def hung(world: World, case: Any) -> Any:
    case = do(handler(world), case, "publish_notice")
    case = do(handler(world), case, "record_posting", posting__place=place(case, BOARD))
    return do(aide(world), case, "record_posting", posting__place=place(case, VILLAGE_BOARD))


def code(world: World) -> str:
    return code_of(world, Role.HEAD, TOWNSHIP)


def test_from_the_counter_to_assistance(world: World, travel: Travel, django_capture_on_commit_callbacks: Any) -> None:
    case = accepted(world, applied(world), django_capture_on_commit_callbacks)
    assert case.applicant.name in text(aide(world).get("/village/"))
    case = do(aide(world), case, "home_visit", **said(world, case))
    client = handler(world)
    case = do(
        client, case, "conclude_investigation", conclude__disputed="no", conclude__reason="核对、入户一致，没有争议。"
    )
    case = do(client, case, "propose")
    case = hung(world, case)
    travel(date(2026, 12, 2))
    case = do(handler(world), case, "close_notice")
    case = do(head(world), case, "approve", code=code(world))
    case = do(handler(world), case, "announce")
    assert case.stage == Stage.ON_ASSISTANCE
    award = awards.award_of(case)
    assert award is not None
    assert award.start_month == "2027-01"
    done = [entry.act for entry in record.entries_of("application", case.ref)]
    assert done[0] == "apply"
    assert done[-1] == "announce"
    for tab in ("", "family", "check", "visit", "materials", "papers", "record"):
        assert handler(world).get(f"/case/{case.ref}/?tab={tab}").status_code == 200


def test_an_objection_an_appraisal_and_a_reasoned_refusal(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    case = accepted(world, applied(world), django_capture_on_commit_callbacks)
    case = do(aide(world), case, "home_visit", **said(world, case))
    client = handler(world)
    case = do(client, case, "conclude_investigation", conclude__disputed="no", conclude__reason="没有争议。")
    case = hung(world, do(client, case, "propose"))
    case = do(client, case, "object_to_notice", objection__content="反映其每月另有三千元收入。")
    case = do(head(world), case, "answer_objection", answer__way="reinvestigation", answer__reason="需要重新入户核实。")
    assert case.applicant.name in text(aide(world).get("/village/"))
    line = next(row for row in comparison(case) if row.item == "pension")
    seen = {f"visit__holds_{line.ref}": "no", f"visit__note_{line.ref}": "存折每月进账三千元。"}
    case = do(client, case, "home_visit", **said(world, case, **seen))
    case = do(
        client, case, "settle_difference", treat__comparison_ref=line.ref, treat__treatment="adjusted",
        treat__adopted="3000", treat__note="入户见存折，每月实收三千元。",
    )  # fmt: skip
    case = do(client, case, "conclude_investigation", conclude__disputed="yes", conclude__reason="对收入有争议。")
    case = do(client, case, "appraise", **meeting())
    case = do(client, case, "propose", opinion__objection_result="经重新调查和评议，异议属实。")
    assert case.stage == Stage.DECIDING
    case = do(head(world), case, "refuse", code=code(world))
    case = do(client, case, "serve_refusal")
    assert case.stage == Stage.REFUSED
    decision = decisions.decision_of(case)
    assert decision is not None
    assert decision.conditions
