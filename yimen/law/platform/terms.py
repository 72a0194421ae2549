"""The words of the reconciliation with the provincial platform, and which fields of an award are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from yimen.law.aftercare.terms import AwardPhase, ChangeEvent
from yimen.law.terms import Programme, Term


class PlatformState(Term):
    """Where a file of the platform stands."""

    READING = "reading", "待核对列名"
    COMPARED = "compared", "已比对"
    REPLACED = "replaced", "已被后来的取代"


class MonthState(Term):
    """How a township stands with the platform in a month."""

    NONE = "none", "未对账"
    OPEN = "open", "有差异"
    AGREED = "agreed", "一致"


class LineKind(Term):
    """What was found about a household."""

    DIFFERS = "differs", "字段不同"
    OURS = "ours", "只有我方"
    THEIRS = "theirs", "只有平台"
    REFUSED = "refused", "没有读取"


class Handling(Term):
    """What became of a difference."""

    OPEN = "open", "待处理"
    ADOPTING = "adopting", "我方更正中"
    FIX = "fix", "待平台修改"
    FIXED = "fixed", "已在平台改好"
    KEPT = "kept", "保留差异"
    SETTLED = "settled", "已一致"


UNRESOLVED = (Handling.OPEN, Handling.ADOPTING, Handling.FIX, Handling.FIXED)
"""What stands between a month and agreement; a ticked correction waits for the platform's next file to confirm it."""


class Standing(Term):
    """How an award stands, in the three words that both sides know."""

    RUNNING = "running", "在保"
    HELD = "held", "暂停"
    ENDED = "ended", "停保"


STANDING_OF = {
    AwardPhase.RUNNING: Standing.RUNNING,
    AwardPhase.GRACE: Standing.RUNNING,
    AwardPhase.HELD: Standing.HELD,
    AwardPhase.ENDED: Standing.ENDED,
    AwardPhase.VOIDED: Standing.ENDED,
}
_STANDING_WORDS = {
    Standing.RUNNING: "在保 正常 正常享受 享受 享受中 在享 有效 正常发放 发放 保障中 已确认 审批通过 救助中 在册 渐退 渐退期",
    Standing.HELD: "暂停 停发 暂停发放 缓发 暂停救助 暂停享受 暂停保障",
    Standing.ENDED: "停保 注销 终止 取消 退出 已停保 已注销 已终止 已退出 死亡注销 终止救助 停止救助 停止保障 失效 已失效 期满",
}
_STANDINGS = {word: state for state, words in _STANDING_WORDS.items() for word in words.split()}
_PROGRAMME_WORDS = (
    (Programme.EDGE, re.compile("边缘|低收入")),
    (Programme.RIGID_EXPENDITURE, re.compile("刚性支出|支出型")),
    (Programme.TEKUN, re.compile("特困|五保")),
    (Programme.DIBAO, re.compile("低保|最低生活保障")),
)


def _plain(word: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", word))


def standing_of(word: str) -> Standing | None:
    """How an award stands by the platform's word; None for a word that is not known."""
    return _STANDINGS.get(_plain(word))


def programme_of(word: str) -> Programme | None:
    """The programme that a word of the platform means; 低保边缘 is not 低保. None for another assistance."""
    plain = _plain(word)
    return next((kind for kind, words in _PROGRAMME_WORDS if words.search(plain)), None)


@dataclass(frozen=True)
class PlatformField:
    """One compared field. ``kind``: text, name, identity, account, money, month, count, urban, standing, village, programme.

    ``event`` is the change by which our side would be corrected, ``programmes`` those that know the field (empty: all).
    """

    key: str
    label: str
    kind: str
    event: ChangeEvent = ChangeEvent.OTHER
    programmes: tuple[Programme, ...] = ()

    def applies(self, programme: str) -> bool:
        """Whether an award of a programme has this field."""
        return not self.programmes or programme in self.programmes


_PAID = (Programme.DIBAO, Programme.TEKUN)
FIELDS: tuple[PlatformField, ...] = (
    PlatformField("head_name", "户主姓名", "name", ChangeEvent.CONTACT),
    PlatformField("head_identity", "户主身份证号", "identity", ChangeEvent.CONTACT),
    PlatformField("programme", "救助项目", "programme"),
    PlatformField("urban", "城乡类别", "urban"),
    PlatformField("category", "保障类别", "text", programmes=(Programme.DIBAO,)),
    PlatformField("persons", "保障人数", "count"),
    PlatformField("amount", "月保障金额（元）", "money", programmes=_PAID),
    PlatformField("supplement", "分类施保金额（元）", "money", programmes=(Programme.DIBAO,)),
    PlatformField("account", "银行账号", "account", ChangeEvent.ACCOUNT, _PAID),
    PlatformField("start_month", "起始月份", "month"),
    PlatformField("village", "村（社区）", "village", ChangeEvent.CONTACT),
    PlatformField("standing", "保障状态", "standing"),
)
FIELD_OF: dict[str, PlatformField] = {field.key: field for field in FIELDS}


class ForeignList(Term):
    """Which list a template of somebody else is filled with (S22)."""

    AWARDS = "awards", "当月在保家庭（一户一行）"
    PERSONS = "persons", "当月保障人员（一人一行）"


@dataclass(frozen=True)
class Fillable:
    """A field with which a template may be filled. ``kind``: text, number (a whole one) or money (fen)."""

    label: str
    kind: str = "text"
    secret: bool = False


_KINDS = {"money": "money", "count": "number"}
FILLABLE: dict[str, Fillable] = {
    "serial": Fillable("序号", "number"),
    "month": Fillable("月份"),
    "township": Fillable("乡街"),
    "number": Fillable("保障编号"),
    **{
        each.key: Fillable(each.label, _KINDS.get(each.kind, "text"), each.kind in ("identity", "account"))
        for each in FIELDS
    },
    "group": Fillable("组（楼栋）"),
    "holder": Fillable("开户人"),
    "bank": Fillable("开户银行"),
    "member_name": Fillable("人员姓名"),
    "member_identity": Fillable("人员身份证号", secret=True),
    "relation": Fillable("与户主关系"),
}
"""The same words as the comparison, and those that lists of people ask for besides."""
