"""App entry."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "yimen.base.clocks"
    label = "clocks"
