"""What others may ask of the close of a month."""

from yimen.casework.monthclose.platform.queries import Reconciled, reconciled

__all__ = ["Reconciled", "reconciled"]

from yimen.casework.monthclose.comparison import queries as comparison

__all__ = ["comparison"]
