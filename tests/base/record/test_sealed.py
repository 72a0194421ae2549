"""Sealed fields: nothing in clear in the database, nothing opened in the wrong place."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps

from yimen.base import sealed

NUMBER = "11010519491231002X"


def test_a_value_survives_sealing_and_never_looks_the_same_twice():
    first, second = sealed.seal(NUMBER, "person.number"), sealed.seal(NUMBER, "person.number")
    assert first.startswith("k1.aesgcm.") and first != second
    assert NUMBER not in first
    assert sealed.unseal(first, "person.number") == sealed.unseal(second, "person.number") == NUMBER


def test_the_chinese_cipher_seals_and_both_open_side_by_side(settings):
    old = sealed.seal("吉林省", "person.address")
    settings.YIMEN_CIPHER = "sm4gcm"
    new = sealed.seal("吉林省", "person.address")
    assert new.split(".")[1] == "sm4gcm"
    assert sealed.unseal(new, "person.address") == sealed.unseal(old, "person.address") == "吉林省"
    with pytest.raises(sealed.BrokenSeal):
        sealed.unseal(new, "person.phone")


def test_a_new_key_seals_and_the_old_one_still_opens(settings):
    old, index = sealed.seal("甲", "t.c"), sealed.blind_index("identity", NUMBER)
    settings.YIMEN_KEYS = {**settings.YIMEN_KEYS, "k2": b"2" * 32}
    settings.YIMEN_CURRENT_KEY = "k2"
    assert sealed.seal("甲", "t.c").startswith("k2.")
    assert sealed.unseal(old, "t.c") == "甲"
    assert sealed.blind_index("identity", NUMBER) == index


@pytest.mark.parametrize(
    "spoil", [lambda s: s[:-6] + "AAAAAA", lambda s: "k9" + s[2:], lambda s: "nonsense", lambda s: s[:20]]
)
def test_a_spoiled_value_is_refused_in_words(spoil):
    stored = sealed.seal("六个字的内容", "t.c")
    with pytest.raises(sealed.BrokenSeal, match="无法打开"):
        sealed.unseal(spoil(stored), "t.c")


def test_the_blind_index_forgives_typing_and_knows_its_purpose():
    index = sealed.blind_index("identity", NUMBER)
    assert len(index) == 64
    assert index == sealed.blind_index("identity", " 110105 1949123１ 002x\u200b")
    assert index != sealed.blind_index("account", NUMBER)
    assert sealed.blind_index("name", "\U00031350") != sealed.blind_index("name", "\ue000")


@isolate_apps("yimen.base.record")
@pytest.mark.django_db
def test_a_column_holds_ciphertext_and_answers_no_search():
    class Sample(models.Model):
        id = models.IntegerField(primary_key=True)
        word = sealed.SealedText(null=True)
        facts = sealed.SealedJSON(null=True)

        class Meta:
            app_label = "record"

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE record_sample (id integer PRIMARY KEY, word text, facts text)")
    Sample.objects.create(id=1, word="𠮷林", facts={"income": [1, 2], "住址": "幸福街"})
    Sample.objects.create(id=2, word=None, facts=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, facts FROM record_sample ORDER BY id")
        rows = cursor.fetchall()
    assert rows[1] == (None, None)
    assert rows[0][0].startswith("k1.aesgcm.") and "林" not in rows[0][0] and "幸福" not in rows[0][1]
    full = Sample.objects.get(word__isnull=False)
    assert (full.word, full.facts) == ("𠮷林", {"income": [1, 2], "住址": "幸福街"})
    for lookup in ("word", "word__contains", "facts__income", "word__in", "word__gt"):
        with pytest.raises(FieldError, match="blind index"):
            Sample.objects.filter(**{lookup: ["x"]}).count()
    full.word = "改"
    Sample.objects.bulk_update([full], ["word"])
    assert Sample.objects.get(pk=full.pk).word == "改"
