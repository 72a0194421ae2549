"""Help at the fields of bank files: templates, sending, answers, what goes out once more (三(二)1, 四(六))."""

from __future__ import annotations

from yimen.desks.shared.fieldhelp.word import say

_CONTROL = say(
    "首行、末行是控制行，写批次号、总笔数、总金额；没有的留空。返回文件的控制行也会核对。", such="批次号，20，左，空格"
)

BANKING = {
    "BankAboutForm.bank": say("自己认得的名称；同名的新模板自使用之日起接替旧的。", such="示例农商行"),
    "BankAboutForm.banks": say(
        "一行一个，写开户银行名称的开头几个字；账户的开户银行以它开头的用这份模板。", such="示例农村商业银行"
    ),
    "BankAboutForm.valid_from": say("从这一天起报送的文件按这份模板；以前报送的仍按当时的。"),
    "BankAboutForm.name": say("花括号里可以写批次、月份、日期；要带扩展名。", such="F{批次}.txt"),
    "BankAboutForm.remark": say("存折上显示的摘要；花括号里可以写月份、类别。", such="{月份}{类别}"),
    "BankAboutForm.items": say("一卡通的发放项目代码，一行一个；模板里没有这一列的不用填。", such="城市低保，0101"),
    "BankLayoutForm.kind": say("照银行给的格式说明选；定长文本按字节数，不按字数。"),
    "BankLayoutForm.encoding": say("GB18030 能写所有的字；GBK 写不了生僻字，遇到时整份不生成并写明哪一笔。"),
    "BankLayoutForm.newline": say("银行没有说明的选回车换行；定长文本每笔一行。"),
    "BankLayoutForm.separator": say("分隔符文本用；制表符写“制表”。内容里有这个字符的，整份不生成。", such="|"),
    "BankLayoutForm.quoting": say("分隔符文本用；定长文本和 Excel 不看这一项。"),
    "BankLayoutForm.amounts": say("以元为单位的写两位小数；以分为单位的写整数，都不会四舍五入。"),
    "BankLayoutForm.dates": say("文件里的日期和月份都按这个写法。"),
    "BankLayoutForm.titles": say("银行要求第一行写列名的勾选；列名在“各列”里写在最后一项。"),
    "BankLayoutForm.header": _CONTROL,
    "BankLayoutForm.columns": say(
        "按次序一行一列：内容，宽度，左或右，填充，文字。宽度以后只有定长文本要写。", such="金额，14，右，0"
    ),
    "BankLayoutForm.trailer": _CONTROL,
    "BankCodesForm.codes": say(
        "一行一个：代码，意思，原因；没有写的代码按结果不明办理。", such="11，发放不成功，账户已销户"
    ),
    "BankCodesForm.several": say("银行一次返回不全、分几份文件返回的勾选；不勾选时缺一笔也不采用。"),
    "BankReleaseForm.code": say("动态口令器上现在显示的 6 位数字，用过的不能再用。"),
    "BankWithdrawForm.reason": say("撤回自己拟定的可以不填；退回别人的写明要改什么。"),
    "BankSendForm.code": say("动态口令器上现在显示的 6 位数字，用过的不能再用。"),
    "BankFetchForm.code": say("动态口令器上现在显示的 6 位数字，用过的不能再用。"),
    "BankAnswerForm.file": say("从银行取得的原样文件，不要打开另存，也不要改动。"),
    "BankLetterForm.letter": say("银行退汇通知上的编号；同一份通知里的同一笔只登记一次。", such="2026-0031"),
    "BankLetterForm.on": say("通知上写的日期，不早于报送发放文件的那一天。"),
    "BankLetterForm.cause": say("照通知选；账户已销户、查无此账户的，要先变更账号才能补发。"),
    "BankLetterForm.words": say("通知上写的退回原因，照抄。", such="收款账户已注销，款项退回"),
    "ReissueForm.correction": say("怎么查明的、更正了什么；写进补发单。", such="本人已提供新账户，账号变更已生效"),
}
