"""The page on which somebody records that a notice hangs, or was taken down (V11; pictures optional)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from yimen.casework.decisions import acts, boards, queries
from yimen.desks.shared.caseacts.page import CaseAct, Desk, case_act
from yimen.desks.shared.caseacts.parts import given, refused_at, village_home
from yimen.desks.shared.fields import Day, Pick, Upload
from yimen.desks.shared.shapes import Block, Cell, Empty, Row, Section, Table, Tag
from yimen.law.calendar import today


class PostingForm(forms.Form):
    """Where it hangs since when, or since when it is down."""

    place = Pick("哪一处", [], empty="请选择")
    day = Day("日期（张贴或取下当天）")
    photo = Upload("照片（可不拍）", accept="image/jpeg,image/png")

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["place"].choices = [("", "请选择"), *places]  # type: ignore[attr-defined]


def _live(desk: Desk) -> list[Any]:
    return [row for row in queries.notices_of(desk.application) if row.withdrawn_on is None]


def _places(desk: Desk) -> list[tuple[str, str]]:
    """What may be recorded now: hanging where nothing hangs, taking down where something does."""
    found = []
    for notice in _live(desk):
        hung = {row.place: row for row in notice.postings.order_by("id")}
        for place in notice.places:
            word, row = f"{boards.KIND_WORDS[notice.kind]}·{place}", hung.get(place)
            if row is None:
                found.append((f"{notice.ref}|{place}", f"{word}：登记张贴"))
            elif row.taken_down_on is None:
                found.append((f"{notice.ref}|{place}", f"{word}：登记取下（{row.posted_on:%m-%d} 张贴）"))
    return found


def _posting(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    places = _places(desk)
    first = {"day": today(), "place": places[0][0] if len(places) == 1 else ""}
    form = PostingForm(data, files, prefix="posting", places=places, initial=first)
    note = "" if places else "没有要登记的张贴：还没有开始公示（公布），或各处都已登记取下。"
    return [Section("posting", "登记张贴、取下", note, form=form)]


def _is_up(desk: Desk, notice_ref: str, place: str) -> bool:
    notice = next((row for row in _live(desk) if row.ref == notice_ref), None)
    return notice is not None and notice.postings.filter(place=place).exists()


def _keep_posting(desk: Desk, sections: Sequence[Section]) -> object:
    data = given(sections)
    ref, _, place = data["place"].partition("|")
    photo = (desk.keep_files("posting-photo", "posting_photo") or [""])[0]
    if _is_up(desk, ref, place):
        fields = {"taken_down_on": data["day"], "taken_down_photo_ref": photo}
    else:
        fields = {"posted_on": data["day"], "photo_ref": photo}
    with refused_at({"posted_on": "day", "taken_down_on": "day", "photo_ref": "photo", "notice_ref": "place"}):
        return acts.record_posting(
            desk.officer, desk.application.ref, version=desk.version, notice_ref=ref, place=place, **fields
        )


def hung_block(desk: Desk) -> list[Block]:
    """Where every notice of the case hangs since when."""
    rows = []
    for notice in _live(desk):
        hung = {row.place: row for row in notice.postings.select_related("posted_by").order_by("id")}
        for place in notice.places:
            row = hung.get(place)
            up = (
                Cell(f"{row.posted_on:%Y-%m-%d}", note=f"{row.posted_by.name}{'，有照片' if row.photo_ref else ''}")
                if row
                else Tag("amber", "未登记")
            )
            down = f"{row.taken_down_on:%Y-%m-%d}" if row and row.taken_down_on else "—"
            rows.append(
                Row(
                    [
                        f"{boards.KIND_WORDS[notice.kind]} {notice.from_on:%m-%d} 至 {notice.to_on:%m-%d}",
                        place,
                        up,
                        down,
                    ]
                )
            )
    empty = Empty("还没有公示或公布。")
    return [Block("张贴情况", table=Table(["公示公布", "地点", "张贴", "取下"], rows, label="张贴情况", empty=empty))]


case_act(
    CaseAct(
        "record_posting",
        _posting,
        _keep_posting,
        submit="登记",
        aside=hung_block,
        multipart=True,
        after=village_home,
    )
)
