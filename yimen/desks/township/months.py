"""月度变动: what is due in a month, what changed since the month before and why, household by household (四(四); S10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yimen.base.access.officer import DISTRICT_ROLES, TOWNSHIP_ROLES, Officer
from yimen.base.access.refusal import Unknown
from yimen.casework.awards import additions, month_counts, month_lists, months
from yimen.desks.shared import months as view
from yimen.desks.shared.batches.subjects import review_url
from yimen.desks.shared.deadlines import deadline_tiles
from yimen.desks.shared.lists.asked import Asked
from yimen.desks.shared.lists.listing import SIZES, Listing
from yimen.desks.shared.lists.places import township_filter, villages
from yimen.desks.shared.lists.tools import tools
from yimen.desks.shared.months import DUE, EXPIRING, HEADS, REVIEWS, Wanted
from yimen.desks.shared.pages import show
from yimen.desks.shared.reviews import due_cell, review_state
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Cell, Empty, Filter, Link, Page, Row
from yimen.law.aftercare.months import later_month
from yimen.law.aftercare.movement import Movement
from yimen.law.calendar import today
from yimen.law.ledger import SHORT
from yimen.law.money import show as yuan
from yimen.law.terms import Programme

READERS = TOWNSHIP_ROLES | DISTRICT_ROLES
BEFORE, AFTER, MORE, AMOUNT = "上月（元）", "本月（元）", "增减（元）", "月保障金（元）"
NAMES = {
    DUE: "在保",
    **{str(what): text for what, text in HEADS.items()},
    REVIEWS: "到期复核",
    EXPIRING: "认定本月到期",
}
EMPTY = "这个月没有在保的家庭，也没有变动。确认并公布的、从台账接续的家庭从起始月起列在这里。"
SORTS = {
    "户主": ("household__head__pinyin",), "乡街": ("township_id", "village_id"), "村（社区）": ("village_id", "number"),
    "项目": ("programme", "number"), BEFORE: ("before_fen",), AFTER: ("after_fen",), "起算月": ("from_month",),
    AMOUNT: ("monthly_fen",), "应复核": ("recertify_on",), "有效期至": ("valid_to",), "编号": ("number",),
}  # fmt: skip
_OF_MONTH = {"乡街": ("at", "number"), "村（社区）": ("at", "number")}
"""Where a household belonged in the month, not where it lies today."""
_PLACE = ("户主", "乡街", "村（社区）", "项目")
_MOVED = ("变动", BEFORE, AFTER, MORE, "原因", "起算月", "依据")
_REVIEWED = ("类别", AMOUNT, "应复核", "复核")
_EXPIRING = ("有效期至",)
_FILTERS = ("township", "village", "programme")


def _listing(
    name: str, title: str, columns: Sequence[str], district: bool, filters: Sequence[str] = _FILTERS
) -> Listing:
    place = [text for text in _PLACE if district or text != "乡街"]
    usual = (*place, *columns)
    every = (*usual, "人数", "编号") if BEFORE in columns else (*usual, "编号")
    return Listing(
        f"{name}_district" if district else name,
        title,
        every,
        usual=usual,
        sorts={
            text: fields
            for text, fields in {**SORTS, **(_OF_MONTH if BEFORE in columns else {})}.items()
            if text in every
        },
        filters=filters if district else filters[1:],
        numeric=frozenset({BEFORE, AFTER, MORE, AMOUNT, "人数"} & set(every)),
        unit="户",
        sizes=(50, 100) if BEFORE in columns else SIZES,
    )


_MADE = {
    district: {
        DUE: _listing("month_moved", "月度变动", _MOVED, district, (*_FILTERS, "cause", "ground")),
        REVIEWS: _listing("month_reviews", "到期复核", _REVIEWED, district),
        EXPIRING: _listing("month_expiring", "认定到期", _EXPIRING, district),
    }
    for district in (False, True)
}


def _officer(request: HttpRequest) -> Officer:
    officer: Officer = request.officer  # type: ignore[attr-defined]
    return officer


# -- the month ---------------------------------------------------------------------------


@route("months.read", "award", "place", READERS)
def month(request: HttpRequest, month: str = "") -> HttpResponse:
    """The month by programme; the district reads all townships together or one of them."""
    officer, wanted = _officer(request), view.wanted_of(request, month)
    compared = wanted.compared(officer)
    found = month_counts.tallies(compared, "programme")
    table = view.counted(
        "项目",
        [(SHORT[each], found[each], {"programme": str(each)}) for each in Programme if each in found],
        wanted,
        EMPTY,
        additions.sums(wanted.then(officer), wanted.month, "programme"),
    )
    district = bool(officer.roles & DISTRICT_ROLES)
    words = view.month_words(wanted.month)
    crumbs = [Link("各乡街月度变动", f"{reverse('district:month', args=[wanted.month])}")] if district else []
    return show(
        request,
        "shared/list.html",
        page=Page(
            f"月度变动 {words}",
            f"{words}应发多少，与 {view.month_words(later_month(wanted.month, -1))}相比变了什么、为什么；点数字看家庭。",
            crumbs=crumbs,
            tools=view.steps("township:month", wanted),
        ),
        tiles=[
            *deadline_tiles(wanted.township or officer.office.area_id, wanted.month, today()),
            *view.tiles(month_counts.total(found.values()), wanted.narrowed(officer), wanted),
        ],
        filters=view.filters(officer, wanted),
        filter_url=reverse("township:month", args=[wanted.month]),
        table=table,
        blocks=[view.why(compared, wanted), view.HOW],
    )


# -- the households behind a figure ------------------------------------------------------


@route("months.read", "award", "place", READERS)
def households(request: HttpRequest, month: str, what: str) -> HttpResponse:
    """The households behind one figure of a month: before and after, the cause, what it rests on."""
    if what not in NAMES:
        raise Unknown(what)
    officer = _officer(request)
    asked = Asked(request, _MADE[bool(officer.roles & DISTRICT_ROLES)][what if what in (REVIEWS, EXPIRING) else DUE])
    own = {name: asked.filters.get(name, "") for name in _FILTERS}
    more: dict[str, str] = {name: asked.filters[name] for name in ("cause", "ground") if name in asked.filters}
    wanted = Wanted(view.month_asked(month), **own, more=more)
    if what == REVIEWS:
        table, pager, chosen = _reviews(asked, wanted)
    elif what == EXPIRING:
        table, pager, chosen = _expiring(asked, wanted)
    else:
        table, pager, chosen = _moved(asked, wanted, what)
    words = view.month_words(wanted.month)
    crumbs = [
        Link(
            f"月度变动 {words}", f"{reverse('township:month', args=[wanted.month])}?{wanted.query(cause='', ground='')}"
        )
    ]
    return show(
        request,
        "shared/list.html",
        page=Page(
            f"{words} {NAMES[what]}",
            _PURPOSES.get(what, f"与上月相比“{NAMES[what]}”的家庭：金额前后、原因和依据。"),
            crumbs=crumbs,
            tools=view.steps("township:month_households", wanted, what),
        ),
        filters=[*_places(asked, wanted), *chosen],
        filter_url=reverse("township:month_households", args=[wanted.month, what]),
        table=table,
        pager=pager,
        lister=tools(asked),
        note=view.NOTE if what not in (REVIEWS, EXPIRING) else "",
    )


_PURPOSES = {
    DUE: "这个月在保、应发的家庭，金额与上月并列。",
    REVIEWS: "这个月应当定期核查的家庭，已经办完的也列着；办理见“复核”。",
    EXPIRING: "认定的最后一天在这个月的家庭；到期后不再有效，仍有困难的可以重新申请。",
}


def _places(asked: Asked, wanted: Wanted) -> list[Filter]:
    made = [
        asked.filter("village", "村（社区）", [("", "全部"), *villages(asked.officer, wanted.township)]),
        asked.filter("programme", "项目", [("", "全部"), *Programme.choices()]),
    ]
    if "township" in asked.filters:
        made.insert(0, township_filter(asked))
    return made


def _common(award: Any) -> dict[str, Any]:
    home = award.household
    return {
        "户主": Link(home.head.name, reverse("household", args=[home.ref])),
        "乡街": award.township.name,
        "村（社区）": award.village.name,
        "项目": Programme(award.programme).label,
        "编号": award.number,
    }


def _row(award: Any, cells: dict[str, Any], asked: Asked) -> Row:
    every = {**_common(award), **cells}
    return Row([every[text] for text in asked.listing.columns], ref=award.ref, name=award.household.head.name)


def _moved(asked: Asked, wanted: Wanted, what: str) -> tuple[Any, Any, list[Filter]]:
    compared = wanted.compared(asked.officer)
    rows = months.due(compared) if what == DUE else months.moved(compared, Movement(what))
    causes = _causes(asked, compared, what)
    if cause := asked.get("cause"):
        rows = rows.filter(cause=cause)
    if ground := asked.get("ground"):
        rows = rows.filter(ground__isnull=True) if ground == view.NO_GROUND else rows.filter(ground=ground)
    sums = rows.order_by().aggregate(
        homes=Count("pk"), before=Sum("before_fen"), after=Sum("after_fen"), persons=Sum("after_persons")
    )
    found, pager = asked.page(asked.ordered(rows, "at", "number"), sums["homes"])
    empty = Empty("这个月没有这样的家庭。点“上一月”“下一月”看别的月份。")
    foot = _foot(asked, sums) if found else None
    return asked.table(_moved_rows(asked, found), label=NAMES[what], empty=empty, foot=foot), pager, causes


def _moved_rows(asked: Asked, found: Sequence[Any]) -> list[Row]:
    sources = month_lists.sources_of(found)
    made = []
    for then in view.belonged(asked.officer, found):
        award = then.award
        what, source = months.movement_of(award), sources[award.basis_kind, award.basis_ref]
        cells = {
            "户主": then.head,
            "乡街": then.township,
            "村（社区）": then.village,
            "变动": what.label if what else "—",
            BEFORE: yuan(award.before_fen),
            AFTER: yuan(award.after_fen),
            MORE: yuan(award.after_fen - award.before_fen),
            "原因": Cell(
                view.cause_words(what, award.cause), note="" if what in months.CAUSELESS else award.ground_label or ""
            ),
            "起算月": award.from_month,
            "依据": view.source_cell(asked.officer, source) if then.reach else source.text,
            "人数": award.after_persons,
        }
        made.append(_row(award, cells, asked))
    return made


def _foot(asked: Asked, sums: dict[str, Any]) -> Row:
    told = {
        "户主": f"合计 {sums['homes']} 户",
        BEFORE: yuan(sums["before"]),
        AFTER: yuan(sums["after"]),
        MORE: yuan(sums["after"] - sums["before"]),
        "人数": sums["persons"],
    }
    return Row([told.get(text, Cell()) for text in asked.listing.columns])


def _causes(asked: Asked, compared: Any, what: str) -> list[Filter]:
    """Drop-downs of the causes and grounds that this list has."""
    if what in (DUE, Movement.HELD, *months.CAUSELESS):
        return []
    rows = [row for row in month_counts.reasons(compared) if row.movement == what]
    causes = {row.cause: view.cause_words(row.movement, row.cause) for row in rows}
    made = [asked.filter("cause", "原因", [("", "全部"), *causes.items()])]
    grounds = {row.ground or view.NO_GROUND: row.ground_label or "不经变更决定" for row in rows}
    return [*made, asked.filter("ground", "法定事由", [("", "全部"), *grounds.items()])]


def _reviews(asked: Asked, wanted: Wanted) -> tuple[Any, Any, list[Filter]]:
    rows = month_lists.reviews_due(wanted.narrowed(asked.officer), wanted.month)
    found, pager = asked.page(asked.ordered(rows, "recertify_on", "village_id", "number"))
    reviews, on = month_lists.reviews_of(found, wanted.month), today()
    made = []
    for award in found:
        review = reviews.get(award.pk)
        due = review.due_on if review else award.recertify_on
        cells = {
            "户主": Link(award.household.head.name, "" if award.end_month else review_url(award)),
            "类别": award.category or "—",
            AMOUNT: yuan(award.monthly_fen),
            "应复核": Cell(f"{due:%Y-%m-%d}") if review else due_cell(due, on),
            "复核": review_state(review),
        }
        made.append(_row(award, cells, asked))
    return asked.table(made, label=NAMES[REVIEWS], empty=Empty("这个月没有到期的复核。")), pager, []


def _expiring(asked: Asked, wanted: Wanted) -> tuple[Any, Any, list[Filter]]:
    rows = month_lists.expiring(wanted.narrowed(asked.officer), wanted.month)
    found, pager = asked.page(asked.ordered(rows, "valid_to", "village_id", "number"))
    made = [_row(award, {"有效期至": f"{award.valid_to:%Y-%m-%d}"}, asked) for award in found]
    return asked.table(made, label=NAMES[EXPIRING], empty=Empty("这个月没有到期的认定。")), pager, []
