"""The close of a township's month: what is open stage by stage, signed by two persons, frozen, filed with the district."""
