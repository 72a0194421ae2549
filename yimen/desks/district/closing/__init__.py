"""月末办结 at the district's desk: every township stage by stage, the receipt of what was filed, reopening."""
