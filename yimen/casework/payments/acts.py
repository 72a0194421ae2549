"""The writers of the month's money."""
