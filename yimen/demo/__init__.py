"""The demo district: invented places and people, made by driving the real acts, the same for the same seed and date.

Every identity number starts with 9901, an area code that does not exist, so no demo person can be a real one.
"""
