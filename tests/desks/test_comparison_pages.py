"""每月比对 at both desks: asked, taken in by hand, red where late, settled by the township, seen by whom."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.desks.case_hands import told
from tests.desks.district_hands import at, send, text
from tests.rooms.comparisons import answered, asked, cars, dead, deposit, households, name, part, pension, result
from tests.rooms.world import NOT_YET, TOWNSHIP, World
from yimen.base.record.models import Read
from yimen.casework.applications.models import Consent
from yimen.casework.awards.models import AwardPerson, ChangeCase
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.comparison import answers
from yimen.casework.monthclose.models import ComparisonAnswer, ComparisonHit, ComparisonRun
from yimen.casework.payments.models import Hold
from yimen.gateways.provincial import door, folder, monthly
from yimen.gateways.provincial.plain import result_to_plain
from yimen.gateways.provincial.request_file import read_request, request_json
from yimen.gateways.provincial.result_write import result_json, result_xlsx
from yimen.law.terms import Role


def upload(data: bytes, name: str = "结果.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_the_district_asks_downloads_and_takes_in(world: World, travel: Any) -> None:
    travel(date(2026, 11, 20))
    first, second = households(world, 2, until=date(2027, 10, 1))
    Consent.objects.filter(person=AwardPerson.objects.get(award=second).person).update(valid_to=date(2026, 6, 1))
    checker = at(world, Role.CHECKER)
    assert "本月还没有提请" in text(checker.get("/district/comparison/"))
    late = send(checker, "/district/comparison/new/", due_on="2026-12-02", sources=["bank", "tax"])
    assert late.status_code == 422 and told(late)[0].startswith("due_on: 反馈日期应在今天")
    assert told(send(checker, "/district/comparison/new/"))[0].startswith("due_on: 请填写")
    done = send(checker, "/district/comparison/new/", due_on="2026-11-22", sources=["bank", "tax"])
    run = ComparisonRun.objects.get()
    home = f"/district/comparison/{run.ref}/"
    assert done["Location"] == home
    page = text(checker.get(home))
    assert "还有 2 天" in page and "没有提请" in page
    file = f"/district/comparison/file/{part(run, 'bank').ref}/"
    assert "下载（Excel）" in text(checker.get(file))
    asked_for = b"".join(checker.get(f"{file}request.json"))  # type: ignore[arg-type]
    whole = monthly.request_of(part(run, "bank"))
    assert asked_for == request_json(whole) and read_request(asked_for) == whole
    assert read_request(checker.get(f"{file}request.xlsx").content) == whole
    assert Read.objects.filter(subject_kind="comparison_part").count() == 2
    wrong = json.loads(result_json(result(run, "bank")))
    wrong["answers"][0]["note"] = "改过"
    bad = send(checker, f"{home}import/", file=upload(json.dumps(wrong, ensure_ascii=False).encode()))
    assert bad.status_code == 422 and "截断或改动" in text(bad) and not ComparisonAnswer.objects.exists()
    good = result_xlsx(result(run, "bank", {name(first): [deposit(3_000_000)]}))
    assert send(checker, f"{home}import/", file=upload(good, "银行.xlsx"))["Location"] == home
    again = send(checker, f"{home}import/", file=upload(good, "银行.xlsx"))
    assert again.status_code == 409 and "没有改动任何内容" in text(again)
    travel(date(2026, 11, 25))
    checker = at(world, Role.CHECKER)
    page = text(checker.get(home))
    assert "已反馈" in page and "逾期 3 天未反馈" in page and "refused" in page
    assert "税务逾期 3 天未反馈" in text(checker.get("/district/comparison/"))
    assert "授权已过有效期" in text(checker.get("/township/comparison/left-out/"))
    clerk, out = at(world, Role.HANDLER, code=TOWNSHIP), "/township/comparison/left-out/"
    ticked = f"{second.ref}.{second.household.head.ref}"
    assert f'value="{ticked}"' in text(clerk.get(out))
    page = send(clerk, "/township/comparison/consent/", ref=[ticked])["Location"]
    assert "勾选的 1 人" in text(clerk.get(page)) and send(clerk, "/township/comparison/consent/")["Location"] == out
    assert told(send(clerk, page, signed_on=""))[0].startswith("signed_on: 请填写")
    assert send(clerk, page, signed_on="2026-11-25")["Location"] == out
    assert "已登记授权，下次提请" in text(clerk.get(out)) and "comparison/consent/" not in text(clerk.get(out))
    for role in (Role.SUPERVISOR, Role.DISTRICT_DECIDER):
        watcher = at(world, role)
        assert watcher.get(home).status_code == 200 and watcher.get(file).status_code == 403
        assert send(watcher, "/district/comparison/new/", due_on="2026-11-30").status_code == 403


def test_the_folder_takes_monthly_files_too(
    world: World, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    (award,) = households(world)
    checker = world.at_district(Role.CHECKER)
    settings.YIMEN_GATEWAY_ACCOUNT = checker.account.username
    run = asked(world, "bank")
    assert monthly.post(checker, run) == 1 and [row.name for row in door.watched().outbox.iterdir()]
    data = result_json(result(run, "bank", {name(award): [deposit(3_000_000)]}))
    folder.put(door.watched().inbox, "from-the-province.json", data)
    door.poll_once()
    with django_capture_on_commit_callbacks(execute=True):
        (said,) = door.poll_once()
    assert "已导入“银行存款”的比对结果" in said and "与上次不同 1 项" in said
    assert not list(door.watched().outbox.iterdir())
    browser = at(world, Role.CHECKER)
    elsewhere = send(browser, "/district/checks/import/", file=upload(data))
    assert elsewhere.status_code == 422 and "请在“每月比对”页面导入" in text(elsewhere)


def test_the_township_settles_each_household(world: World) -> None:
    first, second = households(world, 2)
    run = asked(world, "vehicle_register", "funeral", "social_insurance")
    clerk, other = at(world, Role.HANDLER, code=TOWNSHIP), at(world, Role.HANDLER, code=NOT_YET)
    answered(world, run, "vehicle_register", {name(first): [cars(1)], name(second): [cars(1)]})
    answered(world, run, "funeral", {name(second): [dead()]})
    page = text(clerk.get("/township/comparison/"))
    assert page.count("小型轿车") == 2 and "已暂缓发放" in page and "没有记载" in page
    assert "本月还没有反馈的来源" in page and "社会保险" in page
    assert "没有待处理的差异" in text(other.get("/township/comparison/"))
    assert page.count("火化登记") == 1 and text(clerk.get("/township/comparison/?kind=death")).count("火化登记") == 1
    vehicles = list(ComparisonHit.objects.filter(kind="vehicle").values_list("ref", flat=True))
    step = send(clerk, "/township/comparison/dismiss/", ref=vehicles)
    assert step["Location"] == f"/township/comparison/dismiss/?hits={','.join(vehicles)}"
    address = step["Location"]
    assert "选定的差异（2 户 2 项）" in text(clerk.get(address))
    assert told(send(clerk, address, reason=""))[0].startswith("reason: 请填写")
    assert send(clerk, address, reason="登记错误，已去函。").status_code == 302
    assert send(clerk, "/township/comparison/explain/").status_code == 302
    home = f"/township/comparison/home/{second.ref}/"
    own = text(clerk.get(home))
    assert "属实，登记死亡变动" in own and "登记错误，已去函。" in own
    assert Read.objects.filter(subject_kind="household", purpose="处理每月比对差异").count() == 1
    press = f"{home}confirm/"
    assert told(send(clerk, press))[0].startswith("since: 请填写")
    made = send(clerk, press, since="2026-11-12")
    change = ChangeCase.objects.get()
    assert made["Location"] == f"/township/changes/{change.ref}/" and Hold.objects.get().open
    assert "每月比对" in text(clerk.get(made["Location"]))
    assert "已登记变动" in text(clerk.get(home)) and other.get(home).status_code == 404
    assert "没有待处理的差异" in text(clerk.get("/township/comparison/"))


def test_one_press_makes_the_change_of_what_is_no_death(world: World) -> None:
    (award,) = households(world)
    run = asked(world, "social_insurance", "bank")
    answered(world, run, "social_insurance", {name(award): [pension(90_000)]})
    answered(world, run, "bank", {name(award): [deposit(5_000_000)]})
    clerk = at(world, Role.HANDLER, code=TOWNSHIP)
    home = f"/township/comparison/home/{award.ref}/"
    assert "属实，登记变动（2 项）" in text(clerk.get(home))
    assert send(clerk, f"{home}confirm/").status_code == 302
    change = ChangeCase.objects.get()
    assert (change.event, change.since) == ("income", ComparisonHit.objects.first().queried_on)  # type: ignore[union-attr]
    assert "900.00元/月" in change.statement and "50,000.00元" in change.statement
    watcher = at(world, Role.SUPERVISOR)
    assert watcher.get(home).status_code == 200 and "登记变动（" not in text(watcher.get(home))
    assert send(watcher, f"{home}confirm/").status_code == 403
    assert at(world, Role.AIDE, code=award.village_id).get(home).status_code in (403, 404)


def test_the_list_does_not_ask_more_for_more_rows(world: World, django_assert_max_num_queries: Any) -> None:
    awards = households(world, 20)
    run = asked(world, "bank", due_on=date(2026, 11, 24) + timedelta(days=1))
    answered(world, run, "bank", {name(award): [deposit(5_000_000)] for award in awards})
    clerk = at(world, Role.HANDLER, code=TOWNSHIP)
    clerk.get("/township/comparison/")
    with django_assert_max_num_queries(40):
        assert text(clerk.get("/township/comparison/")).count("活期存款") == 20


def test_a_file_that_was_interrupted_says_how_far_it_is_and_goes_on_when_it_comes_again(
    world: World, monkeypatch: Any
) -> None:
    awards = households(world, 3)
    run = asked(world, "vehicle_register")
    said = result(run, "vehicle_register", {name(award): [cars(1)] for award in awards})
    monkeypatch.setattr(answers, "PART", 2)
    acts.import_comparison(world.at_district(Role.CHECKER), content=result_to_plain(said))
    checker, home = at(world, Role.CHECKER), f"/district/comparison/{run.ref}/"
    page = text(checker.get(home))
    assert "已导入 2 户" in page and "今天到期" in page and not ComparisonHit.objects.exists()
    other = result_json(result(run, "vehicle_register"))
    refused = send(checker, f"{home}import/", file=upload(other))
    assert refused.status_code == 409 and "还没有导入完" in text(refused)
    assert send(checker, f"{home}import/", file=upload(result_json(said)))["Location"] == home
    assert "已导入 2 户" not in text(checker.get(home)) and ComparisonHit.objects.count() == 3
