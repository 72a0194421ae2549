"""Make the pictures of README and handbook from a running demo: `.venv/bin/python scripts/pictures.py`.

Needs the tools of development (playwright) and the system's chromium; `--url` and `--data` name a demo other than that of
`make demo`. Each picture is a screen as it stands, 1366×768 or 390 px wide, stored with as few colours as it needs.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
LARGEST = 150_000
CLERK, HEAD, AIDES = "qh-jb1", "qh-fz", [f"qh-c{number}" for number in range(1, 8)]
TOWNSHIP = "990101001"

Shot = Callable[["Studio"], Page]


class NothingToShow(Exception):
    """The demo has no case of the kind that a picture shows."""


class Studio:
    """Opens pages of the demo, each logged in as one of its people."""

    def __init__(self, browser: Browser, url: str, password: str) -> None:
        self.browser, self.url, self.password = browser, url, password

    def page(self, *, phone: bool = False) -> Page:
        """A page of a browser profile of its own, logged in nowhere."""
        touch = {"has_touch": True, "is_mobile": True} if phone else {}
        context = self.browser.new_context(
            base_url=self.url,
            viewport=PHONE if phone else DESK,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **touch,
        )
        return context.new_page()

    def desk(self, username: str, *, phone: bool = False) -> Page:
        """The first page after login."""
        page = self.page(phone=phone)
        page.goto("/login/")
        page.get_by_label("账号").fill(username)
        page.get_by_label("密码").fill(self.password)
        page.get_by_role("button", name="登录").click()
        page.wait_for_load_state()
        return page


def _case(page: Page, *stages: str) -> Page:
    """The first case of the township that stands in one of the stages."""
    for stage in stages:
        page.goto(f"/township/?tab=all&stage={stage}")
        links = page.locator("main tbody tr a[href^='/case/']")
        if links.count():
            page.goto(str(links.first.get_attribute("href")))
            return page
    raise NothingToShow("、".join(stages))


def work_queue(studio: Studio) -> Page:
    """待办 of a street's clerk."""
    return studio.desk(CLERK)


def case_page(studio: Studio) -> Page:
    """The case page of one that waits for its decision: timeline, work, figures."""
    return _case(studio.desk(HEAD), "deciding", "on_notice")


def case_page_phone(studio: Studio) -> Page:
    """The same on a phone."""
    return _case(studio.desk(HEAD, phone=True), "deciding", "on_notice")


def comparison(studio: Studio) -> Page:
    """Declared beside verified, with differences to settle."""
    page = _case(studio.desk(CLERK), "checked", "investigating")
    page.goto(f"{page.url}?tab=check")
    return page


def decision(studio: Studio) -> Page:
    """The page on which the head decides."""
    page = _case(studio.desk(HEAD), "deciding")
    page.get_by_role("link", name="予以确认", exact=True).click()
    page.wait_for_load_state()
    return page


def visit_form_phone(studio: Studio) -> Page:
    """走访表 of the first village that has a household to visit."""
    for username in AIDES:
        page = studio.desk(username, phone=True)
        links = page.locator("main a[href$='/home_visit/']")
        if links.count():
            page.goto(str(links.first.get_attribute("href")))
            return page
    raise NothingToShow("home_visit")


def notices(studio: Studio) -> Page:
    """公示公布 of the township: what hangs where, what comes next."""
    page = studio.desk(CLERK)
    page.goto("/township/notices/")
    return page


def public_board_phone(studio: Studio) -> Page:
    """What everybody sees on the web, names masked: the first village with a notice."""
    page = studio.page(phone=True)
    for village in range(1, 8):
        page.goto(f"/public/{TOWNSHIP}/{TOWNSHIP}{village:03d}/notice/")
        if page.locator("main tbody tr").count():
            return page
    raise NothingToShow("公示中")


SHOTS: dict[str, Shot] = {
    "work-queue": work_queue,
    "case-page": case_page,
    "case-page-phone": case_page_phone,
    "comparison": comparison,
    "decision": decision,
    "visit-form-phone": visit_form_phone,
    "notices": notices,
    "public-board-phone": public_board_phone,
}


def small(raw: bytes) -> bytes:
    """The picture with a palette, as small as it must be."""
    picture = Image.open(io.BytesIO(raw)).convert("RGB")
    packed = b""
    for colours in (256, 128, 64, 32, 16):
        buffer = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
        packed = buffer.getvalue()
        if len(packed) <= LARGEST:
            break
    return packed


def _chromium() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        sys.exit("没有找到 chromium。请先运行 scripts/system-packages.sh browser，或用 CHROMIUM 指明它的位置。")
    return found


def _password(data: Path) -> str:
    path = data / "demo.json"
    if not path.exists():
        sys.exit(f"没有找到 {path}。请先运行 make demo，并让它开着。")
    return str(json.loads(path.read_text(encoding="utf-8"))["logins"][0]["password"])


def take(url: str, data: Path, only: list[str]) -> int:
    """Take the pictures; the number of those that the demo had nothing for."""
    password, failed = _password(data), 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_chromium(), args=[*sandbox, "--disable-dev-shm-usage"])
        studio = Studio(browser, url, password)
        for name in only or SHOTS:
            try:
                page = SHOTS[name](studio)
            except NothingToShow as nothing:
                print(f"{name}：示例区里没有“{nothing}”的案件。")
                failed += 1
                continue
            packed = small(page.screenshot())
            (FOLDER / f"{name}.png").write_bytes(packed)
            print(f"{name}.png  {len(packed) // 1000} kB")
            page.context.close()
        browser.close()
    return failed


def main() -> int:
    """0 when every picture was taken."""
    parser = argparse.ArgumentParser(description="从运行中的示例区重新制作 README 和手册的图片")
    parser.add_argument("names", nargs="*", metavar="图片", help=f"只做这几张（{'、'.join(SHOTS)}）；不写就全做")
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "demo", help="示例区的数据文件夹")
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - set(SHOTS):
        parser.error(f"没有这张图片：{'、'.join(sorted(unknown))}")
    return 1 if take(chosen.url, chosen.data, chosen.names) else 0


if __name__ == "__main__":
    sys.exit(main())
