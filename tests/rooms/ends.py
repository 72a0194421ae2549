"""What a roll and a close have come to, in plain values: the same whether or not the work was interrupted."""

from __future__ import annotations

from typing import Any

from yimen.base.record.models import Entry
from yimen.casework.monthclose.models import FiledPerson, FiledRow, MonthClose
from yimen.casework.payments import roll_queries
from yimen.casework.payments.models import DraftLine, DraftPart, PayKey, PayLine, PayPart, Roll


def rows(model: Any, *left_out: str) -> list[Any]:
    """Every row without its number, in one order."""
    names = [field.attname for field in model._meta.fields if field.name not in {"id", *left_out}]
    return sorted(model.objects.values_list(*names), key=repr)


def entries() -> list[Any]:
    """The trail: who did what is the same every time, so which act, about what, coming to what."""
    return list(Entry.objects.order_by("seq").values_list("act", "act_label", "subject_ref", "after"))


def drawn_up() -> list[Any]:
    """The preview of the only roll."""
    roll = Roll.objects.get()
    parts = sorted(DraftPart.objects.values_list("award_id", "kind", "month", "fen"))
    return [roll.state, roll.counts, roll.lines_digest, rows(DraftLine), parts]


def frozen() -> list[Any]:
    """The only roll, with whom it pays for which month."""
    roll = Roll.objects.get()
    keys = sorted(PayKey.objects.values_list("person_id", "programme", "month", "line__award_id"))
    parts = sorted(PayPart.objects.values_list("kind", "month", "fen", "balance_id", "line__award_id"))
    drafts = sorted(DraftLine.objects.values_list("award_id", "left_out"))
    assert roll_queries.tampered(roll) == []
    return [
        roll.state, roll.counts, roll.lines_digest, roll.position, rows(PayLine), keys, parts, drafts,
        DraftPart.objects.count(), entries(),
    ]  # fmt: skip


def filed() -> list[Any]:
    """The only close."""
    close = MonthClose.objects.get()
    people = sorted(FiledPerson.objects.values_list("row__award_id", "person_id"))
    return [close.state, close.counts, close.lines_digest, rows(FiledRow), people, entries()]
