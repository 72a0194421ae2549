"""The writers of the close of a month."""
