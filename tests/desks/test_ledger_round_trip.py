"""Out and in again changes nothing: the roll exported with whole numbers, opened and saved by LibreOffice, imported."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.rooms.ledgers import code, families, family, person, take
from tests.rooms.test_ledger_programmes import recognised, tekun
from tests.rooms.world import TOWNSHIP, World
from yimen.base.exports import keeping
from yimen.base.exports.models import Export
from yimen.casework.awards import acts, queries
from yimen.casework.awards.ledgers.entries import LedgerPerson
from yimen.casework.awards.models import Award, LedgerRun
from yimen.desks.shared.lists.exporting import Wish, take as export
from yimen.gateways.ledgers import door, writing
from yimen.law.identity import check_character
from yimen.law.ledger import COLUMNS, LEDGER_COLUMNS
from yimen.law.terms import Programme

NAMES = ("买买提·艾力", "𠮷田明", "王𬭩", "陈䶮", "欧阳若曦")


@pytest.fixture
def stock(world: World) -> list[Any]:
    """Households of every kind: alone, many, not all covered, without account, with rare names and zeros in front."""
    rows = families(world, 8)
    uncovered = family(world, 20, 3)
    rows.append(replace(uncovered, people=(*uncovered.people[:2], replace(uncovered.people[2], covered=False))))
    only_child = family(world, 21, 2)
    rows.append(replace(only_child, people=(replace(only_child.people[0], covered=False), only_child.people[1])))
    rows.append(family(world, 22, 1, account="", bank="", holder=""))
    rows.append(family(world, 23, 1, account="0012345678901234", monthly_fen=126667, category="A"))
    rows.append(family(world, 24, 8))
    for at, name in enumerate(NAMES):
        drawn = person(world)
        rows.append(family(world, 30 + at, 1, holder=name, group=""))
        rows[-1] = replace(rows[-1], people=(replace(drawn, name=name),))
    relatives = (person(world, relation) for relation in ("grandchild", "parent_in_law", "sibling", "other"))
    many = family(world, 40, 1)
    rows.append(replace(many, people=(*many.people, *relatives)))
    run = take(world, rows)
    assert run.counts["taken"] == len(rows)
    return rows


def exported(world: World, query: str = "") -> bytes:
    """The roll as the head takes it along in full numbers, released by nobody else since the file is only read here."""
    head = world.head()
    made = export(head, Wish("/township/awards/", query), full=True, reason="与纸质台账核对", code=code(head))
    assert made.full and Export.objects.filter(pk=made.pk).exists()
    return keeping.content_of(made)


def counted(world: World, data: bytes) -> dict[str, int]:
    """What the preview says of a file."""
    handler = world.handler()
    run = door.upload(handler, data, "在保名册.xlsx")
    run = door.preview(handler, run)
    problems = [
        line.problems or line.changes for line in run.lines.order_by("position") if line.problems or line.changes
    ]
    assert problems == []
    return {word: run.counts[word] for word in ("new", "changed", "same", "error")}


def saved_by_office(data: bytes, folder: Path) -> bytes:
    """The workbook opened and saved anew by LibreOffice, under a profile that goes away with the test."""
    (folder / "in").mkdir()
    source = folder / "in" / "ledger.xlsx"
    source.write_bytes(data)
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing; `make test` installs it (scripts/system-packages.sh office)"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    done = subprocess.run(
        [
            office,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            folder,
            source,
        ],
        capture_output=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return (folder / "ledger.xlsx").read_bytes()


def test_exported_and_imported_again_nothing_changes(world: World, stock: list[Any]) -> None:
    data = exported(world)
    heads = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[0]
    assert heads == [column.head for column in LEDGER_COLUMNS]
    assert counted(world, data) == {"new": 0, "changed": 0, "same": len(stock), "error": 0}


@pytest.mark.parametrize("kind", [Programme.TEKUN, Programme.EDGE, Programme.RIGID_EXPENDITURE])
def test_the_ledger_of_every_programme_comes_back_unchanged(world: World, kind: Programme) -> None:
    take(world, families(world, 2))
    if kind is Programme.TEKUN:
        housed = tekun(
            world, 2, support_form="institutional", institution="示例敬老院", urban=True, holder="示例敬老院"
        )
        rows = [tekun(world), housed, tekun(world, 3, basic_fen=None, care_fen=None, account="", bank="")]
    else:
        part = recognised(world, kind, 2)
        rows = [
            recognised(world, kind),
            replace(part, people=(*part.people[:2], replace(part.people[2], covered=False))),
        ]
    take(world, rows)
    before = list(Award.objects.order_by("id").values())
    data = exported(world, f"programme={kind}")
    heads = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[0]
    assert heads == [column.head for column in COLUMNS[kind]]
    assert counted(world, data) == {"new": 0, "changed": 0, "same": len(rows), "error": 0}
    assert LedgerRun.objects.order_by("-id")[0].programme == kind
    assert list(Award.objects.order_by("id").values()) == before


@pytest.mark.parametrize("kind", list(Programme))
def test_each_template_is_known_again_with_all_its_columns(world: World, kind: Programme) -> None:
    found = door.choices_in(writing.template(TOWNSHIP, ["A", "B", "C"], kind))
    assert [(choice.programme, choice.complete) for choice in found] == [(kind, True)]


def test_with_libreoffice_in_between_nothing_changes(world: World, stock: list[Any], tmp_path: Path) -> None:
    data = saved_by_office(exported(world), tmp_path)
    assert counted(world, data) == {"new": 0, "changed": 0, "same": len(stock), "error": 0}


def test_the_template_survives_libreoffice(world: World, tmp_path: Path) -> None:
    data = saved_by_office(writing.template(TOWNSHIP, ["A", "B", "C"]), tmp_path)
    found = door.choices_in(data)
    assert [choice.name for choice in found] == ["台账"] and found[0].complete


def test_an_edited_cell_is_the_only_change(world: World, stock: list[Any]) -> None:
    award = queries.in_township(TOWNSHIP)[0]
    edited = [
        replace(row, monthly_fen=99900) if row.head_name == award.household.head.name else row for row in stock[:9]
    ]
    run = acts.draw_up(world.handler(), door.upload(world.handler(), exported(world), "a.xlsx").ref, rows=edited)
    changed = [line.changes for line in run.lines.order_by("position") if line.changes]
    assert [[label for label, _, _ in changes] for changes in changed] == [["月保障金额（元）"]]


def test_who_keeps_an_old_number_is_the_same_person_again(world: World) -> None:
    seventeen = "99010119600315003"
    full = seventeen + check_character(seventeen)
    row = family(world, 1, 1, holder="王秀兰")
    take(world, [replace(row, people=(LedgerPerson("王秀兰", full),))])
    from tests.gateways.ledger_files import ledger, row as line

    data = ledger(line(3, name="王秀兰", identity="990101600315003", category=row.category, amount=row.monthly_fen / 100,
                       month=row.start_month, account=row.account, village=row.village_name))  # fmt: skip
    assert counted(world, data) == {"new": 0, "changed": 0, "same": 1, "error": 0}
