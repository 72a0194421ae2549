"""核对请求: real files out and in; a cut, a repeated, a wrong and a large one each get their sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desks.district_hands import at, send, text
from tests.rooms.checking import fresh
from tests.rooms.world import TOWNSHIP, World, applied
from yimen.base.access.refusal import Refused
from yimen.base.jobs import desk as jobs, worker
from yimen.base.record.models import Read
from yimen.base.refs import new_ref
from yimen.casework.verification import acts
from yimen.casework.verification.models import CheckBatch, ResultFile
from yimen.gateways.provincial import door, working
from yimen.gateways.provincial.errors import BadFile
from yimen.gateways.provincial.plain import make_result
from yimen.gateways.provincial.practice import answer
from yimen.gateways.provincial.request_file import read_request
from yimen.gateways.provincial.result_write import result_json, result_xlsx
from yimen.law.calendar import today
from yimen.law.terms import Role, Stage


@pytest.fixture
def checker(world: World) -> Client:
    return at(world, Role.CHECKER)


def _waiting(world: World) -> Any:
    case = applied(world)
    acts.request_check(world.handler(), case.ref)
    return case


def _sent(world: World, checker: Client, callbacks: Any) -> tuple[Any, CheckBatch]:
    case = _waiting(world)
    with callbacks(execute=True):
        done = send(checker, "/district/checks/send/", sources=["household_register", "social_insurance", "bank"])
    assert done.status_code == 302, text(done)
    return case, CheckBatch.objects.get(ref=done["Location"].rstrip("/").rsplit("/", 1)[-1])


def _answer(batch: CheckBatch, **more: Any) -> Any:
    request = door.request_of(batch)
    assert request is not None
    return answer(request, "7", today(), **more)


def _remade(result: Any, lines: Any) -> Any:
    """The result with its count and digest reckoned anew, as another hand would have written it."""
    return make_result(result.batch_number, result.result_number, result.answered_on, result.agency, lines)


def _upload(checker: Client, data: bytes, name: str = "result.xlsx", **more: Any) -> Any:
    return checker.post("/district/checks/import/", {"once": new_ref(), "file": SimpleUploadedFile(name, data), **more})


def test_waiting_requests_leave_as_one_file_in_both_forms(
    world: World, checker: Client, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    case, batch = _sent(world, checker, django_capture_on_commit_callbacks)
    page = text(checker.get(f"/district/checks/batch/{batch.ref}/"))
    assert case.number in page and "下载请求文件（Excel）" in page
    outbox = sorted(path.name for path in (settings.YIMEN_GATEWAY_DIR / "outbox").iterdir())
    assert outbox == [door.request_name(batch, "json"), door.request_name(batch, "xlsx")]
    for suffix in ("xlsx", "json"):
        answered = checker.get(f"/district/checks/batch/{batch.ref}/request.{suffix}")
        assert answered["Content-Disposition"].endswith(f'.{suffix}"')
        asked = read_request(answered.content)
        assert [person.identity for _, person in asked.people()] == [case.applicant.identity]
    assert Read.objects.filter(subject_kind="check_batch", subject_ref=batch.ref).count() == 2


def test_only_the_checker_holds_the_file(
    world: World, checker: Client, django_capture_on_commit_callbacks: Any
) -> None:
    _, batch = _sent(world, checker, django_capture_on_commit_callbacks)
    watcher = at(world, Role.SUPERVISOR)
    assert watcher.get(f"/district/checks/batch/{batch.ref}/request.xlsx").status_code == 403
    assert "下载请求文件" not in text(watcher.get(f"/district/checks/batch/{batch.ref}/"))
    assert at(world, Role.HANDLER, code=TOWNSHIP).get(f"/district/checks/batch/{batch.ref}/").status_code == 403
    assert checker.get(f"/district/checks/batch/{new_ref()}/").status_code == 404


def test_sending_nothing_is_answered_by_a_sentence(checker: Client) -> None:
    done = send(checker, "/district/checks/send/", sources=["bank"])
    assert done.status_code == 409
    assert "没有等待发出的核对请求" in text(done)


def test_sending_twice_sends_once(world: World, checker: Client) -> None:
    _waiting(world)
    form = {"once": new_ref(), "sources": ["bank"]}
    first, second = (checker.post("/district/checks/send/", form) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert CheckBatch.objects.count() == 1


@pytest.mark.parametrize("write", [result_xlsx, result_json])
def test_a_result_file_is_taken_in_and_told(
    world: World, checker: Client, django_capture_on_commit_callbacks: Any, settings: Any, write: Any
) -> None:
    case, batch = _sent(world, checker, django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        done = _upload(checker, write(_answer(batch)))
    assert done.status_code == 302, text(done)
    assert not list((settings.YIMEN_GATEWAY_DIR / "outbox").iterdir())
    page = text(checker.get(done["Location"]))
    assert "新增 3 项" in page
    assert fresh(case).stage == Stage.CHECKED
    assert batch.number in text(checker.get("/district/checks/?tab=back"))


def test_a_file_sent_twice_changes_nothing_and_says_so(
    world: World, checker: Client, django_capture_on_commit_callbacks: Any
) -> None:
    _, batch = _sent(world, checker, django_capture_on_commit_callbacks)
    result = _answer(batch)
    _upload(checker, result_xlsx(result))
    again = _upload(checker, result_json(result), "other-name.json")
    assert again.status_code == 409
    assert "这次没有改动任何内容" in text(again)
    assert ResultFile.objects.count() == 1


def test_a_file_cut_in_the_middle_changes_nothing_and_says_so(
    world: World, checker: Client, django_capture_on_commit_callbacks: Any
) -> None:
    case, batch = _sent(world, checker, django_capture_on_commit_callbacks)
    for data, name in ((result_xlsx(_answer(batch)), "r.xlsx"), (result_json(_answer(batch)), "r.json")):
        cut = _upload(checker, data[: len(data) // 2], name)
        assert cut.status_code == 422
        assert "没有采用任何内容" in text(cut) and "重新导入" in text(cut)
    assert ResultFile.objects.count() == 0
    assert fresh(case).stage == Stage.CHECKING


def test_faults_are_listed_by_row(world: World, checker: Client, django_capture_on_commit_callbacks: Any) -> None:
    _, batch = _sent(world, checker, django_capture_on_commit_callbacks)
    result = _answer(batch)
    wrong = [line.__class__(**{**line.__dict__, "identity_tail": "0000"}) for line in result.rows]
    page = _upload(checker, result_xlsx(_remade(result, wrong)))
    assert page.status_code == 422
    assert "身份证号后四位" in text(page) and "第 2 行" in text(page)


def test_no_file_is_answered_at_the_form(checker: Client) -> None:
    page = send(checker, "/district/checks/import/")
    assert page.status_code == 422
    assert "请选择核对机构提供的结果文件" in text(page)


def test_a_large_file_goes_through_a_job_with_progress(
    world: World, checker: Client, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, batch = _sent(world, checker, django_capture_on_commit_callbacks)
    monkeypatch.setattr(door, "LARGE", 2)
    url = _upload(checker, result_json(_answer(batch)), "r.json")["Location"]
    assert fresh(case).stage == Stage.CHECKING
    assert "正在排队" in text(checker.get("/district/checks/"))
    card = checker.get(url, headers={"HX-Request": "true"})
    assert "hx-get" in text(card)
    assert worker.run_one()
    assert checker.get(url, headers={"HX-Request": "true"})["HX-Redirect"] == url
    done = checker.get(url, follow=True)
    assert "新增 3 项" in text(done)
    assert fresh(case).stage == Stage.CHECKED
    assert "后台导入" in text(checker.get("/district/checks/"))


def test_a_job_done_twice_says_the_same(world: World, checker: Client, django_capture_on_commit_callbacks: Any) -> None:
    """A worker may die between the act and its last word; the next one finds the work done."""
    _, batch = _sent(world, checker, django_capture_on_commit_callbacks)
    officer = world.at_district(Role.CHECKER)
    data = result_json(_answer(batch))
    for _ in range(2):
        working.start(officer, door.read(officer, data), data, "r.json")
        assert worker.run_one()
    first, second = (view.result for view in jobs.jobs_of(officer.account.pk))
    assert first == second and first["file"]


def test_the_practice_province_answers_in_the_demo(
    world: World, checker: Client, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    settings.YIMEN_DEMO = True
    case, _ = _sent(world, checker, django_capture_on_commit_callbacks)
    assert "由练习核对机构答复" in text(checker.get("/district/checks/"))
    told = checker.post("/district/checks/practice/", {"once": new_ref()}, follow=True)
    assert "已导入批次" in text(told)
    assert fresh(case).stage == Stage.CHECKED


def test_the_practice_province_answers_only_what_still_waits(
    world: World, checker: Client, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    settings.YIMEN_DEMO = True
    case, batch = _sent(world, checker, django_capture_on_commit_callbacks)
    officer = world.at_district(Role.CHECKER)
    data = result_json(_answer(batch, only=["bank"]))
    door.take(officer, door.read(officer, data), data, "part.json")
    told = checker.post("/district/checks/practice/", {"once": new_ref()}, follow=True)
    assert "已答复 2 项" in text(told)
    assert fresh(case).stage == Stage.CHECKED
    assert not (settings.YIMEN_GATEWAY_DIR / "refused").exists()
    again = checker.post("/district/checks/practice/", {"once": new_ref()}, follow=True)
    assert "没有等待答复的批次" in text(again)


def test_the_practice_province_is_unknown_elsewhere(checker: Client, settings: Any) -> None:
    settings.YIMEN_DEMO = False
    assert checker.post("/district/checks/practice/", {"once": new_ref()}).status_code == 404
    assert "练习核对机构" not in text(checker.get("/district/checks/"))


def test_the_watched_folder_is_taken_in_under_a_named_account(
    world: World, checker: Client, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    case, batch = _sent(world, checker, django_capture_on_commit_callbacks)
    settings.YIMEN_GATEWAY_ACCOUNT = "check"
    (settings.YIMEN_GATEWAY_DIR / "inbox").mkdir(exist_ok=True)
    (settings.YIMEN_GATEWAY_DIR / "inbox" / "r.xlsx").write_bytes(result_xlsx(_answer(batch)))
    assert door.poll_once() == []
    (sentence,) = door.poll_once()
    assert sentence.startswith("r.xlsx：已导入批次")
    assert fresh(case).stage == Stage.CHECKED
    assert ResultFile.objects.get().taken_by == world.at_district(Role.CHECKER).staff
    assert [path.name for path in (settings.YIMEN_GATEWAY_DIR / "done").iterdir()] == ["r.xlsx"]


@pytest.mark.parametrize(("name", "sentence"), [("", "YIMEN_GATEWAY_ACCOUNT"), ("watch", "不在区级核对岗位")])
def test_the_folder_is_left_alone_without_its_account(world: World, settings: Any, name: str, sentence: str) -> None:
    settings.YIMEN_GATEWAY_ACCOUNT = name
    with pytest.raises(Refused, match=sentence):
        door.poll_once()


def test_a_batch_of_somebody_else_is_refused(
    world: World, checker: Client, django_capture_on_commit_callbacks: Any
) -> None:
    _, batch = _sent(world, checker, django_capture_on_commit_callbacks)
    result = _answer(batch)
    strange = result.__class__(**{**result.__dict__, "batch_number": "HD220302-20261124-01"})
    with pytest.raises(BadFile, match="不是本区送出的委托"):
        door.read(world.at_district(Role.CHECKER), result_json(_remade(strange, strange.rows)))
