"""What follows the decision (plan 四(四)): changes, their grounds and months, death, grace, additions, the award's history.

Pure functions and data. Nothing here knows a database or what day it is.
"""
