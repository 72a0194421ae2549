"""Acts that belong to no single application: powers, figures, the calendar, runs over many cases."""

from __future__ import annotations

from yimen.law.procedure.account_steps import ACCOUNT_STEPS
from yimen.law.procedure.bank_steps import BANK_STEPS
from yimen.law.procedure.close_steps import CLOSE_STEPS
from yimen.law.procedure.comparison_steps import COMPARISON_STEPS
from yimen.law.procedure.fund_steps import FUND_STEPS
from yimen.law.procedure.platform_steps import PLATFORM_STEPS
from yimen.law.procedure.roll_steps import ROLL_STEPS
from yimen.law.procedure.step import Body, Step
from yimen.law.terms import Role

_TOWNSHIP = (Role.HANDLER, Role.HEAD)
_DISTRICT = (Role.SUPERVISOR, Role.DISTRICT_DECIDER)

_RECERTIFY = ("民发〔2021〕57号第三十一条", "社会救助法第四十六条")
_REPORT = ("社会救助法第四十六条", "民发〔2021〕57号第三十条")
_CHANGE = ("社会救助法第四十七条", "民发〔2021〕57号第三十二条")
_HEARD = ("社会救助法第四十八条", "民发〔2021〕57号第三十二条")
_STOP = ("民发〔2021〕43号第二十六条",)
_UPLIFT = ("民发〔2021〕57号第二十三条", "社会救助法第十九条")
_ADDITION = ("社会救助法第三十二条",)
_EXPIRY = ("民发〔2024〕57号第十条",)
_LEDGER = ("社会救助法第六十二条",)
_HOLD = ("民发〔2021〕57号第二十五条",)

