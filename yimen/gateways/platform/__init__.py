"""Files of the provincial platform: read row by row where they can do no harm, led back to the fields that are compared.

``words`` knows the customary headings, ``parsing`` runs in the limited child and never holds a file whole, ``rows`` reads
single rows, ``door`` is what desks call. The layout is nowhere laid down (rules.md §13, gap 13), so nothing is guessed.
"""
