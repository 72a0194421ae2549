"""The lines of the township's form in their order and words, as the page and the paper both tell them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yimen.casework.reports.behind import Behind, later_key, later_words
from yimen.casework.reports.monthly import Key, Money, Monthly
from yimen.law.aftercare.movement import Movement, Standing
from yimen.law.ledger import SHORT
from yimen.law.statistics import Counted, StopCause
from yimen.law.terms import Programme

PAID = (Programme.DIBAO, Programme.TEKUN)
NEW_NOTE = "一户从一个项目转到另一个项目的，在转入的项目只算转入，在转出的项目只算转为其他项目。"
STOPPED_NOTE = "人、每月（元）是停发以前一个月的；那时已经暂停的，人数和金额在暂停的月份减去，这里是 0。"
CHANGED_NOTE = "人数、金额是比上月多（少）的。"
LATER_NOTE = "本月发放里补以前月份的、扣回以前月份多发的；括号里是所涉及的月份，那个月的报表不改动。"
PEOPLE_NOTE = "按当月最后一天的周岁，一人只算一次。"
WORKED_NOTE = "比对差异的办结数到报备当天为止；评议、一事一议按召开日期数。"


@dataclass(frozen=True)
class Line:
    """Words, households, persons and fen, and the filters that open the households; empty where nothing does."""

    text: str
    counted: Counted
    asked: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Single:
    """One figure with its unit."""

    text: str
    value: str
    asked: Mapping[str, str] = field(default_factory=dict)


def key_words(key: Key) -> str:
    """A programme, urban or rural, in words."""
    programme, urban = key
    where = "城市" if urban else "农村"
    return f"{where}{SHORT[programme]}" if programme in PAID else f"{SHORT[programme]}（{where}）"


def new(made: Monthly) -> list[Line]:
    """Who is new, and who came over from another programme."""
    fresh = [Line(key_words(key), each, _asked(key, behind=Behind.FRESH)) for key, each in _sorted(made.new)]
    over = [
        Line(f"{key_words(key)}（由其他项目转入）", each, _asked(key, behind=Behind.CAME))
        for key, each in _sorted(made.came_over)
    ]
    return [*fresh, *over]


def stopped(made: Monthly) -> list[Line]:
    """Who left, by cause."""
    found = sorted(made.stopped.items(), key=lambda item: (_order(item[0][0]), list(StopCause).index(item[0][1])))
    return [
        Line(f"{key_words(key)}　{cause.label}", each, _asked(key, behind=str(cause))) for (key, cause), each in found
    ]


def changed(made: Monthly) -> list[Line]:
    """What changed, by movement."""
    found = sorted(made.changed.items(), key=lambda item: (_order(item[0][0]), list(Movement).index(item[0][1])))
    return [
        Line(f"{key_words(key)}　{movement.label}", each, _asked(key, movement=str(movement)))
        for (key, movement), each in found
    ]


def money(made: Monthly) -> list[tuple[str, Money, Mapping[str, str]]]:
    """What is paid by the month, with the filters of its households; a recognition alone brings no money."""
    found = [(key, each) for key, each in _sorted(made.money) if key[0] in PAID]
    return [(key_words(key), each, _asked(key, standing=Standing.DUE)) for key, each in found]


def later(made: Monthly) -> list[Line]:
    """What was put right of earlier months, each with the month that it concerns."""
    return [
        Line(later_words(kind, month), Counted(households, 0, fen), {"behind": later_key(kind, month)})
        for kind, month, households, fen in made.later
    ]


def payments(made: Monthly) -> list[Single]:
    """Payments that did not succeed, and those sent once more."""
    return [
        Single("发放不成功", f"{made.failed} 笔", _behind(Behind.FAILED, made.failed)),
        Single("补发", f"{made.again} 笔", _behind(Behind.AGAIN, made.again)),
    ]


def people(made: Monthly) -> list[Single]:
    """Women, aged and minors."""
    return [
        Single("女性", f"{made.women:,} 人", _behind(Behind.WOMEN, made.women)),
        Single("60周岁以上", f"{made.aged:,} 人", _behind(Behind.AGED, made.aged)),
        Single("未成年人", f"{made.minors:,} 人", _behind(Behind.MINORS, made.minors)),
    ]


def work(made: Monthly) -> list[Single]:
    """渐退期, the comparison of everybody, appraisals and case conferences."""
    done = made.worked
    answered = f"{done.answered} / {done.sources} 个" if done.sources else "本月没有提请"
    return [
        Single("渐退期内", f"{made.grace} 户", _behind(Behind.GRACE, made.grace)),
        Single("渐退期本月期满", f"{made.grace_ends} 户", _behind(Behind.GRACE_ENDS, made.grace_ends)),
        Single("每月比对提请", f"{done.asked:,} 人", _behind(Behind.ASKED, done.asked)),
        Single("来源全部反馈", answered),
        Single("比对差异", f"{done.hits} 条", _behind(Behind.HIT, done.hits)),
        Single("其中已办结", f"{done.settled} 条", _behind(Behind.SETTLED, done.settled)),
        Single("民主评议", f"{done.appraisals} 次"),
        Single("一事一议", f"{done.conferences} 次"),
    ]


def _asked(key: Key, **more: str) -> dict[str, str]:
    programme, urban = key
    return {"programme": str(programme), "urban": str(int(urban)), **{name: str(value) for name, value in more.items()}}


def _behind(what: Behind, count: int) -> dict[str, str]:
    return {"behind": str(what)} if count else {}


def _sorted(found: Mapping[Key, Any]) -> list[tuple[Key, Any]]:
    return sorted(found.items(), key=lambda item: _order(item[0]))


def _order(key: Key) -> tuple[int, bool]:
    return list(Programme).index(key[0]), not key[1]
