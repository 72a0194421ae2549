"""The township's desk of changes: the list, one change, a page for each act, the month's overview."""
