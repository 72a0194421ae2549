"""提标 and the standing check: what awards pay, reckoned again over a whole district, with its explanation for each household."""
