"""Section 四, one room per step, in the order in which a case walks."""
