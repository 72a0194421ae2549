"""``acts``: whole applications through the real acts, with their statements."""

from __future__ import annotations

from yimen.bench.applications import Driven, drive
from yimen.bench.report import Measure

_SHOWN = {
    "apply": "申请登记",
    "record_consent": "登记授权",
    "accept": "受理",
    "home_visit": "入户调查",
    "propose": "审核意见",
    "publish_notice": "公示",
    "approve": "确认决定",
    "announce": "公布",
}


def run(size: int) -> list[Measure]:
    """``size`` applications from the counter to the award on an empty database; a first one warms up."""
    from yimen.demo import places
    from yimen.law.calendar import today

    district = places.build(1, today(), lambda: "bench-password-1")
    drive(1, seed=2, district=district)
    driven = drive(size, seed=1, district=district)
    acts, statements = sum(driven.acts.values()), sum(driven.statements.values())
    rate = Measure("从申请登记到享受", f"{size:,} 件", size / driven.seconds, "件/秒", f"{driven.seconds:.1f} 秒")
    household = driven.persons / size
    return [
        rate,
        Measure(
            "登记一户",
            f"{size:,} 户",
            size / driven.registering,
            "户/秒",
            f"平均 {household:.1f} 口，含申请、授权、时限和文书编号",
        ),
        Measure("办理", f"{acts:,} 次", acts / driven.seconds, "次/秒", "每次办理一个事务、一条留痕"),
        Measure(
            "每件的语句", f"{statements:,} 条", statements / size, "条/件", "含文书、时限、留痕、回避与岗位分离检查"
        ),
        *(_of(driven, act, label) for act, label in _SHOWN.items() if driven.acts[act]),
    ]


def _of(driven: Driven, act: str, label: str) -> Measure:
    return Measure(f"其中 {label}", f"{driven.acts[act]:,} 次", driven.per_act(act), "条/次", act)
