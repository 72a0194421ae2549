"""申报与核对比对 (S6): every line with what was declared, what was found, and the treatment written beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from yimen.base.refs import new_ref
from yimen.casework.verification import acts, queries
from yimen.casework.verification.queries import ComparisonLine
from yimen.desks.shared import conflict, drafts
from yimen.desks.shared.caseacts.page import CaseAct, Desk, case_act
from yimen.desks.shared.fields import Pick, Text, Whole, Yuan, terms
from yimen.desks.shared.shapes import Action, Check, Draft, Empty, Section, Tag, Tile
from yimen.desks.shared.work import act_url, case_url
from yimen.law.checks import is_item, item
from yimen.law.terms import Treatment

PREFIX = "treat"


class LineForm(forms.Form):
    """The treatment of one line. ``count`` is asked of things that are counted, ``adopted`` of amounts."""

    comparison_ref = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "请刷新页面后重新填写。"})
    treatment = Pick("处理", terms(Treatment), empty="请选择")
    adopted = Yuan("另行认定的金额（元）", needed=False)
    count = Whole("另行认定的数量", needed=False)
    note = Text(
        "处理意见", longest=300, article="每一处差异都要写明怎么处理、为什么（民发〔2021〕57号第十七条、第十八条）。"
    )

    def __init__(self, data: QueryDict | None, line: ComparisonLine | None, **more: Any) -> None:
        super().__init__(data, prefix=PREFIX, **more)
        # Every line has a form of its own on the page, so the ids of the fields carry the line's reference.
        if line is not None:
            self.auto_id = f"{line.ref}-%s"
            self.initial = {"comparison_ref": line.ref, "treatment": line.treatment, "note": line.treatment_note}
        known = item(line.item) if line and is_item(line.item) else None
        if known is not None and not known.is_count:
            del self.fields["count"]
        if known is not None and not known.is_money:
            del self.fields["adopted"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        asked = [name for name in ("adopted", "count") if name in self.fields]
        if data.get("treatment") == Treatment.ADJUSTED and asked and all(data.get(name) is None for name in asked):
            self.add_error(asked[0], f"另行认定的，请填写{self.fields[asked[0]].label}。")
        return data


def _line(desk: Desk, ref: str) -> ComparisonLine | None:
    return next((line for line in queries.comparison(desk.application) if line.ref == ref), None)


def _build(desk: Desk, data: QueryDict | None, files: Any) -> Sequence[Section]:
    line = _line(desk, data.get(f"{PREFIX}-comparison_ref", "")) if data is not None else None
    return [Section("treat", "处理差异", form=LineForm(data, line))]


def _stored(desk: Desk, data: QueryDict | None) -> Sequence[Section]:
    """The treatment of the line as it is stored now."""
    line = _line(desk, data.get(f"{PREFIX}-comparison_ref", "")) if data is not None else None
    return [Section("treat", "处理差异", form=LineForm(None, line))]


def _run(desk: Desk, sections: Sequence[Section]) -> object:
    data = sections[0].form.cleaned_data  # type: ignore[union-attr]
    return acts.settle_difference(
        desk.officer,
        desk.application.ref,
        version=desk.version,
        comparison_ref=data["comparison_ref"],
        treatment=data["treatment"],
        note=data["note"],
        adopted_fen=data.get("adopted"),
        adopted_count=data.get("count"),
    )


def _after(desk: Desk) -> str:
    """On to the next difference; back to the case when none is left."""
    rest = queries.open_lines(desk.application)
    return act_url(desk.application.ref, "settle_difference") if rest else case_url(desk.application.ref)


def _put_back(line: ComparisonLine, row: Any, url: str) -> tuple[Section, Draft]:
    """A draft of one line, as it was left."""
    section = Section("treat", "处理差异", form=LineForm(drafts.as_query(row.body), line))
    drafts.quiet([section])
    at = drafts.clock_words(row)
    hidden = {drafts.STEP: "discard", f"{PREFIX}-comparison_ref": line.ref}
    return section, Draft(url, at, f"已恢复 {at} 保存的草稿。", Action("丢弃这份草稿", url, "post", hidden=hidden))


def _seen(desk: Desk, mine: bool) -> str:
    """What a form that came back with an error had seen; nothing where it starts anew."""
    posted = desk.request.POST
    return posted.get(drafts.SEEN, "") if mine and not posted.get(drafts.STEP) else ""


def _item(desk: Desk, line: ComparisonLine, bound: Any, first: str, row: Any) -> dict[str, Any]:
    mine = bound is not None and bound.is_bound and bound.data.get(f"{PREFIX}-comparison_ref") == line.ref
    url = act_url(desk.application.ref, "settle_difference")
    fresh = Section("treat", "", form=LineForm(None, line))
    section, draft = _put_back(line, row, url) if row is not None else (fresh, Draft(url))
    form = bound if mine else section.form if line.tag_kind != "green" and line.match != "pending" else None
    version = {"version": str(desk.application.version), drafts.SEEN: _seen(desk, mine) or conflict.seen([fresh])}
    return {
        "anchor": line.ref,
        "name": line.label,
        "person": line.person_name,
        "declared": line.declared,
        "verified": line.verified,
        "source": line.source_words,
        "queried": "",
        "tag": Tag(line.tag_kind, line.match_label),
        "tone": "different" if line.open else "",
        "settled": f"{line.treatment_label}：{line.treatment_note}" if line.treatment else line.visit,
        "value": line.adopted if line.treatment else "",
        "form": form if line.open or mine or line.treatment else None,
        "url": url,
        "draft": Draft(url) if mine else draft,
        "hidden": {"once": new_ref(), drafts.EDITION: drafts.edition(row), **version},
        "next": line.ref == first,
    }


def _tiles(lines: Sequence[ComparisonLine]) -> list[Tile]:
    def many(match: str) -> str:
        return str(sum(line.match == match for line in lines))

    still = sum(line.open for line in lines)
    return [
        Tile("一致", many("agreed"), tone="green"),
        Tile("不一致", many("different"), tone="amber"),
        Tile("无可核对来源", many("no_source")),
        Tile("待处理", str(still), tone="amber" if still else "green"),
    ]


def _extra(desk: Desk, sections: Sequence[Section]) -> Mapping[str, Any]:
    lines = queries.comparison(desk.application)
    bound = sections[0].form
    first = next((line.ref for line in lines if line.open), "")
    kept = drafts.of_page(desk.request.user, desk.request.path)
    ordered = sorted(lines, key=lambda line: not line.open)
    sources = [
        Check(
            f"{row.person_name}：{row.source_label}",
            row.answered,
            f"{row.queried_on:%Y-%m-%d}" if row.queried_on else row.state_label,
        )
        for row in queries.sources_of(desk.application)
    ]
    return {
        "tiles": _tiles(lines),
        "sources": sources,
        "items": [_item(desk, line, bound, first, kept.get(line.ref)) for line in ordered],
        "open_count": sum(line.open for line in lines),
        "actions": [Action("返回案件", case_url(desk.application.ref))],
        "empty": None if lines else Empty("核对结果还没有返回。"),
    }


case_act(
    CaseAct(
        "settle_difference",
        _build,
        _run,
        title="申报与核对比对",
        context=_extra,
        template="shared/comparison.html",
        after=_after,
        stored=_stored,
        slot=f"{PREFIX}-comparison_ref",
    )
)
