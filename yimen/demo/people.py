"""Fictional people: names from fixed lists, identity numbers with a valid check character and an impossible area."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from yimen.law.identity import check_character
from yimen.law.terms import Sex

AREA = "990101"
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单仇解"
_MALE = "建国 志强 文博 永福 德胜 家兴 长河 树林 国栋 春生 景山 玉成 少华 立新 兆丰 庆余 学礼 守信 广田 运来 明远 子轩 浩然 思源 天佑 一鸣 宏伟 振华 福海 根生"
_FEMALE = "秀兰 桂芝 玉梅 淑珍 凤英 春霞 丽华 桂香 素云 月娥 晓燕 雅琴 文静 美玲 彩云 红梅 翠萍 雪莲 兰英 惠芳 若曦 思琪 梓涵 雨桐 佳怡 慧敏 金凤 素芬 爱华 小雨"
RARE = (
    ("买买提·艾力", Sex.MALE),
    ("古丽娜尔·阿不都热依木", Sex.FEMALE),
    ("𠮷田明", Sex.MALE),
    ("王𬭩", Sex.MALE),
    ("李㛃", Sex.FEMALE),
    ("陈䶮", Sex.MALE),
)
LONG = ("阿不都克里木江·买买提吐尔逊·艾合买提托合提亚", Sex.MALE)


@dataclass(frozen=True)
class Somebody:
    """A fictional person."""

    name: str
    identity: str
    sex: Sex
    birth_date: date


class Crowd:
    """Draws people who never repeat an identity number."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(f"crowd {seed}")
        self._taken: set[str] = set()

    def beside(self, seed: str) -> Crowd:
        """Another crowd, drawn apart so that this one stays as it is; the two never share a number."""
        other = Crowd(0)
        other.draw, other._taken = random.Random(f"crowd {seed}"), self._taken
        return other

    def identity(self, born: date, sex: Sex) -> str:
        """A number nobody else in the demo has."""
        while True:
            serial = self.draw.randrange(100) * 10 + self.draw.choice(
                (1, 3, 5, 7, 9) if sex is Sex.MALE else (0, 2, 4, 6, 8)
            )
            head = f"{AREA}{born:%Y%m%d}{serial:03d}"
            number = head + check_character(head)
            if number not in self._taken:
                self._taken.add(number)
                return number

    def person(
        self, on: date, youngest: int, oldest: int, *, sex: Sex | None = None, surname: str = "", name: str = ""
    ) -> Somebody:
        """Somebody between two ages on a day."""
        chosen = sex or self.draw.choice((Sex.MALE, Sex.FEMALE))
        days = self.draw.randrange(youngest * 365 + youngest // 4 + 1, oldest * 365 + oldest // 4 + 364)
        born = on - timedelta(days=days)
        given = self.draw.choice((_MALE if chosen is Sex.MALE else _FEMALE).split())
        full = name or (surname or self.draw.choice(_SURNAMES)) + given
        return Somebody(full, self.identity(born, chosen), chosen, born)
