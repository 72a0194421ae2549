"""Yimen 一门: social assistance of a district whose townships hold the power to approve."""

__version__ = "0.1.0"
