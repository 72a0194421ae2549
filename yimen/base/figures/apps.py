"""App entry."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "yimen.base.figures"
    label = "figures"
