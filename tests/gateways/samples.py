"""Invented people with impossible identity numbers, for the tests of the gateway."""

from datetime import date

from yimen.gateways.provincial.plain import make_result
from yimen.gateways.provincial.shapes import AskedCase, AskedPerson, Finding, RequestFile, ResultFile, SourceAnswer
from yimen.law.checks import all_source_codes
from yimen.law.identity import check_character

PREPARED = date(2026, 11, 18)
ANSWERED = date(2026, 11, 20)
TODAY = date(2026, 11, 23)
MONTH_END = date(2026, 10, 31)


def identity(born: str = "19581203", order: int = 12) -> str:
    """A number of the fictional district 990101 with a right check character."""
    first = f"990101{born}{order:03d}"
    return first + check_character(first)


def person(ref: str = "p00000000001", name: str = "买买提·艾力", number: str | None = None) -> AskedPerson:
    return AskedPerson(ref, name, number or identity(), "本人", "授权〔2026〕0012", date(2027, 5, 1))


def case(ref: str = "q00000000001", *persons: AskedPerson) -> AskedCase:
    return AskedCase(ref, "AL001202600012", "最低生活保障", "示例街道", persons or (person(),))


def request(*cases: AskedCase, sources: tuple[str, ...] = ("bank", "vehicle_register")) -> RequestFile:
    return RequestFile("HD20261118-1", "990101", "安澜区", PREPARED, cases or (case(),), sources)


def big_request(people: int) -> RequestFile:
    """Households of three with all sources asked."""
    persons = [
        person(f"p{number:011d}", f"示例{number}", identity(f"{1930 + number % 80}0{1 + number % 9}15", number % 900))
        for number in range(people)
    ]
    cases = [case(f"q{start:011d}", *persons[start : start + 3]) for start in range(0, people, 3)]
    return request(*cases, sources=all_source_codes())


def deposit(amount_fen: int = 1_234_56, detail: str = "练习银行尾号 0012") -> Finding:
    return Finding("deposit", "活期", amount_fen, None, "balance", MONTH_END, detail)


def vehicle(count: int = 1) -> Finding:
    return Finding("vehicle", "两轮摩托车", None, count, "", MONTH_END, "2015 年登记")


def line(source: str = "bank", *findings: Finding, state: str = "answered", **changed: object) -> SourceAnswer:
    fields: dict[str, object] = {
        "request_ref": "q00000000001",
        "person_ref": "p00000000001",
        "identity_tail": identity()[-4:],
        "source": source,
        "state": state,
        "queried_on": date(2026, 11, 19),
        "findings": findings,
        **changed,
    }
    return SourceAnswer(**fields)  # type: ignore[arg-type]


def result(*lines: SourceAnswer, partial: bool = False, number: str = "R1") -> ResultFile:
    rows = lines or (line("bank", deposit(), deposit(8_00, "另一账户")), line("vehicle_register"))
    return make_result("HD20261118-1", number, ANSWERED, "示例省核对中心（练习）", rows, partial=partial)
