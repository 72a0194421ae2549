"""The close of a month (plan 四(六)): everybody compared, the 26th, the 30th, the provincial platform reconciled, filed.

Never changes an award and never pays; it says what is open, and freezes what is done."""
