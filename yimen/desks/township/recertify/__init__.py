"""复核 (S10): which households are due, their reviews one by one and in bulk."""
