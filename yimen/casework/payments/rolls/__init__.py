"""A township's roll of a month: composed in the database, approved by a second person, frozen by a third."""
