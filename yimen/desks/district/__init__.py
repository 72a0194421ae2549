"""The district's desk (三(一)): overview of all townships, checks, own decisions, powers, figures, calendar."""
