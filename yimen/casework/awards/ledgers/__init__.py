"""Ledgers kept before this system, taken over whole (plan 四(五)): previewed, confirmed by a second person, undone within a day.

``entries`` is what comes in, ``compare`` the verdict per row, ``taking`` and ``undoing`` write set-based, ``parts``
carries a run on, ``acts`` says who may. I read no file: that is the gateway's business.
"""
