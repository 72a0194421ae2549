"""What others may ask of the close of a month."""
