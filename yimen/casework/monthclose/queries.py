"""What others may ask of the close of a month."""

from yimen.casework.monthclose.closing import queries as closing
from yimen.casework.monthclose.comparison import queries as comparison
from yimen.casework.monthclose.foreign import queries as foreign
from yimen.casework.monthclose.platform.queries import Reconciled, reconciled

__all__ = ["Reconciled", "closing", "comparison", "foreign", "reconciled"]
