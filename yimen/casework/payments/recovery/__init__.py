"""Taking back what was paid too much (L73, L74): the register, the order of the district, instalments, refunds.

``acts`` are proposal, order and refund; ``queries`` the register and what remains; ``planned`` what a month's roll takes back.
"""

from yimen.casework.payments.recovery.queries import planned

__all__ = ["planned"]
