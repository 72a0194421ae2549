"""What others may ask of the month's money."""
