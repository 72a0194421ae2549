"""示例文件: files that can be tried at once. The ledgers are always the same; a result file answers a batch of this demo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from yimen.demo import ledger_files

FOLDER = "samples"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Sample:
    """A file to download, what it shows, and where and as whom it is used."""

    name: str
    title: str
    shows: str
    who: str
    where: str


SAMPLES: tuple[Sample, ...] = (
    Sample(
        "ledger-faulty.xlsx",
        "有错误的旧台账",
        "合并的标题、小计、合计、空行，数字被 Excel 截断、校验位不符、村名不对、15 位旧号码、同一人两次；只有两行可以导入。",
        "qh-jb1",
        "township:ledgers",
    ),
    Sample(
        "ledger-clean.xlsx",
        "没有错误的台账",
        "青禾街道 5 户，全部可以导入；由负责人确认后进入在保名册，一天之内可以整批撤销。",
        "qh-jb1",
        "township:ledgers",
    ),
    Sample(
        "check-result.xlsx",
        "核对结果文件",
        "答复一个还没有返回的批次；在核对请求里导入，比对随即更新。",
        "check",
        "district:checks",
    ),
)
_MADE = {"ledger-faulty.xlsx": ledger_files.faulty, "ledger-clean.xlsx": ledger_files.clean}


def write(place: Path, result: bytes | None) -> None:
    """Put the samples into the demo's folder; ``result`` answers a batch that still waits, None where there is none."""
    folder = place / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in _MADE.items():
        (folder / name).write_bytes(make())
    if result is not None:
        (folder / "check-result.xlsx").write_bytes(result)


def content(place: Path, name: str) -> bytes | None:
    """A sample's bytes: from the folder, else made anew; None for an unknown name or a result that nobody waits for."""
    if name not in {sample.name for sample in SAMPLES}:
        return None
    path = place / FOLDER / name
    if path.exists():
        return path.read_bytes()
    return _MADE[name]() if name in _MADE else None
