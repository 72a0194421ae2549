"""Printing many papers.

``choosing`` which are meant, ``working`` in the background, ``shown`` on the screen; ``casepapers`` is all of one case.
"""
