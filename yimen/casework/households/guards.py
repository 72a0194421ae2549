"""This room knows no conditions of its own."""
