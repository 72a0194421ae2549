"""The fund ledger: money from finance to the district, to the townships and their reserve, to the households (plan 三(一)2, 六(三)).

``posting`` books and refuses what is not there, ``acts`` are the orders of the district's two persons, ``queries`` what stands
where, ``forecast`` how long it lasts, ``checking`` whether the ledger says what the rolls say.
"""

from yimen.casework.payments.funds.forecast import shortage

__all__ = ["shortage"]
