"""Look at every page template without a database: ``python -m tests.desks.preview FOLDER [name …]``.

Serves the samples with the real style sheets and scripts under the strict content security policy, takes a
picture at 1366 and at 390 px and runs axe. Needs chromium; a tool for whoever changes a template, not a test.
"""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from yimen.desks.shared import pages

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = ((1366, 768), (390, 844), (320, 640))
AXE = "options => axe.run(document, options).then(result => result.violations)"


def render(template: str, frame: Any, given: dict[str, Any]) -> str:
    context = pages.complete(template, **given)
    around = {"frame": frame, "messages": []} if frame else {}
    return str(render_to_string(template, {**around, **context, "csrf_token": "sample"}))


class Handler(BaseHTTPRequestHandler):
    rendered: dict[str, str]

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            self.answer(Path(str(found)).read_bytes(), TYPES.get(Path(path).suffix, "text/plain"))
        else:
            self.answer(self.rendered.get(path.strip("/"), "").encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        self.answer(self.rendered.get(self.path.strip("/"), "").encode(), "text/html; charset=utf-8")

    def answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        # What a draft is answered with.
        self.send_header("X-Saved-At", "14:02")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@contextmanager
def served(rendered: dict[str, str]) -> Iterator[str]:
    handler = type("Bound", (Handler,), {"rendered": rendered})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def visit(page: Any, url: str, axe: str, picture: Path) -> list[str]:
    found: list[str] = []
    page.on("console", functools.partial(lambda lines, message: lines.append(message.text), found))
    page.goto(url)
    page.screenshot(path=str(picture), full_page=True)
    page.evaluate(axe)
    for rule in page.evaluate(AXE, {"runOnly": TAGS}):
        found += [f"{rule['id']}: {node['html'][:160]}" for node in rule["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*found, *([f"{wide} px too wide"] if wide > 0 else [])]


def main(folder: str, names: list[str]) -> None:
    from playwright.sync_api import sync_playwright

    from tests.browser import axe_script
    from tests.desks.samples import pages as samples

    axe = axe_script()
    Path(folder).mkdir(parents=True, exist_ok=True)
    wanted = {name: page for name, page in samples().items() if not names or name in names}
    with served({name: render(*page) for name, page in wanted.items()}) as origin, sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for width, height in SIZES:
            for name in wanted:
                page = browser.new_page(viewport={"width": width, "height": height})
                for line in visit(page, f"{origin}/{name}/", axe, Path(folder) / f"{name}-{width}.png"):
                    print(f"{name} {width}: {line}")
                page.close()
        browser.close()


if __name__ == "__main__":
    if not settings.configured:
        django.setup()
    main(sys.argv[1], sys.argv[2:])
