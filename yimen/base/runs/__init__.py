"""Runs over many rows: previewed, proposed by one person, released by a second, carried out in parts, worked on as jobs."""
