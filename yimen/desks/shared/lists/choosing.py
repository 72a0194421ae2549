"""How somebody likes a list: columns and their order, named views. Plain forms, each back to where it came from."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from yimen.base.access.officer import Officer
from yimen.desks.shared.lists.listing import LISTINGS, SIZES, Listing
from yimen.desks.shared.models import ListView
from yimen.desks.shared.routes import EVERY_ROLE, route
from yimen.desks.shared.typed import whole

VIEWS = 12
_POST = ("GET", "POST")


def _listing(request: HttpRequest) -> Listing | None:
    return LISTINGS.get(request.POST.get("listing", ""))


def _back(request: HttpRequest, without: str = "") -> HttpResponse:
    """To the list again, on this site only."""
    parts = urlsplit(request.POST.get("back", ""))
    path = parts.path if parts.path.startswith("/") and not parts.path.startswith("//") else "/"
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in ("page", "cols", without)]
    return HttpResponseRedirect(f"{path}?{urlencode(query)}" if query else path)


@route("lists.choose", "list_view", "own", EVERY_ROLE, _POST)
def columns(request: HttpRequest) -> HttpResponse:
    """Which columns, in which order; the first stays. ``usual`` brings back the usual ones."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    listing = _listing(request)
    if request.method != "POST" or listing is None:
        return redirect("home")
    given = request.POST.getlist("use")
    places = {text: request.POST.get(f"place-{number}", "") for number, text in enumerate(listing.columns)}
    chosen = [text for text in listing.columns[1:] if text in given]
    chosen.sort(key=lambda text: len(places) if (place := whole(places[text])) is None else place)
    kept = [] if "usual" in request.POST or not chosen else chosen
    name = ListView.objects.filter(account=officer.account, listing=listing.name, ref=request.POST.get("view", ""))
    if not name.update(columns=kept):
        ListView.objects.update_or_create(
            account=officer.account, listing=listing.name, name="", defaults={"columns": kept}
        )
    return _back(request)


@route("lists.choose", "list_view", "own", EVERY_ROLE, _POST)
def save(request: HttpRequest) -> HttpResponse:
    """Keep the list as it stands under a name: 我的视图."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    listing = _listing(request)
    if request.method != "POST" or listing is None:
        return redirect("home")
    name = request.POST.get("name", "").strip()[:20]
    rows = ListView.objects.filter(account=officer.account, listing=listing.name).exclude(name="")
    if not name or (rows.count() >= VIEWS and not rows.filter(name=name).exists()):
        problem = f"每个名单最多保存 {VIEWS} 个，请先删去一个。" if name else "请先填写名称。"
        messages.warning(request, f"视图没有保存：{problem}")
        return _back(request)
    query = dict(parse_qsl(request.POST.get("query", ""), keep_blank_values=True))
    size = request.POST.get("size", "")
    view, _ = ListView.objects.update_or_create(
        account=officer.account,
        listing=listing.name,
        name=name,
        defaults={
            "filters": {key: query.get(key, "")[:40] for key in (*listing.filters, *listing.parts)},
            "columns": [text for text in query.get("cols", "").split(",") if text in listing.columns[1:]],
            "sort": query.get("sort", "")[:40],
            "size": int(size) if size in map(str, SIZES) else SIZES[0],
        },
    )
    messages.success(request, f"已保存为“{name}”，以后点它就是这个样子。")
    path = urlsplit(request.POST.get("path", "")).path
    return HttpResponseRedirect(f"{path if path.startswith('/') and path[1:2] != '/' else '/'}?view={view.ref}")


@route("lists.choose", "list_view", "own", EVERY_ROLE, _POST)
def drop(request: HttpRequest) -> HttpResponse:
    """Throw a named view away."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    if request.method != "POST":
        return redirect("home")
    ListView.objects.filter(account=officer.account, ref=request.POST.get("view", "")).exclude(name="").delete()
    return _back(request, without="view")
