"""Templates of bank files: written by one person of the district, released by a second, in force from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction

from yimen.base.access import gate, second
from yimen.base.access.acts import office_act
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.canonical import digest
from yimen.casework.payments.bank_models import BankTemplate
from yimen.law.calendar import now
from yimen.law.payments.bank_layout import BankLayouts, problems
from yimen.law.payments.bank_terms import TemplateState

NAMES = 20


@office_act("propose_bank_template")
def propose_bank_template(
    walk: Walk, *, name: str, banks: Sequence[str], valid_from: dt.date, layouts: BankLayouts
) -> BankTemplate:
    """Propose how the files of a bank look from a day on. Raises Refused at the field of what is wrong with it."""
    served = [each.strip() for each in banks if each.strip()]
    if not name.strip():
        raise Refused("请填写模板名称，例如银行的名称。", "missing", 422, "bank")
    if not served or len(served) > NAMES:
        raise Refused(
            f"请填写适用的开户银行，一行一个名称（或名称的开头几个字），最多 {NAMES} 个。", "missing", 422, "banks"
        )
    for place, sentence in problems(layouts):
        raise Refused(sentence, "layout", 422, place)
    made = BankTemplate.objects.create(
        area_id=walk.officer.district, name=name.strip()[:60], banks=served, valid_from=valid_from,
        layouts=layouts.plain(), digest=_digest(name.strip()[:60], served, valid_from, layouts),
        proposed_by=walk.officer.staff, proposed_at=now(),
    )  # fmt: skip
    _note(walk, made)
    return made


def _digest(name: str, banks: Sequence[str], valid_from: dt.date, layouts: BankLayouts) -> str:
    return digest({"name": name, "banks": list(banks), "from": valid_from, "layouts": layouts.plain()})


def _note(walk: Walk, template: BankTemplate) -> None:
    walk.note(
        subject=(BankTemplate.KIND, template.ref), name=template.name, valid_from=template.valid_from.isoformat(),
        layouts=template.digest,
    )  # fmt: skip


def _locked(walk: Walk, ref: str) -> BankTemplate:
    template = gate.fetch(walk.officer, BankTemplate.objects.all(), ref, lock=True)
    if template.state != TemplateState.PROPOSED:
        state = TemplateState(template.state)
        raise Refused(f"这份模板现为“{state.label}”，不能再办理“{walk.row.label}”。请刷新页面。", "wrong_state")
    return template


@office_act("release_bank_template")
def release_bank_template(walk: Walk, *, ref: str, code: str = "") -> BankTemplate:
    """Put a template in force, by another person than who wrote it, with a fresh second factor."""
    template = _locked(walk, ref)
    if template.proposed_by_id == walk.officer.staff.pk:
        raise Refused("这份模板由您本人拟定，须由另一人核对后发布。", "separation", 403)
    layouts = BankLayouts.of(template.layouts)
    if _digest(template.name, template.banks, template.valid_from, layouts) != template.digest:
        raise Refused("模板的内容与拟定时不一致，不能发布。请撤回后重新拟定，并告知系统管理员。", "edited")
    second.spend(walk.officer.account, code)
    template.state, template.released_by, template.released_at = TemplateState.RELEASED, walk.officer.staff, now()
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as twice:
        raise Refused(
            f"“{template.name}”自 {template.valid_from} 起已有一份发布的模板，请改用另一个施行日期。", "twice"
        ) from twice
    _note(walk, template)
    return template


@office_act("withdraw_bank_template")
def withdraw_bank_template(walk: Walk, *, ref: str, reason: str = "") -> BankTemplate:
    """Take a proposed template back, or send it back with the reason."""
    template = _locked(walk, ref)
    if template.proposed_by_id != walk.officer.staff.pk and not reason.strip():
        raise Refused("退回请写明原因，让拟定人知道改什么。", "reason", 422, "reason")
    template.state, template.note = TemplateState.WITHDRAWN, reason.strip()[:200]
    template.save()
    walk.note(reason=template.note)
    _note(walk, template)
    return template


# -- which one serves --------------------------------------------------------------------------


def in_force(district: str, on: dt.date) -> list[BankTemplate]:
    """The templates in force on a day: of each name the one that began last."""
    rows = BankTemplate.objects.filter(area=district, state=TemplateState.RELEASED, valid_from__lte=on)
    newest = {row.name: row for row in rows.order_by("valid_from", "id")}
    return sorted(newest.values(), key=lambda row: row.name)


def serving(templates: Iterable[BankTemplate], bank: str) -> BankTemplate | None:
    """The template whose longest name begins the name of an account's bank; none where no name does."""
    plain = "".join(bank.split())
    fits = [
        (len(name), -row.pk, row) for row in templates for each in row.banks
        if (name := "".join(each.split())) and plain.startswith(name)
    ]  # fmt: skip
    return max(fits, key=lambda fit: fit[:2])[2] if fits else None
