"""The timeline claims no step that was not taken."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from yimen.desks.shared.timeline import _skipped
from yimen.law.procedure import TIMELINES
from yimen.law.terms import Order

STEPS = {step.code: step for step in TIMELINES[Order.PLAN]}


@pytest.mark.parametrize(
    ("code", "acts", "passed", "words"),
    [
        ("notice", ["propose"], True, "拟不予确认，不公示"),
        ("notice", ["propose", "close_notice"], True, ""),
        ("appraise", ["conclude_investigation"], True, "无争议，不评议"),
        ("appraise", ["appraise"], True, ""),
        ("notice", [], False, ""),
        ("visit", [], True, ""),
    ],
)
def test_a_step_passed_without_its_act_says_why(code: str, acts: list[str], passed: bool, words: str) -> None:
    entries = [SimpleNamespace(act=act) for act in acts]
    assert _skipped(STEPS[code], entries, passed) == words
