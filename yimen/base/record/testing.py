"""For the test suite only: emptying append-only tables between tests that really commit."""

from typing import Any

from django.test import TransactionTestCase

from yimen.base.record.triggers import triggers_suspended


def let_flush_empty_the_record() -> None:
    """Make ``TransactionTestCase`` (pytest ``transaction=True``, ``live_server``) able to flush; call once in conftest."""
    original = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    if getattr(original, "suspends_triggers", False):
        return

    def teardown(case: Any) -> None:
        with triggers_suspended():
            original(case)

    teardown.suspends_triggers = True  # type: ignore[attr-defined]
    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]
