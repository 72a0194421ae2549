"""App entry."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Label ``public``."""

    name = "yimen.desks.public"
    label = "public"
    verbose_name = "公众页面"
