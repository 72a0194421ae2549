"""The room and the gateway fit together: the batch becomes a file, the practice province answers, the answer comes in."""

from __future__ import annotations

import pytest

from tests.rooms.checking import asked, fresh
from tests.rooms.world import World
from yimen.base.access.refusal import Refused
from yimen.base.canonical import plain
from yimen.casework.verification import acts, queries
from yimen.gateways.provincial.plain import request_from_plain, result_to_plain
from yimen.gateways.provincial.practice import answer
from yimen.gateways.provincial.request_file import read_request, request_json, request_xlsx
from yimen.gateways.provincial.result_read import parse_bytes
from yimen.gateways.provincial.result_write import result_json, result_xlsx
from yimen.law.calendar import today
from yimen.law.terms import Role, Stage


@pytest.mark.parametrize(("ask", "tell"), [(request_json, result_json), (request_xlsx, result_xlsx)])
def test_a_case_goes_out_and_comes_back_in_real_files(world: World, ask: object, tell: object) -> None:
    case, batch = asked(world)
    request = read_request(ask(request_from_plain(plain(queries.request_content(batch)))))
    truth = {person.person_ref: {"members": "在册，姓名与证件号码一致"} for _, person in request.people()}
    result = parse_bytes(tell(answer(request, 7, today(), truth)))
    checker = world.at_district(Role.CHECKER)
    file = acts.import_results(checker, content=result_to_plain(result))
    assert file.digest == result.digest
    assert fresh(case).stage == Stage.CHECKED
    with pytest.raises(Refused, match="这次没有改动任何内容"):
        acts.import_results(checker, content=result_to_plain(result))


def test_a_partial_practice_answer_is_completed_by_the_whole_one(world: World) -> None:
    case, batch = asked(world)
    request = request_from_plain(plain(queries.request_content(batch)))
    checker = world.at_district(Role.CHECKER)
    acts.import_results(checker, content=result_to_plain(answer(request, 7, today(), only={"bank", "tax"})))
    assert fresh(case).stage == Stage.CHECKING
    acts.import_results(checker, content=result_to_plain(answer(request, 7, today())))
    assert fresh(case).stage == Stage.CHECKED
