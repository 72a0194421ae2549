"""月末办结 at the township's desk: one calm page for the month, two signatures, what was filed."""
