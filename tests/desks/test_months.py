"""月度变动: counts by programme and township, every figure opens its households, with cause and basis; as a file; for whom."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desks.case_hands import aide, handler, text
from tests.desks.district_hands import at
from tests.desks.export_hands import taken
from tests.desks.ledger_hands import line, names, taken_over
from tests.rooms.ledgers import code
from tests.rooms.world import TOWNSHIP, World
from yimen.base.access.models import UsedCode
from yimen.casework.awards import acts, queries, versions
from yimen.casework.awards.models import Award
from yimen.law.aftercare.terms import AwardCause, AwardPhase
from yimen.law.ledger import SHORT
from yimen.law.terms import Programme, Role

PAGE, NEXT = "/township/months/", "/township/months/2026-12/"
BASIS = versions.Basis("test", "x", date(2026, 11, 24))


def changed(award: Award, cause: AwardCause, phase: AwardPhase = AwardPhase.RUNNING, fen: int = 0) -> None:
    versions.add(award, "2026-12", cause, BASIS, phase=phase, monthly_fen=fen)


def december(world: World) -> dict[str, Award]:
    """Six households: in December one more, one less, one held, one ended, one whose recognition ran out, one as before."""
    taken_over(world, *(line(world, number, village=f"99010100100{1 + number % 2}") for number in range(6)))
    rows = dict(zip(("more", "less", "held", "ended", "expired", "same"), Award.objects.order_by("id"), strict=True))
    changed(rows["more"], AwardCause.CHANGE, fen=60_000)
    changed(rows["less"], AwardCause.DEATH, fen=20_000)
    changed(rows["held"], AwardCause.SUSPENDED, AwardPhase.HELD)
    changed(rows["ended"], AwardCause.ENDED, AwardPhase.ENDED)
    Award.objects.filter(pk=rows["expired"].pk).update(
        programme=Programme.EDGE, valid_to=date(2026, 11, 30), recertify_on=date(2026, 11, 25)
    )
    return rows


def figures(page: str, name: str) -> list[str]:
    """The cells of the row that begins with a name."""
    found = re.search(rf"<tr[^>]*>\s*<th[^>]*>(?:<a[^>]*>)?{name}(?:</a>)?</th>(.*?)</tr>", page, re.S)
    assert found, name
    return [unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in re.findall(r"<td.*?</td>", found[1], re.S)]


def links(page: str) -> list[str]:
    """Every address of households behind a figure."""
    return sorted({unescape(url) for url in re.findall(r'href="(/township/months/2026-12/\w+/\?[^"]*)"', page)})


def heads(page: str) -> set[str]:
    return {unescape(name) for name in re.findall(r'<th scope="row"[^>]*><a href="/household/\w+/">([^<]*)</a>', page)}


def test_the_month_counts_by_programme_and_says_why(world: World) -> None:
    rows = december(world)
    page = text(handler(world).get(NEXT))
    #     in force, persons, due, against last month, new, resumed, more, less, held, ended, expired, restated, still held, as before
    moved = ["0", "0", "1", "1", "1", "1", "0", "0", "0", "1"]
    assert figures(page, SHORT[Programme.DIBAO])[:2] == ["3", "6"]
    assert figures(page, SHORT[Programme.DIBAO])[4:] == moved
    assert figures(page, SHORT[Programme.EDGE])[4:] == ["0", "0", "0", "0", "0", "0", "1", "0", "0", "0"]
    total = 60_000 + 20_000 + rows["same"].monthly_fen
    assert figures(page, "合计")[2] == f"{total // 100:,}.{total % 100:02d}"
    for words in (AwardCause.DEATH.label, AwardCause.SUSPENDED.label, "有效期届满", "2026年12月", "2026年11月"):
        assert words in page
    assert "没有变动" in text(handler(world).get("/township/months/2026-10/"))
    assert "没有在保的家庭" in text(handler(world).get("/township/months/2024-02/"))
    assert text(handler(world).get(PAGE)).count("2026年11月") >= 1


def test_every_figure_opens_its_households(world: World) -> None:
    rows = december(world)
    client = handler(world)
    page = text(client.get(NEXT))
    found = links(page)
    told = {
        "increased": {"more"}, "decreased": {"less"}, "suspended": {"held"}, "ended": {"ended"}, "expired": {"expired"},
        "due": {"more", "less", "same"},
    }  # fmt: skip
    for url in found:
        what = url.split("/")[4]
        if what not in told:
            continue
        listed = text(client.get(url))
        assert heads(listed) == {rows[key].household.head.name for key in told[what]}, url
    assert told.keys() <= {url.split("/")[4] for url in found}
    listed = text(client.get(f"{NEXT}decreased/"))
    before = f"{rows['less'].monthly_fen // 100}."
    assert before in listed and "200.00" in listed and "成员死亡调整" in listed and "2026-12" in listed
    listed = text(client.get(f"{NEXT}due/"))
    run = rows["same"].run
    assert run is not None and f"/township/ledgers/{run.ref}/" in listed
    assert names(text(client.get(f"{NEXT}due/?cause={AwardCause.DEATH}&ground="))) == 1
    assert names(text(client.get(f"{NEXT}due/?cause=&village=990101001002"))) == 2
    assert "这个月没有这样的家庭" in text(client.get(f"{NEXT}new/?cause=&village=&programme="))


def test_reviews_and_last_days_of_a_month_have_their_lists(world: World) -> None:
    rows = december(world)
    client = handler(world)
    page = text(client.get("/township/months/2026-11/reviews/"))
    assert (
        rows["expired"].household.head.name in page and names(page) == 1 and "2026-11-25" in page and "未开始" in page
    )
    assert f"/township/recertify/{rows['expired'].ref}/" in page
    assert names(text(client.get(f"{NEXT}reviews/"))) == 5
    page = text(client.get("/township/months/2026-11/expiring/"))
    assert names(page) == 1 and "2026-11-30" in page
    assert "没有到期的认定" in text(client.get(f"{NEXT}expiring/"))


def test_an_address_that_is_no_month_or_no_list_is_not_found(world: World) -> None:
    client = handler(world)
    for path in ("2026-13/", "2026-1/", "999999/", "2029-01/", "2026-12/unchanged/", "2026-12/x/"):
        assert client.get(PAGE + path).status_code == 404, path
    page = text(client.get("/township/months/2028-11/"))
    assert "上一月" in page and "下一月" not in page


def test_who_sees_what(world: World) -> None:
    rows = december(world)
    client = at(world, Role.SUPERVISOR)
    page = text(client.get("/district/months/2026-12/"))
    assert figures(page, rows["same"].township.name)[0] == "3" and figures(page, "合计")[4:8] == ["0", "0", "1", "1"]
    [url, *_] = [each for each in links(page) if "/ended/" in each and TOWNSHIP in each]
    listed = text(client.get(url))
    assert heads(listed) == {rows["ended"].household.head.name} and rows["ended"].township.name in listed
    assert "/township/ledgers/" not in text(client.get(f"{NEXT}due/"))  # the district may not open a ledger
    assert "各乡街月度变动" in text(client.get(f"{NEXT}?township={TOWNSHIP}"))
    assert names(text(client.get(f"{NEXT}due/?township=990101002&cause="))) == 0
    assert at(world, Role.HANDLER, code="990101002").get(NEXT).status_code == 200
    assert rows["more"].household.head.name not in text(at(world, Role.HANDLER, code="990101002").get(f"{NEXT}due/"))
    assert aide(world).get(NEXT).status_code == 403 and handler(world).get("/district/months/").status_code == 403
    assert at(world, Role.SYSTEM_ADMIN).get(NEXT).status_code == 403


def test_the_month_and_its_lists_as_a_file(world: World) -> None:
    december(world)
    client = handler(world)
    for path in (NEXT, f"{NEXT}due/", f"{NEXT}reviews/"):
        page = text(client.get(path))
        sheets = taken(client, page)
        assert sheets and all(len(sheet) > 1 for sheet in sheets), path
    assert len(taken(client, text(client.get(NEXT)))) == 2


def test_a_voided_household_never_counted(world: World) -> None:
    run = taken_over(world, line(world, 0))
    acts.undo_ledger(world.head(), ref=run.ref, reason="导错了文件", code=code(world.head()))
    acts.carry_on(world.head(), run.ref)
    assert queries.awards().count() == 1
    assert "没有在保的家庭" in text(handler(world).get("/township/months/2025-05/"))


def _statements(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_the_number_of_statements_does_not_grow_with_the_households(world: World) -> None:
    taken_over(world, line(world, 200))
    client = handler(world)
    paths = (NEXT, "/township/months/2024-03/", f"{NEXT}due/?size=100", f"{NEXT}reviews/?size=200")
    few = [_statements(client, path) for path in paths]
    UsedCode.objects.all().delete()  # half a minute later
    taken_over(world, *(line(world, number) for number in range(60)))
    assert [_statements(client, path) for path in paths] == few


def test_a_household_is_counted_where_it_belonged_in_the_month(world: World) -> None:
    """Moved next door in December: the old township sees it go and can count it in November, without a way to its page."""
    taken_over(world, line(world, 0), line(world, 1))
    gone, _ = Award.objects.order_by("id")
    gone.township_id, gone.village_id = "990101002", "990101002001"
    gone.save()
    versions.add(gone, "2026-12", AwardCause.TRANSFERRED_IN, BASIS)
    name, old, new = gone.household.head.name, handler(world), at(world, Role.HANDLER, code="990101002")
    page = text(old.get(NEXT))
    assert "<th" in page and "转出" in page and "转入" not in page and figures(page, "合计")[0] == "1"
    listed = text(old.get(f"{NEXT}moved_out/"))
    assert name in listed and name not in heads(listed) and "转往其他乡街" in listed
    before = text(old.get("/township/months/2026-11/due/"))
    assert names(before) == 2 and name in before and name not in heads(before)
    assert figures(text(new.get(NEXT)), "合计")[0] == "1" and name in heads(text(new.get(f"{NEXT}moved_in/")))
    assert "没有在保的家庭" in text(new.get("/township/months/2026-11/"))
    district = text(at(world, Role.SUPERVISOR).get("/district/months/2026-12/"))
    assert figures(district, "合计")[0] == "2" and "转入" in district and "转出" in district
    assert not [url for url in links(district) if "moved" in url and "township=&" in url]
    both = text(at(world, Role.SUPERVISOR).get(f"{NEXT}moved_out/?township={TOWNSHIP}"))
    assert heads(both) == {name} and names(both) == 1


def test_the_month_under_way_shows_its_cut_offs_and_how_long_still(world: World) -> None:
    """Both for the township and for the district; not in another month, which has none to meet today."""
    shown = text(handler(world).get(PAGE))
    assert re.search(r"当月办结截止.{0,60}11月26日.{0,60}还有 2 天", shown, re.S)
    assert re.search(r"平台核对报备截止.{0,60}11月30日.{0,60}还有 6 天", shown, re.S)
    assert "截止" not in text(handler(world).get(NEXT))
    assert "当月办结截止" in text(at(world, Role.SUPERVISOR).get("/district/months/"))
