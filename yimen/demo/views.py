"""看点导览 and 示例文件: pages of the demo, for everybody, before login too; outside demo mode they do not exist."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yimen.base.access.officer import officer_of
from yimen.base.offices.queries import account_named
from yimen.demo import samples, tour
from yimen.desks.shared.demo import PEOPLE, may_switch, person
from yimen.desks.shared.errors import not_found
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Page


def _stop(stop: tour.Stop) -> dict[str, Any]:
    account = account_named(stop.who)
    url = stop.find(officer_of(account)) if account else ""
    return {
        "key": stop.key,
        "who": person(stop.who),
        "do": stop.do,
        "see": stop.see,
        "url": url or reverse(stop.instead),
        "gone": not url,
    }


def _sample(sample: samples.Sample) -> dict[str, Any]:
    there = samples.content(Path(settings.YIMEN_DATA), sample.name) is not None
    return {
        "title": sample.title,
        "shows": sample.shows,
        "who": person(sample.who),
        "where": reverse(sample.where),
        "url": reverse("tour_file", args=[sample.name]) if there else "",
    }


@route("demo.tour", "handbook", "public", public=True)
def page(request: HttpRequest) -> HttpResponse:
    """The stops in their order, each with the account to use and the case of today that shows it."""
    if not settings.YIMEN_DEMO:
        return not_found(request)
    context = {
        "page": Page(
            "看点导览",
            "十几步看完主要的活。每一步写明用哪个账号、做什么、会看到什么；示例数据可以随便改，重来只要加 --reset。",
        ),
        "stops": [_stop(stop) for stop in tour.STOPS],
        "samples": [_sample(sample) for sample in samples.SAMPLES],
        "people": PEOPLE if may_switch(request) else (),
        "switch_url": reverse("demo_switch"),
        "home_url": reverse("home"),
    }
    return render(request, "demo/tour.html", context)


@route("demo.file", "handbook", "public", public=True)
def file(request: HttpRequest, name: str) -> HttpResponse:
    """A sample file."""
    content = samples.content(Path(settings.YIMEN_DATA), name) if settings.YIMEN_DEMO else None
    if content is None:
        return not_found(request)
    return HttpResponse(
        content,
        content_type=samples.XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
