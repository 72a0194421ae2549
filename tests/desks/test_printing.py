"""Printing many papers from the township's desk: what is chosen, what comes out, what is written down."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.base.papers.pdf_text import pages_of, text_of
from tests.desks.case_hands import handler, of, text
from tests.desks.district_hands import at, send
from tests.rooms.checking import accepted, checked
from tests.rooms.test_field_papers import MISSING, family, obligor
from tests.rooms.world import VILLAGE, World, applied, intake
from yimen.base.jobs.worker import run_one
from yimen.base.papers import desk as papers, runs
from yimen.base.papers.models import Paper, PrintLog, PrintRun
from yimen.base.record import desk as record
from yimen.casework.applications import acts
from yimen.law.calendar import now, today
from yimen.law.terms import Role

URL = "/township/papers/"


def sent(browser: Client, **more: Any) -> Any:
    return browser.post(f"{URL}print/", {"once": f"key{PrintRun.objects.count()}", **more})


def done(browser: Client, **more: Any) -> PrintRun:
    answer = sent(browser, **more)
    assert answer.status_code == 302, text(answer)
    assert run_one()
    run = PrintRun.objects.order_by("id").last()
    assert run is not None and answer["Location"] == f"{URL}runs/{run.ref}/"
    return run


def fetched(browser: Client, run: PrintRun) -> bytes:
    answer = browser.get(f"{URL}runs/{run.ref}/file/")
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    return bytes(answer.content)


def words(pdf: bytes) -> str:
    return "".join(text_of(pdf).split())


def test_one_kind_for_every_case_comes_as_one_file_and_is_noted_paper_by_paper(world: World) -> None:
    cases = [applied(world), applied(world)]
    browser = handler(world)
    page = browser.get(URL, {"kind": "application_form", "village": VILLAGE, "printed": "no"})
    assert "打印全部 2 份" in text(page)
    run = done(browser, all="1", kind="application_form", village=VILLAGE, printed="no", duplex="1")
    assert run.state == "ready" and run.papers == 2 and run.duplex
    assert not PrintLog.objects.exists()
    pdf = fetched(browser, run)
    assert pages_of(pdf) % 2 == 0 or pages_of(pdf) >= 3
    for case in cases:
        assert case.applicant.name in words(pdf)
        assert record.reads_of("application", case.ref)[0].purpose == "批量打印社会救助申请书"
    assert PrintLog.objects.filter(purpose="批量打印", paper__code="application_form").count() == 2
    assert "没有符合条件的文书" in text(browser.get(URL, {"kind": "application_form", "printed": "no"}))
    assert "已排入" in text(browser.get(f"{URL}runs/{run.ref}/"))


def test_ticked_cases_get_the_newest_paper_of_a_kind_and_a_reason_where_there_is_none(world: World) -> None:
    taken, waiting = accepted(world), applied(world)
    browser = handler(world)
    run = done(browser, ref=[taken.ref, waiting.ref], kind="acceptance_notice")
    assert run.papers == 1
    page = text(browser.get(f"{URL}runs/{run.ref}/"))
    assert "本件还没有制发《受理通知书》，没有打印。" in page and "有 1 份没有打印" in page
    assert waiting.applicant.name in page


def test_ticked_papers_only(world: World) -> None:
    case = applied(world)
    chosen = Paper.objects.get(subject_ref=case.ref, code="household_declaration")
    run = done(handler(world), ref=[chosen.ref])
    assert [line["paper"] for line in run.lines] == [chosen.ref]


def test_what_lies_in_another_township_is_not_there(world: World) -> None:
    case = applied(world)
    ref = Paper.objects.filter(subject_ref=case.ref)[0].ref
    stranger = at(world, Role.HANDLER, code="990101101")
    answer = sent(stranger, ref=[ref])
    assert answer.status_code == 422 and "没有选中文书" in text(answer)
    assert sent(stranger, ref=[case.ref], kind="application_form").status_code == 422
    assert not PrintRun.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [({}, "没有选中文书"), ({"kind": "nothing", "ref": ["x"]}, "没有这种文书"), ({"once": ""}, "提交编号")],
)
def test_bad_choices_are_refused_in_words(world: World, given: dict[str, Any], says: str) -> None:
    answer = sent(handler(world), **given)
    assert answer.status_code == 422 and says in text(answer)


def test_more_than_one_run_holds_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    applied(world)
    monkeypatch.setattr("yimen.base.papers.bundle.MOST", 2)
    answer = sent(handler(world), all="1")
    assert answer.status_code == 422 and "一次最多打印 2 份" in text(answer)


def test_a_form_sent_twice_makes_one_run(world: World) -> None:
    case = applied(world)
    browser = handler(world)
    ref = Paper.objects.filter(subject_ref=case.ref)[0].ref
    first, second = (browser.post(f"{URL}print/", {"once": "same", "ref": ref}) for _ in range(2))
    assert first["Location"] == second["Location"] and PrintRun.objects.count() == 1


def test_while_it_is_made_the_page_reads_itself_again(world: World) -> None:
    case = applied(world)
    browser = handler(world)
    url = sent(browser, ref=[Paper.objects.filter(subject_ref=case.ref)[0].ref])["Location"]
    assert 'hx-trigger="every 2s"' in browser.get(url).content.decode()
    assert "很快开始排印" in text(browser.get(url, headers={"HX-Request": "true"}))
    assert browser.get(f"{url}file/").status_code == 410
    assert run_one()
    assert browser.get(url, headers={"HX-Request": "true"})["HX-Redirect"] == url


def test_after_a_day_the_file_is_gone(world: World) -> None:
    case = applied(world)
    browser = handler(world)
    run = done(browser, ref=[Paper.objects.filter(subject_ref=case.ref)[0].ref])
    PrintRun.objects.filter(pk=run.pk).update(expires_at=now())
    assert runs.sweep() == 1 and runs.sweep() == 0
    answer = browser.get(f"{URL}runs/{run.ref}/file/")
    assert answer.status_code == 410 and "文件已清除" in text(answer)


def test_nobody_opens_the_run_of_another(world: World) -> None:
    case = applied(world)
    run = done(handler(world), ref=[Paper.objects.filter(subject_ref=case.ref)[0].ref])
    colleague = of(world, Role.HANDLER, 1)
    for url in (f"{URL}runs/{run.ref}/", f"{URL}runs/{run.ref}/file/"):
        assert colleague.get(url).status_code == 404


def test_all_papers_of_a_case_come_behind_their_list(world: World) -> None:
    case = applied(world)
    browser = handler(world)
    answer = browser.get(f"/case/{case.ref}/papers/")
    assert answer.status_code == 200 and "文书清单" in words(answer.content)
    issued = papers.papers_of("application", case.ref)
    assert all(paper.number in words(answer.content) for paper in issued)
    assert PrintLog.objects.filter(purpose="全部文书").count() == issued.count()
    assert pages_of(browser.get(f"/case/{case.ref}/papers/", {"duplex": "1"}).content) >= pages_of(answer.content)
    assert "全部文书（一个 PDF）" in text(browser.get(f"/case/{case.ref}/", {"tab": "papers"}))


def test_everything_to_sign_comes_on_one_sheet_with_what_is_signed(world: World) -> None:
    entry = obligor(world)
    given = intake(world, members=family(world), obligors=[entry], materials=MISSING)
    case = acts.apply(world.handler(), intake=given)
    answer = handler(world).get(f"/case/{case.ref}/signing/")
    said = words(answer.content)
    for part in ("签字页", "诚信承诺和授权委托书", "法定义务人授权书", entry.name, "由监护人签"):
        assert part in said


def test_where_everybody_has_signed_there_is_nothing_to_print(world: World) -> None:
    answer = handler(world).get(f"/case/{applied(world).ref}/signing/")
    assert answer.status_code == 409 and "没有还要签字的地方" in text(answer)


def test_a_paper_for_the_way_carries_the_case_and_an_unknown_one_is_not_there(world: World) -> None:
    case = applied(world)
    browser = handler(world)
    answer = browser.get(f"/case/{case.ref}/sheet/neighbour_interview/")
    assert answer.status_code == 200
    assert case.applicant.name in words(answer.content) and "空白表，供现场填写" in words(answer.content)
    for code in ("refusal_notice", "public_notice", "nothing"):
        assert browser.get(f"/case/{case.ref}/sheet/{code}/").status_code == 404
    assert "现场用表" in text(browser.get(f"/case/{case.ref}/", {"tab": "materials"}))


def test_the_list_takes_a_constant_number_of_statements(world: World, django_assert_max_num_queries: Any) -> None:
    browser = handler(world)
    applied(world)
    browser.get(URL)
    with django_assert_max_num_queries(30) as few:
        browser.get(URL)
    for _ in range(3):
        applied(world)
    with django_assert_max_num_queries(len(few)):
        page = browser.get(URL)
    assert f"{today():%Y-%m-%d}" in text(page)


def _district_papers(world: World) -> Any:
    """A case whose check has come back: a request that came to the district, a report that it made."""
    case = checked(world)
    return case, {paper.code for paper in papers.papers_of("application", case.ref)}


def test_the_district_prints_its_own_papers_and_those_of_townships_when_asked_for(world: World) -> None:
    case, codes = _district_papers(world)
    browser = at(world, Role.CHECKER)
    page = text(browser.get(URL))
    assert "打印全部 2 份" in page and "核对报告" in page and "核对委托书" in page
    assert f'href="{URL}"' in text(browser.get("/district/checks/"))
    run = done(browser, all="1")
    assert run.papers == 2 and case.applicant.name in words(fetched(browser, run))
    assert PrintLog.objects.filter(purpose="批量打印").count() == 2
    assert f"打印全部 {papers.papers_of('application', case.ref).count()} 份" in text(
        browser.get(URL, {"whose": "all"})
    )
    assert "没有符合条件的文书" in text(browser.get(URL, {"whose": "all", "township": "990101002"}))
    assert "application_form" in codes and "没有符合条件的文书" in text(browser.get(URL, {"kind": "application_form"}))


def test_ticked_cases_of_the_district_are_printed_as_those_of_a_township(world: World) -> None:
    case, _ = _district_papers(world)
    browser = at(world, Role.DISTRICT_DECIDER)
    page = text(browser.get("/district/cases/", {"tab": "all"}))
    assert f'value="{case.ref}"' in page and "打印文书" in page
    ticked = browser.post("/batch/print/", {"ref": [case.ref]})
    answer = send(browser, ticked["Location"], cases=f"{case.ref}:{case.version}", kind="check_report")
    assert answer.status_code == 302 and run_one()
    assert PrintRun.objects.get().papers == 1


def test_only_villages_and_administrators_print_no_batches(world: World) -> None:
    assert at(world, Role.SUPERVISOR).get(URL).status_code == 200
    assert at(world, Role.SYSTEM_ADMIN).get(URL).status_code == 403
