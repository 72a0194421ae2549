"""The writers of the month's money."""

from yimen.casework.payments.accounts.acts import (
    confirm_account,
    propose_account,
    refuse_account,
    send_account_letters,
    withdraw_account,
)
from yimen.casework.payments.bank.letters import take_bank_letter
from yimen.casework.payments.bank.reissuing import reissue_payment
from yimen.casework.payments.bank.returning import (
    book_bank_return,
    judge_bank_return,
    note_return_job,
    take_bank_return,
    withdraw_bank_return,
)
from yimen.casework.payments.bank.sending import send_bank_file
from yimen.casework.payments.bank.templates import (
    propose_bank_template,
    release_bank_template,
    withdraw_bank_template,
)
from yimen.casework.payments.custodies.acts import end_custody, file_custody, record_custody
from yimen.casework.payments.funds.acts import propose_funds, release_funds, reverse_funds, withdraw_funds
from yimen.casework.payments.holding import free_hold, place_hold
from yimen.casework.payments.recovery.acts import (
    check_refund,
    order_recovery,
    propose_recovery,
    record_refund,
    return_recovery,
    withdraw_recovery,
)
from yimen.casework.payments.relief.acts import decide_relief, register_relief
from yimen.casework.payments.relief.following import cancel_relief, complete_relief, hand_out_relief
from yimen.casework.payments.rolls.acts import (
    approve_roll,
    note_roll_job,
    open_roll,
    release_roll,
    return_roll,
    submit_roll,
    withdraw_roll,
)
from yimen.casework.payments.rolls.composing import draw_up as draw_up_roll
from yimen.casework.payments.rolls.freezing import carry_on as carry_on_roll
from yimen.casework.payments.rosters.acts import issue_roster, issue_slips

__all__ = [
    "approve_roll",
    "book_bank_return",
    "cancel_relief",
    "carry_on_roll",
    "check_refund",
    "complete_relief",
    "confirm_account",
    "decide_relief",
    "draw_up_roll",
    "end_custody",
    "file_custody",
    "free_hold",
    "hand_out_relief",
    "issue_roster",
    "issue_slips",
    "judge_bank_return",
    "note_return_job",
    "note_roll_job",
    "open_roll",
    "order_recovery",
    "place_hold",
    "propose_account",
    "propose_bank_template",
    "propose_funds",
    "propose_recovery",
    "record_custody",
    "record_refund",
    "refuse_account",
    "register_relief",
    "reissue_payment",
    "release_bank_template",
    "release_funds",
    "release_roll",
    "return_recovery",
    "return_roll",
    "reverse_funds",
    "send_account_letters",
    "send_bank_file",
    "submit_roll",
    "take_bank_letter",
    "take_bank_return",
    "withdraw_account",
    "withdraw_bank_return",
    "withdraw_bank_template",
    "withdraw_funds",
    "withdraw_recovery",
    "withdraw_roll",
]
