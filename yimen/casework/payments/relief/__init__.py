"""临时救助 of small amounts, paid from the emergency reserve (L29, L37, L50; plan 六(三)).

``acts`` are registration, decision, handing out and the papers that follow; ``queries`` lists, counts and what hangs in public.
"""

from yimen.casework.payments.relief.queries import counts

__all__ = ["counts"]
