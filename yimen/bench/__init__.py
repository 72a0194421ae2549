"""Measuring what this program does on the database at hand, through the real acts."""
