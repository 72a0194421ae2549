"""The papers of a frozen roll: the roster in parts, the summary, and the slip for a household."""
