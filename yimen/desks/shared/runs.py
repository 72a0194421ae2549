"""What the pages of runs share: a button that is pressed once, how far the work is, and the version that the page showed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from yimen.base.access.once import once
from yimen.base.jobs import desk as jobs
from yimen.desks.shared.actpage import version_of

__all__ = ["pressed", "progress", "progress_page", "version_of"]


def pressed(request: HttpRequest, work: Callable[[], str]) -> HttpResponse:
    """A button without a form: done once, whatever is pressed twice; ``work`` says where to go."""
    body = {"version": request.POST.get("version", ""), "path": request.path}
    return HttpResponseRedirect(str(once(request.user, request.POST.get("once", ""), body, work)))  # type: ignore[arg-type]


def progress(view: jobs.JobView | None, url: str) -> dict[str, Any] | None:
    """What the progress card shows while a job is at work; ``url`` is read again and again."""
    if view is None or view.over:
        return None
    return {"url": url, "done": view.progress, "of": view.total or 1, "text": view.note or "正在排队，很快开始"}


def progress_page(request: HttpRequest, busy: dict[str, Any] | None, home: str) -> HttpResponse:
    """The card that reads itself again, then the page of the run itself."""
    if not request.htmx:  # type: ignore[attr-defined]
        return HttpResponseRedirect(home)
    if busy is None:
        return HttpResponse(headers={"HX-Redirect": home})
    return render(request, "shared/parts/progress.html", {"progress": busy})
