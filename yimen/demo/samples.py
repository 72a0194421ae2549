"""示例文件: files that can be tried at once. The ledgers are always the same; a result file answers a batch of this demo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yimen.demo import ledger_files
from yimen.law import calendar

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
        "ledger-tekun.xlsx",
        "特困供养台账",
        "青禾街道 4 人：集中、分散，三个自理等级；最后一人的两项相加不等于合计，点名不导入。",
        "qh-jb1",
        "township:ledgers",
    ),
    Sample(
        "ledger-edge.xlsx",
        "低保边缘家庭台账",
        "青禾街道 3 户，没有金额；先导入“没有错误的台账”再导入它，第 3 户已在低保，逐行写明在哪里。",
        "qh-jb1",
        "township:ledgers",
    ),
    Sample(
        "ledger-rigid.xlsx",
        "刚性支出困难家庭台账",
        "青禾街道 3 户，写着有效期；第 3 户的有效期超过 12 个月，不导入。",
        "qh-jb1",
        "township:ledgers",
    ),
    Sample(
        "platform-month.xlsx",
        "平台导出的在保对象",
        "青禾街道本月在保的家庭，埋了金额、账号、村名、状态、人数的差异，一个被截断的号码、少一户、多一户；在平台对账里上传。",
        "qh-jb1",
        "township:platform",
    ),
    Sample(
        "check-result.xlsx",
        "核对结果文件",
        "答复一个还没有返回的批次；在核对请求里导入，比对随即更新。",
        "check",
        "district:checks",
    ),
)
_MADE = {
    "ledger-faulty.xlsx": ledger_files.faulty,
    "ledger-clean.xlsx": ledger_files.clean,
    "ledger-tekun.xlsx": ledger_files.tekun,
    "ledger-edge.xlsx": ledger_files.edge,
    "ledger-rigid.xlsx": ledger_files.rigid,
}


def write(place: Path, made: Mapping[str, bytes | None], day: date | None = None) -> None:
    """Put the samples into the demo's folder; ``made`` are those drawn from the district itself, None where there is none.

    Days in them are reckoned back from ``day``, the demo's today.
    """
    with calendar.travel(day or calendar.today()):
        _write(place, made)


def _write(place: Path, made: Mapping[str, bytes | None]) -> None:
    folder = place / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in _MADE.items():
        (folder / name).write_bytes(make())
    for name, content in made.items():
        if content is not None:
            (folder / name).write_bytes(content)


def content(place: Path, name: str) -> bytes | None:
    """A sample's bytes: from the folder, else made anew; None for an unknown name or a result that nobody waits for."""
    if name not in {sample.name for sample in SAMPLES}:
        return None
    path = place / FOLDER / name
    if path.exists():
        return path.read_bytes()
    return _MADE[name]() if name in _MADE else None
