"""What a page of an act is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from yimen.base.access import gate
from yimen.base.access.officer import Officer
from yimen.base.access.refusal import Refused
from yimen.base.files import desk as files
from yimen.base.record import desk as record
from yimen.casework.applications import queries as applications
from yimen.desks.shared.actpage import ActPage, version_of
from yimen.desks.shared.conflict import Meanwhile
from yimen.desks.shared.drafts import FormShelf
from yimen.desks.shared.routes import route
from yimen.desks.shared.shapes import Block, Fact, Link, Page, Section
from yimen.desks.shared.work import case_url
from yimen.law import procedure
from yimen.law.calendar import as_moment
from yimen.law.procedure import Step
from yimen.law.terms import Order, Role, Stage


@dataclass
class Desk:
    """The request, the officer and the case of one page of an act."""

    request: HttpRequest
    officer: Officer
    application: Any

    @property
    def version(self) -> int | None:
        return version_of(self.request)

    @property
    def code(self) -> str:
        """The second factor as typed."""
        return self.request.POST.get("code", "")

    @cached_property
    def participants(self) -> list[Any]:
        return applications.participants(self.application)

    def keep_files(self, name: str, document_class: str) -> list[str]:
        """Store the uploads of a field; refs of the stored files. A file that is not fit is refused at its field."""
        try:
            return [
                files.store(
                    upload,
                    name=upload.name or "",
                    document_class=document_class,
                    subject_kind="application",
                    subject_ref=self.application.ref,
                    staff_id=self.officer.staff.pk,
                    staff_name=self.officer.staff.name,
                    account_id=self.officer.account.pk,
                    office_code=self.officer.office.area_id,
                ).ref
                for upload in self.request.FILES.getlist(name)
            ]
        except files.BadFile as bad:
            raise Refused(str(bad), "file", 422, name.rpartition("-")[2]) from bad


Build = Callable[[Desk, QueryDict | None, Any], Sequence[Section]]
Run = Callable[[Desk, Sequence[Section]], object]


@dataclass(frozen=True)
class CaseAct:
    """One page: ``build`` makes the sections, bound or not; ``run`` knocks at the room's door.

    ``stored`` makes the sections with what is stored now, for a page that edits it; ``slot`` names the field that
    parts several forms of one page; ``whom`` gives the reference of the person that the page is about, by which drafts
    of it are told apart and ``?person=`` opens it.
    """

    act: str
    build: Build
    run: Run
    purpose: str = ""
    submit: str = ""
    title: str = ""
    aside: Callable[[Desk], Sequence[Block]] | None = None
    context: Callable[[Desk, Sequence[Section]], Mapping[str, Any]] | None = None
    template: str = "shared/act_form.html"
    multipart: bool = False
    enter_next: bool = True
    tab: str = ""
    after: Callable[[Desk], str] | None = None
    stored: Callable[[Desk, QueryDict | None], Sequence[Section]] | None = None
    slot: str = ""
    whom: Callable[[Desk], str] | None = None


def as_built(build: Build) -> Callable[[Desk, QueryDict | None], Sequence[Section]]:
    """``stored`` of a page that starts with what is stored."""
    return lambda desk, data: build(desk, None, None)


PAGES: dict[str, CaseAct] = {}


def case_act(page: CaseAct) -> CaseAct:
    """Register the page of an act."""
    if page.act in PAGES:
        raise ValueError(f"act {page.act} has two pages")
    PAGES[page.act] = page
    return page


def row_of(act: str) -> Step:
    """The row of an act in whichever order has it (for labels and roles)."""
    for order in Order:
        if row := procedure.step(order, act):
            return row
    raise KeyError(act)


def _roles(act: str) -> frozenset[Role]:
    return frozenset(row_of(act).roles)


def meanwhile(desk: Desk, act: str, version: int | None) -> Meanwhile:
    """What was done to the case since a version, and whether the act is still open to it; the case is read anew."""
    desk.application = applications.applications().get(pk=desk.application.pk)
    fresh = desk.application
    since = fresh.version - version if version is not None else 0
    entries = list(record.entries_of("application", fresh.ref).order_by("-seq")[:since])[::-1] if since > 0 else []
    facts = [Fact(f"{as_moment(row.at):%m-%d %H:%M}", f"{row.staff_name} {row.act_label}") for row in entries]
    row = procedure.step(Order(fresh.order), act)
    return Meanwhile(facts, row is not None and Stage(fresh.stage) in row.stages, fresh.version)


def _about_one(page: CaseAct, desk: Desk) -> dict[str, Any]:
    """Where a page about one person keeps and opens its draft."""
    if page.whom is None:
        return {}
    whom, path = page.whom(desk), desk.request.path
    return {"shelf": FormShelf(desk.officer.account, path, whom), "again": f"{path}?person={whom}"}


def view_of(page: CaseAct) -> Callable[..., HttpResponse]:
    """The declared view of a page."""
    row = row_of(page.act)

    @route(f"application.{page.act}", "application", "place", _roles(page.act), ("GET", "POST"))
    def view(request: HttpRequest, ref: str) -> HttpResponse:
        officer: Officer = request.officer  # type: ignore[attr-defined]
        application = gate.fetch(officer, applications.applications(), ref)
        desk = Desk(request, officer, application)
        back = Link(application.applicant.name, case_url(ref))

        def run(sections: Sequence[Section]) -> str:
            page.run(desk, sections)
            return page.after(desk) if page.after else case_url(ref, page.tab)

        def build(data: QueryDict | None, uploads: Any) -> Sequence[Section]:
            return page.build(desk, data, uploads)

        def context(sections: Sequence[Section]) -> Mapping[str, Any]:
            return page.context(desk, sections) if page.context else {}

        def stored(data: QueryDict | None) -> Sequence[Section]:
            return page.stored(desk, data) if page.stored else ()

        def since(version: int | None) -> Meanwhile:
            return meanwhile(desk, page.act, version)

        head = Page(
            page.title or row.label,
            page.purpose or f"依据实施方案{row.paragraph}、{'、'.join(row.articles)}",
            crumbs=[Link("待办", "/"), back, Link(page.title or row.label, "", current=True)],
        )
        return ActPage(
            head,
            build,
            run,
            page.submit or row.label,
            version=application.version,
            cancel=Link("返回案件", case_url(ref)),
            aside=page.aside(desk) if page.aside else (),
            enter_next=page.enter_next,
            multipart=page.multipart,
            template=page.template,
            context=context,
            slot=page.slot,
            stored=stored if page.stored else None,
            meanwhile=since,
            **_about_one(page, desk),
        ).answer(request)

    return view
