"""What goes on after the decision, by township, for the district: changes and reviews under way (四(四))."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from yimen.base.access.officer import Officer
from yimen.base.offices import queries as offices
from yimen.casework.awards import change_queries as changes, recertify_queries as recertify
from yimen.desks.shared.shapes import Block, Cell, Column, Row, Table


def after_the_decision(officer: Officer, on: date) -> Block:
    """The other two kinds of business: changes and reviews under way, by township."""
    changed, reviewed = changes.counts_of_townships(officer, on), recertify.progress(officer, on)
    made = []
    for place in offices.townships(officer.district):
        change = changed.get(place.code, changes.Waiting())
        review = reviewed.get(place.code, recertify.Progress())
        to_changes = f"{reverse('township:changes')}?township={place.code}"
        to_reviews = f"{reverse('township:recertify')}?township={place.code}"
        numbers = [
            _counted(change.open, to_changes),
            change.late,
            change.deciding,
            _counted(review.under_way, f"{to_reviews}&due=all"),
            _counted(review.late, f"{to_reviews}&due=late"),
            review.changing,
        ]
        made.append(Row([place.name, *numbers]))
    heads = ("在办变更", "变更已超期", "变更待决定", "在办复核", "复核已过期", "复核待办变更")
    columns = [Column("乡街"), *(Column(text, numeric=True) for text in heads)]
    note = "案件以外的两类业务：情况变化的变更，定期复核。点数字看名单。"
    return Block("变更和复核（件、户）", note=note, table=Table(columns, made, label="各乡街变更和复核"))


def _counted(number: int, url: str) -> Cell | int:
    """A figure that opens its list, where there is anything in it."""
    return Cell(str(number), url) if number else 0
