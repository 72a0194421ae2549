"""A file cut or damaged anywhere gives a sentence, never a crash and never other content."""

import pytest

from tests.gateways import samples
from yimen.gateways.provincial.errors import BadFile
from yimen.gateways.provincial.request_file import read_request, request_json, request_xlsx
from yimen.gateways.provincial.result_read import parse_bytes
from yimen.gateways.provincial.result_write import result_json, result_xlsx


def refusal(data):
    with pytest.raises(BadFile) as refused:
        parse_bytes(data)
    return refused.value


@pytest.mark.parametrize("write", [result_json, result_xlsx])
def test_file_cut_anywhere_is_refused_with_a_sentence(write):
    data = write(samples.result())
    for length in range(0, len(data) - 1, max(1, len(data) // 300)):
        assert refusal(data[:length]).sentence.endswith("。")


@pytest.mark.parametrize("write", [request_json, request_xlsx])
def test_request_cut_anywhere_is_refused_with_a_sentence(write):
    data = write(samples.request())
    for length in range(0, len(data) - 1, max(1, len(data) // 100)):
        with pytest.raises(BadFile):
            read_request(data[:length])


@pytest.mark.parametrize("write", [result_json, result_xlsx])
def test_flipped_byte_never_changes_what_is_read(write):
    sent = samples.result()
    data = write(sent)
    for place in range(0, len(data), max(1, len(data) // 300)):
        broken = data[:place] + bytes([data[place] ^ 0x15]) + data[place + 1 :]
        assert taken(broken) in (sent.rows, None)


def taken(data):
    try:
        return parse_bytes(data).rows
    except BadFile:
        return None
