"""资金 on the pages: from the budget to the township, by two people; what is lacking is said at the form; figures in a file."""

from __future__ import annotations

from tests.desks.district_hands import at, send, text
from tests.rooms.ledgers import code, family, take
from tests.rooms.test_funds import funded, releaser, spent
from tests.rooms.world import TOWNSHIP, World
from yimen.casework.payments.models import FundOrder, FundPosting
from yimen.law.terms import Role

FUNDS = "/district/funds/"
BUDGET = {"programme": "dibao", "source": "central", "document": "示例财社〔示例〕12号"}


def test_from_the_budget_to_the_township_by_two_people(world: World) -> None:
    clerk, leader = at(world, Role.DISTRICT_HANDLER), at(world, Role.SUPERVISOR)
    assert "还没有资金记录" in text(clerk.get(FUNDS))
    for move in ("promise", "arrive"):
        answer = send(clerk, f"{FUNDS}come/", move=move, amount="10,000.00", **BUDGET)
        assert answer.status_code == 302
        assert "复核记账" not in text(clerk.get(answer.url)) and "复核记账" in text(leader.get(answer.url))
        booked = send(leader, f"{answer.url}release/", code=code(releaser(world)))
        assert booked.status_code == 302 and "已记账" in text(leader.get(answer.url))
    asked = {**BUDGET, "move": "transfer", f"fen_{TOWNSHIP}": "8000", "fen_990101002": "3000"}
    order = send(clerk, f"{FUNDS}go/", **asked).url
    refused = send(leader, f"{order}release/", code=code(releaser(world)))
    assert refused.status_code == 409
    assert "现有 10,000.00 元，需要 11,000.00 元，差 1,000.00 元" in text(refused)
    assert FundPosting.objects.count() == 2
    send(leader, f"{order}withdraw/", reason="合计超过到位资金")
    assert "合计超过到位资金" in text(clerk.get(order))
    order = send(clerk, f"{FUNDS}go/", **{**asked, "fen_990101002": ""}).url
    send(leader, f"{order}release/", code=code(releaser(world)))
    page = text(clerk.get(FUNDS))
    assert "青禾街道" in page and "8,000.00" in page and "登记冲正" in text(clerk.get(order))
    back = send(clerk, f"{order}reverse/", words="金额有误").url
    assert "冲正的是" in text(clerk.get(back))
    assert FundOrder.objects.count() == 5


def test_what_is_wrong_stands_at_its_field(world: World) -> None:
    clerk = at(world, Role.DISTRICT_HANDLER)
    empty = send(clerk, f"{FUNDS}come/")
    assert empty.status_code == 422 and "请选择资金变动" in text(empty) and "请填写金额" in text(empty)
    wrong = send(clerk, f"{FUNDS}go/", **BUDGET, move="reserve", **{f"fen_{TOWNSHIP}": "80"})
    assert (
        wrong.status_code == 422 and "应急储备金只用于临时救助" in text(wrong) and "示例财社〔示例〕12号" in text(wrong)
    )
    nothing = send(clerk, f"{FUNDS}go/", **BUDGET, move="transfer")
    assert nothing.status_code == 422 and "应大于 0" in text(nothing)
    assert send(clerk, f"{FUNDS}come/", **BUDGET, move="promise", amount="1.005").status_code == 422


def test_a_shortage_and_a_difference_are_said(world: World) -> None:
    take(world, [family(world, number, monthly_fen=40_000) for number in range(1, 4)])
    funded(world, 150_000)
    page = text(at(world, Role.SUPERVISOR).get(FUNDS))
    assert "2026-12" in page and "差 900.00 元" in page and "不一致" not in page
    mine = text(at(world, Role.HANDLER, code=TOWNSHIP).get("/township/funds/"))
    assert "差 900.00 元" in mine and "拨付乡街（示例财社〔示例〕1号）" in mine and "区级资金" in mine
    other = text(at(world, Role.HANDLER, code="990101002").get("/township/funds/"))
    assert "1,500.00" not in other
    spent(world, "b1", 120_000)
    page = text(at(world, Role.SUPERVISOR).get(FUNDS))
    assert "资金账与名册不一致" in page and "资金账支出 1,200.00 元，名册已发放 0.00 元" in page
    charts = text(at(world, Role.SUPERVISOR).get(f"{FUNDS}charts/"))
    assert "每月拨入和支出" in charts and "今后三个月资金不足" in charts
    assert "银行回盘，已发放" in text(at(world, Role.CHECKER).get(f"{FUNDS}journal/"))


def test_the_table_of_a_month_counts_what_was_paid(world: World) -> None:
    assert "这个月还没有发放" in text(at(world, Role.SUPERVISOR).get("/township/funds/table/"))
    funded(world, 150_000)
    spent(world, "b1", 120_000)
    page = text(at(world, Role.HANDLER, code=TOWNSHIP).get("/township/funds/table/?month=2026-11"))
    assert "1,200.00" in page and "0.12" in page and "城市" in page and "合计" in page
    assert "这个月还没有发放" in text(at(world, Role.SUPERVISOR).get("/township/funds/table/?month=2026-10"))
