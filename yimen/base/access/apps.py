"""App entry."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "yimen.base.access"
    label = "access"
