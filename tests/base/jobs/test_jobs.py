"""Long work: progress is seen, a killed worker's job goes on where it stood, nothing is done twice."""

import re
import subprocess
import sys
import threading
from datetime import timedelta

import pytest

from tests.house.sources import ROOT
from yimen.base.jobs import desk, running, worker
from yimen.base.jobs.models import Job
from yimen.base.record import desk as record
from yimen.base.record.models import Entry, Seal
from yimen.law import calendar


class Killed(BaseException):
    """Stands for ``kill -9``: nothing in the worker may catch it."""


@pytest.fixture
def works(monkeypatch):
    """A register of its own for each test."""
    monkeypatch.setattr(running, "_works", {})


@pytest.fixture
def ask(db, works):
    def enqueue(kind="count", **changes) -> Job:
        return desk.enqueue(kind, **({"args": {"n": 10}, "staff_id": 1, "account_id": 2, "office_code": "o"} | changes))

    return enqueue


def test_a_job_is_done_and_shows_how_far_it_is(ask):
    seen = []

    @desk.job("count")
    def count(run):
        run.tell("开始", total=4)
        run.each(range(run.args["n"]), lambda portion: seen.append(desk.job_view(run.job.ref).percent), size=3)
        return {"sum": 45}

    asked = ask()
    assert (desk.job_view(asked.ref).state_label, desk.job_view(asked.ref).percent) == ("排队中", 0)
    assert worker.run_one() and not worker.run_one()
    view = desk.job_view(asked.ref)
    assert seen == [0, 30, 60, 90]
    assert view.over and (view.state, view.percent, view.result, view.note) == ("done", 100, {"sum": 45}, "开始")
    assert desk.jobs_of(2) == [view] and desk.job_view("0" * 12) is None


def test_a_job_of_a_killed_worker_goes_on_where_it_stood(ask):
    done, killed = [], []

    @desk.job("count")
    def count(run):
        def work(portion):
            record_once(portion)
            if 6 in portion and not killed:
                killed.append(True)
                raise Killed

        run.each(range(10), work, size=2)

    def record_once(portion):
        for item in portion:
            record.write(
                act="count", act_label="计", subject_kind="item", subject_ref=str(item), staff_id=1, staff_name="李",
                account_id=1, office_code="o", area_code="990101",
            )  # fmt: skip
        done.extend(portion)

    asked = ask()
    with pytest.raises(Killed):
        worker.run_one()
    assert desk.job_view(asked.ref).progress == 6 and not worker.run_one()
    with calendar.travel(calendar.now() + running.LEASE + timedelta(seconds=1)):
        assert worker.run_one()
    assert desk.job_view(asked.ref).state == "done"
    assert sorted(map(int, Entry.objects.order_by("seq").values_list("subject_ref", flat=True))) == list(range(10))
    assert done == [0, 1, 2, 3, 4, 5, 6, 7, 6, 7, 8, 9]


def test_a_worker_that_lost_its_lease_writes_nothing_more(ask):
    @desk.job("count")
    def slow(run):
        with calendar.travel(calendar.now() + running.LEASE + timedelta(seconds=1)):
            assert worker.take() is not None
        run.each(range(3), lambda portion: pytest.fail("written without a lease"))

    asked = ask()
    assert worker.run_one()
    assert desk.job_view(asked.ref).state == "running" and Entry.objects.count() == 0


def test_after_five_attempts_a_job_is_given_up(ask):
    @desk.job("count")
    def die(run):
        raise Killed

    asked, moment = ask(), calendar.now()
    for number in range(worker.ATTEMPTS):
        with calendar.travel(moment + number * 2 * running.LEASE), pytest.raises(Killed):
            worker.run_one()
    with calendar.travel(moment + 99 * running.LEASE):
        assert not worker.run_one()
    assert "多次中断" in desk.job_view(asked.ref).error


def test_a_failure_is_said_in_a_sentence_and_shows_no_trace(ask, caplog):
    @desk.job("refuse")
    def refuse(run):
        raise desk.JobFailed("结果文件缺少第 3 批，请补送后重新导入。")

    @desk.job("break")
    def break_down(run):
        raise KeyError(run.args["who"])

    refs = [ask(kind, args={"who": "11010519491231002X"}).ref for kind in ("refuse", "break", "unknown")]
    while worker.run_one():
        pass
    first, second, third = [desk.job_view(ref).error for ref in refs]
    assert "KeyError" in caplog.text and "11010519491231002X" not in caplog.text
    assert (
        first == "结果文件缺少第 3 批，请补送后重新导入。" and second == worker.UNEXPECTED and "不认识的任务" in third
    )


def test_a_form_sent_twice_starts_one_piece_of_work(ask):
    assert ask(once="key-1").pk == ask(once="key-1").pk != ask(once="key-2").pk
    assert ask().pk != ask().pk


def test_one_kind_has_one_function(works):
    desk.job("x")(print)
    with pytest.raises(ValueError, match="two functions"):
        desk.job("x")(len)


@pytest.mark.django_db(transaction=True)
def test_the_worker_seals_works_and_stops(ask):
    stop = threading.Event()

    @desk.job("count")
    def count(run):
        stop.set()

    with calendar.travel(calendar.now() - timedelta(hours=2)):
        record.write(
            act="x", act_label="x", subject_kind="x", subject_ref="x", staff_id=1, staff_name="李", account_id=1,
            office_code="o", area_code="990101",
        )  # fmt: skip
    asked = ask()
    worker.run_forever(stop)
    assert desk.job_view(asked.ref).state == "done" and Seal.objects.count() == 1


def test_the_worker_knows_every_kind_of_job_without_opening_a_page():
    """In a process of its own, as it runs: nothing has loaded the pages that ask for the jobs."""
    told = [sys.executable, "-c", "import django; django.setup(); import sys; print(*sys.modules)"]
    known = subprocess.run(told, capture_output=True, text=True, check=True, timeout=60, cwd=ROOT).stdout.split()
    doing = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "yimen").rglob("*.py")
        if re.search(r"^@(jobs\.)?job\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(doing) > 10
    assert doing <= set(known)
