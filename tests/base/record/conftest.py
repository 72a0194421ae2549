"""Helpers of the record's tests."""

import pytest

from yimen.base.record import desk
from yimen.base.record.models import Entry


@pytest.fixture
def enter(db):
    """Write an entry with everything filled in; keywords change it."""

    def write(**changes) -> Entry:
        fields = {
            "act": "accept",
            "act_label": "受理",
            "subject_kind": "application",
            "subject_ref": "bcdfghjkmnpq",
            "staff_id": 7,
            "staff_name": "欧阳娜",
            "account_id": 8,
            "office_code": "990101001",
            "area_code": "990101001",
            "after": "sha256:" + "0" * 64,
            "facts": {"result": "受理", "working_days": 3},
            "request_id": "r-1",
        }
        return desk.write(**(fields | changes))

    return write
