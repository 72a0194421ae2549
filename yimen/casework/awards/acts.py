"""Awards are opened by the consequence of a decision (guards.py); acts that change them come with plan 四(四)."""
