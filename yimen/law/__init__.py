"""The law floor: what the documents say, in plain Python.

Figures, dates, numbers of persons, the procedure and the rules. It knows no
database, no web and no officer; whatever it needs is handed in, whatever it finds
comes back as a value. A lawyer should be able to read it.
"""