OFFICE_STEPS: dict[str, Step] = {
    row.act: row
    for row in (
        Step("propose_delegation", "拟定确认权限移交", Body.DISTRICT, _DISTRICT, "五（二）", ("社会救助法第四十四条", "民发〔2021〕57号第二条"), room="offices"),
        Step("release_delegation", "复核发布确认权限移交", Body.DISTRICT, _DISTRICT, "五（二）", ("社会救助法第四十四条",), room="offices"),
        Step("choose_order", "选定办理次序", Body.DISTRICT, _DISTRICT, "四（二）", ("民发〔2021〕57号第十条",), room="offices"),
        Step("propose_figure", "拟定标准参数", Body.DISTRICT, _DISTRICT, "三（一）1", ("社会救助法第六十七条",), room="figures"),
        Step("release_figure", "复核发布标准参数", Body.DISTRICT, _DISTRICT, "三（一）1", ("社会救助法第六十七条",), room="figures"),
        Step("set_calendar_day", "维护工作日历", Body.DISTRICT, (*_DISTRICT, Role.SYSTEM_ADMIN), "四（三）", (), room="offices"),
        Step("register_staff_relative", "登记工作人员近亲属", Body.TOWNSHIP, (Role.HANDLER, Role.HEAD), "三（二）2", ("民发〔2021〕57号第十一条",), room="offices"),
        Step("send_checks", "发出核对请求文件", Body.DISTRICT, (Role.CHECKER,), "四（二）", ("民发〔2021〕57号第十七条",), stops=("check_start",), room="verification"),
        Step("import_results", "导入核对结果文件", Body.DISTRICT, (Role.CHECKER,), "四（二）", ("民发〔2021〕57号第十七条",), room="verification"),
        # Households that were on assistance before: entered whole and true (四(五)), proposed by one person, confirmed by the head.
        Step("open_ledger", "上传在保台账", Body.TOWNSHIP, _TOWNSHIP, "四（五）", _LEDGER, room="awards"),
        Step("submit_ledger", "提交台账导入", Body.TOWNSHIP, _TOWNSHIP, "四（五）", _LEDGER, room="awards"),
        Step("take_over_ledger", "确认台账导入", Body.TOWNSHIP, (Role.HEAD,), "四（五）", _LEDGER, second_factor=True, room="awards"),
        Step("withdraw_ledger", "撤回台账导入", Body.TOWNSHIP, _TOWNSHIP, "四（五）", _LEDGER, room="awards"),
        Step("undo_ledger", "撤销台账导入", Body.TOWNSHIP, (Role.HEAD,), "四（五）", _LEDGER, second_factor=True, room="awards"),
        # A raised standard re-reckons everybody as one run: proposed by one person, released by another (四(四)).
        Step("open_uplift", "核算提高标准", Body.DISTRICT, _DISTRICT, "四（四）", _UPLIFT, room="awards"),
        Step("propose_uplift", "提交提高标准", Body.DISTRICT, _DISTRICT, "四（四）", _UPLIFT, room="awards"),
        Step("release_uplift", "发布提高标准", Body.DISTRICT, _DISTRICT, "四（四）", _UPLIFT, second_factor=True, room="awards"),
        Step("withdraw_uplift", "撤回提高标准", Body.DISTRICT, _DISTRICT, "四（四）", _UPLIFT, room="awards"),
        Step("tell_uplift", "告知提高标准", Body.TOWNSHIP, (*_TOWNSHIP, *_DISTRICT), "四（四）", _UPLIFT, papers=("uplift_notice",), room="awards"),
        # An addition for everybody stands in a figure that two people have released; here each household is told of it.
        Step("announce_addition", "告知临时加发", Body.TOWNSHIP, (*_TOWNSHIP, *_DISTRICT), "四（四）", _ADDITION, papers=("addition_notice",), room="awards"),
        # Periodic review (四(四)): two people look and record, a leader who did not look confirms.
        Step("start_recertification", "开始复核", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _RECERTIFY, starts=("recertify",), room="awards"),
        Step("renew", "续保登记", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _RECERTIFY, papers=("recertification_form",), room="awards"),
        Step("record_change", "登记有变化", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _RECERTIFY, papers=("recertification_form",), room="awards"),
        Step("confirm_recertification", "确认复核", Body.TOWNSHIP, (Role.HEAD,), "四（四）", _RECERTIFY, stops=("recertify",), room="awards"),
        Step("return_recertification", "退回复核", Body.TOWNSHIP, (Role.HEAD,), "四（四）", _RECERTIFY, room="awards"),
        # A recognition that expires: told in time, ended past its last day, which the decision itself has set (R10).
        Step("invite_again", "告知认定期满", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _EXPIRY, papers=("expiry_notice",), room="awards"),
        Step("end_expired", "期满终止", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _EXPIRY, stops=("recertify", "award_change", "death_change"), room="awards"),
        # Change of circumstances (四(四)): reported, established, heard, decided by a leader who did not handle it, told in writing.
        Step("report_change", "登记变动", Body.VILLAGE_OR_TOWNSHIP, (Role.AIDE, *_TOWNSHIP), "四（四）", _REPORT, papers=("change_report",), starts=("award_change", "death_change", "reassess"), room="awards"),
        Step("take_up_change", "受理变动", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _CHANGE, room="awards"),
        Step("record_change_findings", "核定变化", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _CHANGE, stops=("reassess",), room="awards"),
        Step("hear_views", "听取意见", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _HEARD, papers=("views_record",), room="awards"),
        Step("publish_stop_notice", "终止公示", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _STOP, papers=("termination_public_notice",), starts=("stop_notice",), stops=("stop_decision",), room="awards"),
        Step("post_stop_notice", "登记终止公示张贴", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _STOP, starts=("stop_notice",), stops=("stop_notice",), room="awards"),
        Step("object_to_stop", "登记终止公示异议", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _STOP, starts=("stop_decision",), stops=("stop_notice",), room="awards"),
        Step("submit_change", "提请决定变更", Body.TOWNSHIP, _TOWNSHIP, "四（四）", _CHANGE, stops=("stop_notice", "stop_decision"), room="awards"),
        Step("return_change", "退回变更", Body.TOWNSHIP, (Role.HEAD, Role.DISTRICT_DECIDER), "四（四）", _CHANGE, room="awards"),
        Step("decide_change", "决定变更", Body.TOWNSHIP, (Role.HEAD, Role.DISTRICT_DECIDER), "四（四）", _HEARD, papers=("award_change_notice?", "member_change?", "grace_form?", "transfer_letter?"), stops=("award_change", "death_change", "reassess"), then=("account_changed",), second_factor=True, room="awards"),
        Step("serve_change_notice", "登记送达变更告知书", Body.TOWNSHIP, _TOWNSHIP, "四（四）", ("社会救助法第四十八条",), room="awards"),
        Step("receive_transfer", "接收转入", Body.TOWNSHIP, _TOWNSHIP, "四（四）", ("社会救助法第三十七条",), room="awards"),
        *BANK_STEPS,
        *CLOSE_STEPS,
        *COMPARISON_STEPS,
        *FUND_STEPS,
        *PLATFORM_STEPS,
        *ROLL_STEPS,
        *ACCOUNT_STEPS,
        # Payment waits while the entitlement stays as it is; a second person frees it (四(六)).
        Step("place_hold", "暂缓发放", Body.TOWNSHIP, _TOWNSHIP, "四（六）", _HOLD, room="payments"),
        Step("free_hold", "解除暂缓发放", Body.TOWNSHIP, _TOWNSHIP, "四（六）", _HOLD, room="payments"),
    )
}
