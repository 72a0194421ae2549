"""The change of the account that a household's money goes to: two persons, a freeze window, a letter, the district's list."""
