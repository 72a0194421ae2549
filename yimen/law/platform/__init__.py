"""Our data and the provincial platform's side by side, month by month (plan 四(六)); the set of compared fields is data.

No document lays down the platform's layout (rules.md §13, gap 13): what a column means is read from customary headings or
set by an officer, and kept for the district.
"""

from yimen.law.platform.matching import Matching, Side, Spot, Twice, differing, values_of
from yimen.law.platform.terms import (
    FIELD_OF,
    FIELDS,
    FILLABLE,
    STANDING_OF,
    UNRESOLVED,
    Fillable,
    ForeignList,
    Handling,
    LineKind,
    MonthState,
    PlatformField,
    PlatformState,
    Standing,
    programme_of,
    standing_of,
)

__all__ = [
    "FIELDS", "FIELD_OF", "FILLABLE", "STANDING_OF", "UNRESOLVED", "Fillable", "ForeignList", "Handling", "LineKind", "Matching",
    "MonthState", "PlatformField", "PlatformState", "Side", "Spot", "Standing", "Twice", "differing", "programme_of",
    "standing_of", "values_of",
]  # fmt: skip
