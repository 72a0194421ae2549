"""Rows of this room, by part."""

from __future__ import annotations

from yimen.casework.payments.account_models import AccountChange
from yimen.casework.payments.bank_models import BankAnswer, BankAttempt, BankFile, BankReturn, BankTemplate, Reissue
from yimen.casework.payments.custody_models import Custody
from yimen.casework.payments.fund_models import FundOrder, FundPosting
from yimen.casework.payments.hold_models import Hold
from yimen.casework.payments.recovery_models import RecoveredBalance, Recovery, Refund, RefundCheck
from yimen.casework.payments.relief_models import ReliefCase, ReliefDecision, ReliefPapers
from yimen.casework.payments.roll_models import DraftLine, DraftPart, LineEvent, PayKey, PayLine, PayPart, Roll

__all__ = [
    "AccountChange",
    "BankAnswer",
    "BankAttempt",
    "BankFile",
    "BankReturn",
    "BankTemplate",
    "Custody",
    "DraftLine",
    "DraftPart",
    "FundOrder",
    "FundPosting",
    "Hold",
    "LineEvent",
    "PayKey",
    "PayLine",
    "PayPart",
    "RecoveredBalance",
    "Recovery",
    "Refund",
    "RefundCheck",
    "Reissue",
    "ReliefCase",
    "ReliefDecision",
    "ReliefPapers",
    "Roll",
]
