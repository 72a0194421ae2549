"""发放名册: drawn up, approved, released by three persons; the preview against the month before."""
