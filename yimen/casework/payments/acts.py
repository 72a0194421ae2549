"""The writers of the month's money."""

from yimen.casework.payments.holding import free_hold, place_hold

__all__ = ["free_hold", "place_hold"]
