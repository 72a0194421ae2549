"""Figures that a district sets itself, dated and released by a second person (K21), beside those shipped with the law floor."""
