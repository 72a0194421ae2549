"""The append-only record: who did what to which subject (entries), who read whose file (reads), seals over the entries.

I write and never change: triggers on both databases refuse it. I know plain ids and names, no office, no step of a
case. ``desk`` is my counter; ``sealing`` seals and exports anchors; ``verify`` checks; ``triggers`` makes any other
table append-only. The format is written down in docs/how/record.md so that a stranger can verify without this code.
"""
