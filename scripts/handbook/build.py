"""Build the handbook: `scripts/handbook.sh`. Does nothing when no source changed since the last time.

Sources are staged (links, generated parts), made into HTML by Sphinx with every warning an error, and into one PDF per
booklet; then the finished folder takes the place of the old one, so that a reader never sees half of it.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from shelves import ROOT  # noqa: E402  # the folder of this script is no package

SITE = ROOT / "yimen/desks/public/help/site"
WORK = ROOT / ".cache" / "handbook"
STAMP = ".stamp"
STYLES = ROOT / "yimen/desks/shared/static/yimen"
STATIC = ("tokens.css", "yimen.css", "handbook.css", "mark.svg")
KEPT = {".html", ".css", ".svg", ".png", ".pdf", ".json"}


def _inputs() -> Iterator[Path]:
    """Everything that the pages are made from."""
    patterns = {
        "docs": ("*",), "scripts/handbook": ("*",), "yimen": ("*.py", "*.jsonl", "*.toml"), "tests/law/cases": ("*.yaml",)
    }  # fmt: skip
    for folder, wanted in patterns.items():
        found = (path for pattern in wanted for path in (ROOT / folder).rglob(pattern))
        yield from (path for path in found if path.is_file() and "__pycache__" not in path.parts)
    yield from (ROOT / name for name in ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"))
    yield from (STYLES / name for name in STATIC)


def fingerprint() -> str:
    """Changes when a source does."""
    total = hashlib.sha256()
    for path in sorted(_inputs()):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _fresh(site: Path, wanted: str) -> bool:
    stamp = site / STAMP
    return stamp.exists() and stamp.read_text(encoding="utf-8") == wanted


def build(site: Path = SITE, *, force: bool = False) -> bool:
    """Whether there was something to do. Two at once take turns."""
    WORK.mkdir(parents=True, exist_ok=True)
    with _turn(), tempfile.TemporaryDirectory(dir=WORK) as name:
        wanted = fingerprint()
        if not force and _fresh(site, wanted):
            return False
        fresh = Path(name) / "site"
        _make(Path(name), fresh)
        (fresh / STAMP).write_text(wanted, encoding="utf-8")
        site.parent.mkdir(parents=True, exist_ok=True)
        if site.exists():
            shutil.move(site, Path(name) / "old")
        shutil.move(fresh, site)
    return True


@contextmanager
def _turn() -> Iterator[None]:
    """One builder at a time."""
    with (WORK / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(work: Path, site: Path) -> None:
    from made_code import made
    from printing import print_booklets
    from sphinx.application import Sphinx
    from staging import stage

    source = work / "source"
    stage(source, made)
    for name in STATIC:
        (work / "static").mkdir(exist_ok=True)
        shutil.copy(STYLES / name, work / "static" / name)
    app = Sphinx(
        srcdir=source, confdir=None, outdir=site, doctreedir=work / "trees", buildername="html", status=None,
        warningiserror=True, confoverrides=_settings(work / "static"), keep_going=True,
    )  # fmt: skip
    app.build(force_all=True)
    if app.statuscode:
        raise SystemExit("手册没有生成，原因见上。")
    _tidy(site)
    print_booklets(app, site)


def _settings(static: Path) -> dict[str, object]:
    from yimen import __version__

    return {
        "project": "一门使用手册", "version": __version__, "release": __version__, "language": "zh_CN",
        "extensions": ["myst_parser", "html_pages"], "root_doc": "index", "html_theme": "yimen", "html_static_path": [str(static)],
        "html_copy_source": False, "html_permalinks": False, "html_use_index": False, "highlight_language": "none",
        "myst_heading_anchors": 3, "myst_enable_extensions": [], "smartquotes": False, "html_context": {},
        "toc_object_entries": False, "suppress_warnings": ["misc.highlighting_failure", "myst.xref_missing_anchor"],
    }  # fmt: skip


def _tidy(site: Path) -> None:
    """Drop what Sphinx leaves besides pages, styles and pictures."""
    for path in sorted(site.rglob("*"), reverse=True):
        if path.is_file() and (path.suffix not in KEPT or path.name.startswith(".")):
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def main() -> int:
    """0 when the handbook is there and fresh."""
    parser = argparse.ArgumentParser(description="生成使用手册（/help/）")
    parser.add_argument("--out", type=Path, default=SITE, help="放到哪个文件夹")
    parser.add_argument("--force", action="store_true", help="没有改动也重新生成")
    chosen = parser.parse_args()
    if build(chosen.out, force=chosen.force):
        pages = len(list(chosen.out.rglob("*.html")))
        size = sum(path.stat().st_size for path in chosen.out.rglob("*") if path.is_file())
        print(f"• 使用手册已生成：{pages} 页，{size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
