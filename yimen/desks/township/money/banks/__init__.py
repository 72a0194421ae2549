"""银行发放: files to the banks, their answers, what could not be paid and goes out once more."""
