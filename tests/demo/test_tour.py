"""The tour's page and its files, and becoming another of the demo's people: in demo mode only, and only from here."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.rooms.world import TOWNSHIP, World, make_world
from yimen.casework.awards import acts as awards
from yimen.casework.awards.ledgers.entries import LedgerSource
from yimen.demo import ledger_files, samples, stock, tour
from yimen.desks.shared.demo import PEOPLE
from yimen.law.terms import Role

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.YIMEN_DEMO, settings.YIMEN_DATA = True, tmp_path
    return make_world()


def _become(browser: Client, name: str, **more: Any) -> Any:
    return browser.post(reverse("demo_switch"), {"to": name, **more})


def _user(browser: Client) -> str:
    return str(browser.session.get("_auth_user_id", ""))


def test_nothing_of_it_exists_outside_the_demo(world: World, settings: Any) -> None:
    browser = Client()
    settings.YIMEN_DEMO = True
    _become(browser, "qh-jb1")
    settings.YIMEN_DEMO = False
    before = _user(browser)
    assert browser.get(reverse("tour")).status_code == 404
    assert browser.get(reverse("tour_file", args=["ledger-clean.xlsx"])).status_code == 404
    assert _become(browser, "qh-fz").status_code == 404
    assert _user(browser) == before
    assert reverse("demo_switch") not in browser.get("/login/").content.decode()


def test_one_click_makes_another_person(world: World) -> None:
    browser = Client()
    for person in PEOPLE:
        answer = _become(browser, person.username, next="/password/")
        assert answer.status_code == 302 and answer["Location"] == "/password/"
        page = browser.get("/password/").content.decode()
        assert reverse("demo_switch") in page and f'value="{person.username}"' in page
    head = world.district.who(TOWNSHIP, Role.HEAD)
    _become(browser, "qh-fz")
    assert _user(browser) == str(world.district.accounts[head.pk].pk)


@pytest.mark.parametrize("name", ["", "nobody", "by-fz", "system"])
def test_nobody_else_can_be_taken(world: World, name: str) -> None:
    browser = Client()
    assert _become(browser, name)["Location"] == reverse("home") and _user(browser) == ""


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:1"])
def test_it_leads_to_no_other_place(world: World, target: str) -> None:
    assert _become(Client(), "qh-jb1", next=target)["Location"] == reverse("home")


@pytest.mark.parametrize("origin", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}])
def test_from_elsewhere_the_password_comes_first(world: World, origin: dict[str, str]) -> None:
    browser = Client()
    assert browser.post(reverse("demo_switch"), {"to": "qh-jb1"}, **origin).status_code == 404
    assert "登录</a>一次" in browser.get(reverse("tour"), **origin).content.decode()
    _become(browser, "qh-jb1")
    assert browser.post(reverse("demo_switch"), {"to": "qh-fz"}, **origin).status_code == 302


def test_the_tour_without_a_single_case_still_opens(world: World) -> None:
    page = Client().get(reverse("tour")).content.decode()
    assert "演示数据，均为虚构" in page
    for stop in tour.STOPS:
        assert stop.do in page and stop.see in page


def test_the_readme_tells_the_same_tour() -> None:
    chinese, english = (ROOT / name for name in ("README.zh-CN.md", "README.md"))
    for stop in tour.STOPS:
        assert f"| {stop.do.rstrip('。')} | {stop.see.rstrip('。')} |" in chinese.read_text(encoding="utf-8")
    rows = [line for line in english.read_text(encoding="utf-8").splitlines() if line.startswith("| ") and "`" in line]
    named = [line.split("|")[2].strip().strip("`") for line in rows if line.split("|")[1].strip().isdigit()]
    assert [stop.who for stop in tour.STOPS] in [named[at : at + len(tour.STOPS)] for at in range(len(named))]


def _verdicts(world: World, content: bytes) -> list[tuple[str, str]]:
    """State and words of each row, as the preview of the page says them."""
    run = awards.open_ledger(world.handler(), source=LedgerSource("台账.xlsx", "0" * 64))
    awards.draw_up(world.handler(), run.ref, rows=stock.read_file(content, TOWNSHIP))
    return [
        (row.state, " ".join([*(sentence for _, sentence in row.problems), *row.remarks]))
        for row in run.lines.order_by("id")
    ]


def test_every_row_of_the_clean_ledger_is_new(world: World) -> None:
    assert _verdicts(world, ledger_files.clean()) == [("new", "")] * 5


def test_every_fault_of_the_old_ledger_is_named(world: World) -> None:
    found = _verdicts(world, ledger_files.faulty())
    words = ["截断", "校验位", "幸福里社区", "15", "第12行也出现", "", "也出现"]
    assert [state for state, _ in found] == ["error", "error", "error", "new", "error", "new", "error"], found
    assert all(word in said for word, (_, said) in zip(words, found, strict=True)), found


def test_samples_are_written_and_handed_out(world: World, settings: Any) -> None:
    browser, place = Client(), Path(settings.YIMEN_DATA)
    assert browser.get(reverse("tour_file", args=["check-result.xlsx"])).status_code == 404
    samples.write(place, {"check-result.xlsx": b"PK result"})
    answer = browser.get(reverse("tour_file", args=["check-result.xlsx"]))
    assert answer.content == b"PK result" and "attachment" in answer["Content-Disposition"]
    assert browser.get(reverse("tour_file", args=["demo.json"])).status_code == 404
    for sample in samples.SAMPLES[:2]:
        assert BytesIO(browser.get(reverse("tour_file", args=[sample.name])).content).read(2) == b"PK"
