"""Who handles a case: handed over to a colleague, with the reason in the record (T21)."""

from __future__ import annotations

from yimen.base.access.acts import act
from yimen.base.access.guards import RECUSALS
from yimen.base.access.refusal import Refused
from yimen.base.access.walk import Walk
from yimen.base.offices import queries as offices
from yimen.casework.applications.models import Application


@act("hand_over", Application)
def hand_over(walk: Walk, application: Application, *, staff_ref: str, reason: str) -> None:
    """Make a colleague of the same township the handler; stages, clocks and papers stay as they are.

    Refused without a reason, for the same person, for somebody without a post there, or who has to stand aside (K18).
    """
    person = offices.handlers([application.township_id], walk.on).filter(ref=staff_ref).first()
    if person is None:
        raise Refused("请选择本乡街现任的经办或负责人。", "staff", 422, "staff_ref")
    if not reason.strip():
        raise Refused("请写明改派的理由。", "reason", 422, "reason")
    if person.pk == application.handler_id:
        raise Refused(f"本件的经办已经是{person.name}，不需要改派。", "same", 422, "staff_ref")
    if related := RECUSALS[application.KIND](application, person.pk):
        words = related.replace("您本人", person.name).replace("您的", f"{person.name}的")
        raise Refused(f"{person.name}应当回避：{words}。请选择其他人员。", "recused", 422, "staff_ref")
    before = application.handler.name if application.handler else ""
    application.handler = person
    application.save(update_fields=["handler"])
    walk.note(before=before, handler=person.name, reason=reason.strip()[:200])
