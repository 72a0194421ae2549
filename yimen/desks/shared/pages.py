"""What each page template needs, in one table, so that a view gives neither too little nor too much.

``show(request, "township/queue.html", page=…, table=…)`` fills in the quiet defaults and refuses unknown names.
``frame`` (shapes.Frame) and ``messages`` come from the context processors; everything else is listed here.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yimen.desks.shared.lists.button import with_export
from yimen.desks.shared.lists.collecting import collecting
from yimen.desks.shared.shapes import Empty, Table

MUST = object()
NOTHING = Table(columns=(), rows=(), empty=Empty("这里还没有内容。"))

_PAGE: dict[str, Any] = {"page": MUST, "refusal": None}
_LIST: dict[str, Any] = {
    **_PAGE,
    "tiles": (),
    "tabs": (),
    "filters": (),
    "filter_url": "",
    "table": MUST,
    "pager": None,
    "note": "",
    "blocks": (),
    "bulk": (),
    "hidden": {},
    "lister": None,
}
_ACT: dict[str, Any] = {
    **_PAGE,
    "sections": MUST,
    "hidden": MUST,
    "submit": MUST,
    "form_id": "act",
    "draft": None,
    "cancel": None,
    "secondary": (),
    "aside": (),
    "enter_next": False,
    "multipart": False,
}
_FIGURES: dict[str, Any] = {"lines": (), "trial": False, "reckoning_note": ""}
_DECISION: dict[str, Any] = {
    **_ACT,
    **_FIGURES,
    "proposal": MUST,
    "conditions": MUST,
    "alternatives": (),
    "changed": (),
    "missing": None,
}
_PLAIN: dict[str, Any] = {"page": None}

CONTRACTS: dict[str, dict[str, Any]] = {
    "shared/login.html": {
        **_PLAIN,
        "form": MUST,
        "login_url": MUST,
        "next": "",
        "carried": {},
        "carried_note": "",
        "locked": "",
        "accounts": (),
        "setup": None,
    },
    "shared/error.html": {
        **_PLAIN,
        "title": MUST,
        "sentence": MUST,
        "advice": MUST,
        "number": "",
        "links": (),
        "carried": {},
        "carried_url": "",
    },
    "shared/act_form.html": _ACT,
    "shared/conflict.html": {
        **_PAGE,
        "sentence": MUST,
        "rows": MUST,
        "theirs_head": MUST,
        "facts": (),
        "hidden": {},
        "carried": (),
        "url": MUST,
        "step": "merged",
    },
    "shared/list.html": _LIST,
    "shared/search.html": {**_LIST, "asked": "", "hint": ""},
    "shared/papers.html": _LIST,
    "shared/batch.html": {**_LIST, "progress": None},
    "shared/exports.html": {**_LIST, "progress": None, "waiting": ()},
    "shared/reckoning.html": {**_PAGE, "blocks": MUST},
    "shared/case.html": {
        **_PAGE,
        **_FIGURES,
        "line": MUST,
        "identity": None,
        "steps": MUST,
        "tabs": MUST,
        "blocks": MUST,
        "actions": (),
        "more": (),
        "cannot": "",
        "busy": "",
        "reckoning_links": (),
        "blocked": (),
        "side": (),
    },
    "shared/comparison.html": {
        **_PAGE,
        "tiles": (),
        "sources": (),
        "draft": None,
        "items": MUST,
        "open_count": 0,
        "actions": (),
        "empty": None,
    },
    "shared/household.html": {**_PAGE, "line": "", "identity": None, "blocks": MUST, "side": (), "actions": ()},
    "shared/visit_form.html": {
        **_PAGE,
        "back": MUST,
        "upload": None,
        "form": MUST,
        "questions": MUST,
        "photo": None,
        "photo_note": "需要时拍，同一张可用于调查表和档案，不用重复上传。",
        "hidden": MUST,
        "submit": MUST,
        "draft": None,
    },
    "township/queue.html": {**_LIST, "stale": ""},
    "township/intake.html": _ACT,
    "township/intake_review.html": {
        **_PAGE,
        "parts": MUST,
        "problems": (),
        "hidden": MUST,
        "carried": MUST,
        "submit_url": MUST,
        "submit": MUST,
    },
    "township/decision.html": _DECISION,
    "township/opinion.html": _DECISION,
    "township/notices.html": _LIST,
    "township/awards.html": _LIST,
    "township/ledgers.html": {
        **_LIST,
        "steps": MUST,
        "import_form": MUST,
        "import_url": MUST,
        "import_hidden": MUST,
        "import_note": MUST,
        "import_title": "上传台账",
        "import_submit": "上传并核对",
    },
    "township/ledger.html": {**_LIST, "steps": MUST, "outcome": None, "progress": None, "actions": ()},
    "township/ledger_columns.html": {
        **_PAGE,
        "steps": MUST,
        "form": MUST,
        "columns": MUST,
        "rows": MUST,
        "unknown": "",
        "lacking": "",
        "sheets": None,
        "leave": "不导入",
        "submit": "按这样读取并预览",
        "cancel": MUST,
    },
    "district/checks.html": {
        **_LIST,
        "import_form": None,
        "import_url": "",
        "import_hidden": {},
        "import_note": "",
        "progress": None,
        "practice": None,
    },
    "district/import_result.html": {**_LIST, "table": NOTHING, "outcome": MUST, "again": None, "errors_file": None},
    "district/cases.html": _LIST,
    "district/delegations.html": _LIST,
    "district/overview.html": _LIST,
    "district/charts.html": {**_PAGE, "tiles": (), "charts": MUST},
    "district/figures.html": {**_PAGE, "filters": (), "filter_url": "", "groups": MUST, "unset": ()},
    "district/calendar.html": {**_PAGE, "years": MUST, "months": MUST, "document": "", "changes": ()},
    "village/visits.html": {**_PAGE, "back": None, "upload": None, "visits": MUST, "empty": None, "call": None},
    "public/board.html": {**_PAGE, "places": MUST, "tabs": (), "boards": (), "empty": None, "stale": ""},
    "public/progress_ask.html": {**_PAGE, "form": MUST, "closed": ""},
    "public/progress.html": {
        **_PAGE,
        "who": MUST,
        "next_step": MUST,
        "steps": MUST,
        "phone": MUST,
        "papers": (),
        "object_link": None,
        "readers": (),
        "leave": MUST,
    },
    "help/search.html": {"page": MUST, "asked": MUST, "results": MUST, "limited": False},
    "help/unbuilt.html": {"page": MUST, "asked": ""},
    "public/screen.html": {
        "title": MUST,
        "sentence": MUST,
        "foot": "",
        "columns": MUST,
        "rows": MUST,
        "page_number": 1,
        "page_count": 1,
        "next_url": MUST,
        "place": MUST,
        "demo": False,
        "empty": "",
    },
}


def complete(template: str, **given: Any) -> dict[str, Any]:
    """The context of ``template``: what is given, and the defaults. TypeError when the contract is not met."""
    contract = CONTRACTS[template]
    unknown = sorted(given.keys() - contract.keys())
    lacking = sorted(name for name, value in contract.items() if value is MUST and name not in given)
    if unknown or lacking:
        raise TypeError(f"{template}: unknown {unknown}, missing {lacking}")
    return {**contract, **given}


# Pages that are lists: what stands on them can be taken along as a file.
LISTS = frozenset(
    {name for name, contract in CONTRACTS.items() if "lister" in contract}
    | {"district/figures.html", "district/calendar.html"}
)


def show(request: HttpRequest, template: str, status: int = 200, **given: Any) -> HttpResponse:
    """The page. A list gets its 导出; behind an export (lists.exporting) the context itself is what is wanted."""
    context = complete(template, **given)
    if template not in LISTS or status != HTTPStatus.OK:
        return render(request, template, context, status=status)
    wanted = collecting(request)
    if wanted is not None:
        wanted.template, wanted.context = template, context
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, template, with_export(request, context), status=status)
