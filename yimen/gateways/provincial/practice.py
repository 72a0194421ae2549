"""The built-in practice province 练习核对机构: answers real request files with invented facts.

It knows only impossible people, whose identity numbers begin with the area 99 that no place has, and refuses
everybody else: the practice can never be mistaken for a check.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yimen.gateways.provincial.errors import BadRequest
from yimen.gateways.provincial.plain import make_result
from yimen.gateways.provincial.pretend import invented, told
from yimen.gateways.provincial.shapes import AskedCase, AskedPerson, Finding, RequestFile, ResultFile, SourceAnswer
from yimen.law.checks import AnswerState, source, sources_for
from yimen.law.identity import BadIdentity, Identity, read_identity

AGENCY = "示例省核对中心（练习）"
IMPOSSIBLE_AREA = "99"
_NOT_AVAILABLE_NOTE = "该来源系统维护，暂不能查询"

Truth = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class _Desk:
    """One answering: what was asked, and how the practice is to behave."""

    request: RequestFile
    seed: str
    on: date
    truth: Truth
    unavailable: frozenset[str]

    def lines(self, case: AskedCase, person: AskedPerson) -> Iterator[SourceAnswer]:
        identity = _impossible(person)
        down = self.unavailable | frozenset(self.truth.get(person.person_ref, {}).get("unavailable", ()))
        for code in self.request.sources:
            closed = code in down
            yield SourceAnswer(
                request_ref=case.request_ref,
                person_ref=person.person_ref,
                identity_tail=person.identity[-4:].upper(),
                source=code,
                state=str(AnswerState.NOT_AVAILABLE if closed else AnswerState.ANSWERED),
                queried_on=self.on,
                findings=() if closed else self.findings(person, identity, code),
                note=_NOT_AVAILABLE_NOTE if closed else "",
            )

    def findings(self, person: AskedPerson, identity: Identity, code: str) -> tuple[Finding, ...]:
        forced = self.truth.get(person.person_ref)
        found: list[Finding] = []
        for item_code in source(code).items:
            if self._principal(item_code, forced) != code:
                continue
            if forced is None:
                found.extend(invented(self.seed, identity, item_code, self.on))
            else:
                found.extend(told(item_code, forced.get(item_code), self.on))
        return tuple(found)

    def _principal(self, item_code: str, forced: Mapping[str, Any] | None) -> str:
        """The one source that tells an item: the named one, else the first asked in the catalogue's order."""
        given = (forced or {}).get(item_code)
        if isinstance(given, Mapping) and "source" in given:
            return str(given["source"])
        return next((one.code for one in sources_for(item_code) if one.code in self.request.sources), "")


def answer(
    request: RequestFile,
    seed: str | int,
    on: date,
    truth: Truth | None = None,
    *,
    unavailable: Collection[str] = (),
    silent: Collection[str] = (),
    only: Collection[str] | None = None,
    result_number: str | None = None,
) -> ResultFile:
    """The practice answer of day ``on``; the same arguments give the same file.

    ``truth`` maps a person_ref to item codes and what is found there (see ``pretend.told``; key ``unavailable``
    closes sources for this person): a person named in it has exactly that and nothing else. ``unavailable`` closes
    sources for everybody; ``silent`` leaves people out and ``only`` limits the answer to some sources, either of
    which makes the file partial. Raises BadRequest for an identity number that a real person could have.
    """
    desk = _Desk(request, str(seed), on, truth or {}, frozenset(unavailable))
    lines = [line for case, person in request.people() for line in desk.lines(case, person)]
    kept = [line for line in lines if line.person_ref not in silent and (only is None or line.source in only)]
    number = result_number or f"{request.batch_number}-R{on:%Y%m%d}"
    return make_result(request.batch_number, number, on, AGENCY, kept, partial=len(kept) < len(lines))


def _impossible(person: AskedPerson) -> Identity:
    try:
        identity = read_identity(person.identity, allow_unknown_area=True)
    except BadIdentity as error:
        raise BadRequest(f"练习核对机构不能答复“{person.name}”：{error}") from None
    if not identity.number.startswith(IMPOSSIBLE_AREA):
        raise BadRequest(
            "练习核对机构只答复示例人员（身份证号以 99 开头）。文件中有可能属于真实人员的证件号码，没有答复任何内容。"
        )
    return identity
