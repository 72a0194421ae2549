"""Which pages of the demo district are looked at by which file of tests, so that two workers share the walk."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bars.look import Looker
from tests.journeys.grounds import DESKS, Grounds, Visit
from yimen.law.terms import Role

TABS = ("family", "check", "visit", "materials", "papers", "record")
LISTS = (
    (Role.HANDLER, [f"/township/?tab={tab}" for tab in ("mine", "others", "near", "paused", "all", "done")]),
    (Role.HANDLER, ["/township/notices/?tab=announcement"]),
    (Role.CHECKER, ["/district/checks/?tab=sent", "/district/checks/?tab=back"]),
    (Role.DISTRICT_DECIDER, ["/district/cases/?tab=all"]),
    (
        Role.SUPERVISOR,
        [
            "/district/calendar/?year=2027",
            "/district/figures/payment.day/",
            "/district/figures/income_reference.crop/new/",
        ],
    ),
)
MONTH = tuple(f"/township/{page}" for page in ("bank", "closing", "funds", "pay", "platform", "relief", "roll"))
# Forms that ask for something; sent empty they must say so, and no worse.
ASKING = (
    "intake", "act-record_consent", "act-request_supplement", "act-file_relative", "act-end_procedure", "act-tell_check_result",
    "act-home_visit", "act-neighbour_interview", "act-send_letter", "act-third_party_assessment", "act-conclude_investigation",
    "act-record_tekun_facts", "act-assess_self_care", "act-record_spending", "act-hold_conference", "act-appraise",
    "act-approve", "act-refuse", "act-send_back", "act-extend", "act-record_posting", "act-object_to_notice",
    "act-answer_objection", "act-serve_refusal", "act-serve_paper", "delegation_new", "order_new", "figure_new", "send_checks",
    "login", "ask",
)  # fmt: skip


def every_visit(grounds: Grounds) -> Iterator[Visit]:
    """All pages, with the tabs of a case and of the lists."""
    yield from grounds.visits()
    case = grounds.case("approve")
    for role in (Role.AIDE, Role.HANDLER, Role.CHECKER):
        who = grounds.account(role, case)
        yield from (Visit("case", f"/case/{case.ref}/?tab={tab}", who, role) for tab in TABS)
    for role, urls in LISTS:
        yield from (Visit("list", url, grounds.account(role), role) for url in urls)


def part_of(visit: Visit) -> str:
    """The file of tests that looks at a page."""
    if visit.role is None or visit.role in DESKS[0]:
        return "village and public"
    if visit.role in DESKS[5] or (visit.role in DESKS[1] and visit.url.startswith(MONTH)):
        return "township month"
    if visit.role in DESKS[1]:
        return "township acts" if visit.name.startswith("act-") else "township"
    return "district decides" if visit.role in DESKS[2] else "district"


def look_at(part: str, grounds: Grounds, looker: Looker) -> None:
    """Every page of a part; a form is sent empty where it is met first."""
    sent: set[str] = set()
    for visit in every_visit(grounds):
        first = visit.name in ASKING and visit.name not in sent
        sent.add(visit.name)
        if part_of(visit) != part:
            continue
        looker.walk([visit])
        if first:
            looker.send_empty(visit)
    assert not looker.wrong, "\n".join(looker.wrong)
