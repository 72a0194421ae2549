"""Error pages: what happened, what to do, the number to quote."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yimen.base.access.refusal import Refused
from yimen.desks.shared.shapes import Link, Page


def _page(request: HttpRequest, status: int, title: str, sentence: str, advice: str) -> HttpResponse:
    number = getattr(request, "number", "")
    if "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(json.dumps({"error": sentence}), status=status, content_type="application/json")
    context = {
        "page": Page(title),
        "title": title,
        "sentence": sentence,
        "advice": advice,
        "number": number,
        "links": [Link("回到首页", "/")],
        "carried": {},
        "carried_url": "",
    }
    return render(request, "shared/error.html", context, status=status)


def unknown_page(request: HttpRequest) -> HttpResponse:
    """Not there, or not for these eyes: one answer for both (K14)."""
    return _page(request, 404, "没有找到", "没有找到这个页面或这件业务。", "请核对网址，或从待办、搜索重新进入。")


def refused_page(request: HttpRequest, error: Refused) -> HttpResponse:
    """A refusal in words."""
    return _page(request, error.status, "不能办理", error.sentence, "内容没有改动。请返回上一页，按提示处理。")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return unknown_page(request)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, "不能查看", "您的岗位不能使用这个页面。", "如需使用，请联系安全管理员调整岗位。")


def failed(request: HttpRequest) -> HttpResponse:
    number = getattr(request, "number", "")
    sentence = f"系统没有完成这次操作，已存的内容没有改动。错误编号 {number}。"
    return _page(request, 500, "系统出错", sentence, "请稍后再试；仍然不行时，把错误编号告诉系统管理员。")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(
        request, 403, "页面已过期", "这个页面打开太久，安全校验已过期，没有提交。", "请返回上一页刷新，再重新提交。"
    )
