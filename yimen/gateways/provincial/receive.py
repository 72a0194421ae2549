"""What a desk or the command line calls with a result file: read it apart, hold it against the request, hand it on.

The room's act then takes the whole ResultFile, or tells by ``digest`` and ``result_number`` that it has it already.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from yimen.gateways.provincial.against import check_against
from yimen.gateways.provincial.errors import BadFile
from yimen.gateways.provincial.result_read import parsed
from yimen.gateways.provincial.shapes import RequestFile, ResultFile

FindRequest = Callable[[str], RequestFile | None]
Parse = Callable[[Path], dict[str, Any]]

PARSER = "yimen.gateways.provincial.result_read.parse_result"


def read_result(path: Path, find_request: FindRequest, today: date, parse: Parse) -> ResultFile:
    """The result in the file at ``path``, in full agreement with the batch it answers.

    ``find_request`` gives what was asked in a batch, or None for a batch that nobody here sent; ``parse`` runs
    ``PARSER`` on the path where it can do no harm (K28). Raises BadFile; then nothing was taken.
    """
    result = parsed(parse(path))
    request = find_request(result.batch_number)
    if request is None:
        raise BadFile(f"没有编号为“{result.batch_number}”的核对批次，不是本区送出的委托，没有采用任何内容。")
    check_against(result, request, today)
    return result
