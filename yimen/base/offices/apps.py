"""App entry."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "yimen.base.offices"
    label = "offices"
