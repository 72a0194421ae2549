"""The month's money by the documents: what a line of the roll is made of, how a roll moves, what a bank may answer (plan 四(六))."""
