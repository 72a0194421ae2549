"""``month``: one whole month of a district, from the monthly comparison to the return; each stage with its rate and memory.

Only what this program does is counted. The answers of the sources, of the banks and the platform's export are made beside
it, as others make them; the month before is done first, uncounted, so that the month has something to be compared with.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from django.db import connections

from yimen.base.access import second
from yimen.base.access.officer import Officer
from yimen.bench import beside, others
from yimen.bench.ground import Ground, month_before
from yimen.bench.load import Ask
from yimen.bench.pages import free_port, headers_of, processes
from yimen.bench.report import Measure
from yimen.bench.stages import Stages
from yimen.bench.uplift import memory
from yimen.casework.monthclose import acts
from yimen.casework.monthclose.closing import queries as closing
from yimen.casework.monthclose.platform import acts as platform, listing, queries as differences
from yimen.casework.payments import acts as payments, bank_queries, queries as rolls
from yimen.casework.reports.monthly import monthly
from yimen.casework.reports.official import official
from yimen.config.server import gunicorn
from yimen.demo import places
from yimen.desks.shared.lists import exporting
from yimen.gateways.bank import door as bank
from yimen.gateways.platform import door as exports
from yimen.gateways.provincial import monthly as exchange
from yimen.law import calendar
from yimen.law.calendar import month_of, today
from yimen.law.closing import CloseState, blocking
from yimen.law.payments.bank_terms import ReturnState
from yimen.law.platform import Handling
from yimen.law.terms import Role

_KEPT = "平台启用时统一录入，不影响发放"
_FEW = 500


def run(size: int, *options: str) -> list[Measure]:
    """``size`` households on an empty database. ``beside`` among the options: pages are asked for meanwhile."""
    with calendar.travel(month_before()):
        ground = Ground(size)
        started = perf_counter()
        ground.settle(consents=True)
        laid = perf_counter() - started
        ground.agree_with_bank()
        before = Month(ground, Stages(size), news=0)
        before.compare()
        before.pay()
    with _asking(ground, options) as pages:
        stages = Stages(size, pages.during if pages else None)
        Month(ground, stages, news=others.NEWS).whole()
    return [
        *stages.measures,
        stages.together("整月合计"),
        stages.limits(),
        memory(),
        Measure("建立测速用的家庭", f"{size:,} 户", size / laid, "户/秒", f"{laid:.1f} 秒，不计入"),
        *(pages.measures() if pages else ()),
    ]


@contextmanager
def _asking(ground: Ground, options: tuple[str, ...]) -> Iterator[beside.Beside | None]:
    if "beside" not in options:
        yield None
        return
    asks, port = _asks(ground), free_port()
    connections.close_all()
    with beside.asking(gunicorn("127.0.0.1", port, processes=processes()), port, asks) as pages:
        yield pages


def _asks(ground: Ground) -> dict[str, Ask]:
    """The list of a township, its close, one household."""
    code = ground.townships[0]
    headers = headers_of(ground.officer(code, Role.HANDLER))
    ref = listing.standing(code, month_of(today()))[0].award.ref
    asked = {"在保名册": "/township/awards/", "月末办结": "/township/closing/", "在保户": f"/township/awards/{ref}/"}
    return {name: Ask(path, headers) for name, path in asked.items()}


class Month:
    """The month that is present, stage by stage."""

    def __init__(self, ground: Ground, stages: Stages, *, news: int) -> None:
        self.ground, self.stages, self.news = ground, stages, news
        self.month = month_of(today())
        self.checker = ground.officer(places.DISTRICT, Role.CHECKER)

    def whole(self) -> None:
        """Everything, in the order of the month."""
        self.compare()
        self.pay()
        self.bank()
        self.reconcile()
        self.close()
        self.tell()

    def _each(self, role: Role) -> Iterator[tuple[str, Officer]]:
        for code in self.ground.townships:
            yield code, self.ground.officer(code, role)

    def _coded(self, act: Any, officer: Officer, **given: Any) -> Any:
        with self.ground.later():
            return act(officer, code=second.code_now(officer.account), **given)

    # -- comparison ------------------------------------------------------------------------------

    def compare(self) -> None:
        """Everybody is asked about; every source answers."""
        month, take = self.month, self.stages.take
        asked = take(
            "提请比对",
            lambda: acts.ask_comparison(self.checker, month=month, due_on=today(), sources=others.SOURCES),
        )
        persons = asked.counts["persons"]
        with TemporaryDirectory(prefix="yimen-bench-") as folder:
            take(
                "写比对请求", lambda: self._requests(asked, Path(folder)), rows=persons * len(others.SOURCES), unit="人"
            )
            for source, label in others.SOURCES.items():
                files = others.answers(self.checker, asked, source, self.news, Path(folder))
                rows = take(
                    f"比对结果 {label}", lambda files=files: [*map(self._answer, files)], rows=persons, unit="人"
                )
                if sum(rows) != persons:
                    raise ValueError(f"{sum(rows)} of {persons} persons answered by {source}")

    def _requests(self, asked: Any, folder: Path) -> None:
        for part in others.parts(self.checker, asked):
            with (folder / exchange.request_name(part, "json")).open("wb") as stream:
                for chunk in exchange.request_json(part):
                    stream.write(chunk)

    def _answer(self, data: Path) -> int:
        content = data.read_bytes()
        return exchange.take_kept(self.checker, exchange.read(self.checker, content)).rows  # type: ignore[no-any-return]

    # -- roll ------------------------------------------------------------------------------------

    def pay(self) -> None:
        """The rolls of all townships, from the award months to the frozen lines."""
        take = self.stages.take
        refs = {code: payments.open_roll(maker, month=self.month).ref for code, maker in self._each(Role.HANDLER)}
        take("编制名册", lambda: [payments.draw_up_roll(maker, refs[code]) for code, maker in self._each(Role.HANDLER)])
        take("提交、批准、发布", lambda: self._three(refs))
        done = take(
            "分批冻结名册", lambda: [payments.carry_on_roll(by, refs[code]) for code, by in self._each(Role.CASHIER)]
        )
        wrong = take("逐行核验摘要", lambda: [line for roll in done for line in rolls.tampered(roll)])
        households = sum(roll.counts["households"] for roll in done)
        if households != self.ground.size or wrong:
            raise ValueError(f"{households} of {self.ground.size} households, {len(wrong)} lines tampered with")

    def _three(self, refs: dict[str, str]) -> None:
        for code, maker in self._each(Role.HANDLER):
            payments.submit_roll(maker, ref=refs[code])
            for act, role in ((payments.approve_roll, Role.HEAD), (payments.release_roll, Role.CASHIER)):
                self._coded(act, self.ground.officer(code, role), ref=refs[code])

    # -- bank ------------------------------------------------------------------------------------

    def bank(self) -> None:
        """A file to the bank for each township, its answer read and booked; one payment in a hundred fails."""
        take = self.stages.take
        files = take("生成银行文件", lambda: [self._send(code, cashier) for code, cashier in self._each(Role.CASHIER)])
        answers = [others.bank_answer(file) for file in files]
        cashiers = [cashier for _, cashier in self._each(Role.CASHIER)]
        rows = take("读取返回并核对", lambda: [
            judged(by, file, said)
            for by, file, said in zip(cashiers, files, answers, strict=True)
        ])  # fmt: skip
        take("入账", lambda: [bank.book(by, ref=row.ref) for by, row in zip(cashiers, rows, strict=True)])

    def _send(self, code: str, cashier: Officer) -> Any:
        found = bank_queries.plan(cashier, code).batches[0]
        given = {"template": found.template.ref, "count": len(found.lines), "total_fen": found.total_fen}
        return self._coded(bank.send, cashier, area=code, **given)

    # -- platform --------------------------------------------------------------------------------

    def reconcile(self) -> None:
        """The platform's export of each township held against ours; its differences are kept with a reason, the sheet drawn up."""
        with TemporaryDirectory(prefix="yimen-bench-") as folder:
            files = {code: others.export(code, self.month, Path(folder) / code) for code in self.ground.townships}
            runs = self.stages.take("平台对账", lambda: [
                self._compared(by, files[code]) for code, by in self._each(Role.HANDLER)
            ])  # fmt: skip
        self.stages.take("差异处理、对账表", lambda: [
            self._settled(by, code, found) for (code, by), found in zip(self._each(Role.HANDLER), runs, strict=True)
        ])  # fmt: skip

    def _compared(self, by: Officer, file: Path) -> Any:
        return exports.compare(by, exports.upload(by, file.read_bytes(), "平台在保对象.xlsx", month=self.month))

    def _settled(self, by: Officer, code: str, found: Any) -> None:
        refs = [line.ref for line in differences.line_rows(found)]
        for first in range(0, len(refs), _FEW):
            platform.handle_differences(by, refs=refs[first : first + _FEW], how=str(Handling.KEPT), reason=_KEPT)
        platform.issue_platform_sheet(by, township=code, month=self.month)

    # -- close -----------------------------------------------------------------------------------

    def close(self) -> None:
        """Signed, filed, frozen, received."""
        for code in self.ground.townships:
            if left := blocking(closing.stages(code, self.month, today())):
                raise ValueError(f"{code}: {'；'.join(each.words for each in left)}")
        refs = self.stages.take("签字、报备", self._signed)
        done = self.stages.take(
            "分批存档", lambda: [acts.carry_on_close(by, refs[code]) for code, by in self._each(Role.HEAD)]
        )
        district = self.ground.officer(places.DISTRICT, Role.SUPERVISOR)
        for each in done:
            acts.receive_month(district, ref=each.ref)
        if {each.state for each in done} != {CloseState.FILED} or sum(
            each.counts["households"] for each in done
        ) != self.ground.size:
            raise ValueError([(each.state, each.counts) for each in done])

    def _signed(self) -> dict[str, str]:
        refs = {}
        for code, maker in self._each(Role.HANDLER):
            refs[code] = acts.sign_month(maker, month=self.month).ref
            self._coded(acts.file_month, self.ground.officer(code, Role.HEAD), ref=refs[code])
        return refs

    def tell(self) -> None:
        """The return of the district counted, and written as Excel as its page is exported."""
        found = self.stages.take("月报表统计", lambda: official(self.ground.townships, self.month))
        made = self.stages.take("月报变动统计", lambda: monthly(found.closes))
        if sum(each.households for each in made.standing.values()) != self.ground.size:
            raise ValueError(made.standing)
        supervisor = self.ground.officer(places.DISTRICT, Role.SUPERVISOR)
        wish = exporting.Wish(f"/district/returns/{self.month}/")
        self.stages.take("月报表 Excel", lambda: exporting.take(supervisor, wish))


def judged(by: Officer, file: Any, said: bytes) -> Any:
    """A bank's answer taken in and held against what was sent, a long one too: here nobody waits for the worker."""
    row = bank.take(by, file=file.ref, content=said, name="a.txt")
    return bank.judge(by, ref=row.ref) if row.state == ReturnState.READING else row
