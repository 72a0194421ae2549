"""From a file on disk to a result that may be handed to the room, or a sentence."""

from importlib import import_module

import pytest

from tests.gateways import samples
from yimen.gateways.provincial.errors import BadFile
from yimen.gateways.provincial.receive import PARSER, read_result
from yimen.gateways.provincial.result_write import result_json, result_xlsx


def parse(path):
    module, name = PARSER.rsplit(".", 1)
    return getattr(import_module(module), name)(str(path))


def find(batch_number):
    asked = samples.request()
    return asked if asked.batch_number == batch_number else None


@pytest.mark.parametrize("write", [result_json, result_xlsx])
def test_file_of_a_known_batch_is_read(tmp_path, write):
    path = tmp_path / "answer"
    path.write_bytes(write(samples.result()))
    assert read_result(path, find, samples.TODAY, parse) == samples.result()


def test_unknown_batch_is_refused(tmp_path):
    path = tmp_path / "answer"
    path.write_bytes(result_xlsx(samples.result()))
    with pytest.raises(BadFile, match="没有编号为“HD20261118-1”的核对批次"):
        read_result(path, lambda number: None, samples.TODAY, parse)


def test_rows_are_still_named_after_the_child_has_ended(tmp_path):
    path = tmp_path / "answer"
    wrong = samples.line("vehicle_register", identity_tail="0000")
    path.write_bytes(result_xlsx(samples.result(samples.line("bank", samples.deposit()), wrong)))
    with pytest.raises(BadFile, match="第 3 行") as refused:
        read_result(path, find, samples.TODAY, parse)
    assert refused.value.row == 3
