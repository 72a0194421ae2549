"""导出 Excel at the top right of every list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from yimen.base.exports.desk import may_export
from yimen.desks.shared.lists.tables import tables_of
from yimen.desks.shared.shapes import Action


def with_export(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The context with the button among the tools of the page, where there is something to take along."""
    officer = getattr(request, "officer", None)
    if officer is None or not may_export(officer) or not tables_of(context):
        return context
    if request.method != "GET" and not context.get("asked"):
        return context
    page = context["page"]
    return {**context, "page": replace(page, tools=[*page.tools, _button(request, context)])}


def _button(request: HttpRequest, context: Mapping[str, Any]) -> Action:
    lister = context.get("lister")
    query = lister.kept["query"] if lister else request.GET.urlencode()
    hidden = {"path": request.path, "query": query}
    if context.get("asked"):
        hidden["form"] = urlencode({"q": context["asked"]})
    return Action("导出 Excel", reverse("export_new"), "post", hidden=hidden)
