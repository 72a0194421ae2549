"""What others may ask of the close of a month."""

from yimen.casework.monthclose.platform.queries import Reconciled, reconciled

__all__ = ["Reconciled", "reconciled"]
