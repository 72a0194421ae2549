"""Ledgers kept in Excel: read where they can do no harm, led back to known columns, handed to the awards room (plan 四(五)).

``parsing`` runs in the limited child, ``heads`` knows the customary headings, ``cells`` and ``rows`` make households of
rows, ``door`` is what desks and the command line call. Never guesses: what is not clear is named with its row.
"""
