"""Rows of this room, by part."""
