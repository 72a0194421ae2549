"""The canonical form: equal facts, equal bytes."""

from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from types import MappingProxyType

import pytest

from yimen.base import canonical as c
from yimen.base.refs import ALPHABET, is_ref, new_ref, seeded_refs


class Word(str, Enum):
    DIBAO = "dibao"


def test_order_of_keys_zone_and_container_do_not_matter():
    shanghai = timezone(timedelta(hours=8))
    one = {
        "b": date(2026, 2, 28),
        "a": datetime(2026, 3, 1, 8, tzinfo=shanghai),
        "程": (1, None, True),
        "w": Word.DIBAO,
    }
    two = MappingProxyType(
        {"w": "dibao", "程": [1, None, True], "a": datetime(2026, 3, 1, tzinfo=UTC), "b": "2026-02-28"}
    )
    assert c.canonical(one) == c.canonical(two)
    assert c.canonical_text(one) == (
        '{"a":"2026-03-01T00:00:00.000000+00:00","b":"2026-02-28","w":"dibao","程":[1,null,true]}'
    )


@pytest.mark.parametrize("value", [1.0, {"x": [0.1]}, b"x", {1: "x"}, datetime(2026, 1, 1), {"x"}, float("nan")])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(c.NotCanonical):
        c.digest(value)


def test_the_digest_names_its_algorithm():
    assert c.digest([]) == "sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"
    assert c.digest([], "sm3").startswith("sm3:") and len(c.digest([], "sm3")) == 68
    with pytest.raises(ValueError, match="md5"):
        c.digest([], "md5")


def test_references_are_opaque_and_seedable():
    assert not set("aeiou") & set(ALPHABET) and len(set(ALPHABET)) == 30
    assert len({new_ref() for _ in range(1000)}) == 1000 and is_ref(new_ref()) and not is_ref("../etc/passwd")
    with seeded_refs(7):
        first = [new_ref() for _ in range(3)]
    with seeded_refs(7):
        assert first == [new_ref() for _ in range(3)]
    assert new_ref() not in first
