"""Fetches what the tests need and Python packages do not carry, into .cache: a real Chromium 78 and axe-core.

Both come from the npm registry (or from the mirror that ``npm_config_registry`` names) as single archives with a fixed
SHA-256; node is not needed. Does nothing where they are there. Chromium 78 is an unpatched browser of 2019: it is for
the tests on this machine, never shipped and never pointed at the network.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import shutil
import sys
import tarfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

CACHE = Path(__file__).resolve().parents[1] / ".cache"
REGISTRY = "https://registry.npmjs.org"
TRIES = 4
TIMEOUT = 180  # seconds without a byte

CHROMIUM_ARCHIVE = "aba7f1562247dda11a704f9bc41294e57a1e197eae31085842479e4c0b025144"
CHROMIUM = "eae73990390fbe001b6132ef99c7e4f6c4c4baef4c5636bb11eeb90f6ef48f83"
AXE_ARCHIVE = "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745"


class NotHad(Exception):
    """What could not be had, and what to do."""


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def fetch(package: str, version: str, wanted: str) -> tarfile.TarFile:
    """The archive of one package; NotHad where it does not come or is another one."""
    registry = os.environ.get("npm_config_registry", REGISTRY)  # noqa: SIM112  # npm's own spelling
    url = f"{registry.rstrip('/')}/{package}/-/{package}-{version}.tgz"
    for attempt in range(1, TRIES + 1):
        try:
            with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:  # noqa: S310  # the registry's address
                data = answer.read()
            break
        except (OSError, urllib.error.URLError) as error:
            if attempt == TRIES:
                raise NotHad(f"没有取到 {url}：{error}") from error
            time.sleep(2**attempt)
    if digest(data) != wanted:
        raise NotHad(f"{url} 的内容与记录的 SHA-256 不一致，没有使用。")
    return tarfile.open(fileobj=io.BytesIO(data), mode="r:gz")


def unpacked(archive: tarfile.TarFile, name: str) -> bytes:
    """One member, decompressed where its name ends in .br."""
    member = archive.extractfile(f"package/{name}")
    if member is None:
        raise NotHad(f"安装包里没有 {name}。")
    data = member.read()
    if not name.endswith(".br"):
        return data
    import brotli

    return bytes(brotli.decompress(data))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def chromium(folder: Path) -> None:
    """``folder/chromium`` and the libraries that it was built against, ``folder/lib``."""
    archive = fetch("chrome-aws-lambda", "1.20.4", CHROMIUM_ARCHIVE)
    binary = unpacked(archive, "bin/chromium.br")
    if digest(binary) != CHROMIUM:
        raise NotHad("Chromium 78 解压后的内容与记录的 SHA-256 不一致，没有使用。")
    with tarfile.open(fileobj=io.BytesIO(unpacked(archive, "bin/aws.tar.br"))) as libraries:
        for member in libraries:
            if member.isfile() and member.name.startswith("lib/"):
                _write(folder / "lib" / Path(member.name).name, libraries.extractfile(member).read())  # type: ignore[union-attr]
    _write(folder / "chromium", binary)
    (folder / "chromium").chmod(0o755)


def axe(folder: Path) -> None:
    """``folder/axe.min.js`` with its licence (MPL 2.0)."""
    archive = fetch("axe-core", "4.14.1", AXE_ARCHIVE)
    for name in ("axe.min.js", "LICENSE"):
        _write(folder / name, unpacked(archive, name))


TOOLS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "chromium78": ("Chromium 78（最低支持的浏览器，42 MB）", chromium),
    "axe-core-4.14.1": ("axe-core 4.14.1（无障碍检查）", axe),
}


def main() -> int:
    """Each tool appears whole or not at all: it is unpacked beside its place and then moved there.

    What cannot be had fails CI; elsewhere the tests that need it are left out and say so.
    """
    CACHE.mkdir(exist_ok=True)
    lacking = 0
    for name, (what, make) in TOOLS.items():
        if (CACHE / name).is_dir() or (make is chromium and platform.machine() != "x86_64"):
            continue
        print(f"• 取得测试用的 {what}", flush=True)
        beside = CACHE / f"{name}.{os.getpid()}"
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        try:
            make(beside)
            beside.rename(CACHE / name)
        except NotHad as reason:
            lacking += 1
            print(f"✗ {reason}", file=sys.stderr)
            print(
                "✗ 请检查网络，或用 npm_config_registry=https://镜像 指定镜像，再次运行；缺少时有关测试不运行。",
                file=sys.stderr,
            )
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return 1 if lacking and os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
