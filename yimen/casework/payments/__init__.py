"""The month's money (plan 四(六), 三(二)1, 六(三)): roll, bank file and its answer, arrears and recovery, funds and reserve.

Append-only: a correction is a further row. Never decides who is on assistance, and nothing is paid before the bank says so."""
