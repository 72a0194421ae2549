"""Mechanisms that know offices and acts, and no step of a case."""
