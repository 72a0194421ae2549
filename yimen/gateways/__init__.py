"""Doors to other systems: they translate, then knock at a room's door.

A gateway has no models and decides nothing. What comes in is checked for form here and for meaning by the room's act.
"""
