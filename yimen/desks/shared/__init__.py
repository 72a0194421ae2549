"""What all desks share: frame, templates, the way a page becomes an act, login."""
