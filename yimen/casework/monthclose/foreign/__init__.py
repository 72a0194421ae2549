"""Templates of somebody else (S22): registered once with the meaning of their headings, filled with a chosen list ever after."""
