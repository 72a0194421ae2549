"""Jobs: long work with progress that survives a restart.

A job is a row with a lease. A worker that dies stops renewing; another takes the job up where its last committed
portion ended. ``desk`` takes jobs and shows them, ``worker`` runs them. I know no step of a case: a room registers its
work with ``@job("kind")`` and checks the rights of the officer who asked for it.
"""
