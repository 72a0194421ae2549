"""The watched folder takes whole files once and loses none."""

import json

import pytest

from tests.gateways import samples
from yimen.gateways.provincial.agency import answer_folder
from yimen.gateways.provincial.errors import BadFile, RowError
from yimen.gateways.provincial.folder import Folder, file_name, poll, put
from yimen.gateways.provincial.request_file import request_json, request_xlsx
from yimen.gateways.provincial.result_read import parse_bytes


class Room:
    """Stands for the room's act: keeps what it got, and knows a digest again."""

    def __init__(self):
        self.digests = []

    def deliver(self, data, name):
        digest = parse_bytes(data).digest
        if digest in self.digests:
            return "这个文件已经收到过，没有重复采用。"
        self.digests.append(digest)
        return "已采用。"


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "gateway")


def names(place):
    return sorted(path.name for path in place.iterdir() if not path.name.startswith("."))


def test_file_is_taken_at_the_second_look_and_only_once(folder):
    room = Room()
    put(folder.outbox, "check-request-1.json", request_json(samples.request()))
    assert "已答复 1 人" in answer_folder(folder, 1, samples.ANSWERED)[0]
    assert answer_folder(folder, 1, samples.ANSWERED) == []
    assert poll(folder, room.deliver) == []
    assert poll(folder, room.deliver) == ["check-result-HD20261118-1.json：已采用。"]
    assert poll(folder, room.deliver) == []
    assert names(folder.done) == ["check-result-HD20261118-1.json"]
    assert answer_folder(folder, 1, samples.ANSWERED) == []


def test_file_still_growing_is_left_alone(folder):
    path = folder.inbox / "a.json"
    for length in range(1, 4):
        path.write_bytes(b"x" * length)
        assert poll(folder, Room().deliver) == []
    assert "截断" in poll(folder, Room().deliver)[0]


def test_same_answer_twice_even_in_the_other_format_is_told_and_kept(folder):
    room = Room()
    asked = samples.request()
    put(folder.outbox, "check-request-1.xlsx", request_xlsx(asked))
    answer_folder(folder, 1, samples.ANSWERED)
    data = (folder.inbox / "check-result-HD20261118-1.xlsx").read_bytes()
    poll(folder, room.deliver, settled=True)
    put(folder.inbox, "check-result-HD20261118-1.xlsx", data)
    assert "已经收到过" in poll(folder, room.deliver, settled=True)[0]
    assert len(room.digests) == 1
    assert names(folder.done) == ["check-result-HD20261118-1-2.xlsx", "check-result-HD20261118-1.xlsx"]


def test_refused_file_lies_beside_its_reason(folder):
    def deliver(data, name):
        raise BadFile("文件中有 1 处问题。", 7, (RowError(7, "金额", "第 7 行“金额”：不对。"),))

    put(folder.inbox, "坏.xlsx", b"PK")
    assert poll(folder, deliver, settled=True) == ["坏.xlsx：没有采用。文件中有 1 处问题。"]
    assert names(folder.refused) == ["坏.xlsx", "坏.xlsx.txt"]
    assert "第 7 行" in (folder.refused / "坏.xlsx.txt").read_text()


def test_refusal_of_the_room_counts_as_refusal(folder):
    class Refused(Exception):
        sentence = "批次已经结束。"

    def deliver(data, name):
        raise Refused

    put(folder.inbox, "a.json", b"{}")
    assert poll(folder, deliver, settled=True) == ["a.json：没有采用。批次已经结束。"]


def test_trouble_of_our_own_leaves_the_file_for_the_next_look(folder):
    def deliver(data, name):
        raise OSError("disk")

    put(folder.inbox, "a.json", b"{}")
    poll(folder, deliver)
    assert "留在收件夹" in poll(folder, deliver)[0]
    assert names(folder.inbox) == ["a.json"]
    assert poll(folder, lambda data, name: "已采用。") == ["a.json：已采用。"]


def test_file_replaced_during_delivery_is_looked_at_again(folder):
    path = put(folder.inbox, "a.json", b"{}")

    def deliver(data, name):
        path.write_bytes(b"{ }")
        return "已采用。"

    assert poll(folder, deliver, settled=True) == ["a.json：已采用。文件在处理时又被改动，留在收件夹，下次再看。"]
    assert names(folder.inbox) == ["a.json"]


def test_unfinished_names_links_and_folders_are_not_touched(folder, tmp_path):
    (tmp_path / "secret").write_text("x")
    (folder.inbox / "link.json").symlink_to(tmp_path / "secret")
    (folder.inbox / "sub").mkdir()
    for name in (".hidden", "~$a.xlsx", "a.json.part", "a.tmp"):
        (folder.inbox / name).write_text("x")
    assert poll(folder, Room().deliver, settled=True) == []


def test_huge_file_is_not_read(folder):
    path = folder.inbox / "a.json"
    with path.open("wb") as stream:
        stream.truncate(31 * 1024 * 1024)
    assert "MB" in poll(folder, Room().deliver, settled=True)[0]


def test_put_is_whole_private_and_never_overwrites(folder):
    first = put(folder.outbox, "a.json", b"1")
    assert put(folder.outbox, "a.json", b"1") == first
    assert first.stat().st_mode & 0o077 == 0
    assert folder.outbox.stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        put(folder.outbox, "a.json", b"2")
    for name in ("../a.json", "a/b", ".a", "a.tmp", ""):
        with pytest.raises(ValueError, match="文件名"):
            put(folder.outbox, name, b"1")
    assert names(folder.outbox) == ["a.json"]


def test_half_written_draft_of_a_crash_is_replaced(folder):
    (folder.outbox / ".a.json.tmp").write_bytes(b"half")
    put(folder.outbox, "a.json", b"whole")
    assert (folder.outbox / "a.json").read_bytes() == b"whole"


def test_broken_memory_of_the_folder_only_costs_a_look(folder):
    put(folder.inbox, "a.json", b"{}")
    for memory in ("{", "[]", json.dumps({"a.json": "x"})):
        (folder.inbox / ".seen.json").write_text(memory)
        assert poll(folder, lambda data, name: "已采用。") == []
    assert len(poll(folder, lambda data, name: "已采用。")) == 1


def test_practice_province_tells_what_it_cannot_answer(folder):
    put(folder.outbox, "a.json", b"{")
    assert "截断" in answer_folder(folder, 1, samples.ANSWERED)[0]


def test_file_names():
    assert file_name("request", "核〔2026〕12号", ".xlsx") == "check-request-2026-12.xlsx"
