"""Keeping somebody else's passbook or card (民发〔2021〕57号 Art. 26)."""

from __future__ import annotations

from yimen.law.terms import Term


class CustodyThing(Term):
    """What is kept."""

    PASSBOOK = "passbook", "存折"
    CARD = "card", "银行卡"


DUTIES = "按月取款交给本户，由本户签收；不得截留、抵扣、借用；每次取款留存凭证；本户要求时立即归还。"
"""What an agreement says of the agent's duties unless other words are agreed."""
