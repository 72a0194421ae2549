"""The demo as a Django app without rows: its pages and their templates."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Label ``demo``."""

    name = "yimen.demo"
    label = "demo"
    verbose_name = "示例区"
