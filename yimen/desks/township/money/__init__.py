"""资金与发放 at the township's desk: holds, accounts, custody, the month's roll."""
