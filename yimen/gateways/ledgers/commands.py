"""``yimen import``: the same four steps on the command line. One account proposes, another confirms with its own code.

There is no option that skips the second person: whoever can run this command could otherwise put a township's families
on assistance alone.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from yimen.base.access.officer import Officer, officer_of
from yimen.base.access.refusal import Refused, Unknown
from yimen.base.files import vault
from yimen.base.offices import queries as offices
from yimen.casework.awards import acts, ledger_queries as queries
from yimen.gateways.ledgers import door, writing
from yimen.gateways.ledgers.heads import FIELDS, NOT_TAKEN, missing
from yimen.law.ledger import LEDGER_NAMES, LineState
from yimen.law.money import show
from yimen.law.terms import Programme

LISTED = 30
_LABELS = {label: field for field, label in FIELDS.items()} | {"不导入": NOT_TAKEN}


def main_import(args: Sequence[str]) -> int:
    """``yimen import ledger|release``: 0 done, 1 refused or rows with errors."""
    chosen = _parser().parse_args(args)
    work: Callable[[argparse.Namespace], int] = chosen.work
    try:
        return work(chosen)
    except Refused as refused:
        print(refused.sentence, file=sys.stderr)
    except Unknown:
        print("没有这次导入，或不在这个账号的乡街。请核对编号。", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yimen import", description="导入在保台账：预览、提交，由另一位负责人确认")
    kinds = parser.add_subparsers(metavar="操作", required=True)
    ledger = kinds.add_parser("ledger", help="读取台账、核对预览，提交负责人确认")
    ledger.set_defaults(work=_ledger)
    ledger.add_argument("file", metavar="文件.xlsx")
    ledger.add_argument("--office", required=True, metavar="区划代码", help="乡街的 9 位代码")
    ledger.add_argument("--account", required=True, metavar="账号", help="以哪个经办的名义上传")
    ledger.add_argument(
        "--sheet", action="append", default=[], metavar="工作表", help="可以写多次；缺省为第一张有台账的"
    )
    ledger.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="列名=内容",
        help="指明不认识的列，如 每月补差=月保障金额（元）",
    )
    ledger.add_argument(
        "--kind", default="", choices=[str(each) for each in LEDGER_NAMES], metavar="种类",
        help="台账种类：dibao 低保、tekun 特困、edge 低保边缘、rigid_expenditure 刚性支出；缺省按标题和列名识别",
    )  # fmt: skip
    ledger.add_argument("--dry-run", action="store_true", help="只核对，不留下任何内容")
    ledger.add_argument("--errors", metavar="文件.xlsx", help="把错误行连同原因写到这个文件")
    release = kinds.add_parser("release", help="由另一位负责人确认并导入")
    release.set_defaults(work=_release)
    release.add_argument("ref", metavar="编号")
    release.add_argument("--account", required=True, metavar="账号", help="负责人的账号，不能是上传人")
    release.add_argument("--code", default="", metavar="口令", help="动态口令；不写则提示输入")
    return parser


def _officer(username: str) -> Officer:
    account = offices.account_named(username)
    if account is None or not account.is_active:
        raise Refused(f"账号“{username}”不存在或已停用。", "no_account", 403)
    return officer_of(account, "cli")


class _Rehearsed(Exception):
    """Ends the transaction of a rehearsal so that nothing stays."""


def _ledger(chosen: argparse.Namespace) -> int:
    try:
        data = Path(chosen.file).read_bytes()
    except OSError:
        print(f"文件 {chosen.file} 打不开，请核对路径和权限。", file=sys.stderr)
        return 1
    officer = _officer(chosen.account)
    if not chosen.dry_run:
        return _propose(officer, data, chosen)
    kept: list[str] = []
    status = 1
    try:
        with transaction.atomic():
            status = _propose(officer, data, chosen, kept)
            raise _Rehearsed
    except _Rehearsed:
        print("只核对，没有留下任何内容。")
    finally:
        for ref in kept:
            vault.drop(ref)
    return status


def _propose(officer: Officer, data: bytes, chosen: argparse.Namespace, kept: list[str] | None = None) -> int:
    run = door.upload(officer, data, Path(chosen.file).name, chosen.office, chosen.kind)
    if kept is not None:
        kept.append(run.file_ref)
    try:
        run = _preview(officer, run, chosen)
    except Refused:
        if not chosen.dry_run:
            acts.withdraw_ledger(officer, ref=run.ref, reason="命令行：没有读成")
        raise
    _tell(run)
    refused = run.counts["error"]
    if chosen.errors and refused:
        Path(chosen.errors).write_bytes(writing.errors_file(run))
        print(f"错误行已写到 {chosen.errors}，改正后可以再次导入。")
    if not chosen.dry_run:
        run = acts.submit_ledger(officer, ref=run.ref)
        print(
            f"已提交，编号 {run.ref}。由另一位负责人在“导入中心”确认，或运行：yimen import release {run.ref} --account 账号"
        )
    return 1 if refused else 0


def _preview(officer: Officer, run: Any, chosen: argparse.Namespace) -> Any:
    found = door.choices(officer, run)
    names = chosen.sheet or [found[0].name]
    shown = next((one for one in found if one.name in names), None)
    if shown is None:
        raise Refused(f"没有这张工作表。有台账的工作表：{'、'.join(one.name for one in found)}。", "no_sheet", 422)
    fields = _corrected(shown, chosen.column)
    unknown = [text for text, field in zip(shown.head.texts, fields, strict=True) if text and not field]
    if unknown:
        print(f"不认识、没有用到的列：{'、'.join(unknown)}（可用 --column 指明）")
    if lacking := missing(fields, shown.programme or Programme.DIBAO):
        raise Refused(f"还没有指明这些列：{'、'.join(lacking)}。请用 --column 列名=内容 指明。", "missing", 422)
    return door.preview(officer, run, names, fields, _progress)


def _corrected(shown: door.Choice, given: Sequence[str]) -> list[str]:
    fields = list(shown.fields)
    for pair in given:
        text, _, label = pair.rpartition("=")
        field = _LABELS.get(label.strip(), label.strip())
        if text.strip() not in shown.head.texts:
            raise Refused(f"文件里没有“{text.strip()}”这一列。", "no_column", 422)
        if not door.is_offered(field):
            raise Refused(f"没有“{label}”这一项。可用：{'、'.join(FIELDS.values())}、不导入。", "no_field", 422)
        fields[shown.head.texts.index(text.strip())] = field
    return fields


def _progress(done: int, total: int) -> None:
    if total > door.LARGE:
        print(f"已处理 {done} / {total} 户", flush=True)


def _tell(run: Any) -> None:
    counts, kind = run.counts, LEDGER_NAMES[Programme(run.programme)]
    print(f"{run.file_name}（{kind}）：读到 {counts['rows']} 户，跳过 {counts['skipped']} 行（合计、表头、说明）。")
    print("　".join(f"{state.label} {counts[str(state)]}" for state in LineState) + f"　有提示 {counts['remarked']}")
    if counts["new"]:
        print(f"新增的共 {counts['persons']} 人，每月 {show(counts['monthly_fen'])} 元。")
    lines = queries.lines(run, str(LineState.ERROR))
    for line in lines[:LISTED]:
        why = "；".join(f"{column}：{sentence.rstrip('。')}" for column, sentence in line.problems)
        print(f"  {line.place}　{line.head_name or '（没有姓名）'}　{why}。")
    if counts["error"] > LISTED:
        print(f"  另有 {counts['error'] - LISTED} 户，未逐一列出；用 --errors 写到文件。")


def _release(chosen: argparse.Namespace) -> int:
    officer = _officer(chosen.account)
    code = chosen.code or getpass.getpass("动态口令（6 位）：")
    run = acts.take_over_ledger(officer, ref=chosen.ref, code=code)
    run = acts.carry_on(officer, run.ref, _progress)
    counts = run.counts
    print(
        f"导入完成：{counts['taken']} 户，未导入 {counts['left'] + counts['error']} 户。24 小时内可在“导入中心”撤销。"
    )
    return 0
