"""The embedded database as Django drives it, with what the same statement costs each time left out."""
