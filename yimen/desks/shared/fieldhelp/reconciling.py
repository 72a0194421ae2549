"""Help at the fields of 平台对账 (四(六)): the platform's file, the handling of differences."""

from __future__ import annotations

from yimen.desks.shared.fieldhelp.word import say

RECONCILING = {
    "PlatformForm.month": say("平台数据是哪个月的，就和本系统那个月应发、在保的家庭比。"),
    "PlatformForm.programme": say("文件里有“救助项目”一列，或者标题写明低保、特困的，不用选。"),
    "PlatformForm.file": say("从平台导出后直接上传，不要先用 Excel 打开另存，否则长号码会被截断。"),
    "HandleForm.how": say("平台有误的列入修改清单，改好后勾选；下一次导入平台数据时自动确认。"),
    "HandleForm.reason": say("保留差异的必须写，对账表上逐条印出。", such="平台启用时统一录入的起始月份，不影响发放"),
    "TemplateForm.title": say("各乡街都看得到，写清是谁要的、叫什么。", such="市级季度报送表"),
    "TemplateForm.what": say("一户一行的选家庭，每个保障人员一行的选人员。"),
    "TemplateForm.file": say("没有填过的空白表样；列名以后每次照这份认。"),
    "FillForm.month": say("当月在保的家庭，按家庭当月所属的乡街。"),
    "FillForm.programme": say("只要其中一类的，选那一类。"),
    "FillForm.full": say("不选的，身份证号、银行账号只显示部分。"),
    "FillForm.reason": say("要完整号码的必须写明，随导出留存。", such="市民政局 11 月报送"),
    "FillForm.code": say("要完整号码的才填。"),
}
