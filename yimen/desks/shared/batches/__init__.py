"""One act on many cases (T18): each row walks through its own act in its own transaction, with its own version.

Never all or nothing: a row that is refused says why and leads to its case; the others are done. Only acts whose
entries are the same for every case stand here. What needs a look at the single case - acceptance, the conclusion of an
investigation, an opinion, a decision, telling a result of the check - does not.
"""
