"""App entry: templates, tags and static files of the desks."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "yimen.desks.shared"
    label = "desks"
