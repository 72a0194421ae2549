"""Make the pictures of README and handbook from a running demo (any day, seed and size): `.venv/bin/python scripts/pictures.py`.

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
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
LARGEST = 120_000
MOST_TRIED = 12
CLERK, HEAD, CHECKER, SUPERVISOR, VISITOR, DECIDER = "qh-jb1", "qh-fz", "check", "watch", "visit", "decide"
# Where this township has no case of a kind, another one has.
CLERKS = (CLERK, "wc-jb1", "lh-jb1", "lz-jb1", "by-jb1", "sq-jb1")
AIDES = tuple(f"qh-c{number}" for number in range(1, 8))
TOWNSHIP = "990101001"
_REFUSED = "拟不予确认"
# What changes from minute to minute stands still in a picture: the watermark with the hour, and the second factor.
STILL = """() => {
    for (const node of document.querySelectorAll(".watermark")) { node.remove(); }
    for (const strip of document.querySelectorAll(".demo")) {
        const walker = document.createTreeWalker(strip, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) { walker.currentNode.data = walker.currentNode.data.replace(/[0-9]{6}/, "123456"); }
    }
}"""


class NothingToShow(Exception):
    """The demo has no case of the kind that a picture shows."""


@dataclass(frozen=True)
class Shot:
    """One picture: who looks, at what address or by which way there, on which screen, scrolled to what.

    ``stages`` opens the first case in one of them; ``tab`` is its tab, ``act`` the page of an act on it (the first case in
    those stages that offers it), none whose page holds ``without``. ``links`` is a selector: the first link that it finds is
    followed.
    """

    who: str | tuple[str, ...]
    path: str = ""
    stages: tuple[str, ...] = ()
    tab: str = ""
    act: str = ""
    links: str = ""
    phone: bool = False
    at: str = ""
    keys: str = ""
    without: str = ""


SHOTS: dict[str, Shot] = {
    # README
    "work-queue": Shot(CLERK, "/township/"),
    "case-page": Shot(HEAD, stages=("deciding", "on_notice"), without=_REFUSED),
    "case-page-phone": Shot(HEAD, stages=("deciding", "on_notice"), phone=True, without=_REFUSED),
    "comparison": Shot(CLERK, stages=("checked", "investigating"), tab="check"),
    "decision": Shot(HEAD, stages=("deciding",), act="approve", without=_REFUSED),
    "visit-form-phone": Shot(AIDES, "/village/", links="main a[href$='/home_visit/']", phone=True),
    "notices": Shot(CLERK, "/township/notices/"),
    "public-board-phone": Shot("", phone=True),
    # 乡街经办
    "intake": Shot(CLERK, "/township/intake/"),
    "intake-rows": Shot(CLERK, "/township/intake/", at="h2:has-text('收入')"),
    "consent": Shot(CLERK, stages=("registered",), act="record_consent"),
    "materials": Shot(CLERK, stages=("registered", "supplementing"), act="record_material"),
    "settle": Shot(CLERK, stages=("checked", "investigating"), act="settle_difference"),
    "accept": Shot(CLERKS, stages=("checked",), act="accept"),
    "appraise": Shot(CLERK, stages=("appraising",), act="appraise"),
    "opinion": Shot(CLERKS, stages=("examining",), act="propose"),
    "publish": Shot(CLERK, stages=("notice_ready",), act="publish_notice"),
    "reckoning": Shot(CLERK, stages=("examining", "deciding", "on_notice"), act="reckoning", without="不予确认"),
    "papers": Shot(CLERK, stages=("on_assistance", "deciding"), tab="papers"),
    "serve": Shot(CLERK, stages=("approved", "on_assistance"), act="serve_paper"),
    "search": Shot(CLERK, "/township/?tab=mine&stage=", keys="/"),
    "printing": Shot(CLERK, "/township/papers/"),
    "ledgers": Shot(CLERK, "/township/ledgers/"),
    "awards": Shot(CLERK, "/township/awards/"),
    "recertify": Shot(CLERK, "/township/recertify/"),
    "recertify-one": Shot(CLERK, "/township/recertify/?due=all", links="tbody a[href*='/township/recertify/']"),
    "closing": Shot(CLERK, "/township/closing/"),
    "roll": Shot(CLERK, "/township/rolls/", links="tbody a[href*='/township/rolls/']"),
    "exports": Shot(CLERK, "/exports/"),
    "settings": Shot(CLERK, "/settings/"),
    # 乡街负责人
    "head-queue": Shot(HEAD, "/township/"),
    "send-back": Shot(HEAD, stages=("deciding",), act="send_back", without=_REFUSED),
    # 村（社区）协理
    "visits-phone": Shot(AIDES, "/village/", links="", phone=True),
    "posting-phone": Shot(AIDES, "/village/", links="main a[href$='/record_posting/']", phone=True),
    # 区级
    "checks": Shot(CHECKER, "/district/checks/"),
    "overview": Shot(SUPERVISOR, "/district/"),
    "charts": Shot(SUPERVISOR, "/district/charts/"),
    "district-cases": Shot(DECIDER, "/district/cases/?tab=all"),
    "delegations": Shot(SUPERVISOR, "/district/delegations/"),
    "figures": Shot(SUPERVISOR, "/figures/"),
    "calendar": Shot(SUPERVISOR, "/district/calendar/"),
}


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
        """The first page after login; the page itself for nobody."""
        page = self.page(phone=phone)
        if username:
            page.goto("/login/")
            page.get_by_label("账号").fill(username)
            page.get_by_label("密码").fill(self.password)
            page.get_by_role("button", name="登录").click()
            page.wait_for_load_state()
        return page

    def take(self, name: str) -> bytes:
        """The screen of one picture. Raises NothingToShow."""
        shot, page = SHOTS[name], None
        for who in shot.who if isinstance(shot.who, tuple) else (shot.who,):
            page = self.desk(who, phone=shot.phone)
            if _go(page, shot, name):
                raw = _still(page, shot)
                page.context.close()
                return raw
            page.context.close()
        raise NothingToShow(name)


def _go(page: Page, shot: Shot, name: str) -> bool:
    """Whether the demo has something for this picture; then the page shows it."""
    if name == "public-board-phone":
        return _board(page)
    if shot.stages:
        return any(_case(page, shot, stage) for stage in shot.stages)
    page.goto(shot.path)
    if shot.links:
        links = page.locator(shot.links)
        return bool(links.count()) and _open(page, str(links.first.get_attribute("href")))
    return "/village/" not in shot.path or page.locator("main .visits a").count() > 0


def _open(page: Page, address: str) -> bool:
    answer = page.goto(address)
    return answer is not None and answer.ok


def _shows(page: Page, shot: Shot, address: str) -> bool:
    """Whether the page opens and holds nothing that the picture is to be without."""
    return _open(page, address) and not (shot.without and page.locator("main", has_text=shot.without).count())


def _case(page: Page, shot: Shot, stage: str) -> bool:
    """The first case of the township in a stage; for an act the first one whose page offers it."""
    page.goto(f"/township/?tab=all&stage={stage}")
    if not page.locator("main tbody a[href^='/case/']").count():
        page.goto(f"/township/?tab=done&stage={stage}")
    listed = page.locator("main tbody a[href^='/case/']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    addresses = [str(address).split("?")[0] for address in listed]
    straight = [address for address in addresses if shot.act and address.endswith(f"/{shot.act}/")]
    if straight:
        return any(_shows(page, shot, address) for address in straight[:MOST_TRIED])
    cases = dict.fromkeys("/".join(address.split("/")[:3]) + "/" for address in addresses)
    if not shot.act:
        query = f"?tab={shot.tab}" if shot.tab else ""
        return any(_shows(page, shot, case + query) for case in list(cases)[:MOST_TRIED])
    for case in list(cases)[:MOST_TRIED]:
        page.goto(case)
        offered = page.locator(f"a[href^='{case}{shot.act}/']").count()
        if offered and _shows(page, shot, f"{case}{shot.act}/"):
            return True
    return False


def _board(page: Page) -> bool:
    """What everybody sees on the web, names masked: the first village with a notice."""
    for village in range(1, 8):
        page.goto(f"/public/{TOWNSHIP}/{TOWNSHIP}{village:03d}/notice/")
        if page.locator("main tbody tr").count():
            return True
    return False


def _still(page: Page, shot: Shot) -> bytes:
    page.evaluate(STILL)
    if shot.at:
        page.locator(shot.at).first.evaluate("node => node.scrollIntoView()")
    if shot.keys:
        page.keyboard.press(shot.keys)
    return page.screenshot()


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
    names = ("chromium", "chromium-browser", "chromium-headless-shell")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
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
        browser = play.chromium.launch(
            executable_path=_chromium(),
            args=[*sandbox, "--disable-dev-shm-usage", "--lang=zh-CN"],
            env={**os.environ, "LANGUAGE": "zh_CN"},
        )
        studio = Studio(browser, url, password)
        for name in only or SHOTS:
            try:
                packed = small(studio.take(name))
            except NothingToShow as nothing:
                print(f"{nothing}：示例区里没有这样的案件。")
                failed += 1
                continue
            (FOLDER / f"{name}.png").write_bytes(packed)
            print(f"{name}.png  {len(packed) // 1000} kB", flush=True)
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
