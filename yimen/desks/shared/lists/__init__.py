"""Lists: one way to filter, sort, choose columns, keep views, turn pages, and take along what is on screen.

A page says what it lists (:class:`Listing`) and asks :class:`Asked` what its reader wants. Any page that answers
through ``pages.show`` with the template of a list can be exported: the export opens the same page again, unpaged,
and writes its tables (``exporting``). So a list and its file cannot come apart.
"""
