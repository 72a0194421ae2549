"""Bank files: written from frozen lines by a released template, and the bank's answer read where it can do no harm.

``writing`` and ``reading`` are pure; ``parsing`` is what the limited child calls; ``door`` is what desks and the demo call.
Nothing is cut, replaced or guessed: what does not fit is named with its line.
"""
