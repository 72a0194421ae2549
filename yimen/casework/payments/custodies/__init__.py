"""代管存折（卡）: the agreement, its filing with the district, its end (D26)."""
