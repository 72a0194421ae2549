"""使用手册 in the product: readable by everybody, before login too; it holds no data of anybody (S19, the shelves)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yimen.desks.public.help import shelf
from yimen.desks.shared.errors import not_found
from yimen.desks.shared.frame import size_of
from yimen.desks.shared.pages import show
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Link, Page

LONGEST = 60
MOST = 50
BODY, STRIP = b'<body class="desk handbook">', b"<!--strip-->"
DEMO_STRIP = '<aside class="demo" aria-label="演示提示">演示数据，均为虚构</aside>'.encode()


@route("help.read", "handbook", "public", public=True)
def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """A page, style, picture or PDF of the handbook, exactly as built."""
    if not shelf.built():
        return show(request, "help/unbuilt.html", page=Page("使用手册还没有生成"))
    if path and not path.endswith("/") and shelf.is_folder(path):
        return HttpResponseRedirect(f"{request.path}/")
    wanted = shelf.file(f"{path}{shelf.START}" if not path or path.endswith("/") else path)
    if wanted is None:
        return not_found(request)
    content, kind = wanted.read_bytes(), shelf.TYPES[wanted.suffix]
    if wanted.suffix == ".html":
        content = _framed(request, content)
    return HttpResponse(content, content_type=kind)


def _framed(request: HttpRequest, content: bytes) -> bytes:
    """The demo's strip, and the size of letters that the reader chose."""
    if settings.YIMEN_DEMO:
        content = content.replace(STRIP, DEMO_STRIP, 1)
    size = size_of(request)
    return content.replace(BODY, f'<body class="desk handbook {size}">'.encode(), 1) if size else content


@route("help.search", "handbook", "public", public=True)
def search(request: HttpRequest) -> HttpResponse:
    """Sections that hold the words. The words stand in the address, so the page asks for none of a person."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    results = [
        (Link(found.title, reverse("help:page", args=[found.url.partition("#")[0]]) + _anchor(found.url)), found)
        for found in shelf.search(asked, MOST)
    ]
    return show(
        request, "help/search.html", page=Page("搜索手册"), asked=asked, results=results, limited=len(results) == MOST
    )


def _anchor(url: str) -> str:
    return f"#{url.partition('#')[2]}" if "#" in url else ""
