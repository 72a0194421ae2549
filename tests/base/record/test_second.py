"""A second verifier, written from docs/how/record.md alone: it shares no code with the first."""

import hashlib
import json

from django.db import connection

from yimen.base.record import sealing

ENTRY = "account_id act act_label after algorithm area_code at before business_date facts_text office_code request_id".split()
ENTRY += "staff_id staff_name subject_kind subject_ref".split()
SEAL = "algorithm count day entries first_seq gaps_text kind last_seq number previous sealed_at".split()


def rows(table: str, order: str) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {order}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def plain(value):
    if hasattr(value, "hour"):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
    return value.strftime("%Y-%m-%d") if hasattr(value, "year") else value


def hashed(algorithm: str, content: str) -> str:
    return f"{algorithm}:{hashlib.new(algorithm, content.encode()).hexdigest()}"


def row_digest(row: dict, names: list[str]) -> str:
    content = {name: plain(row[name]) for name in names}
    return hashed(row["algorithm"], json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def roll(entries: list[dict], algorithm: str) -> str:
    return hashed(algorithm, "".join(f"{entry['seq']} {entry['digest']}\n" for entry in entries))


def second_verify(anchor: dict) -> bool:
    entries, seals = rows("record_entry", "seq"), rows("record_seal", "number")
    good = [row_digest(entry, ENTRY) == entry["digest"] for entry in entries]
    previous, last = "", 0
    for number, seal in enumerate(seals, start=1):
        inside = [entry for entry in entries if seal["first_seq"] <= entry["seq"] <= seal["last_seq"]]
        good += [row_digest(seal, SEAL) == seal["digest"], seal["number"] == number, seal["previous"] == previous]
        good += [seal["first_seq"] == last + 1, seal["count"] == len(inside)]
        good += [seal["entries"] == roll(inside, seal["algorithm"])]
        previous, last = seal["digest"], seal["last_seq"]
    known, told = anchor["seal"], anchor["tail"]
    good += [any(seal["number"] == known["number"] and seal["digest"] == known["digest"] for seal in seals)]
    tail = [entry for entry in entries if known["last_seq"] < entry["seq"] <= told["last_seq"]]
    good += [len(tail) == told["count"], not tail or roll(tail, told["digest"].split(":")[0]) == told["digest"]]
    return all(good) and len(entries) >= anchor["entries"]


def test_the_page_is_enough_to_verify(enter, settings):
    for number in range(12):
        settings.YIMEN_DIGEST = "sm3" if number > 6 else "sha256"
        enter(
            facts={"note": '引号"、反斜线\\、换行\n、控制符\x01、emoji😀、\u2028', "n": number},
            staff_id=None if number % 2 else 1,
        )
        if number % 4 == 3:
            sealing.seal_now()
    enter()
    anchor = json.loads(sealing.anchor_text())
    assert anchor["tail"]["count"] == 1 and second_verify(anchor)
    anchor["tail"]["digest"] = "sm3:" + "0" * 64
    assert not second_verify(anchor)
