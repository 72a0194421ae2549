"""The Django app of the papers."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Label ``papers``."""

    name = "yimen.base.papers"
    label = "papers"
    verbose_name = "文书"
