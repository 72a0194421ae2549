"""Periodic review of awards (plan 四(四); D31; L46).

Two people look at the household and record what they found; a leader who was not among them confirms. Without an obvious change
the amount stays and the next day of review is set. A change is never carried out here: the review stays open and says so.
"""
