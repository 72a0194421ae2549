"""What the pages of payment share; the district's pages take it from the same place."""

from yimen.desks.shared.accounts.parts import (
    BOTH,
    READERS,
    given,
    here,
    name_cell,
    of_district,
    officer_of,
    places,
    roles_of,
)

__all__ = ["BOTH", "READERS", "given", "here", "name_cell", "of_district", "officer_of", "places", "roles_of"]
