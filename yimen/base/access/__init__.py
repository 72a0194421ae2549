"""Who may do and see what, where: the gate, acts, recusal, separation of duties (K14-K18)."""
